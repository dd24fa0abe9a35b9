"""A reminder as a message, in the language that the person speaks now."""

from __future__ import annotations

from datetime import datetime

from bot.booking.appointment import AppointmentState
from bot.booking.hours import BERLIN
from bot.dialogs.commands import SHOW_APPOINTMENT
from bot.dialogs.screens.how import BRING
from bot.dialogs.session import read_session
from bot.i18n.text import _, data
from bot.turns.messages import Button, Outgoing, Reminder
from bot.turns.ports import TurnTransaction


def reminder_message(reminder: Reminder, person: str, tx: TurnTransaction, now: datetime) -> Outgoing | None:
    """The words of a reminder; none for a date that no longer stands, or for a person who is gone."""
    stored, appointment = tx.sessions.load(person), tx.allocations.get(reminder.appointment)
    if stored is None or appointment is None or appointment.state is not AppointmentState.BOOKED:
        return None
    if appointment.starts_at != reminder.starts_at or appointment.starts_at <= now:
        return None
    local = appointment.starts_at.astimezone(BERLIN)
    session = read_session(stored.document)
    return Outgoing(
        screen="reminder",
        says=(
            _(
                "This is a reminder of your appointment {code}: {day}, {time}.",
                code=data(reminder.case),
                day=local.date(),
                time=local.time(),
            ),
            *((_("🏢 {desk}", desk=data(reminder.desk)),) if reminder.desk else ()),
            *((_("📍 {address}", address=data(reminder.where)),) if reminder.where else ()),
            BRING,
            _("If you cannot come, please move or cancel it with {command}.", command=data("/appointment")),
        ),
        choices=(Button(id=SHOW_APPOINTMENT.id, label=SHOW_APPOINTMENT.label),),
        language=session.language or "de",
    )
