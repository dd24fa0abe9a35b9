"""What happened with a date: somebody was late, came, or did not come. It is noted, and nothing follows from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class What(StrEnum):
    LATE = "late"
    CAME = "came"
    NO_SHOW = "no_show"


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """`minutes` is how late somebody will be, if they say so; `actor` is the resident or a colleague."""

    appointment: str
    what: What
    at: datetime
    actor: str
    minutes: int | None = None
