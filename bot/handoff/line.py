"""Who waits, in which order, and who would be overtaken. Nobody is, without a reason that is kept."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Final

from bot.handoff.case import Case, CaseState
from bot.vocabulary.ways import Booking

#: Own default: long enough to read a message, short enough for the next one in the line.
KEPT: Final = timedelta(days=3)
_UNANSWERED: Final = frozenset({CaseState.RECEIVED, CaseState.WITH_COORDINATION})


def is_waiting(case: Case) -> bool:
    """Nobody has answered, and there is no date: whoever has one is served on that day."""
    return case.state in _UNANSWERED and case.appointment is None


def wants_a_date(case: Case) -> bool:
    """The person would have taken a date, and none was free; whoever asked to be contacted waits for a call instead."""
    return is_waiting(case) and case.booking is Booking.APPOINTMENT


def line(cases: Collection[Case], target: str) -> tuple[Case, ...]:
    """Those who wait at a desk or at a coordination, who came first standing first."""
    mine = (case for case in cases if case.target_id == target and is_waiting(case))
    return tuple(sorted(mine, key=lambda case: (case.received_at, case.code)))


def ahead_of(person: str, waiting: Sequence[Case]) -> tuple[Case, ...]:
    """Those in a line who stand before somebody; before a newcomer stand all."""
    own = next((place for place, case in enumerate(waiting) if case.person == person), len(waiting))
    return tuple(waiting[:own])


def kept_until(told_at: datetime) -> datetime:
    """So long a date is kept for whoever waited for one, after they were told that it is free."""
    return told_at + KEPT


def overtaken(case: Case, cases: Collection[Case]) -> tuple[Case, ...]:
    """Those who came earlier, wait at the same place, and would still wait if this case were served now.

    A case that has a date overtakes nobody: its turn was given when the date was.
    """
    if case.appointment is not None:
        return ()
    return tuple(one for one in line(cases, case.target_id) if one.received_at < case.received_at)
