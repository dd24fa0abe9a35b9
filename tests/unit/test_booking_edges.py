"""The days on which calendars go wrong: the clock changes, a holiday falls into a series, hours change under dates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache

import pytest

from bot.booking.appointment import Appointment, AppointmentState
from bot.booking.closures import read_closures
from bot.booking.conflicts import outside_of_hours
from bot.booking.hours import BERLIN, Calendar, HoursKind, Weekly, days_between
from bot.booking.offer import free_slots, local_day
from bot.booking.read_hours import read_calendar
from bot.booking.rooms import read_rooms
from bot.booking.slot import Consultation, Slot, Span, SpanState
from tests.tables import COUNTIES, table
from tests.unit.test_booking_hours import DEFAULTS

YEARS = range(2026, 2029)
#: Days on which nobody may be offered a date anywhere.
NOBODY = (
    "2026-06-04",
    "2027-05-27",
    "2026-12-24",
    "2026-12-31",
    "2027-12-24",
    "2027-12-31",
    "2026-02-16",
    "2027-02-08",
)
#: The nights in which the clock is put forward and back.
FORWARD, BACK = ("2026-03-29", "2027-03-28"), ("2026-10-25", "2027-10-31")


@cache
def calendars() -> Mapping[str, Calendar]:
    """Every desk of both counties."""
    closures, found = read_closures(table("closures"), YEARS), dict[str, Calendar]()
    for county in COUNTIES:
        rows = table(f"{county}/desks")["desk"]
        rooms = read_rooms(table("rbk/rooms") if county == "rbk" else {}, [row["id"] for row in rows])
        found |= {row["id"]: read_calendar(row, DEFAULTS, closures, rooms.get(row["id"], ())) for row in rows}
    return found


def a_desk(*rows: Weekly, **other: object) -> Calendar:
    rules = {"minutes": {Consultation.FIRST: 60, Consultation.SHORT: 30}, "lead_days": 0, "horizon": timedelta(days=60)}
    return replace(Calendar(desk="d1", weekly=rows, **rules), **other)  # type: ignore[arg-type]  # read as keywords


def weekly(weekday: int, opens: int = 9, closes: int = 12) -> Weekly:
    kind = HoursKind.APPOINTMENT
    return Weekly(weekday=weekday, opens=time(opens), closes=time(closes), kind=kind, source="own sample")


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


def starts(slots: tuple[Slot, ...]) -> list[str]:
    return [f"{slot.starts_at.astimezone(BERLIN):%m-%d %H:%M}" for slot in slots]


@pytest.mark.parametrize("day", NOBODY)
def test_no_desk_offers_a_date_on_a_day_on_which_nobody_works(day: str) -> None:
    before = local(f"{day}T08:00") - timedelta(days=10)
    for calendar in calendars().values():
        for kind in Consultation:
            assert day not in {
                slot.starts_at.astimezone(BERLIN).date().isoformat() for slot in offered(calendar, before, kind)
            }


def offered(calendar: Calendar, now: datetime, kind: Consultation) -> tuple[Slot, ...]:
    return free_slots(calendar, (), now.astimezone(UTC), now.astimezone(UTC) + timedelta(days=21), kind)


@pytest.mark.parametrize("day", [*FORWARD, *BACK])
def test_every_desk_keeps_its_hours_on_the_wall_over_the_change_of_the_clock(day: str) -> None:
    now = local(f"{day}T08:00") - timedelta(days=12)
    for calendar in calendars().values():
        hours = [(row.opens, row.closes) for row in calendar.weekly if row.kind is HoursKind.APPOINTMENT]
        found = offered(calendar, now, Consultation.FIRST)
        assert {slot.ends_at - slot.starts_at for slot in found} == {timedelta(minutes=60)}
        for slot in found:
            begins, ends = (moment.astimezone(BERLIN).time() for moment in (slot.starts_at, slot.ends_at))
            assert any(opens <= begins and ends <= closes for opens, closes in hours)


@pytest.mark.parametrize(("day", "hours"), [*[(day, 23) for day in FORWARD], *[(day, 25) for day in BACK]])
def test_a_whole_day_is_as_long_as_the_day_is(day: str, hours: int) -> None:
    """Hours from midnight to midnight, filled with talks of one hour, over the nights of 2026 and 2027."""
    sunday = weekly(6, 0, 23)
    found = free_slots(a_desk(replace(sunday, closes=time(23, 59))), (), local(f"{day}T00:00") - timedelta(days=2))
    mine = [slot for slot in found if local_day(slot).isoformat() == day]
    assert len(mine) == hours - 1  # the last hour ends a minute after closing
    assert len({slot.starts_at for slot in mine}) == hours - 1


def test_an_absence_that_begins_inside_a_date_leaves_what_is_before_it() -> None:
    absent = Span(
        desk="d1",
        starts_at=local("2026-06-08T10:30").astimezone(UTC),
        ends_at=local("2026-06-08T18:00").astimezone(UTC),
        state=SpanState.ABSENCE,
    )
    now = local("2026-06-05T10:00")
    assert starts(free_slots(a_desk(weekly(0)), [absent], now, local("2026-06-09T00:00"))) == ["06-08 09:00"]


def test_buffers_that_touch_do_not_overlap_and_buffers_that_overlap_by_a_minute_do() -> None:
    ten = timedelta(minutes=10)
    desk = a_desk(weekly(0, 9, 12), before=ten, after=ten)
    now, until = local("2026-06-05T10:00"), local("2026-06-09T00:00")

    def after(minutes: int) -> list[str]:
        """What is free after a date that ended at ten, with a buffer of so many minutes."""
        ends = local("2026-06-08T10:00") + timedelta(minutes=minutes)
        taken = Span(desk="d1", starts_at=local("2026-06-08T08:50"), ends_at=ends, state=SpanState.BOOKED)
        return starts(free_slots(desk, [taken], now, until))

    assert after(10) == ["06-08 10:20"]
    assert after(11) == ["06-08 10:25"]


def a_date(starts_at: str, **other: object) -> Appointment:
    begins = local(starts_at).astimezone(UTC)
    row = Appointment(
        id=f"a-{starts_at}",
        case="K1",
        desk="d1",
        starts_at=begins,
        ends_at=begins + timedelta(hours=1),
        state=AppointmentState.BOOKED,
        sequence=0,
        uid="u",
        post="d1",
    )
    return replace(row, **other)  # type: ignore[arg-type]  # read as keywords


def test_a_date_in_a_series_that_got_an_exception_is_listed_for_a_colleague_and_the_others_are_not() -> None:
    series = weekly(2)
    dates = (a_date("2026-06-10T09:00"), a_date("2026-06-17T09:00"))
    assert outside_of_hours(a_desk(series), dates) == ()
    excepted = replace(series, excepted=frozenset({date(2026, 6, 10)}))
    assert outside_of_hours(a_desk(excepted), dates) == dates[:1]
    instead = replace(
        series, valid_from=date(2026, 6, 10), valid_until=date(2026, 6, 10), opens=time(9), closes=time(10)
    )
    assert outside_of_hours(a_desk(excepted, instead), dates) == ()


def test_a_date_of_a_post_that_was_given_up_or_of_a_day_that_is_closed_now_is_listed() -> None:
    second = a_date("2026-06-10T09:00", post="d1#2")
    assert outside_of_hours(a_desk(weekly(2), posts=("d1", "d1#2")), (second,)) == ()
    assert outside_of_hours(a_desk(weekly(2)), (second,)) == (second,)
    mine = a_date("2026-06-10T09:00")
    assert outside_of_hours(a_desk(weekly(2), closed=frozenset({date(2026, 6, 10)})), (mine,)) == (mine,)


def test_a_series_every_second_week_keeps_its_rhythm_over_a_year_of_53_weeks() -> None:
    series = replace(weekly(0), every_weeks=2, valid_from=date(2026, 12, 14))
    days = [day for day in days_between(date(2026, 12, 1), date(2027, 2, 1)) if series.holds_on(day)]
    assert [day.isoformat() for day in days] == ["2026-12-14", "2026-12-28", "2027-01-11", "2027-01-25"]
