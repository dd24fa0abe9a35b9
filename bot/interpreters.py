"""Interpreters for dates: the coordination sees who needs one, asks a pool, and says whether somebody comes.

Who comes is claimed together with the date's post and room: nobody is promised to two people at the same time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from bot.booking.appointment import Appointment, SlotTaken
from bot.booking.hours import BERLIN
from bot.booking.interpreters import LONGEST_SIGN, Pool, one_of_pool, pools_for, sign_of, too_soon
from bot.booking.resources import Need, Role
from bot.cases import Allocations, Casework, CaseworkTransaction
from bot.handoff.acts import Acted, Outcome, Refused
from bot.handoff.case import OPEN, Case
from bot.handoff.interpreting import Interpreting, confirm, decline, interpreting
from bot.handoff.reach import sees
from bot.handoff.staff import Staff

GONE: Final = Refused("Der Termin wurde inzwischen verlegt oder abgesagt. Bitte sehen Sie in der Liste nach.")
NO_SIGN: Final = f"Bitte geben Sie das Kürzel oder die Nummer an, höchstens {LONGEST_SIGN} Zeichen, keinen Namen."
NO_POOL: Final = "Bitte wählen Sie einen Pool aus der Liste."
#: Where no pool is known, somebody comes from elsewhere.
ELSEWHERE: Final = "elsewhere"


class InterpretersDates(Allocations, Protocol):
    def add(self, appointment_id: str, need: Need, now: datetime, /) -> Appointment | SlotTaken: ...

    def drop(self, appointment_id: str, role: Role, /) -> None: ...

    def dates_with(self, one: str, date: Appointment, /) -> Sequence[Appointment]: ...


class InterpretersTransaction(CaseworkTransaction, Protocol):
    @property
    def allocations(self) -> InterpretersDates: ...


@dataclass(frozen=True, slots=True)
class Comes:
    """Somebody of this pool comes; the sign is the pool's own for them."""

    pool: str
    sign: str


@dataclass(frozen=True, slots=True)
class Nobody:
    reason: str


Answer = Comes | Nobody


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Somebody has a date and wishes for an interpreter; `pools` are whom to ask, `short`: sooner than their notice.

    `who` is the sign of the interpreter who is claimed with the date.
    """

    case: Case
    date: Appointment
    state: Interpreting
    pools: tuple[Pool, ...]
    short: bool

    @property
    def who(self) -> str:
        return sign_of(self.date.interpreter or "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Interpreters:
    """`pools` are by county."""

    casework: Casework
    pools: Mapping[str, Sequence[Pool]]

    def wanted(self, tx: InterpretersTransaction, staff: Staff, now: datetime) -> tuple[Wanted, ...]:
        """The dates ahead for which somebody wished for an interpreter, the next one first."""
        cases = self.casework.inbox(tx, staff, OPEN)
        found = [one for case in cases if case.interpreter and (one := self._one(tx, case, now))]
        return tuple(sorted(found, key=lambda one: (one.date.starts_at, one.case.code)))

    def answer(
        self, tx: InterpretersTransaction, code: str, staff: Staff, date: datetime, said: Answer, now: datetime
    ) -> Outcome:
        """Somebody comes to the date that the coordination saw, or nobody can. Said again, nothing is said twice."""
        case = self.casework.find(tx, code, staff)
        wanted = self._one(tx, case, now)
        if wanted is None or wanted.date.starts_at != date:
            return GONE
        outcome = (
            confirm(case, date, staff.id, now)
            if isinstance(said, Comes)
            else decline(case, date, said.reason, staff.id, now)
        )
        if isinstance(outcome, Refused):
            return outcome
        if refused := self._claim(tx, wanted, said, staff, now):
            return refused
        return outcome if wanted.state == _state(said) else self._keep(tx, outcome, wanted.date)

    def _claim(
        self, tx: InterpretersTransaction, wanted: Wanted, said: Answer, staff: Staff, now: datetime
    ) -> Refused | None:
        """Who comes is nobody else's at that time; who does not is free for others."""
        if isinstance(said, Nobody):
            tx.allocations.drop(wanted.date.id, Role.INTERPRETER)
            return None
        if said.pool not in {pool.id for pool in wanted.pools} | ({ELSEWHERE} if not wanted.pools else set()):
            return Refused(NO_POOL)
        one = one_of_pool(said.pool, said.sign)
        if one is None:
            return Refused(NO_SIGN)
        claimed = tx.allocations.add(wanted.date.id, Need(Role.INTERPRETER, (one,)), now)
        return Refused(self._taken(tx, wanted, one, staff)) if isinstance(claimed, SlotTaken) else None

    def _taken(self, tx: InterpretersTransaction, wanted: Wanted, one: str, staff: Staff) -> str:
        """With whom the interpreter is then, as far as this colleague may know."""
        others = tx.allocations.dates_with(one, wanted.date)
        known = [_times(other) for other in others if self._may_see(tx, other.case, staff)]
        where = f" ({'; '.join(known)})" if known else ""
        who = f"{sign_of(one)} ist zu dieser Zeit schon für einen anderen Termin zugesagt{where}."
        return f"{who} Bitte fragen Sie jemand anderen an."

    def _may_see(self, tx: InterpretersTransaction, code: str, staff: Staff) -> bool:
        case = tx.cases.get(code)
        return case is not None and sees(staff, case, self.casework.directory)

    def _one(self, tx: InterpretersTransaction, case: Case, now: datetime) -> Wanted | None:
        date = self.casework.appointment(tx, case)
        state = interpreting(case, tx.cases.history(case.code))
        if date is None or state is None or date.starts_at <= now:
            return None
        pools = self.pools.get(case.county, ())
        return Wanted(
            case=case,
            date=date,
            state=state,
            pools=pools_for(pools, case.language),
            short=too_soon(pools, case.language, date.starts_at, now),
        )

    def _keep(self, tx: InterpretersTransaction, acted: Acted, date: Appointment) -> Acted:
        entry, case = acted.entry, acted.case
        tx.cases.log(case.code, entry.at, entry.actor, entry.action, entry.reason)
        if acted.news and case.person:
            key = f"news:{case.code}:interpreter:{date.id}:{date.sequence}:{entry.at.timestamp():.0f}"
            tx.inbox.put(key, case.person, acted.news.content(), entry.at)
        return acted


def _state(said: Answer) -> Interpreting:
    return Interpreting.CONFIRMED if isinstance(said, Comes) else Interpreting.DECLINED


def _times(date: Appointment) -> str:
    starts, ends = (moment.astimezone(BERLIN) for moment in (date.starts_at, date.ends_at))
    return f"{date.case}, {starts:%H:%M} bis {ends:%H:%M} Uhr"
