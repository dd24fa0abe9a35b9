"""When somebody is reminded: by the clock on the wall, never at night, never of what is over."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.booking.hours import BERLIN
from bot.turns.reminders import due


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


def times(starts: str, booked: str = "2026-01-02T10:00") -> list[str]:
    planned = due(local(starts), local(booked))
    return [f"{one.at.astimezone(BERLIN):%m-%dT%H:%M}" for one in planned]


def test_a_date_at_ten_is_said_the_day_before_at_five_and_at_eight() -> None:
    assert times("2026-06-09T10:00") == ["06-08T17:00", "06-09T08:00"]


@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25", "2027-03-28", "2027-10-31"])
def test_the_change_of_clocks_moves_no_reminder(day: str) -> None:
    short = day[5:]
    before = f"{local(day + 'T00:00') - timedelta(days=1):%m-%d}"
    assert times(f"{day}T10:00") == [f"{before}T17:00", f"{short}T08:00"]


def test_an_early_date_is_said_the_evening_before_and_nobody_is_woken() -> None:
    assert times("2026-06-09T08:30") == ["06-08T17:00"]
    assert times("2026-06-09T09:00") == ["06-08T17:00", "06-09T07:00"]


def test_who_books_an_early_date_after_five_hears_of_it_that_evening() -> None:
    assert times("2026-06-09T08:30", booked="2026-06-08T18:00") == ["06-08T20:30"]
    assert times("2026-06-09T08:30", booked="2026-06-08T20:45") == []


def test_a_reminder_that_could_not_be_sent_is_of_no_use_at_night() -> None:
    evening, shortly = due(local("2026-06-09T10:00"), local("2026-06-01T10:00"))
    assert evening.until == local("2026-06-08T21:00")
    assert shortly.until == local("2026-06-09T10:00")
