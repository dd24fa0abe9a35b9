"""Who has a date and would like an earlier one, is asked in the order in which they came, one offer at a time.

An offer is a slot that is kept for them until they say yes or no, or the time to answer is over. Then the next one is
asked. Whoever came first is never passed over: a slot goes to somebody later only if it does not suit those before
them, if they have been asked about it, or if they have another offer to answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from bot.booking.hours import BERLIN
from bot.booking.offer import Wish, fits, local_day
from bot.booking.slot import Consultation, Slot

#: How long somebody has to answer, counted between these hours by the clock on the wall: nobody loses a date asleep.
ANSWER_TIME: Final = timedelta(hours=3)
DAY_BEGINS, DAY_ENDS = time(8), time(20)
#: An answer comes at least this long before the date.
SHORTEST_NOTICE: Final = timedelta(hours=12)


class Answer(StrEnum):
    """`ENDED`: nobody waits any more, because the date was cancelled or they left the list."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    ENDED = "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One person on the list of a desk. `starts_at` is the date they have; `asked` are the times they were offered."""

    id: int
    person: str
    appointment: str
    case: str
    desk: str
    kind: Consultation
    joined_at: datetime
    starts_at: datetime
    wish: Wish = Wish.NEXT
    not_before: date | None = None
    asked: frozenset[datetime] = frozenset()
    has_offer: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """An earlier date that is kept for one person until `until`."""

    id: int
    person: str
    appointment: str
    starts_at: datetime
    ends_at: datetime
    until: datetime
    place: str | None = None


@dataclass(frozen=True, slots=True)
class OfferGone:
    """The time to answer was over, or the date to be moved is no longer there."""

    offer: int


def next_offers(
    line: Sequence[Waiting], free: Sequence[Slot], now: datetime
) -> tuple[tuple[Waiting, Slot, datetime], ...]:
    """Whom to ask now about which slot, and until when they may answer; the earliest slot goes to who came first."""
    idle = [one for one in line if not one.has_offer]
    found = []
    for slot in sorted(free, key=lambda slot: slot.starts_at):
        until = answer_by(now, slot.starts_at)
        first = next((one for one in idle if until and suits(one, slot)), None)
        if first is not None and until is not None:
            found.append((first, slot, until))
            idle.remove(first)
    return tuple(found)


def suits(one: Waiting, slot: Slot) -> bool:
    """Whether it is at least a day earlier, of their desk and kind, as they wished, and new to them."""
    if (slot.desk, slot.kind) != (one.desk, one.kind) or slot.starts_at in one.asked:
        return False
    if local_day(slot) >= one.starts_at.astimezone(BERLIN).date():
        return False
    if one.not_before is not None and local_day(slot) < one.not_before:
        return False
    return fits(slot, one.wish, one.joined_at.astimezone(BERLIN).date())


def answer_by(now: datetime, starts_at: datetime) -> datetime | None:
    """Until when to answer an offer that is made now; none if the date is too near to ask anybody.

    >>> evening = datetime(2026, 6, 8, 19, 0, tzinfo=BERLIN)
    >>> answer_by(evening, evening + timedelta(days=3)).astimezone(BERLIN).isoformat()
    '2026-06-09T10:00:00+02:00'
    """
    left, moment = ANSWER_TIME, now.astimezone(BERLIN)
    while True:
        begins = datetime.combine(moment.date(), DAY_BEGINS, tzinfo=BERLIN)
        ends = datetime.combine(moment.date(), DAY_ENDS, tzinfo=BERLIN)
        moment = max(moment, begins)
        if moment + left <= ends:
            break
        left -= max(ends - moment, timedelta(0))
        moment = datetime.combine(moment.date() + timedelta(days=1), DAY_BEGINS, tzinfo=BERLIN)
    until = (moment + left).astimezone(UTC)
    return until if until <= starts_at - SHORTEST_NOTICE else None
