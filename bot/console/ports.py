"""What the console asks of storage, the clock and the directory; `bot/app.py` introduces them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from bot.attendance import AttendanceTransaction
from bot.barriers.rules import Rules as BarrierRules
from bot.booking.interpreters import Pool
from bot.booking.invited import Invited, Told
from bot.capacity import CapacityTransaction
from bot.card_barriers import CardBarriersTransaction
from bot.cases import Casework
from bot.handoff.guide import Guide
from bot.handoff.ports import Directory, Inbox
from bot.handoff.recordings import Recordings
from bot.handoff.staff import Staff
from bot.handoff.subscriptions import Subscriptions
from bot.interpreters import InterpretersDates
from bot.rebooking import Dates as RebookingDates
from bot.rebooking import RebookingTransaction
from bot.routing.faults import Faulty
from bot.routing.laws import Law
from bot.routing.ruleset import RuleSet
from bot.routing.terms import Terms
from bot.rulework.answers import Intakes, Rules
from bot.rulework.desks import Desks, DeskWork
from bot.rulework.work import RuleWork


class CalendarsTold(Protocol):
    """What the calendars of desks were told, and what did not arrive."""

    def all(self) -> Sequence[Invited]: ...

    def open_at(self, desk: str, now: datetime, /) -> Sequence[Told]: ...

    def once_more(self, desk: str, /) -> None: ...


class StaffRegister(Protocol):
    def get(self, staff_id: str, /) -> Staff | None: ...

    def use_link(self, token: str, /, now: datetime) -> Staff | None: ...

    def new_session(self, staff_id: str, /, now: datetime) -> str: ...

    def session(self, token: str, /, now: datetime) -> Staff | None: ...

    def end_session(self, token: str, /) -> None: ...


class Lines(Protocol):
    """Colleagues' Telegram accounts: a code links one, and it can be cut off at once."""

    def linked(self, staff_id: str, /) -> bool: ...

    def new_code(self, staff_id: str, now: datetime, /) -> str: ...

    def unlink_staff(self, staff_id: str, /) -> None: ...


class Quarantined(Protocol):
    """An update that failed too often; the console asks for nothing of its content, nor whose it is."""

    @property
    def seq(self) -> int: ...

    @property
    def fault(self) -> str: ...

    @property
    def since(self) -> datetime: ...


class GivenUp(Protocol):
    """A message that could not be delivered; the console asks for nothing of its content, nor for whom it was."""

    @property
    def id(self) -> int: ...

    @property
    def channel(self) -> str: ...

    @property
    def why(self) -> str: ...

    @property
    def since(self) -> datetime: ...

    @property
    def is_kept(self) -> bool: ...


class GivenUpMessages(Protocol):
    def all(self, now: datetime, /) -> Sequence[GivenUp]: ...

    def try_again(self, message_id: int, now: datetime, /) -> None: ...

    def dismiss(self, message_id: int, /) -> None: ...


class Intake(Inbox, Protocol):
    def quarantined(self) -> Sequence[Quarantined]: ...

    def try_again(self, seq: int, /) -> None: ...

    def dismiss(self, seq: int, now: datetime, /) -> None: ...

    def pending(self) -> int: ...


class Dates(RebookingDates, InterpretersDates, Protocol):
    """Appointments, and who and what is claimed with them."""


class Transaction(RebookingTransaction, CapacityTransaction, CardBarriersTransaction, AttendanceTransaction, Protocol):
    @property
    def allocations(self) -> Dates: ...

    @property
    def inbox(self) -> Intake: ...

    @property
    def given_up(self) -> GivenUpMessages: ...

    @property
    def feeds(self) -> Subscriptions: ...

    @property
    def invited(self) -> CalendarsTold: ...

    @property
    def staff(self) -> StaffRegister: ...

    @property
    def lines(self) -> Lines: ...

    @property
    def desks(self) -> Desks: ...

    @property
    def rules(self) -> Rules: ...

    @property
    def intakes(self) -> Intakes: ...


class Store(Protocol):
    def transaction(self) -> AbstractContextManager[Transaction]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleFile:
    body: bytes
    media_type: str


class RuleFiles(Protocol):
    """Rules as files; the end of the name says what kind."""

    def write(self, name: str, rules: RuleSet, terms: Terms, /) -> RuleFile | None: ...

    def read(self, name: str, body: bytes, terms: Terms, /) -> RuleSet | Faulty: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """German names by id: topics of need, municipalities, rooms, services and whatever else a card can point to.

    `closed` names the days on which nobody works.
    """

    topics: Mapping[str, str]
    municipalities: Mapping[str, str]
    others: Mapping[str, str]
    closed: Mapping[date, str] = field(default_factory=dict)
    rooms: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Console:
    """Everything the pages need. `secure` is true where the console is reached by https.

    `guide` is how many cases a post should have, `pools` by county who can translate. `barrier_rules` say how reports
    of barriers are compared, `to_supply` in German, by desk or county, what the county has not told us yet. What
    coordinators say about desks changes the console from one request to the next: `renewed` makes it anew.
    `recordings` are the places where voice messages and pictures lie. `address` is where others reach this server.
    """

    store: Store
    directory: Directory
    casework: Casework
    guide: Guide
    barrier_rules: BarrierRules
    laws: tuple[Law, ...]
    rules: RuleWork
    desks: DeskWork
    files: RuleFiles
    names: Names
    to_supply: Mapping[str, Sequence[str]]
    now: Callable[[], datetime]
    secure: bool
    address: str = ""
    recordings: Mapping[str, Recordings] = field(default_factory=dict)
    pools: Mapping[str, Sequence[Pool]] = field(default_factory=dict)
    renewed: Callable[[Console, Transaction, datetime], Console] = lambda console, tx, now: console
