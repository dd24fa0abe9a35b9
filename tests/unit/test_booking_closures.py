"""Nobody works on the holidays of the Land and on the customary days of the table; and one books in time before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.booking.closures import read_closures
from bot.booking.hours import BERLIN
from bot.booking.lead import earliest
from tests.tables import table


def closed(years: Iterable[int]) -> Mapping[date, str]:
    return read_closures(table("closures"), years).names


def test_the_closed_days_of_a_year_are_the_holidays_of_the_land_and_three_of_custom() -> None:
    found = closed([2026])
    assert list(found) == sorted(found)
    assert {day.isoformat(): name for day, name in found.items()} == {
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
    assert closed([int(day[:4])])[date.fromisoformat(day)] == "Rosenmontag"


def test_several_years_follow_each_other() -> None:
    assert {day.year for day in closed(range(2026, 2029))} == {2026, 2027, 2028}


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ({"month": 13, "day": 1}, "closed 1, month: allowed is a whole number from 1 to 12"),
        ({"month": 2, "day": 30}, "closed 1, day: allowed is a day that this month has"),
        ({"days_from_easter": -48, "day": 1}, "closed 1, day: allowed is nothing beside days_from_easter"),
        ({"days_from_easter": 300}, "closed 1, days_from_easter: allowed is a whole number from -60 to 70"),
        ({"month": 12, "day": 24, "source": ""}, "closed 1, source: allowed is a text that is not empty"),
        ({"month": 12, "day": 24, "every": "year"}, "closed 1, every: allowed is one of name, month"),
    ],
)
def test_a_closed_day_that_is_wrong_is_named_with_its_key_and_what_is_allowed(row: dict[str, Any], fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        read_closures({"closed": [{"name": "Heiligabend", "source": "own sample", **row}]}, [2026])


def asked(now: str, working_days: int = 2) -> str:
    found = earliest(datetime.fromisoformat(now).replace(tzinfo=BERLIN), working_days, closed(range(2026, 2029)))
    assert found.tzinfo is UTC
    return found.astimezone(BERLIN).isoformat(timespec="minutes")[:16]


@pytest.mark.parametrize(
    ("now", "from_then"),
    [
        ("2026-06-08T10:00", "2026-06-10T10:00"),  # Monday: Wednesday
        ("2026-06-11T16:30", "2026-06-15T16:30"),  # Thursday: Monday
        ("2026-06-13T09:00", "2026-06-17T00:00"),  # Saturday is as if asked on Monday at midnight
        ("2026-06-03T10:00", "2026-06-08T10:00"),  # Fronleichnam is no working day
        ("2026-12-23T10:00", "2026-12-29T10:00"),  # Christmas Eve and both holidays
        ("2026-10-23T10:00", "2026-10-27T10:00"),  # over the night in which the clock is put back
        ("2027-03-26T10:00", "2027-04-01T00:00"),  # Good Friday
    ],
)
def test_a_desk_has_two_working_days_by_the_clock_on_the_wall_to_prepare(now: str, from_then: str) -> None:
    assert asked(now) == from_then


def test_without_a_lead_one_may_come_at_once() -> None:
    assert asked("2026-06-08T10:00", 0) == "2026-06-08T10:00"
