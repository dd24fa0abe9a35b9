"""Facts in, suggestion with its reasons out. A person decides later; this only suggests."""

from __future__ import annotations

from dataclasses import dataclass

from bot.triage.counting import count_needs
from bot.triage.criteria import CRITERIA, Criterion
from bot.triage.finding import Finding, Holds, Unknown
from bot.triage.orientation import Point, orientation
from bot.triage.rules import Rules
from bot.vocabulary.facts import Facts
from bot.vocabulary.topics import Handling
from bot.vocabulary.ways import Suggestion


@dataclass(frozen=True, slots=True)
class Judged:
    """A criterion and what it answered."""

    criterion: Criterion
    finding: Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """A suggestion, every finding, the orientation points, and the facts that could still change it."""

    suggestion: Suggestion
    judged: tuple[Judged, ...]
    points: tuple[Point, ...]
    missing: tuple[str, ...]

    @property
    def met(self) -> tuple[str, ...]:
        """The ids of the criteria that hold."""
        return tuple(one.criterion.id for one in self.judged if isinstance(one.finding, Holds))


def assess(facts: Facts, rules: Rules) -> Assessment:
    """Three of five criteria suggest case management (seed 004 chapter 8); unknown never counts."""
    judged = tuple(Judged(criterion, criterion.judge(facts, rules)) for criterion in CRITERIA)
    return Assessment(
        suggestion=_suggest(facts, judged, rules),
        judged=judged,
        points=orientation(facts, rules),
        missing=_missing(facts, judged, rules),
    )


def suggest(facts: Facts, rules: Rules) -> Suggestion:
    """The suggestion alone, without what could still change it."""
    return _suggest(facts, tuple(Judged(criterion, criterion.judge(facts, rules)) for criterion in CRITERIA), rules)


def _suggest(facts: Facts, judged: tuple[Judged, ...], rules: Rules) -> Suggestion:
    if sum(isinstance(one.finding, Holds) for one in judged) >= rules.criteria_needed:
        return Suggestion.CASE_MANAGEMENT
    if facts.needs and not any(_is_open(need, rules) for need in _counted(facts, rules)):
        return Suggestion.REFERRAL
    return Suggestion.SHORT_CONSULTATION


def _counted(facts: Facts, rules: Rules) -> tuple[str, ...]:
    counted = count_needs(facts, rules)
    return counted.surely + counted.perhaps


def _is_open(need: str, rules: Rules) -> bool:
    return rules.topics[need].handling is Handling.OPEN


def _missing(facts: Facts, judged: tuple[Judged, ...], rules: Rules) -> tuple[str, ...]:
    """The facts that could still change the suggestion, in the order of the criteria."""
    if not facts.needs:
        return ("needs",)
    unknown = [one.finding for one in judged if isinstance(one.finding, Unknown)]
    met = sum(isinstance(one.finding, Holds) for one in judged)
    if met >= rules.criteria_needed or met + len(unknown) < rules.criteria_needed:
        return ()
    return tuple(dict.fromkeys(fact for finding in unknown for fact in finding.missing))
