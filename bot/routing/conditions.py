"""Conditions over the facts: what a rule may ask for, and when it is fulfilled."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Final

from bot.vocabulary.facts import Facts, LivingFrom, NextSteps, Office, ResidenceDocument, StatusChange, Tried
from bot.vocabulary.topics import LABELS
from bot.vocabulary.ways import Suggestion

CHOICES: Final[Mapping[str, type[StrEnum]]] = {
    "living_from": LivingFrom,
    "status_change": StatusChange,
    "next_steps_alone": NextSteps,
    "tried": Tried,
    "residence_document": ResidenceDocument,
}
TRUTHS: Final = (
    "contradictory_demands",
    "other_counselling",
    "newly_assigned",
    "ill_or_disabled",
    "children_interpret",
)
COUNTS: Final = ("children", "waiting_months", "short_consultations_before")
NEEDS: Final = ("needs_any", "needs_all", "needs_only")
AT_LEAST: Final = "_at_least"
CONDITIONS: Final = (
    "suggestion",
    "municipality",
    *NEEDS,
    "offices",
    *CHOICES,
    *TRUTHS,
    *(name + AT_LEAST for name in COUNTS),
)
Wanted = frozenset[str] | bool | int
When = tuple[tuple[str, Wanted], ...]
_ENUMS: Final[Mapping[str, type[StrEnum]]] = {**CHOICES, "suggestion": Suggestion, "offices": Office}


def fulfilled(name: str, wanted: Wanted, facts: Facts, suggestion: Suggestion) -> bool:
    """The condition is known to hold. An unknown fact never fulfils one."""
    match wanted:
        case bool():
            return getattr(facts, name) is wanted
        case int():
            count = getattr(facts, name.removesuffix(AT_LEAST))
            return count is not None and count >= wanted
        case _:
            return _among(name, wanted, facts, suggestion)


def _among(name: str, wanted: frozenset[str], facts: Facts, suggestion: Suggestion) -> bool:
    match name:
        case "suggestion":
            return suggestion in wanted
        case "needs_any":
            return not wanted.isdisjoint(facts.needs or ())
        case "needs_all":
            return wanted.issubset(facts.needs or ())
        case "needs_only":
            return bool(facts.needs) and wanted.issuperset(facts.needs or ())
        case "offices":
            return not wanted.isdisjoint(facts.offices or ())
        case _:
            return getattr(facts, name) in wanted


def in_order(name: str, values: Collection[str]) -> list[str]:
    """The values of a condition in the order of the vocabulary; municipalities by their ids."""
    if name in NEEDS:
        return sorted(values, key=_place_of_topic)
    if name in _ENUMS:
        return [one.value for one in _ENUMS[name] if one in values]
    return sorted(values)


def _place_of_topic(topic: str) -> tuple[int, str]:
    return (_TOPICS.get(topic, len(_TOPICS)), topic)


_TOPICS: Final = {topic: place for place, topic in enumerate(LABELS)}
