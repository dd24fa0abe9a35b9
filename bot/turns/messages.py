"""What is to be sent, as JSON values in the outbox: sentences that get their language when they are sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

from bot.dialogs.screen import Asks, Choice, Page
from bot.i18n.text import Text
from bot.i18n.written import read_text, write_text

#: Who speaks in a message: the program, or a colleague through it.
Speaker = Literal["bot", "person"]
BOT: Final = "bot"
PERSON: Final = "person"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileToTake:
    """A file that is made when it is fetched: `id` names an appointment or an export."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    id: str
    label: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """One message: what happened (`notices`), then the screen. Without a screen it is a notice only.

    `picture` is seen in the chat, `file` is taken along.
    """

    screen: str
    notices: tuple[Text, ...] = ()
    says: tuple[Text, ...] = ()
    choices: tuple[Button, ...] = ()
    nav: tuple[Button, ...] = ()
    step: int | None = None
    language: str
    file: FileToTake | None = None
    case: str | None = None
    picture: FileToTake | None = None
    speaker: Speaker = BOT
    asks: Asks | None = None
    records: bool = False


def outgoing(
    page: Page,
    notices: Sequence[Text] = (),
    file: FileToTake | None = None,
    case: str | None = None,
    picture: FileToTake | None = None,
) -> Outgoing:
    return Outgoing(
        screen=page.screen,
        notices=tuple(notices),
        says=page.says,
        choices=_buttons(page.choices),
        nav=_buttons(page.nav),
        step=page.step,
        language=page.language,
        file=file,
        case=case,
        picture=picture,
        asks=page.asks,
        records=page.records,
    )


def write_message(message: Outgoing) -> dict[str, Any]:
    """The message as JSON values; `read_message` gives it back."""
    return {
        "screen": message.screen,
        "notices": [write_text(text) for text in message.notices],
        "says": [write_text(text) for text in message.says],
        "choices": [[button.id, write_text(button.label)] for button in message.choices],
        "nav": [[button.id, write_text(button.label)] for button in message.nav],
        "step": message.step,
        "language": message.language,
        "file": _write_file(message.file),
        "case": message.case,
        "picture": _write_file(message.picture),
        "from": message.speaker,
        "asks": message.asks,
        "records": message.records,
    }


def read_message(written: Mapping[str, Any]) -> Outgoing:
    """The message that `write_message` wrote, also one of an older program."""
    return Outgoing(
        screen=written["screen"],
        notices=tuple(read_text(text) for text in written["notices"]),
        says=tuple(read_text(text) for text in written["says"]),
        choices=tuple(Button(id=id, label=read_text(label)) for id, label in written["choices"]),
        nav=tuple(Button(id=id, label=read_text(label)) for id, label in written["nav"]),
        step=written["step"],
        language=written["language"],
        file=_read_file(written["file"]),
        case=written["case"],
        picture=_read_file(written.get("picture")),
        speaker=PERSON if written.get("from") == PERSON else BOT,
        asks=Asks(written["asks"]) if written.get("asks") else None,
        records=bool(written.get("records", False)),
    )


def _write_file(file: FileToTake | None) -> list[str] | None:
    return [file.id, file.name] if file else None


def _read_file(written: Sequence[str] | None) -> FileToTake | None:
    return FileToTake(id=written[0], name=written[1]) if written else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """A date comes near. It is put into words when it is sent, in the language that the person speaks then.

    `desk` is the name on the door, `where` the address, as far as a source says so.
    """

    case: str
    appointment: str
    starts_at: datetime
    desk: str | None = None
    where: str | None = None


def write_reminder(reminder: Reminder) -> dict[str, Any]:
    row = {"case": reminder.case, "appointment": reminder.appointment, "starts_at": reminder.starts_at.isoformat()}
    there = {"desk": reminder.desk, "where": reminder.where}
    return {"reminder": row | {key: words for key, words in there.items() if words}}


def read_reminder(written: Mapping[str, Any]) -> Reminder:
    """The reminder that `write_reminder` wrote, also one of an older program."""
    row = written["reminder"]
    return Reminder(
        case=row["case"],
        appointment=row["appointment"],
        starts_at=datetime.fromisoformat(row["starts_at"]),
        desk=row.get("desk"),
        where=row.get("where"),
    )


def _buttons(choices: Sequence[Choice]) -> tuple[Button, ...]:
    return tuple(Button(id=choice.id, label=choice.label) for choice in choices)
