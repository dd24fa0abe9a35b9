"""Whose turn it is: whoever waits longer comes first, and an exception has a reason that is kept."""

from __future__ import annotations

from datetime import datetime

from bot.handoff.acts import Action, Refused, fault_of_reason
from bot.handoff.case import LogEntry


def out_of_turn(others: int, reason: str) -> Refused | None:
    """Why a case cannot come before so many others who wait longer, as long as no reason is given that can be kept."""
    if not others:
        return None
    if not reason.strip():
        return Refused(_asks_why(others), overtakes=others)
    fault = fault_of_reason(reason)
    return Refused(fault, overtakes=others) if fault else None


def overtaking(others: int, reason: str, by: str, now: datetime) -> tuple[LogEntry, LogEntry]:
    """The lines for the history of the case that was served first, and for that of each that was overtaken.

    The reason stands with the one case only: it tells of that person, and the others may read their own history.
    """
    why = f"Vor {others} Wartenden: {reason.strip()}"
    said = "Ein Fall, der später kam, wurde vorgezogen."
    return (
        LogEntry(at=now, actor=by, action=Action.SERVED_FIRST, reason=why),
        LogEntry(at=now, actor=by, action=Action.OVERTAKEN, reason=said),
    )


def _asks_why(others: int) -> str:
    if others == 1:
        return "Hier wartet noch ein Fall, der früher gekommen ist. " + _WHY
    return f"Hier warten noch {others} Fälle, die früher gekommen sind. " + _WHY


_WHY = "Bitte sagen Sie, warum dieser zuerst an die Reihe kommt."
