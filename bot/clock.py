"""The one reader of the time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


def standing_at(moment: datetime) -> Clock:
    """A clock that stands still, for trying out a certain day."""
    return lambda: moment
