"""The web chat's counter: letters go into the inbox, messages come out of the outbox in the reader's language."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from bot.app.bells import Bells
from bot.app.house import Premises
from bot.app.invitation_sheet import qr_code, sheet
from bot.app.recordings import letter
from bot.booking.appointment import AppointmentState
from bot.booking.invitation import Publish, invitation
from bot.channels.render import render
from bot.clock import Clock
from bot.dialogs.screens.bring import PICTURE_FILE, SHEET_FILE
from bot.dialogs.screens.mine import CALENDAR_FILE
from bot.dialogs.screens.mydata import EXPORT_FILE
from bot.handoff.case import Case
from bot.handoff.invitations import PICTURE, SHEET, Invitation
from bot.handoff.recordings import read_recording
from bot.handoff.uploads import Upload
from bot.routing.route import Target
from bot.storage.outbox import Message
from bot.storage.store import Store, Transaction
from bot.turns.correspondence import relayed
from bot.turns.handle import current
from bot.turns.messages import Outgoing, read_message, read_reminder
from bot.turns.remind import reminder_message

WEB: Final = "web"


class WebCounter:
    """Implements `bot.channels.port.Counter` over the store."""

    def __init__(self, store: Store, premises: Premises, bells: Bells, clock: Clock) -> None:
        self._store, self._premises, self._bells, self._clock = store, premises, bells, clock

    def arrived(self, person: str, key: str, content: Mapping[str, Any]) -> None:
        now = self._clock()
        self._store.run(lambda tx: tx.inbox.put(key, person, {**content, "channel": WEB}, now))
        self._bells.ring_work()

    def recorded(self, person: str, key: str, upload: Upload) -> None:
        now = self._clock()

        def keep(tx: Transaction) -> None:
            said = letter(tx, person, upload, now)
            named = read_recording(said.get("reference", ""))
            if not tx.inbox.put(key, person, {**said, "channel": WEB}, now) and named:
                tx.recordings.forget(named.name)  # the same message came before

        self._store.run(keep)
        self._bells.ring_work()

    def waiting(self, person: str) -> Sequence[Mapping[str, Any]]:
        now = self._clock()
        return self._store.run(lambda tx: self._waiting(tx, person, now))

    def acknowledged(self, person: str, delivery: int) -> None:
        now = self._clock()

        def acknowledge(tx: Transaction) -> None:
            if any(message.id == delivery for message in tx.outbox.waiting(person, now)):
                tx.outbox.sent(delivery, now)

        self._store.run(acknowledge)

    def current(self, person: str) -> Mapping[str, Any] | None:
        """The newest screen that still waits, else the screen as it is now. A word that comes between is no screen."""
        now = self._clock()

        def look(tx: Transaction) -> Mapping[str, Any] | None:
            screens = [one for one in self._waiting(tx, person, now) if one["nav"]]
            if screens:
                return screens[-1]
            shown = current(tx, person, self._premises.house, now)
            return None if shown is None else {"id": shown[0], **self._rendered(tx, shown[1])}

        return self._store.run(look)

    def file(self, person: str, name: str) -> tuple[str, bytes] | None:
        now = self._clock()
        if name.startswith((SHEET, PICTURE)):  # drawn when nobody waits for the database any more
            made = self._store.run(lambda tx: tx.invitations.of_token(person, _token(name), now))
            return invitation_file(made, name, self._premises) if made else None
        return self._store.run(lambda tx: offered_file(tx, person, name, self._premises, now))

    def subscribe(self, person: str, woken: Callable[[], None]) -> None:
        self._bells.subscribe(person, woken)

    def unsubscribe(self, person: str, woken: Callable[[], None]) -> None:
        self._bells.unsubscribe(person, woken)

    def _waiting(self, tx: Transaction, person: str, now: datetime) -> list[Mapping[str, Any]]:
        deliveries: list[Mapping[str, Any]] = []
        for message in tx.outbox.waiting(person, now):
            outgoing = said(message, tx, now)
            if outgoing is None:
                tx.outbox.dead(message.id, "out of date", now)
            else:
                deliveries.append({"id": message.id, **self._rendered(tx, outgoing)})
        return deliveries

    def _rendered(self, tx: Transaction, outgoing: Outgoing) -> dict[str, Any]:
        case = tx.cases.get(outgoing.case) if outgoing.case else None
        short = {"code": case.code, "suggestion": case.suggestion, "state": case.state} if case else None
        return render(outgoing, self._premises.catalogues, short)


def said(message: Message, tx: Transaction, now: datetime) -> Outgoing | None:
    """A message of the outbox in words; none for a reminder whose date no longer stands, or a word that is gone."""
    if "relay" in message.content:
        return relayed(message.content, message.person, tx)
    if "reminder" in message.content:
        return reminder_message(read_reminder(message.content), message.person, tx, now)
    return read_message(message.content)


def offered_file(
    tx: Transaction, person: str, name: str, premises: Premises, now: datetime
) -> tuple[str, bytes] | None:
    """A file that was offered to this person under this name, made now; to everybody else there is none."""
    if name == "export":
        return export_file(tx, person)
    if name.startswith((SHEET, PICTURE)):
        made = tx.invitations.of_token(person, _token(name), now)
        return invitation_file(made, name, premises) if made else None
    return calendar_file(tx, person, name, premises, now)


def calendar_file(
    tx: Transaction, person: str, appointment_id: str, premises: Premises, now: datetime
) -> tuple[str, bytes] | None:
    """The calendar entry of an appointment of this person; to everybody else it does not exist.

    Whoever opens the same link again after a change gets the change: a calendar puts it in the place of the old entry.
    """
    appointment = tx.allocations.get(appointment_id)
    case: Case | None = tx.cases.get(appointment.case) if appointment and appointment.case else None
    if appointment is None or case is None or case.person != person:
        return None
    if appointment.state not in (AppointmentState.BOOKED, AppointmentState.CANCELLED):
        return None
    target = Target(case.target_kind, case.target_id)
    directory = premises.house.rosters.at(tx.desks, now).directory
    name, place = directory.name(target), appointment.place or directory.address(target) or ""
    return CALENDAR_FILE, invitation(appointment, Publish(), title="Lotse", desk=name, place=place, stamp=now)


def invitation_file(made: Invitation, name: str, premises: Premises) -> tuple[str, bytes]:
    """The QR code or the sheet of an invitation, as the file's name says."""
    doors, token = premises.house.doors, _token(name)
    if name.startswith(PICTURE):
        return PICTURE_FILE, qr_code(doors.link(token))
    catalogue = premises.catalogues[made.language]
    return SHEET_FILE, sheet(catalogue, made, doors.link(token), doors.telegram_link(token))


def _token(name: str) -> str:
    return name.partition(".")[2]


def export_file(tx: Transaction, person: str) -> tuple[str, bytes]:
    """Everything stored about this person, as a file."""
    return EXPORT_FILE, json.dumps(tx.export(person), ensure_ascii=False, indent=2, default=str).encode()
