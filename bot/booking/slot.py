"""A slot is a time at a desk that could be booked; a span is a time that is taken."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.booking.resources import Need, Role


class Consultation(StrEnum):
    """What the date is for; each has its own length."""

    FIRST = "first"
    SHORT = "short"


class SpanState(StrEnum):
    """Why a time is taken: somebody is deciding, was offered it, is coming, or nobody is there."""

    HELD = "held"
    OFFERED = "offered"
    BOOKED = "booked"
    ABSENCE = "absence"


NOTHING: Final = timedelta(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A time at a desk, half-open: it ends where the next may begin. `before` and `buffer` around it are taken with it.

    One of `posts` gives the talk (none named: the desk's only one), in one of `rooms`, with one of `interpreters`,
    where any are named. Who of them is free may change, and the slot is still the same slot.
    """

    desk: str
    starts_at: datetime
    ends_at: datetime
    buffer: timedelta = NOTHING
    before: timedelta = NOTHING
    kind: Consultation = Consultation.FIRST
    place: str | None = None
    posts: tuple[str, ...] = field(default=(), compare=False)
    rooms: tuple[str, ...] = field(default=(), compare=False)
    interpreters: tuple[str, ...] = field(default=(), compare=False)

    def __post_init__(self) -> None:
        if self.starts_at.tzinfo is None or self.ends_at.tzinfo is None:
            raise ValueError("a slot's times need a time zone")
        if self.ends_at <= self.starts_at:
            raise ValueError("a slot ends after it starts")
        if min(self.before, self.buffer) < NOTHING:
            raise ValueError("a buffer is not negative")

    @property
    def blocked_from(self) -> datetime:
        return self.starts_at - self.before

    @property
    def blocked_until(self) -> datetime:
        return self.ends_at + self.buffer

    @property
    def needs(self) -> tuple[Need, ...]:
        """All of these are claimed together, or none; always in this order, so that two claims never wait in a ring."""
        wanted = (
            Need(Role.POST, self.posts or (self.desk,)),
            Need(Role.ROOM, self.rooms),
            Need(Role.INTERPRETER, self.interpreters),
        )
        return tuple(need for need in wanted if need.one_of)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A time that is taken, buffers included, half-open; of `resource`, or else of the desk's only post."""

    desk: str
    starts_at: datetime
    ends_at: datetime
    state: SpanState
    resource: str = ""

    @property
    def of(self) -> str:
        return self.resource or self.desk
