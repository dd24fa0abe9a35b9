"""A desk's hours are kept by the clock on its wall, also when that clock changes."""

from __future__ import annotations

import tomllib
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.booking.closures import read_closures
from bot.booking.hours import HoursKind, days_between
from bot.booking.read_hours import read_calendar, read_defaults
from bot.booking.slot import Consultation
from tests.tables import COUNTIES, table

TABLE = Path(__file__).parents[2] / "bot" / "booking" / "tables" / "defaults.toml"
CLOSED = read_closures(table("closures"), [2026, 2027])
DEFAULTS = read_defaults(tomllib.loads(TABLE.read_text(encoding="utf-8")))


def hours(**other: Any) -> dict[str, Any]:
    row = {"weekday": "mon", "opens": "09:00", "closes": "12:00", "kind": "appointment", "source": "own sample"}
    return {**row, **other}


def an_extra(day: str) -> dict[str, Any]:
    return {key: value for key, value in hours(date=day).items() if key != "weekday"}


def desk(*rows: dict[str, Any], **other: Any) -> dict[str, Any]:
    return {"id": "d1", "hours": list(rows), **other}


def test_a_desk_that_says_nothing_else_has_the_defaults() -> None:
    calendar = read_calendar(desk(hours()), DEFAULTS)
    assert (calendar.desk, calendar.minutes) == ("d1", {Consultation.FIRST: 60, Consultation.SHORT: 30})
    assert (calendar.before, calendar.after) == (timedelta(0), timedelta(minutes=10))
    assert (calendar.lead_days, calendar.horizon) == (2, timedelta(days=28))


def test_a_desk_may_set_its_own_rules() -> None:
    own = {"first_minutes": 45, "buffer_after_minutes": 0, "lead_working_days": 3, "horizon_days": 14}
    calendar = read_calendar(desk(hours(), **own), DEFAULTS)
    assert (calendar.minutes[Consultation.FIRST], calendar.after) == (45, timedelta(0))
    assert (calendar.lead_days, calendar.horizon) == (3, timedelta(days=14))


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
        (
            desk(hours(kind="closed")),
            "desk d1, hours 1, kind: allowed is one of appointment, open, outreach, home_office",
        ),
        (desk(hours(source="")), "desk d1, hours 1, source: allowed is a text that is not empty"),
        (desk(hours(sample="yes")), "desk d1, hours 1, sample: allowed is true or false"),
        (desk(first_minutes=0), "desk d1, first_minutes: allowed is a whole number from 1 to 480"),
        (desk(short_minutes="60"), "desk d1, short_minutes: allowed is a whole number from 1 to 480"),
        (desk(buffer_after_minutes=-5), "desk d1, buffer_after_minutes: allowed is a whole number from 0 to 240"),
        (desk(horizon_days=True), "desk d1, horizon_days: allowed is a whole number"),
        ({"id": "d1", "hours": "mon 9-12"}, "desk d1, hours: allowed is a list of rows"),
        (desk(hours(open="9:00")), "desk d1, hours 1, open: allowed is one of weekday, date"),
        (desk(hours(valid_from="soon")), 'desk d1, hours 1, valid_from: allowed is a day such as "2026-05-14"'),
        (
            desk(hours(valid_from="2026-09-01", valid_until="2026-08-01")),
            "desk d1, hours 1, valid_until: allowed is a day after 2026-09-01",
        ),
        (desk(hours(every_weeks=2)), "desk d1, hours 1, valid_from: allowed is a day of the first week"),
        (desk(hours(week_of_month=6)), "desk d1, hours 1, week_of_month: allowed is one of 1, 2, 3, 4, 5, last"),
        (desk(hours(date="2026-06-08")), "desk d1, hours 1, weekday: allowed is nothing beside a date"),
        (desk(hours(post=2)), "desk d1, hours 1, post: allowed is a whole number from 1 to 1"),
        (desk(closures=[{"name": "Betriebsausflug", "source": "x"}]), "desk d1, closures 1, first: allowed is a day"),
    ],
)
def test_a_row_that_is_wrong_is_named_with_its_key_and_what_is_allowed(row: dict[str, Any], fault: str) -> None:
    with pytest.raises(ValueError, match=fault.replace("(", r"\(")):
        read_calendar(row, DEFAULTS)


