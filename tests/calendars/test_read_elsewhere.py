"""Every calendar file of ours is read by two other programs, says what its method needs, and is right by any clock."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

import pytest
from dateutil.tz import gettz  # type: ignore[import-untyped]  # it brings no types
from starlette.testclient import TestClient

from bot.app.bells import Bells
from bot.app.counter import offered_file
from bot.app.site import site
from bot.booking.appointment import Appointment
from bot.storage.store import Store
from tests.calendars.invited import Invited, booked_in_chat, with_mailboxes
from tests.calendars.office import DESK, Read, a_feed, book, read_by_vdirsyncer, read_by_vobject
from tests.calendars.post_office import post_office
from tests.talk import Talk, new_store, premises

BERLIN: Final = ZoneInfo("Europe/Berlin")
#: RFC 5545 3.6.1, RFC 5546 3.2.1, 3.2.2 and 3.2.5: what must be there, and what must not.
MUST: Final = {
    "PUBLISH": {"UID", "DTSTAMP", "DTSTART", "SUMMARY"},
    "REQUEST": {"UID", "DTSTAMP", "DTSTART", "SUMMARY", "SEQUENCE", "ORGANIZER", "ATTENDEE"},
    "CANCEL": {"UID", "DTSTAMP", "SEQUENCE", "ORGANIZER", "ATTENDEE"},
}
MUST_NOT: Final = {"PUBLISH": {"ATTENDEE"}, "REQUEST": {"REQUEST-STATUS"}, "CANCEL": {"REQUEST-STATUS"}}


@dataclass(frozen=True, slots=True)
class File:
    """One of our files, and what it should say."""

    body: bytes
    method: str
    sequence: int
    status: str = "CONFIRMED"


@pytest.fixture
def store() -> Iterator[Store]:
    with new_store() as store:
        yield store


def the_date(talk: Talk) -> Appointment:
    code = talk.cases()[0].code
    with talk.store.transaction() as tx:
        (found,) = tx.allocations.dates_of_case(code)
    return found


def own_file(talk: Talk, name: str) -> bytes:
    """What the resident gets under the link that they were given once."""
    with talk.store.transaction() as tx:
        found = offered_file(tx, talk.person, name, premises(), talk.now)
    assert found is not None
    return found[1]


def feed(talk: Talk) -> bytes:
    browser = TestClient(site(talk.store, premises(), Bells(), lambda: talk.now, None))
    content: bytes = browser.get(f"/calendar/{a_feed(talk.store, talk.now)}.ics").content
    return content


def all_kinds(store: Store) -> tuple[Appointment, list[File]]:
    """Booked, moved and cancelled in the chat; after each step every file that anybody would have then."""
    talk = booked_in_chat(store)
    with_mailboxes(store, talk.now)
    code, date, files = talk.cases()[0].code, the_date(talk), []
    with post_office() as office:
        desk = Invited(store, office, talk.now)
        steps: list[Callable[[], object]] = [
            lambda: None,
            lambda: talk.taps(f"move.{code}").taps(talk.last.choices[2].id),
            lambda: talk.taps(f"cancel.{code}", "yes"),
        ]
        for number, step in enumerate(steps):
            step()
            (letter,) = desk.hears()
            status = "CANCELLED" if number == 2 else "CONFIRMED"
            files.append(File(own_file(talk, date.id), "PUBLISH", number, status))
            files.append(File(letter.letter.calendar, "CANCEL" if number == 2 else "REQUEST", number, status))
            if number < 2:
                files.append(File(feed(talk), "PUBLISH", number))
    return date, files


def test_a_file_of_each_kind_says_the_same_to_both_programs(store: Store) -> None:
    date, files = all_kinds(store)
    assert len(files) == 8
    for file in files:
        by_vobject, by_vdirsyncer = read_by_vobject(file.body), read_by_vdirsyncer(file.body)
        assert by_vobject == by_vdirsyncer
        method, (read,) = by_vobject
        assert (method, read.uid, read.sequence, read.status) == (file.method, date.uid, file.sequence, file.status)
        assert read.ends_at - read.starts_at == date.ends_at - date.starts_at


def test_a_file_of_each_kind_has_what_its_method_needs_and_nothing_else(store: Store) -> None:
    for file in all_kinds(store)[1]:
        lines = file.body.split(b"\r\n")
        assert lines[-1] == b""
        assert all(len(line) <= 75 and b"\n" not in line for line in lines)
        unfolded = file.body.decode().replace("\r\n ", "").splitlines()
        event = unfolded[unfolded.index("BEGIN:VEVENT") + 1 : unfolded.index("END:VEVENT")]
        names = [re.split("[:;]", line)[0] for line in event]
        assert len(names) == len(set(names)), "each property once"
        assert MUST[file.method] <= set(names)
        assert not MUST_NOT[file.method] & set(names)
        assert [line for line in unfolded if line.startswith("METHOD")] == [f"METHOD:{file.method}"]


CHANGES: Final = ["2026-10-25", "2027-03-28", "2027-10-31"]
CLOCKS: Final[list[tzinfo | None]] = [BERLIN, gettz("Europe/Berlin")]


@pytest.mark.parametrize("change", CHANGES)
def test_ten_o_clock_is_ten_o_clock_on_both_sides_of_a_change_of_clocks(store: Store, change: str) -> None:
    """Every time is an instant in UTC, so no file needs a VTIMEZONE, and no program can read it by the wrong rule."""
    day = datetime.fromisoformat(change).replace(hour=10)
    days = [day - timedelta(days=2), day - timedelta(days=1), day, day + timedelta(days=1)]
    begins = [one.replace(tzinfo=BERLIN).astimezone(UTC) for one in days]
    now = begins[0] - timedelta(days=5)
    with_mailboxes(store, now)
    for number, starts_at in enumerate(begins):
        book(store, starts_at, f"CASE{number}")
    with post_office() as office:
        letters = [one.letter for one in Invited(store, office, now).hears()]
    browser = TestClient(site(store, premises(), Bells(), lambda: now, None))
    subscribed: bytes = browser.get(f"/calendar/{a_feed(store, now, desk=DESK)}.ics").content
    for body in (subscribed, *(one.calendar for one in letters)):
        assert b"VTIMEZONE" not in body
        assert b"TZID" not in body
        assert re.findall(rb"DT(?:START|END|STAMP):(.*)\r", body)
        assert all(re.fullmatch(rb"\d{8}T\d{6}Z", at) for at in re.findall(rb"DT(?:START|END|STAMP)[^:]*:(.*)\r", body))
    for read_by in (read_by_vobject, read_by_vdirsyncer):
        assert by_the_wall(read_by(subscribed)[1]) == [f"{one:%Y-%m-%d} 10:00" for one in days]
        sent = [entry for one in letters for entry in read_by(one.calendar)[1]]
        assert by_the_wall(sent) == [f"{one:%Y-%m-%d} 10:00" for one in days]
    assert sorted(re.findall(r"(\d\d:\d\d) bis", one.text)[0] for one in letters) == ["10:00"] * 4
    assert {end - start for start, end in pairwise(begins)} > {timedelta(hours=24)}


def by_the_wall(entries: list[Read]) -> list[str]:
    """What a calendar in Germany shows, whichever of two readers of time zones it has."""
    shown = {tuple(sorted(f"{one.starts_at.astimezone(clock):%Y-%m-%d %H:%M}" for one in entries)) for clock in CLOCKS}
    (same,) = shown
    return list(same)


def test_the_hour_that_there_is_twice_is_two_hours(store: Store) -> None:
    """Nobody is asked to come at half past two at night; an instant is still an instant."""
    first, second = (datetime(2026, 10, 25, hour, 30, tzinfo=UTC) for hour in (0, 1))
    now = first - timedelta(days=5)
    for number, starts_at in enumerate((first, second)):
        book(store, starts_at, f"CASE{number}")
    browser = TestClient(site(store, premises(), Bells(), lambda: now, None))
    body: bytes = browser.get(f"/calendar/{a_feed(store, now, desk=DESK)}.ics").content
    for read_by in (read_by_vobject, read_by_vdirsyncer):
        entries = read_by(body)[1]
        assert [one.starts_at for one in entries] == [first, second]
        assert by_the_wall(entries) == ["2026-10-25 02:30", "2026-10-25 02:30"]
