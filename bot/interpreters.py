"""Interpreters for dates: the coordination sees who needs one, asks a pool, and says whether somebody comes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.booking.appointment import Appointment
from bot.booking.interpreters import Pool, pools_for, too_soon
from bot.cases import Casework, CaseworkTransaction
from bot.handoff.acts import Acted, Outcome, Refused
from bot.handoff.case import OPEN, Case
from bot.handoff.interpreting import Interpreting, confirm, decline, interpreting
from bot.handoff.staff import Staff

GONE = Refused("Der Termin wurde inzwischen verlegt oder abgesagt. Bitte sehen Sie in der Liste nach.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Somebody has a date and wishes for an interpreter; `pools` are whom to ask, `short`: sooner than their notice."""

    case: Case
    date: Appointment
    state: Interpreting
    pools: tuple[Pool, ...]
    short: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Interpreters:
    """`pools` are by county."""

    casework: Casework
    pools: Mapping[str, Sequence[Pool]]

    def wanted(self, tx: CaseworkTransaction, staff: Staff, now: datetime) -> tuple[Wanted, ...]:
        """The dates ahead for which somebody wished for an interpreter, the next one first."""
        cases = self.casework.inbox(tx, staff, OPEN)
        found = [one for case in cases if case.interpreter and (one := self._one(tx, case, now))]
        return tuple(sorted(found, key=lambda one: (one.date.starts_at, one.case.code)))

    def answer(
        self, tx: CaseworkTransaction, code: str, staff: Staff, date: datetime, comes: bool, reason: str, now: datetime
    ) -> Outcome:
        """Somebody comes to the date that the coordination saw, or nobody can. Said again, nothing is said twice."""
        case = self.casework.find(tx, code, staff)
        wanted = self._one(tx, case, now)
        if wanted is None or wanted.date.starts_at != date:
            return GONE
        outcome = confirm(case, date, staff.id, now) if comes else decline(case, date, reason, staff.id, now)
        if isinstance(outcome, Refused) or wanted.state == _state(comes):
            return outcome
        return self._keep(tx, outcome, wanted.date)

    def _one(self, tx: CaseworkTransaction, case: Case, now: datetime) -> Wanted | None:
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

    def _keep(self, tx: CaseworkTransaction, acted: Acted, date: Appointment) -> Acted:
        entry, case = acted.entry, acted.case
        tx.cases.log(case.code, entry.at, entry.actor, entry.action, entry.reason)
        if acted.news and case.person:
            key = f"news:{case.code}:interpreter:{date.id}:{date.sequence}:{entry.at.timestamp():.0f}"
            tx.inbox.put(key, case.person, acted.news.content(), entry.at)
        return acted


def _state(comes: bool) -> Interpreting:
    return Interpreting.CONFIRMED if comes else Interpreting.DECLINED
