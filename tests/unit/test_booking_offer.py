"""What is offered is free, in the hours, not too soon and not too far; and it is what was wished for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.booking.hours import BERLIN, Calendar, HoursKind, Weekly
from bot.booking.lead import earliest
from bot.booking.offer import Wish, free_slots, local_day, nearest, pick, slot_at
from bot.booking.slot import Consultation, Slot, Span, SpanState


def weekly(weekday: int, opens: int = 9, closes: int = 12, kind: HoursKind = HoursKind.APPOINTMENT) -> Weekly:
    return Weekly(weekday=weekday, opens=time(opens), closes=time(closes), kind=kind, source="own sample")


def a_calendar(*rows: Weekly, **other: Any) -> Calendar:
    minutes = {Consultation.FIRST: 60, Consultation.SHORT: 30}
    rules = {"minutes": minutes, "lead_days": 1, "horizon": timedelta(days=28)}
    return Calendar(**{"desk": "d1", "weekly": rows or (weekly(0),), **rules, **other})


def lasts(minutes: int, after: int = 0, before: int = 0) -> dict[str, Any]:
    buffers = {"after": timedelta(minutes=after), "before": timedelta(minutes=before)}
    return {"minutes": dict.fromkeys(Consultation, minutes), **buffers}


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


def taken(starts: str, ends: str, desk: str = "d1", state: SpanState = SpanState.BOOKED) -> Span:
    return Span(desk=desk, starts_at=local(starts).astimezone(UTC), ends_at=local(ends).astimezone(UTC), state=state)


def starts(slots: Sequence[Slot]) -> list[str]:
    return [f"{slot.starts_at.astimezone(BERLIN):%m-%d %H:%M}" for slot in slots]


#: A Tuesday; the next Monday is the 8th.
TUESDAY = local("2026-06-02T10:00")


def test_slots_fill_the_hours_of_each_week() -> None:
    free = free_slots(a_calendar(), (), TUESDAY, local("2026-06-20T00:00"))
    assert starts(free) == ["06-08 09:00", "06-08 10:00", "06-08 11:00", "06-15 09:00", "06-15 10:00", "06-15 11:00"]
    assert all(slot.starts_at.tzinfo is UTC for slot in free)


def test_between_two_slots_there_is_the_buffer_and_the_last_one_may_pass_the_closing_time() -> None:
    free = free_slots(a_calendar(weekly(0, 9, 12), **lasts(50, after=15)), (), TUESDAY, local("2026-06-09"))
    assert starts(free) == ["06-08 09:00", "06-08 10:05", "06-08 11:10"]
    assert free[-1].blocked_until == local("2026-06-08T12:15")


def test_a_slot_that_does_not_end_before_closing_is_not_offered() -> None:
    free = free_slots(a_calendar(**lasts(100)), (), TUESDAY, local("2026-06-09"))
    assert starts(free) == ["06-08 09:00"]


def test_nothing_sooner_than_the_lead_time() -> None:
    friday = local("2026-06-05T10:30")
    assert starts(free_slots(a_calendar(), (), friday, local("2026-06-09"))) == ["06-08 11:00"]
    assert starts(free_slots(a_calendar(lead_days=0), (), local("2026-06-08T10:00"), local("2026-06-09"))) == [
        "06-08 10:00",
        "06-08 11:00",
    ]


def test_nothing_beyond_the_horizon_whatever_is_asked_for() -> None:
    free = free_slots(a_calendar(horizon=timedelta(days=7)), (), TUESDAY, local("2026-12-01"))
    assert starts(free) == ["06-08 09:00", "06-08 10:00", "06-08 11:00"]


def test_nothing_on_a_closed_day() -> None:
    closed = frozenset({date(2026, 6, 8)})
    assert starts(free_slots(a_calendar(closed=closed), (), TUESDAY, local("2026-06-16")))[0] == "06-15 09:00"


def test_open_hours_are_not_booked() -> None:
    assert free_slots(a_calendar(weekly(0, kind=HoursKind.OPEN)), (), TUESDAY) == ()


def test_what_is_taken_is_not_offered_and_what_only_touches_is() -> None:
    until = local("2026-06-09")
    assert starts(free_slots(a_calendar(), [taken("2026-06-08T10:00", "2026-06-08T11:00")], TUESDAY, until)) == [
        "06-08 09:00",
        "06-08 11:00",
    ]
    absent = taken("2026-06-08T10:59", "2026-06-09T00:00", state=SpanState.ABSENCE)
    assert starts(free_slots(a_calendar(), [absent], TUESDAY, until)) == ["06-08 09:00"]


def test_the_buffer_of_a_slot_must_be_free_too() -> None:
    calendar = a_calendar(**lasts(60, after=10))
    span = taken("2026-06-08T10:05", "2026-06-08T10:10")
    assert starts(free_slots(calendar, [span], TUESDAY, local("2026-06-09"))) == ["06-08 10:10"]


def test_what_is_taken_at_another_desk_takes_nothing_here() -> None:
    other = taken("2026-06-08T09:00", "2026-06-08T12:00", desk="d2")
    assert len(free_slots(a_calendar(), [other], TUESDAY, local("2026-06-09"))) == 3


@pytest.mark.parametrize("now", ["2026-03-24T10:00", "2026-10-20T10:00", "2027-03-23T10:00", "2027-10-26T10:00"])
def test_over_a_change_of_the_clock_the_slots_stay_where_the_wall_clock_says(now: str) -> None:
    free = free_slots(a_calendar(weekly(2), weekly(0)), (), local(now), local(now) + timedelta(days=8))
    assert {text[-5:] for text in starts(free)} == {"09:00", "10:00", "11:00"}
    assert len(free) == 6


def test_in_the_night_when_an_hour_comes_twice_both_are_offered_and_neither_twice() -> None:
    night = a_calendar(weekly(6, 1, 4))
    autumn = free_slots(night, (), local("2026-10-22T10:00"), local("2026-10-26T00:00"))
    assert starts(autumn) == ["10-25 01:00", "10-25 02:00", "10-25 02:00", "10-25 03:00"]
    assert len({slot.starts_at for slot in autumn}) == 4
    spring = free_slots(night, (), local("2026-03-26T10:00"), local("2026-03-30T00:00"))
    assert starts(spring) == ["03-29 01:00", "03-29 03:00"]


@given(
    now=st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    slot_minutes=st.integers(15, 120),
    buffer=st.integers(0, 60),
    before=st.integers(0, 30),
    cuts=st.lists(st.tuples(st.integers(0, 28 * 24), st.integers(1, 30)), max_size=8),
)
def test_whatever_is_offered_is_free_and_no_two_offers_overlap(
    now: datetime, slot_minutes: int, buffer: int, before: int, cuts: list[tuple[int, int]]
) -> None:
    rules = lasts(slot_minutes, buffer, before)
    calendar = a_calendar(weekly(0), weekly(2, 13, 18), weekly(6, 0, 6), **rules)
    spans = [
        Span(
            desk="d1",
            starts_at=now + timedelta(hours=start),
            ends_at=now + timedelta(hours=start + length),
            state=SpanState.BOOKED,
        )
        for start, length in cuts
    ]
    free = free_slots(calendar, spans, now)
    for slot in free:
        assert earliest(now, 1, ()) <= slot.starts_at < slot.ends_at <= now + calendar.horizon
        assert not [span for span in spans if slot.blocked_from < span.ends_at and span.starts_at < slot.blocked_until]
    for one, after in pairwise(free):
        assert one.blocked_until <= after.blocked_from


FREE = free_slots(
    a_calendar(weekly(2, 9, 11), weekly(3, 9, 11), weekly(3, 14, 16), weekly(0, 14, 16)),
    (),
    TUESDAY,
    local("2026-06-12"),
)


def picked(wish: Wish | date, n: int = 3) -> list[str]:
    return starts(pick(FREE, wish, n, today=TUESDAY.date()))


def test_the_next_ones_are_simply_the_first() -> None:
    assert picked(Wish.NEXT) == ["06-03 10:00", "06-04 09:00", "06-04 10:00"]


def test_a_wish_is_met_on_as_many_days_as_there_are() -> None:
    assert picked(Wish.MORNINGS) == ["06-03 10:00", "06-04 09:00", "06-10 09:00"]
    assert picked(Wish.AFTERNOONS) == ["06-04 14:00", "06-08 14:00", "06-11 14:00"]


def test_this_week_ends_on_sunday() -> None:
    assert picked(Wish.THIS_WEEK, 9) == ["06-03 10:00", "06-04 09:00", "06-04 10:00", "06-04 14:00", "06-04 15:00"]


def test_a_certain_day_is_that_day_only() -> None:
    assert picked(date(2026, 6, 8)) == ["06-08 14:00", "06-08 15:00"]
    assert picked(date(2026, 6, 9)) == []


def test_the_day_of_a_slot_is_the_day_on_the_wall() -> None:
    late = datetime(2026, 6, 7, 22, 30, tzinfo=UTC)
    assert local_day(Slot(desk="d1", starts_at=late, ends_at=late + timedelta(minutes=30))) == date(2026, 6, 8)


def test_a_slot_without_a_zone_or_without_length_cannot_be_made() -> None:
    naive = datetime(2026, 6, 8, 9, 0)  # noqa: DTZ001  # the naive time is the point
    with pytest.raises(ValueError, match="time zone"):
        Slot(desk="d1", starts_at=naive, ends_at=naive + timedelta(hours=1))
    with pytest.raises(ValueError, match="ends after"):
        Slot(desk="d1", starts_at=TUESDAY, ends_at=TUESDAY)


def test_a_short_consultation_has_its_own_length_and_the_hours_kept_for_it() -> None:
    calendar = a_calendar(weekly(0, 9, 10), replace(weekly(1, 9, 10), only=Consultation.SHORT))
    until = local("2026-06-10")
    assert starts(free_slots(calendar, (), TUESDAY, until)) == ["06-08 09:00"]
    short = free_slots(calendar, (), TUESDAY, until, Consultation.SHORT)
    assert starts(short) == ["06-08 09:00", "06-08 09:30", "06-09 09:00", "06-09 09:30"]
    assert {(slot.kind, slot.ends_at - slot.starts_at) for slot in short} == {
        (Consultation.SHORT, timedelta(minutes=30))
    }


def test_after_a_date_of_another_length_the_next_one_follows_at_once_at_full_five_minutes() -> None:
    calendar = a_calendar(**lasts(60, after=10))
    short = taken("2026-06-08T09:00", "2026-06-08T09:37")
    assert starts(free_slots(calendar, [short], TUESDAY, local("2026-06-09"))) == ["06-08 09:40", "06-08 10:50"]


def test_where_two_colleagues_work_a_time_is_free_until_both_are_taken() -> None:
    calendar = a_calendar(weekly(0, 9, 11), posts=("d1", "d1#2"))
    until = local("2026-06-09")
    first = taken("2026-06-08T09:00", "2026-06-08T10:00")
    free = free_slots(calendar, [first], TUESDAY, until)
    assert starts(free) == ["06-08 09:00", "06-08 10:00"]
    assert [slot.posts for slot in free] == [("d1#2",), ("d1", "d1#2")]
    second = replace(first, resource="d1#2")
    assert starts(free_slots(calendar, [first, second], TUESDAY, until)) == ["06-08 10:00"]


def test_hours_of_one_post_are_not_those_of_another() -> None:
    calendar = a_calendar(weekly(0, 9, 10), replace(weekly(1, 9, 10), post=2), posts=("d1", "d1#2"))
    free = free_slots(calendar, (), TUESDAY, local("2026-06-10"))
    assert [slot.posts for slot in free] == [("d1", "d1#2"), ("d1#2",)]


def test_a_date_needs_a_room_where_the_desk_has_rooms() -> None:
    calendar = a_calendar(weekly(0, 9, 11), rooms=("r1", "r2"))
    until = local("2026-06-09")
    rooms = [replace(taken("2026-06-08T09:30", "2026-06-08T10:00", desk=""), resource=room) for room in ("r1", "r2")]
    assert starts(free_slots(calendar, rooms, TUESDAY, until)) == ["06-08 10:00"]
    assert [slot.rooms for slot in free_slots(calendar, rooms[:1], TUESDAY, until)] == [("r2",), ("r1", "r2")]


def test_with_an_interpreter_only_what_one_of_them_can_is_offered() -> None:
    busy = replace(taken("2026-06-08T09:00", "2026-06-08T10:00", desk=""), resource="i1")
    until = local("2026-06-09")
    assert starts(free_slots(a_calendar(), [busy], TUESDAY, until, interpreters=("i1",)))[0] == "06-08 10:00"
    both = free_slots(a_calendar(), [busy], TUESDAY, until, interpreters=("i1", "i2"))
    assert [slot.interpreters for slot in both] == [("i2",), ("i1", "i2"), ("i1", "i2")]


def test_the_place_of_the_hours_is_the_place_of_the_date() -> None:
    calendar = a_calendar(weekly(0, 9, 10), replace(weekly(2, 9, 10), place="Büro der Stadt"))
    free = free_slots(calendar, (), TUESDAY, local("2026-06-11"))
    assert [slot.place for slot in free] == [None, "Büro der Stadt"]


def test_who_works_from_home_or_is_out_sees_nobody_by_appointment() -> None:
    out = weekly(0, 10, 11, HoursKind.OUTREACH)
    home = replace(weekly(1, 0, 23, HoursKind.HOME_OFFICE), valid_from=date(2026, 6, 8))
    free = free_slots(a_calendar(weekly(0), weekly(1), out, home), (), TUESDAY, local("2026-06-17"))
    assert starts(free) == ["06-08 09:00", "06-08 11:00", "06-15 09:00", "06-15 11:00"]


def test_the_loser_of_a_race_is_shown_the_three_nearest_in_order() -> None:
    lost = FREE[4]
    assert starts([lost]) == ["06-04 15:00"]
    assert starts(nearest(FREE, lost)) == ["06-04 09:00", "06-04 10:00", "06-04 14:00"]
    assert nearest((lost,), lost) == ()
    assert nearest(FREE[:2], lost) == FREE[:2]


def test_colleagues_may_agree_on_a_time_between_those_that_are_offered() -> None:
    busy = (taken("2026-06-08T10:30", "2026-06-08T11:00"),)
    found = slot_at(a_calendar(), busy, local("2026-06-08T09:15").astimezone(UTC))
    assert found is not None
    assert (found.starts_at, found.ends_at) == (local("2026-06-08T09:15"), local("2026-06-08T10:15"))
    for start in ("2026-06-08T09:45", "2026-06-08T11:15", "2026-06-08T08:30", "2026-06-09T09:00"):
        assert slot_at(a_calendar(), busy, local(start).astimezone(UTC)) is None
