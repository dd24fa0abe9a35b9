"""A desk's hours are kept by the clock on its wall, also when that clock changes."""

from __future__ import annotations

import tomllib
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.booking.closures import closed_days
from bot.booking.hours import HoursKind, read_calendar, read_defaults
from tests.tables import COUNTIES, table

TABLE = Path(__file__).parents[2] / "bot" / "booking" / "tables" / "defaults.toml"
DEFAULTS = read_defaults(tomllib.loads(TABLE.read_text(encoding="utf-8")))


def hours(**other: Any) -> dict[str, Any]:
    row = {"weekday": "mon", "opens": "09:00", "closes": "12:00", "kind": "appointment", "source": "own sample"}
    return {**row, **other}


def desk(*rows: dict[str, Any], **other: Any) -> dict[str, Any]:
    return {"id": "d1", "hours": list(rows), **other}


def test_a_desk_that_says_nothing_else_has_the_defaults() -> None:
    calendar = read_calendar(desk(hours()), DEFAULTS)
    assert (calendar.desk, calendar.slot_minutes, calendar.buffer_minutes) == ("d1", 60, 10)
    assert (calendar.lead, calendar.horizon) == (timedelta(hours=24), timedelta(days=28))


def test_a_desk_may_set_its_own_rules() -> None:
    own = {"slot_minutes": 45, "buffer_minutes": 0, "lead_hours": 48, "horizon_days": 14}
    calendar = read_calendar(desk(hours(), **own), DEFAULTS)
    assert (calendar.slot_minutes, calendar.buffer_minutes) == (45, 0)
    assert (calendar.lead, calendar.horizon) == (timedelta(hours=48), timedelta(days=14))


def test_a_desk_without_hours_has_none() -> None:
    assert read_calendar({"id": "d1"}, DEFAULTS).weekly == ()


def test_open_hours_and_hours_by_appointment_are_told_apart() -> None:
    calendar = read_calendar(desk(hours(), hours(weekday="thu", kind="open", place="Rathaus", sample=True)), DEFAULTS)
    (row,) = calendar.hours(HoursKind.OPEN)
    assert (row.weekday, row.opens, row.place, row.sample) == (3, time(9), "Rathaus", True)
    assert [row.weekday for row in calendar.hours(HoursKind.APPOINTMENT)] == [0]


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (desk(hours(weekday="Mo")), "desk d1, hours 1, weekday: allowed is one of mon, tue"),
        (desk(hours(), hours(opens="9 Uhr")), 'desk d1, hours 2, opens: allowed is a time such as "09:00"'),
        (desk(hours(opens="12:00")), "desk d1, hours 1, closes: allowed is a time after 12:00"),
        (desk(hours(kind="closed")), "desk d1, hours 1, kind: allowed is one of appointment, open"),
        (desk(hours(source="")), "desk d1, hours 1, source: it must be named"),
        (desk(hours(sample="yes")), "desk d1, hours 1, sample: allowed is true or false"),
        (desk(slot_minutes=0), "desk d1, slot_minutes: allowed is a whole number from 1 to 480"),
        (desk(slot_minutes="60"), "desk d1, slot_minutes: allowed is a whole number from 0 to 480"),
        (desk(buffer_minutes=-5), "desk d1, buffer_minutes: allowed is a whole number from 0 to 240"),
        (desk(horizon_days=True), "desk d1, horizon_days: allowed is a whole number"),
        ({"id": "d1", "hours": "mon 9-12"}, "desk d1, hours: allowed is a list of rows"),
    ],
)
def test_a_row_that_is_wrong_is_named_with_its_key_and_what_is_allowed(row: dict[str, Any], fault: str) -> None:
    with pytest.raises(ValueError, match=fault.replace("(", r"\(")):
        read_calendar(row, DEFAULTS)


def test_defaults_that_are_not_whole_are_refused() -> None:
    with pytest.raises(ValueError, match="defaults, slot_minutes"):
        read_defaults({})


def test_every_desk_of_both_counties_has_a_calendar_that_can_be_read() -> None:
    rows = [row for county in COUNTIES for row in table(f"{county}/desks")["desk"]]
    calendars = [read_calendar(row, DEFAULTS) for row in rows]
    assert len(calendars) == len({calendar.desk for calendar in calendars}) > 20


def windows(row: dict[str, Any], day: str) -> list[tuple[datetime, datetime]]:
    when = date.fromisoformat(day)
    return list(read_calendar(desk(row), DEFAULTS).windows(HoursKind.APPOINTMENT, when, when))


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "opens"),
    [
        ("2026-03-23", "2026-03-23T08:00"),  # the Monday before the change to summer time
        ("2026-03-30", "2026-03-30T07:00"),
        ("2026-10-19", "2026-10-19T07:00"),  # the Monday before the change back
        ("2026-10-26", "2026-10-26T08:00"),
        ("2027-03-29", "2027-03-29T07:00"),
        ("2027-11-01", "2027-11-01T08:00"),
    ],
)
def test_nine_o_clock_stays_nine_o_clock_after_the_clock_has_changed(day: str, opens: str) -> None:
    assert windows(hours(), day) == [(utc(opens), utc(opens) + timedelta(hours=3))]


def test_the_night_of_the_change_is_an_hour_shorter_in_spring_and_longer_in_autumn() -> None:
    night = hours(weekday="sun", opens="01:00", closes="05:00")
    ((opens, closes),) = windows(night, "2026-03-29")
    assert closes - opens == timedelta(hours=3)
    ((opens, closes),) = windows(night, "2026-10-25")
    assert closes - opens == timedelta(hours=5)


def test_a_clock_time_that_spring_skips_is_the_hour_after_it() -> None:
    ((opens, _),) = windows(hours(weekday="sun", opens="02:30", closes="06:00"), "2026-03-29")
    assert opens == utc("2026-03-29T01:30")


def test_the_closed_days_of_a_year_are_the_holidays_of_the_land_and_three_of_custom() -> None:
    closed = closed_days([2026])
    assert list(closed) == sorted(closed)
    assert {day.isoformat(): name for day, name in closed.items()} == {
        "2026-01-01": "Neujahr",
        "2026-02-16": "Rosenmontag",
        "2026-04-03": "Karfreitag",
        "2026-04-06": "Ostermontag",
        "2026-05-01": "Erster Mai",
        "2026-05-14": "Christi Himmelfahrt",
        "2026-05-25": "Pfingstmontag",
        "2026-06-04": "Fronleichnam",
        "2026-10-03": "Tag der Deutschen Einheit",
        "2026-11-01": "Allerheiligen",
        "2026-12-24": "Heiligabend",
        "2026-12-25": "Erster Weihnachtstag",
        "2026-12-26": "Zweiter Weihnachtstag",
        "2026-12-31": "Silvester",
    }


@pytest.mark.parametrize("day", ["2024-02-12", "2025-03-03", "2027-02-08", "2028-02-28"])
def test_rosenmontag_moves_with_easter(day: str) -> None:
    assert closed_days([int(day[:4])])[date.fromisoformat(day)] == "Rosenmontag"


def test_several_years_follow_each_other() -> None:
    assert {day.year for day in closed_days(range(2026, 2029))} == {2026, 2027, 2028}
