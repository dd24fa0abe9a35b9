"""One message of the staff bot, one transaction. Whoever is not linked gets a polite refusal and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, Protocol

from bot.colleagues.commands import HELP
from bot.colleagues.lines import Line, LineTransaction
from bot.colleagues.moment import Desk, Moment
from bot.colleagues.notes import CHANNEL, UNDER, Note, write_note
from bot.colleagues.respond import respond


class Update(Protocol):
    @property
    def seq(self) -> int: ...
    @property
    def key(self) -> str: ...
    @property
    def person(self) -> str: ...
    @property
    def content(self) -> Mapping[str, Any]: ...


REFUSED: Final = Note(
    "Dieser Bot ist nur für Kolleginnen und Kollegen des KIM. Wenn Sie dazugehören: Den Code zum Verbinden zeigt die "
    "Konsole unter „Telegram“. Schicken Sie ihn hier so: /start und dahinter den Code."
)
FAILED: Final = Note("Das hat nicht geklappt. Bitte versuchen Sie es noch einmal oder nehmen Sie die Konsole.")


def handle(update: Update, tx: LineTransaction, desk: Desk, now: datetime) -> Note:
    """Answer one message; everything that belongs to it is in `tx` when this returns."""
    desk = desk.at(tx.desks, now)
    address = str(update.content.get("address", ""))
    line = tx.lines.of(update.person)
    by = tx.staff.get(line.staff) if line else None
    if line is None or by is None:
        note = _welcome(update, tx, address, now)
    else:
        note = respond(Moment(desk=desk, tx=tx, line=line, by=by, key=update.key, now=now), update.content)
    tx.inbox.handled(update.seq, now)
    to, under = Line(person=update.person, staff="", address=address), update.content.get(UNDER)
    put(tx, to, note, f"staff:{update.seq}", now, under)
    return note


def say_sorry(update: Update, tx: LineTransaction, now: datetime) -> None:
    """What a colleague sent could not be handled; they hear it instead of nothing."""
    to = Line(person=update.person, staff="", address=str(update.content.get("address", "")))
    put(tx, to, FAILED, f"staff-sorry:{update.seq}", now, update.content.get(UNDER))


def put(tx: LineTransaction, line: Line, note: Note, key: str, now: datetime, under: int | None = None) -> None:
    """The note waits for the sender of the staff bot; `under` is the number of the message that it answers."""
    content = write_note(note) | ({UNDER: under} if under else {})
    tx.outbox.put(line.person, content, key=key, now=now, channel=CHANNEL, address=line.address)


def _welcome(update: Update, tx: LineTransaction, address: str, now: datetime) -> Note:
    words = str(update.content.get("text", "")).split()
    if len(words) != 2 or words[0].split("@")[0] != "/start":
        return REFUSED
    line = tx.lines.redeem(words[1], update.person, address, now)
    by = tx.staff.get(line.staff) if line else None
    if by is None:
        return REFUSED
    return Note(f"Verbunden mit {by.name}.\n\n{HELP}")
