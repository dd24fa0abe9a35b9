"""A colleague subscribes to a calendar by an address that is a secret and can be taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

#: Stands for all desks of a colleague, also those they get later.
ALL_DESKS: Final = ""
#: Where the calendars are, before the token.
PATH: Final = "/calendar"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """`seen_at` is about when a calendar last fetched it."""

    id: int
    staff: str
    desk: str
    made_at: datetime
    seen_at: datetime | None = None


class Subscriptions(Protocol):
    def make(self, staff: str, desk: str, now: datetime, /) -> str: ...
    def of(self, staff: str, /) -> Sequence[Subscription]: ...
    def revoke(self, staff: str, number: int, /) -> None: ...


def address_of(base: str, token: str) -> str:
    """Where a calendar fetches it.

    >>> address_of("https://lotse.example", "abc")
    'https://lotse.example/calendar/abc.ics'
    """
    return f"{base.rstrip('/')}{PATH}/{token}.ics"
