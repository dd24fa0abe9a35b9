"""What runs for as long as its process goes on when the database comes back."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import TypeVar

import structlog
from sqlalchemy.exc import DBAPIError

from bot.storage.store import Busy, passes

T = TypeVar("T")

log = structlog.get_logger("patience")


def pause(attempts: int, shortest: float, longest: float) -> float:
    """In how many seconds to try again: twice as long each time, and not all at the same moment."""
    most = min(longest, shortest * 2 ** min(attempts, 12))
    return random.uniform(most / 2, most)


def unless_away(work: Callable[[], T], instead: T, doing: str) -> T:
    """What `work` returns, or `instead` while the database is away. Every other fault goes up."""
    try:
        return work()
    except (DBAPIError, Busy) as error:
        if not passes(error):
            raise
        log.warning("database away", doing=doing, fault=type(error).__name__)
        return instead