def test_defaults_that_are_not_whole_are_refused() -> None:
    with pytest.raises(ValueError, match="defaults, first_minutes"):
        read_defaults({"desk": {"first_minutes": 0}})


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (desk(hours(except_=["2026-05-12"])), "desk d1, hours 1, except: allowed is only days of this series"),
        (desk(an_extra("2026-06-04")), "desk d1, hours 1, date: allowed is a day that is no holiday, and 2026-06-04"),
        (
            desk(hours(valid_from="2026-06-02", valid_until="2026-06-05")),
            "desk d1, hours 1, valid_until: allowed is a day on or after a mon of this series",
        ),
        (desk(hours(closes="09:20")), "desk d1, hours 1, closes: allowed is at least 30 minutes after it opens"),
        (
            desk(hours(closes="09:50", only="first")),
            "desk d1, hours 1, closes: allowed is at least 60 minutes after it opens",
        ),
        (desk(hours(kind="open", only="short")), "desk d1, hours 1, only: allowed is nothing here"),
        (
            desk(hours(), {"weekday": "mon", "kind": "home_office", "source": "x"}),
            "desk d1, hours 1, kind: allowed is no hours by appointment in which this post is always elsewhere",
        ),
        (
            desk(hours(), hours(weekday="tue"), hours(opens="11:00", closes="13:00")),
            "desk d1, hours 3, opens: allowed is a time at which this post is not booked already by desk d1, hours 1",
        ),
    ],
)
def test_hours_that_make_no_sense_are_named_with_their_row_and_key(row: dict[str, Any], fault: str) -> None:
    for one in row["hours"]:
        if "except_" in one:
            one["except"] = one.pop("except_")
    with pytest.raises(ValueError, match=fault.replace("(", r"\(")):
        read_calendar(row, DEFAULTS, CLOSED)


def test_hours_that_only_touch_or_take_turns_make_sense() -> None:
    apart = (hours(), hours(opens="12:00", closes="14:00"))
    turns = [hours(weekday="tue", every_weeks=2, valid_from=day) for day in ("2026-06-02", "2026-06-09")]
    first_and_last = [hours(weekday="wed", week_of_month=number) for number in (1, "last")]
    posts = [hours(weekday="thu", post=number) for number in (1, 2)]
    calendar = read_calendar(desk(*apart, *turns, *first_and_last, *posts, posts=2), DEFAULTS, CLOSED)
    assert len(calendar.weekly) == 8
    assert calendar.posts == ("d1", "d1#2")


def test_every_desk_of_both_counties_has_a_calendar_that_can_be_read() -> None:
    rows = [row for county in COUNTIES for row in table(f"{county}/desks")["desk"]]
    calendars = [read_calendar(row, DEFAULTS) for row in rows]
    assert len(calendars) == len({calendar.desk for calendar in calendars}) > 20


def windows(row: dict[str, Any], day: str) -> list[tuple[datetime, datetime]]:
    when = date.fromisoformat(day)
    return list(read_calendar(desk(row), DEFAULTS).windows(HoursKind.APPOINTMENT, when, when))


def days(row: dict[str, Any], first: str, last: str) -> list[str]:
    """The days between two on which a row holds, as `mm-dd`."""
    calendar = read_calendar(desk(row), DEFAULTS, CLOSED)
    between = days_between(date.fromisoformat(first), date.fromisoformat(last))
    return [f"{day:%m-%d}" for day in between if calendar.rows_on(day)]


def test_hours_are_valid_from_a_day_until_a_day() -> None:
    row = hours(valid_from="2026-06-08", valid_until="2026-06-22")
    assert days(row, "2026-06-01", "2026-07-31") == ["06-08", "06-15", "06-22"]


def test_hours_every_second_week_count_from_the_week_in_which_they_begin() -> None:
    row = hours(weekday="tue", every_weeks=2, valid_from="2026-12-14")
    assert days(row, "2026-12-01", "2027-01-31") == ["12-15", "12-29", "01-12", "01-26"]


@pytest.mark.parametrize(
    ("week", "found"),
    [(1, ["09-03", "10-01"]), (5, ["10-29"]), ("last", ["09-24", "10-29"])],
)
def test_hours_once_a_month_are_on_the_first_the_fifth_or_the_last_such_day(week: object, found: list[str]) -> None:
    assert days(hours(weekday="thu", week_of_month=week), "2026-09-01", "2026-10-31") == found


def test_a_series_goes_on_after_an_exception_and_the_date_may_be_on_another_day_instead() -> None:
    series = {**hours(weekday="wed"), "except": ["2026-06-10"]}
    assert days(series, "2026-06-01", "2026-06-30") == ["06-03", "06-17", "06-24"]
    calendar = read_calendar(desk(series, an_extra("2026-06-11")), DEFAULTS, CLOSED)
    rows = [(day, row) for day in days_between(date(2026, 6, 8), date(2026, 6, 12)) for row in calendar.rows_on(day)]
    assert [(day, row.is_extra) for day, row in rows] == [(date(2026, 6, 11), True)]


def test_an_extra_date_holds_on_a_customary_closed_day_a_series_does_not() -> None:
    assert days(hours(weekday="thu"), "2026-12-20", "2026-12-31") == []
    assert days(an_extra("2026-12-24"), "2026-12-20", "2026-12-31") == ["12-24"]


def test_a_desk_has_closed_days_of_its_own() -> None:
    outing = {"name": "Betriebsferien", "first": "2026-08-03", "last": "2026-08-07", "source": "own sample"}
    calendar = read_calendar(desk(hours(), closures=[outing]), DEFAULTS, CLOSED)
    assert [day.day for day in days_between(date(2026, 8, 1), date(2026, 8, 14)) if calendar.rows_on(day)] == [10]


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
