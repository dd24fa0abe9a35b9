"""What the hand-off asks of whoever keeps cases; storage keeps them, tests play it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from bot.handoff.case import Case, CaseState, LogEntry
from bot.routing.desks import Counted, Focus, StandIn


class Stale(Exception):
    """Somebody else changed this case in the meantime."""


class Cases(Protocol):
    def get(self, code: str, /) -> Case | None: ...

    def save(self, case: Case, expected_version: int, /) -> None:
        """Raises `Stale` when the stored version is another one."""

    def inbox(self, desks: frozenset[str] | None, states: frozenset[CaseState], /) -> Sequence[Case]: ...

    def overdue(self, now: datetime, /) -> Sequence[Case]:
        """Cases that nobody has answered (`RECEIVED`) and whose deadline has passed."""

    def log(self, code: str, at: datetime, actor: str, action: str, reason: str = "", /) -> None: ...

    def history(self, code: str, /) -> Sequence[LogEntry]: ...


class Inbox(Protocol):
    def put(self, key: str, person: str, content: dict[str, Any], now: datetime, /) -> bool: ...


class Desk(Protocol):
    """A desk as the hand-off knows it; the routing directory knows more."""

    @property
    def id(self) -> str: ...

    @property
    def name(self) -> str: ...

    @property
    def county(self) -> str: ...

    @property
    def municipalities(self) -> Collection[str]: ...

    @property
    def vzae(self) -> float: ...

    @property
    def region(self) -> bool: ...

    @property
    def languages(self) -> Collection[str]: ...

    @property
    def fits(self) -> Sequence[Focus]: ...

    @property
    def counted(self) -> Counted | None: ...


class Directory(Protocol):
    def desks(self) -> Sequence[Desk]: ...

    def desk(self, desk_id: str, /) -> Desk | None: ...

    @property
    def stand_ins(self) -> Mapping[str, StandIn]: ...
