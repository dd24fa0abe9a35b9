"""What the console's fake store keeps of messages that could not be handled or delivered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleQuarantined:
    seq: int
    fault: str
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleGivenUp:
    id: int
    channel: str
    why: str
    since: datetime
    is_kept: bool = True


class MemoryGivenUp:
    def __init__(self, rows: list[SampleGivenUp]) -> None:
        self._rows = rows

    def all(self, now: datetime, /) -> list[SampleGivenUp]:
        return list(self._rows)

    def try_again(self, message_id: int, now: datetime, /) -> None:
        """The real store's matter."""

    def dismiss(self, message_id: int, /) -> None:
        self._rows[:] = [one for one in self._rows if one.id != message_id]
