"""An invitation for the calendar of a desk, in words and as a calendar file. It names the case by its code alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.booking.appointment import Appointment, AppointmentState
from bot.booking.hours import BERLIN
from bot.booking.invitation import Cancel, Request, invitation
from bot.booking.invited import Invited, Word
from bot.i18n.speech import spoken_date, spoken_time

TITLE: Final = "Termin"
_SAYS: Final = {
    Word.NEW: ("{title}", "Neu: {title}"),
    Word.CHANGED: ("{title}: geändert", "Geändert: {title}"),
    Word.OFF: ("{title}: abgesagt", "Abgesagt: {title}"),
}
_ENDING: Final = (
    "Diese Nachricht kommt von selbst, sobald bei Ihrer Stelle ein Termin gebucht, verlegt oder abgesagt wird. "
    "Zusagen, Absagen und Antworten aus dem Kalender liest niemand: "
    "Bitte verlegen Sie einen Termin in der Konsole, oder sagen Sie ihn dort ab."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarLetter:
    """What is sent to one address. `method` also stands in the calendar file (RFC 6047)."""

    recipient: str
    subject: str
    text: str
    calendar: bytes
    method: str


def calendar_letter(said: Invited, code: str, *, sender: str, stamp: datetime, cards: str) -> CalendarLetter:
    """The letter for this word. `code` is empty for somebody who had everything erased; then only the time is said.

    `stamp` is when it was decided, so that the same letter sent twice is the same. `cards` is where the cards are.
    """
    title = f"{TITLE} {code}".rstrip()
    card = f"{cards}/{code}" if code and said.word is not Word.OFF else None
    subject, head = (words.format(title=title) for words in _SAYS[said.word])
    is_off = said.word is Word.OFF
    method = (Cancel if is_off else Request)(organiser=sender, attendee=said.address)
    return CalendarLetter(
        recipient=said.address,
        subject=subject,
        text="\n\n".join(filter(None, (head, _when_and_where(said), _card(card), _ENDING))) + "\n",
        calendar=invitation(_date(said, code), method, title=TITLE, desk=said.place, place="", stamp=stamp, url=card),
        method="CANCEL" if is_off else "REQUEST",
    )


def _when_and_where(said: Invited) -> str:
    begins, ends = (at.astimezone(BERLIN) for at in (said.starts_at, said.ends_at))
    day = spoken_date(begins.date(), "de")
    times = f"{day}, {spoken_time(begins.time())} bis {spoken_time(ends.time())} Uhr"
    return "\n".join(filter(None, (times, said.place)))


def _card(url: str | None) -> str:
    return f"Die Karte in der Konsole: {url}" if url else ""


def _date(said: Invited, code: str) -> Appointment:
    return Appointment(
        id=said.appointment,
        case=code,
        desk=said.desk,
        starts_at=said.starts_at,
        ends_at=said.ends_at,
        state=AppointmentState.CANCELLED if said.word is Word.OFF else AppointmentState.BOOKED,
        sequence=said.sequence,
        uid=said.uid,
    )
