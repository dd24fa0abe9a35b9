"""How a message looks in Telegram: words, buttons in rows, the ways out below them; files stand before the words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from bot.channels.telegram_callbacks import Callbacks, Pressed
from bot.channels.telegram_limits import LONGEST_TEXT, MOST_BUTTONS, pieces, rows
from bot.channels.telegram_port import File, Key, Words
from bot.i18n.bidi import marked

#: Screens that show what a person told or booked: Telegram lets nobody forward them from the chat by mistake.
GUARDED: Final = frozenset({"mydata", "summary"})


def parts(
    delivery: Mapping[str, Any], person: str, callbacks: Callbacks, files: Sequence[File] = ()
) -> tuple[Words | File, ...]:
    """A rendered message as what Telegram can show. The buttons stand under the last words."""
    rtl = delivery["dir"] == "rtl"
    screen = str(delivery["screen"])

    def key(choice: Mapping[str, str]) -> Key:
        label = marked(choice["label"]) if rtl else choice["label"]
        return Key(label, callbacks.write(person, Pressed(choice["id"], screen)))

    *before, last = _pieces(delivery, rtl)
    keyboard = (*rows([key(one) for one in delivery["choices"]]), *rows([key(one) for one in delivery["nav"]]))
    guarded = screen.split(".", maxsplit=1)[0] in GUARDED
    spoken = [Words(text=text, guarded=guarded) for text in before]
    return (*files, *spoken, Words(text=last, rows=_fitting(keyboard), guarded=guarded))


def _pieces(delivery: Mapping[str, Any], rtl: bool) -> list[str]:
    """The text in messages that are not too long, also with a mark at the beginning of each line."""
    progress = delivery["progress"]
    text = f"{progress['text']}\n\n{delivery['text']}" if progress else delivery["text"]
    if not rtl:
        return pieces(text)
    return [marked(piece) for piece in pieces(text, LONGEST_TEXT - text.count("\n") - 1)]


def _fitting(keyboard: tuple[tuple[Key, ...], ...]) -> tuple[tuple[Key, ...], ...]:
    if sum(map(len, keyboard)) > MOST_BUTTONS:
        raise ValueError("more buttons than Telegram shows")
    return keyboard
