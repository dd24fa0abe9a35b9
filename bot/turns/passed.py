"""A date that is chosen in the chat may come before people who only wait for a call: both histories say so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from bot.handoff.case import BOT, OPEN, Case
from bot.handoff.line import overtaken, wants_a_date
from bot.handoff.turn import overtaking
from bot.turns.free_dates import DatesTransaction, is_kept

_CALL: Final = "wer hier länger wartet, wollte angerufen werden"
_UNUSED: Final = "für wen länger gewartet hat, war ein Termin freigehalten und wurde nicht gewählt"


def note_who_was_passed(tx: DatesTransaction, case: Case, now: datetime) -> None:
    """The case has its first date from now on. For whom a date is kept is not passed: others get only later ones."""
    waiting = overtaken(replace(case, appointment=None), tx.cases.inbox(frozenset({case.target_id}), OPEN))
    passed = [one for one in waiting if one.person != case.person and not (wants_a_date(one) and is_kept(tx, one, now))]
    if not passed:
        return
    first, others = overtaking(len(passed), _why(passed), BOT, now)
    for code, entry in ((case.code, first), *((one.code, others) for one in passed)):
        tx.cases.log(code, entry.at, entry.actor, entry.action, entry.reason)


def _why(passed: Sequence[Case]) -> str:
    waits_for_dates = [wants_a_date(one) for one in passed]
    parts = [*([_CALL] if not all(waits_for_dates) else []), *([_UNUSED] if any(waits_for_dates) else [])]
    return f"Im Chat einen freien Termin gewählt; {'; '.join(parts)}."
