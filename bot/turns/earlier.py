"""A date became free: whoever waits for an earlier one is asked, in order."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final, Protocol

from bot.booking.appointment import SlotTaken
from bot.booking.hours import Calendar
from bot.booking.offer import free_slots
from bot.booking.slot import Consultation, Slot, Span
from bot.booking.waiting import Offer, Waiting, next_offers

#: A date that somebody gave back was prepared for already: who waits for it needs less notice than others.
LEAD_DAYS: Final = 1


class Line(Protocol):
    def desks(self) -> Sequence[str]: ...
    def line(self, desk: str, now: datetime, /) -> Sequence[Waiting]: ...
    def offer(self, one: Waiting, slot: Slot, until: datetime, now: datetime, /) -> Offer | SlotTaken: ...


class Taken(Protocol):
    def taken(self, names: Collection[str], start: datetime, end: datetime, now: datetime, /) -> Sequence[Span]: ...


class EarlierTransaction(Protocol):
    @property
    def waiting(self) -> Line: ...
    @property
    def allocations(self) -> Taken: ...


def offer_earlier_dates(
    tx: EarlierTransaction, calendars: Mapping[str, Calendar], desk: str, now: datetime, kept: int = 0
) -> tuple[Offer, ...]:
    """Everybody at this desk whose turn it is, is asked; one call after something became free, or now and then.

    The first `kept` free dates are for people who have none yet: they come before those who want a better one. An offer
    that cannot be kept after all (the interpreter cannot come then) goes to the next one.
    """
    line, calendar = tuple(tx.waiting.line(desk, now)), calendars.get(desk)
    made: list[Offer] = []
    while calendar and line and (turns := next_offers(line, _free(tx, calendar, line, now, kept), now)):
        for one, slot, until in turns:
            offer = tx.waiting.offer(one, slot, until, now)
            if isinstance(offer, SlotTaken):
                line = _instead(line, replace(one, asked=one.asked | {slot.starts_at}))
                break
            line = _instead(line, replace(one, has_offer=True))
            made.append(offer)
    return tuple(made)


def _instead(line: tuple[Waiting, ...], new: Waiting) -> tuple[Waiting, ...]:
    return tuple(new if one.id == new.id else one for one in line)


def _free(
    tx: EarlierTransaction, calendar: Calendar, line: Sequence[Waiting], now: datetime, kept: int
) -> tuple[Slot, ...]:
    """What is free before the latest date of those who wait, for each kind of talk they wait for."""
    until = max(one.starts_at for one in line)
    soon = replace(calendar, lead_days=min(calendar.lead_days, LEAD_DAYS))
    taken = tx.allocations.taken(calendar.resources, now, until, now)
    kinds = sorted({one.kind for one in line}, key=list(Consultation).index)
    others = [slot.starts_at for slot in free_slots(calendar, taken, now, until)[:kept]]
    free = (slot for kind in kinds for slot in free_slots(soon, taken, now, until, kind))
    return tuple(slot for slot in free if slot.starts_at not in others)
