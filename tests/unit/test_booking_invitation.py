"""The calendar entry says when and where and the code of the case, and is known again after every change."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from icalendar import Calendar, Event

from bot.booking.appointment import Appointment, AppointmentState
from bot.booking.invitation import Cancel, Method, Publish, Request, invitation

STAMP = datetime(2026, 10, 20, 8, 0, tzinfo=UTC)
MAIL = {"organiser": "termine@example.org", "attendee": "stelle@example.org"}
BOOKED = Appointment(
    id="a1",
    case="K7-42",
    desk="rbk_kuerten_1",
    starts_at=datetime(2026, 10, 26, 8, 0, tzinfo=UTC),
    ends_at=datetime(2026, 10, 26, 9, 0, tzinfo=UTC),
    state=AppointmentState.BOOKED,
    sequence=0,
    uid="5d0f2f0e-9a3c-4f6b-8f43-0c6a3f4b7a11",
)
CANCELLED = replace(BOOKED, state=AppointmentState.CANCELLED, sequence=2)


def file(appointment: Appointment, method: Method, place: str = "Karlheinz-Stockhausen-Platz 1") -> bytes:
    return invitation(appointment, method, title="Beratung", desk="KIM Kürten", place=place, stamp=STAMP)


def entry(appointment: Appointment, method: Method) -> Event:
    return Calendar.from_ical(file(appointment, method)).events[0]


def test_an_entry_to_download_says_when_where_and_the_code_alone() -> None:
    event = entry(BOOKED, Publish())
    assert event["SUMMARY"] == "Beratung K7-42"
    assert event["LOCATION"] == "KIM Kürten, Karlheinz-Stockhausen-Platz 1"
    assert (event.start, event.end) == (BOOKED.starts_at, BOOKED.ends_at)
    assert (event["STATUS"], event["CLASS"], "ORGANIZER" in event) == ("CONFIRMED", "PRIVATE", False)


def test_the_times_are_instants_that_no_calendar_can_misread() -> None:
    lines = file(BOOKED, Publish()).decode().splitlines()
    assert {"DTSTART:20261026T080000Z", "DTEND:20261026T090000Z", "DTSTAMP:20261020T080000Z"} <= set(lines)


@pytest.mark.parametrize(
    ("appointment", "method", "name"),
    [
        (BOOKED, Publish(), "PUBLISH"),
        (CANCELLED, Publish(), "PUBLISH"),
        (BOOKED, Request(**MAIL), "REQUEST"),
        (CANCELLED, Cancel(**MAIL), "CANCEL"),
    ],
)
def test_the_file_names_its_method(appointment: Appointment, method: Method, name: str) -> None:
    calendar = Calendar.from_ical(file(appointment, method))
    assert (calendar["METHOD"], calendar["VERSION"]) == (name, "2.0")


def test_an_e_mail_names_who_asks_and_who_is_asked_and_never_the_resident() -> None:
    event = entry(BOOKED, Request(**MAIL))
    assert (event["ORGANIZER"], event["ATTENDEE"]) == ("mailto:termine@example.org", "mailto:stelle@example.org")
    assert event["ATTENDEE"].params["RSVP"] == "FALSE"


def test_a_change_is_the_same_entry_with_a_higher_number() -> None:
    before, after = entry(BOOKED, Publish()), entry(CANCELLED, Cancel(**MAIL))
    assert before["UID"] == after["UID"] == BOOKED.uid
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 2)
    assert after["STATUS"] == "CANCELLED"


def test_words_with_commas_and_line_breaks_stay_one_text() -> None:
    place = "Haus A, 2. Stock; Raum 3\r\nATTENDEE:mailto:x@example.org"
    event = Calendar.from_ical(file(BOOKED, Publish(), place)).events[0]
    assert "ATTENDEE" not in event
    assert str(event["LOCATION"]).startswith("KIM Kürten, Haus A, 2. Stock; Raum 3")


def test_long_lines_are_folded() -> None:
    assert all(len(line) <= 75 for line in file(BOOKED, Publish(), "Straße " * 40).split(b"\r\n"))


@pytest.mark.parametrize(
    ("appointment", "method"),
    [
        (replace(BOOKED, state=AppointmentState.HELD), Publish()),
        (CANCELLED, Request(**MAIL)),
        (BOOKED, Cancel(**MAIL)),
    ],
)
def test_an_entry_that_contradicts_its_appointment_is_not_made(appointment: Appointment, method: Method) -> None:
    with pytest.raises(ValueError, match=r"held|cancelled|booked"):
        file(appointment, method)
