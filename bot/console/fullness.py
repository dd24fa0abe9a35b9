"""What pages ask about how full desks are, and the sentences for what is."""

from __future__ import annotations

from bot.capacity import Capacity
from bot.console.ports import Transaction
from bot.console.visit import Visit
from bot.handoff.case import Case
from bot.handoff.fit import Fit
from bot.handoff.standing import german


def capacity_of(visit: Visit) -> Capacity:
    return Capacity(casework=visit.console.casework, guide=visit.console.guide)


def what_is_full(visit: Visit, tx: Transaction) -> list[str]:
    """What the coordination must be told now; to anybody else nothing."""
    alarms = capacity_of(visit).alarms(tx, visit.colleague, visit.now)
    return [german(alarm, visit.console.names.municipalities) for alarm in alarms]


def other_desks(visit: Visit, case: Case) -> tuple[list[Fit], list[Fit]]:
    """The desks that a case could go to, each with its reasons: those of its town, then the others of the county."""
    with visit.console.store.transaction() as tx:
        found = capacity_of(visit).candidates(tx, case, visit.now)
    others = [fit for fit in found if fit.standing.desk.id != case.target_id]
    return [fit for fit in others if fit.in_charge], [fit for fit in others if not fit.in_charge]
