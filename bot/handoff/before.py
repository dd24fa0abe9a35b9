"""What a person was here for before: repeated short consultations can become case management (seed 004 chapter 8)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from bot.handoff.case import Case, CaseState
from bot.vocabulary.ways import Suggestion

#: It came to nothing, so it was no consultation.
_NOTHING: Final = frozenset({CaseState.CANCELLED, CaseState.DECLINED})


def short_consultations(cases: Iterable[Case]) -> int:
    """How many of a person's cases were short consultations, by what a colleague decided or the person wished."""
    return sum(_was_short(case) for case in cases)


def _was_short(case: Case) -> bool:
    way = case.wished_way
    return way is Suggestion.SHORT_CONSULTATION and case.state not in _NOTHING
