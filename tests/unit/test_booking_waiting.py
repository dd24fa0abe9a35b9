"""Whoever waits for an earlier date is asked in order, about dates that suit them, and has time to answer."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.booking.hours import BERLIN
from bot.booking.offer import Wish
from bot.booking.slot import Consultation, Slot
from bot.booking.waiting import ANSWER_TIME, SHORTEST_NOTICE, Waiting, answer_by, next_offers, suits


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN).astimezone(UTC)


#: A Monday morning.
NOW = local("2026-06-08T09:00")


def a_slot(starts: str, **other: Any) -> Slot:
    begins = local(starts)
    return Slot(**{"desk": "d1", "starts_at": begins, "ends_at": begins + timedelta(hours=1), **other})


def somebody(number: int = 1, **other: Any) -> Waiting:
    row: dict[str, Any] = {
        "id": number,
        "person": f"p{number}",
        "appointment": f"a{number}",
        "case": f"K{number}",
        "desk": "d1",
        "kind": Consultation.FIRST,
        "joined_at": NOW - timedelta(days=1, minutes=-number),
        "starts_at": local("2026-06-22T09:00"),
    }
    return Waiting(**(row | other))


def asked(*turns: tuple[Waiting, Slot, datetime]) -> list[tuple[int, str]]:
    return [(one.id, f"{slot.starts_at.astimezone(BERLIN):%d %H}") for one, slot, _ in turns]


def test_the_earliest_date_goes_to_who_came_first() -> None:
    line = (somebody(1), somebody(2), somebody(3))
    free = (a_slot("2026-06-12T09:00"), a_slot("2026-06-10T09:00"))
    assert asked(*next_offers(line, free, NOW)) == [(1, "10 09"), (2, "12 09")]


def test_who_has_an_offer_to_answer_is_not_asked_again_and_the_next_one_is() -> None:
    line = (somebody(1, has_offer=True), somebody(2))
    assert asked(*next_offers(line, (a_slot("2026-06-10T09:00"),), NOW)) == [(2, "10 09")]


def test_who_said_no_is_not_asked_about_the_same_date_again() -> None:
    slot = a_slot("2026-06-10T09:00")
    line = (somebody(1, asked=frozenset({slot.starts_at})), somebody(2))
    assert asked(*next_offers(line, (slot,), NOW)) == [(2, "10 09")]


@pytest.mark.parametrize(
    ("one", "slot", "does"),
    [
        (somebody(), a_slot("2026-06-19T15:00"), True),
        (somebody(), a_slot("2026-06-22T08:00"), False),  # the same day is not earlier
        (somebody(), a_slot("2026-06-23T08:00"), False),
        (somebody(), a_slot("2026-06-10T09:00", desk="d2"), False),
        (somebody(), a_slot("2026-06-10T09:00", kind=Consultation.SHORT), False),
        (somebody(wish=Wish.MORNINGS), a_slot("2026-06-10T13:00"), False),
        (somebody(wish=Wish.MORNINGS), a_slot("2026-06-10T11:00"), True),
        (somebody(not_before=date(2026, 6, 11)), a_slot("2026-06-10T11:00"), False),
        (somebody(not_before=date(2026, 6, 10)), a_slot("2026-06-10T11:00"), True),
    ],
)
def test_a_date_suits_if_it_is_a_day_earlier_and_as_they_wished(one: Waiting, slot: Slot, does: bool) -> None:
    assert suits(one, slot) is does


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2026-06-08T09:00", "2026-06-08T12:00"),
        ("2026-06-08T17:00", "2026-06-08T20:00"),
        ("2026-06-08T18:30", "2026-06-09T09:30"),
        ("2026-06-08T23:00", "2026-06-09T11:00"),
        ("2026-06-08T04:00", "2026-06-08T11:00"),
        ("2026-10-24T19:00", "2026-10-25T10:00"),  # the clock is put back in between
        ("2027-03-27T19:00", "2027-03-28T10:00"),  # and forward
    ],
)
def test_the_time_to_answer_runs_by_day_only(now: str, until: str) -> None:
    assert answer_by(local(now), local(now) + timedelta(days=5)) == local(until)


def test_nobody_is_asked_about_a_date_that_is_too_near() -> None:
    assert answer_by(NOW, NOW + timedelta(hours=14)) is None
    assert next_offers((somebody(),), (a_slot("2026-06-08T20:00"),), NOW) == ()


waiting = st.builds(
    somebody,
    st.integers(1, 9),
    has_offer=st.booleans(),
    wish=st.sampled_from([Wish.NEXT, Wish.MORNINGS, Wish.AFTERNOONS]),
    asked=st.frozensets(st.integers(1, 6).map(lambda n: NOW + timedelta(days=n)), max_size=4),
)
slots = st.lists(
    st.integers(1, 12).map(
        lambda n: Slot(desk="d1", starts_at=NOW + timedelta(days=n), ends_at=NOW + timedelta(days=n, hours=1))
    ),
    max_size=6,
    unique_by=lambda slot: slot.starts_at,
)


@given(line=st.lists(waiting, max_size=6, unique_by=lambda one: one.id), free=slots)
def test_nobody_is_passed_over_and_nobody_is_asked_twice_at_once(line: list[Waiting], free: list[Slot]) -> None:
    line.sort(key=lambda one: one.joined_at)
    turns = next_offers(line, free, NOW)
    chosen = [one for one, _, _ in turns]
    assert len({one.id for one in chosen}) == len(chosen)
    assert len({slot.starts_at for _, slot, _ in turns}) == len(turns)
    for one, slot, until in turns:
        assert suits(one, slot)
        assert not one.has_offer
        assert NOW + ANSWER_TIME <= until <= slot.starts_at - SHORTEST_NOTICE
        before = line[: line.index(one)]
        assert all(other.has_offer or other in chosen or not suits(other, slot) for other in before)
    left = {slot.starts_at for slot in free} - {slot.starts_at for _, slot, _ in turns}
    idle = [one for one in line if not one.has_offer and one not in chosen]
    assert not [slot for slot in free if slot.starts_at in left and any(suits(one, slot) for one in idle)]
