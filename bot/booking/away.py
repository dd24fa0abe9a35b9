"""Somebody of a desk is not there for some time. What is booked then stays, until a colleague has moved it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

Times = tuple[datetime, datetime]


class Origin(StrEnum):
    """Who says so: a colleague, or the calendar that the desk keeps somewhere else."""

    STAFF = "staff"
    CALENDAR = "calendar"


@dataclass(frozen=True, slots=True, kw_only=True)
class Away:
    """From `starts_at` to `ends_at` nobody can be booked at these posts of the desk. Why is nobody's business."""

    id: int
    desk: str
    posts: tuple[str, ...]
    starts_at: datetime
    ends_at: datetime
    origin: Origin
    author: str
    made_at: datetime


def gaps(starts: datetime, ends: datetime, taken: Iterable[Times]) -> Iterator[Times]:
    """The parts of a time that nothing takes, in order.

    >>> from datetime import UTC
    >>> eight, nine, ten = (datetime(2026, 6, 8, hour, tzinfo=UTC) for hour in (8, 9, 10))
    >>> [(first.hour, last.hour) for first, last in gaps(eight, ten, [(nine, ten)])]
    [(8, 9)]
    """
    for begins, over in sorted(taken):
        if starts < begins:
            yield starts, min(begins, ends)
        starts = max(starts, over)
        if starts >= ends:
            return
    yield starts, ends
