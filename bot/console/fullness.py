"""What pages ask about how full desks are, and the sentences for what is."""

from __future__ import annotations

from bot.capacity import Capacity
from bot.console.ports import Transaction
from bot.console.visit import Visit
from bot.handoff.standing import german


def capacity_of(visit: Visit) -> Capacity:
    return Capacity(casework=visit.console.casework, guide=visit.console.guide)


def what_is_full(visit: Visit, tx: Transaction) -> list[str]:
    """What the coordination must be told now; to anybody else nothing."""
    alarms = capacity_of(visit).alarms(tx, visit.colleague, visit.now)
    return [german(alarm, visit.console.names.municipalities) for alarm in alarms]
