"""Rules of routing: what must be known of a person, where it leads, and why."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.routing.rows import Row
from bot.routing.target import Target
from bot.vocabulary.facts import (
    LARGEST_COUNT,
    Facts,
    LivingFrom,
    NextSteps,
    Office,
    ResidenceDocument,
    StatusChange,
    Tried,
)
from bot.vocabulary.ways import Booking, Suggestion, TargetKind

#: Ids that stand for what the person's municipality and needs make of them.
LOCAL: Final = Target(TargetKind.DESK, "local")
REGION: Final = Target(TargetKind.DESK, "region")
BY_NEED: Final = Target(TargetKind.SERVICE, "by_need")
STANDS_FOR: Final = frozenset({LOCAL, REGION, BY_NEED})

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
WAYS: Final[Mapping[TargetKind, tuple[Booking, ...]]] = {
    TargetKind.DESK: (Booking.APPOINTMENT, Booking.OPEN_HOURS),
    TargetKind.COORDINATION: (Booking.CLEARING,),
    TargetKind.SERVICE: (Booking.NONE,),
}
Wanted = frozenset[str] | bool | int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """`when` all of it is known to hold, the way leads to `target`. An unknown fact never fulfils a condition."""

    id: str
    when: tuple[tuple[str, Wanted], ...]
    target: Target
    booking: Booking
    because: str
    source: str
    also: tuple[Target, ...] = ()
    inferred: bool = False

    def holds(self, facts: Facts, suggestion: Suggestion) -> bool:
        return all(_fulfilled(name, wanted, facts, suggestion) for name, wanted in self.when)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The ids that a rule of one county may name."""

    topics: Collection[str]
    municipalities: Collection[str]
    targets: Mapping[TargetKind, Collection[str]]


def read_rule(row: Row, known: Known) -> Rule:
    """One rule of `routing.toml`; raises `ValueError` naming rule, key and what is allowed."""
    row.only(("id", "when", "target", "booking", "because", "also", "source", "inferred"))
    target = _target(row, "target", row.words("target"), known)
    ways = WAYS[target.kind]
    return Rule(
        id=row.words("id"),
        when=_when(Row(f"{row.where}, when", row.values.get("when", {})), known),
        target=target,
        booking=Booking(row.one_of("booking", ways, ways[0])),
        because=row.words("because"),
        source=row.words("source"),
        also=tuple(_target(row, "also", words, known) for words in row.texts("also")),
        inferred=row.truth("inferred"),
    )


def _target(row: Row, key: str, words: str, known: Known) -> Target:
    kind, _, id_ = words.partition(":")
    if kind not in {*TargetKind}:
        raise row.wrong(key, "desk:, coordination: or service: and an id")
    target = Target(TargetKind(kind), id_)
    if target not in STANDS_FOR and id_ not in known.targets[target.kind]:
        stand_ins = [stand_in.id for stand_in in STANDS_FOR if stand_in.kind is target.kind]
        allowed = ", ".join([*sorted(stand_ins), *known.targets[target.kind]])
        raise row.wrong(key, f"{kind}: and one of {allowed}, not {id_!r}")
    return target


def _when(row: Row, known: Known) -> tuple[tuple[str, Wanted], ...]:
    row.only(CONDITIONS)
    return tuple((name, _wanted(row, name, known)) for name in row.values)


def _wanted(row: Row, name: str, known: Known) -> Wanted:
    if name in TRUTHS:
        return row.truth(name)
    if name.endswith(AT_LEAST):
        return int(row.number(name, LARGEST_COUNT))
    return frozenset(row.some_of(name, _allowed(name, known)))


def _allowed(name: str, known: Known) -> Collection[str]:
    if name in NEEDS:
        return known.topics
    match name:
        case "municipality":
            return known.municipalities
        case "suggestion":
            return tuple(Suggestion)
        case "offices":
            return tuple(Office)
        case _:
            return tuple(CHOICES[name])


def _fulfilled(name: str, wanted: Wanted, facts: Facts, suggestion: Suggestion) -> bool:
    match wanted:
        case bool():
            return getattr(facts, name) is wanted
        case int():
            count = getattr(facts, name.removesuffix(AT_LEAST))
            return count is not None and count >= wanted
        case _:
            return _among(name, wanted, facts, suggestion)


def _among(name: str, wanted: frozenset[str], facts: Facts, suggestion: Suggestion) -> bool:
    needs = frozenset(facts.needs or ())
    match name:
        case "suggestion":
            return suggestion in wanted
        case "needs_any":
            return not needs.isdisjoint(wanted)
        case "needs_all":
            return wanted <= needs
        case "needs_only":
            return bool(needs) and needs <= wanted
        case "offices":
            return not wanted.isdisjoint(facts.offices or ())
        case _:
            return getattr(facts, name) in wanted


def check_order(where: str, rules: tuple[Rule, ...]) -> None:
    """The last rule has no condition and needs nothing to stand for it, so that nobody is left without a way."""
    last = rules[-1]
    if last.when or last.target in STANDS_FOR:
        raise ValueError(f"{where}, rule {last.id}: the last rule must have no `when` and a target that always exists")
    for rule in rules[:-1]:
        if not rule.when and rule.target not in STANDS_FOR:
            raise ValueError(f"{where}, rule {rule.id}: no rule after it could ever hold; give it a `when`")
