"""Whoever waits for an earlier date is told of one that is kept for them, and when it is no longer kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.booking.appointment import Appointment
from bot.booking.hours import Calendar
from bot.booking.waiting import Offer
from bot.handoff.acts import News, NewsKind
from bot.turns.earlier import Line, offer_earlier_dates
from bot.turns.free_dates import FreeDates, LineTransaction


class OfferLine(Line, Protocol):
    def expire(self, now: datetime, /) -> Sequence[Offer]: ...


class AskTransaction(LineTransaction, Protocol):
    @property
    def waiting(self) -> OfferLine: ...


def ask_who_waits(tx: AskTransaction, calendars: Mapping[str, Calendar], now: datetime) -> int:
    """What nobody answered goes to the next one; says how many were asked. Each is told once."""
    for over in tx.waiting.expire(now):
        _tell(tx, over, NewsKind.EARLIER_GONE, now)
    asked = 0
    for desk in sorted(tx.waiting.desks()):
        first = FreeDates(tx=tx, calendars=calendars, person="", now=now).kept(desk)
        for offer in offer_earlier_dates(tx, calendars, desk, now, first):
            _tell(tx, offer, NewsKind.EARLIER_DATE, now)
            asked += 1
    return asked


def _tell(tx: AskTransaction, offer: Offer, kind: NewsKind, now: datetime) -> None:
    date: Appointment | None = tx.allocations.get(offer.appointment)
    if date is None:
        return
    news = News(kind=kind, case=date.case, starts_at=offer.starts_at, until=offer.until, desk=date.desk)
    tx.inbox.put(f"news:{date.case}:{kind}:{offer.id}", offer.person, news.content(), now)
