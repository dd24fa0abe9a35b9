"""The calendar entry of an appointment. It says when and where, and names the case by its code alone.

All times are UTC instants: a calendar shows them by its own clock, also on the days when the clock changes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from icalendar import Calendar, Event, vCalAddress, vText

from bot.booking.appointment import Appointment, AppointmentState

PRODUCT = "-//Lotse//Lotse//DE"


@dataclass(frozen=True, slots=True)
class Publish:
    """An entry to download and keep; nobody is asked to answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """An e-mail that puts the appointment, or its change, into a colleague's calendar."""

    organiser: str
    attendee: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cancel:
    """An e-mail that takes the appointment out of a colleague's calendar."""

    organiser: str
    attendee: str


Method = Publish | Request | Cancel


def invitation(
    appointment: Appointment, method: Method, *, title: str, desk: str, place: str, stamp: datetime,
    url: str | None = None,
) -> bytes:  # fmt: skip
    """The appointment as an iCalendar file (RFC 5545, methods of RFC 5546).

    `title` and the desk's name and place are words in the reader's language; `stamp` is now; `url` is where a
    colleague reads more.
    """
    _check(appointment, method)
    event = entry(appointment, title=title, location=", ".join(part for part in (desk, place) if part), stamp=stamp)
    if url:
        event.add("url", url)
    _address(event, method)
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", _METHOD[type(method)])
    calendar.add_component(event)
    file: bytes = calendar.to_ical()
    return file


def entry(appointment: Appointment, *, title: str, location: str, stamp: datetime) -> Event:
    """One appointment in a calendar; after a move or a cancellation it is the same entry with a higher sequence."""
    event = Event()
    event.add("uid", appointment.uid)
    event.add("sequence", appointment.sequence)
    event.add("dtstamp", stamp)
    event.add("dtstart", appointment.starts_at)
    event.add("dtend", appointment.ends_at)
    event.add("summary", f"{title} {appointment.case}".rstrip())
    event.add("location", location)
    event.add("status", "CANCELLED" if appointment.state is AppointmentState.CANCELLED else "CONFIRMED")
    event.add("class", "PRIVATE")
    event.add("transp", "OPAQUE")
    return event


_METHOD = {Publish: "PUBLISH", Request: "REQUEST", Cancel: "CANCEL"}


def _check(appointment: Appointment, method: Method) -> None:
    if appointment.state is AppointmentState.HELD:
        raise ValueError("a slot that is only held gets no calendar entry")
    if isinstance(method, Request) and appointment.state is AppointmentState.CANCELLED:
        raise ValueError("a cancelled appointment is not requested")
    if isinstance(method, Cancel) and appointment.state is AppointmentState.BOOKED:
        raise ValueError("a booked appointment is not taken out of a calendar")


def _address(event: Event, method: Method) -> None:
    match method:
        case Publish():
            return
        case Request(organiser=organiser, attendee=attendee) | Cancel(organiser=organiser, attendee=attendee):
            event.add("organizer", vCalAddress(f"mailto:{organiser}"))
            guest = vCalAddress(f"mailto:{attendee}")
            guest.params["ROLE"] = vText("REQ-PARTICIPANT")
            guest.params["RSVP"] = vText("FALSE")
            event.add("attendee", guest)
