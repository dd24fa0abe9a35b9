"""A slot is a time at a desk that could be booked; a span is a time at a desk that is taken."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class SpanState(StrEnum):
    """Why a time is taken: somebody is deciding, somebody is coming, or nobody is there."""

    HELD = "held"
    BOOKED = "booked"
    ABSENCE = "absence"


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A time at a desk, half-open: it ends where the next may begin. `buffer` follows it and is taken with it."""

    desk: str
    starts_at: datetime
    ends_at: datetime
    buffer: timedelta = timedelta(0)

    def __post_init__(self) -> None:
        if self.starts_at.tzinfo is None or self.ends_at.tzinfo is None:
            raise ValueError("a slot's times need a time zone")
        if self.ends_at <= self.starts_at:
            raise ValueError("a slot ends after it starts")

    @property
    def blocked_until(self) -> datetime:
        return self.ends_at + self.buffer


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A time at a desk that is taken, buffers included, half-open."""

    desk: str
    starts_at: datetime
    ends_at: datetime
    state: SpanState
