"""In memory: what calendars were told of dates."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from bot.booking.invited import Invited, Told

if TYPE_CHECKING:
    from tests.kept import Rows


class MemoryCalendarsTold:
    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def all(self) -> list[Invited]:
        return [one.said for one in self._rows.invited]

    def open_at(self, desk: str, now: datetime, /) -> list[Told]:
        mine = (one for one in self._rows.invited if one.said.desk == desk and one.said.ends_at > now)
        return [one for one in mine if one.sent_at is None]

    def once_more(self, desk: str, /) -> None:
        """Here only what the page shows of it: the letter is no longer one that failed."""
        self._rows.invited = [
            replace(one, fault=None, sent_at=one.told_at) if one.said.desk == desk and one.fault else one
            for one in self._rows.invited
        ]
