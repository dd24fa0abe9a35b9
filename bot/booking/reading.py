"""How the calendar of a post was last read, so that people see how old is what they rely on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

#: What is older than this is said aloud.
OLD: Final = timedelta(hours=1)


class Fault(StrEnum):
    """Why a calendar could not be read."""

    AWAY = "away"
    PASSWORD = "password"
    ADDRESS = "address"
    UNREADABLE = "unreadable"
    TOO_LARGE = "too_large"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """`tried_at` is when somebody last began to read it, `read_at` to the end; `unread` entries were not clear."""

    post: str
    tried_at: datetime
    read_at: datetime | None = None
    fault: Fault | None = None
    unread: int = 0

    def is_old(self, now: datetime) -> bool:
        """What it says may be wrong by now."""
        return self.read_at is None or now - self.read_at > OLD
