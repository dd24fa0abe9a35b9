"""A short consultation may take two dates, one after the other; a first consultation takes one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.booking.appointment import Appointment, AppointmentState, may_have_second, upcoming
from bot.booking.slot import Consultation

NOW = datetime(2026, 6, 8, 12, 0, tzinfo=UTC)


def a_date(days: int, **other: Any) -> Appointment:
    starts = NOW + timedelta(days=days)
    short = Appointment(
        id=f"a{days}",
        case="K1",
        desk="d1",
        starts_at=starts,
        ends_at=starts + timedelta(minutes=30),
        state=AppointmentState.BOOKED,
        sequence=0,
        uid=f"u{days}",
        kind=Consultation.SHORT,
    )
    return replace(short, **other)


@pytest.mark.parametrize(
    ("dates", "may"),
    [
        ([a_date(-2)], True),
        ([], False),
        ([a_date(2)], False),  # the first is still to come
        ([a_date(-9), a_date(-2)], False),  # about two, not more
        ([a_date(-9), a_date(-2, state=AppointmentState.CANCELLED)], True),
        ([a_date(-2, kind=Consultation.FIRST)], False),
        ([a_date(-2, state=AppointmentState.CANCELLED)], False),
    ],
)
def test_a_second_date_follows_a_first_that_is_over(dates: list[Appointment], may: bool) -> None:
    assert may_have_second(dates, NOW) is may


def test_what_is_still_to_come_stands_in_order_without_what_was_cancelled() -> None:
    cancelled = a_date(3, state=AppointmentState.CANCELLED)
    running = a_date(0, starts_at=NOW - timedelta(minutes=10))
    assert upcoming([a_date(5), cancelled, a_date(-1), running], NOW) == (running, a_date(5))
