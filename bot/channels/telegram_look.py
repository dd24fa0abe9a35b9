"""How a message looks in Telegram: words, buttons in rows, the ways out below them; files stand before the words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from bot.channels.telegram_callbacks import Callbacks, Pressed
from bot.channels.telegram_limits import LONGEST_TEXT, MOST_BUTTONS, pieces, rows
from bot.channels.telegram_port import File, Key, Words
from bot.channels.telegram_words import ASKS_CONTACT, CONTACT_CLOSED, SEND_CONTACT
from bot.i18n.bidi import marked
from bot.i18n.catalogs import Catalogue
from bot.i18n.text import Text

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


def contact_keyboard(asks: bool, is_open: bool, catalogue: Catalogue) -> tuple[Words, ...]:
    """The keyboard that sends the person's own number comes when it is asked for, and goes when it no longer is.

    It stands in a message of its own: under the screen there are its buttons.
    """
    match asks, is_open:
        case True, False:
            label = _directed(SEND_CONTACT, catalogue)
            return (Words(text=_directed(ASKS_CONTACT, catalogue), contact=label),)
        case False, True:
            return (Words(text=_directed(CONTACT_CLOSED, catalogue), closes=True),)
        case _:
            return ()


def _directed(text: Text, catalogue: Catalogue) -> str:
    words = catalogue.render(text)
    return marked(words) if catalogue.language.direction == "rtl" else words


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
