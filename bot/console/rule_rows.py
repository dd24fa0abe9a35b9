"""The decision table as it is read: one row a rule, its conditions in words, and what the proof says of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from bot.console.ruling import State
from bot.routing import spoken
from bot.routing.conditions import NEEDS
from bot.routing.desks import Directory
from bot.routing.difference import Change, Kind
from bot.routing.findings import Finding
from bot.routing.rules import LOCAL, REGION, Rule
from bot.routing.target import Target
from bot.routing.terms import Terms
from bot.vocabulary.german import BOOKINGS
from bot.vocabulary.ways import TargetKind

MARKS: Final[Mapping[Kind, str]] = {Kind.ADDED: "neu", Kind.CHANGED: "geändert", Kind.MOVED: "verschoben"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which rules to show; an empty word filters nothing."""

    place: str = ""
    desk: str = ""
    topic: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.place or self.desk or self.topic)


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleRow:
    """`before` and `after` are the places of the rows above and below on the page, where there are some."""

    place: int
    rule: Rule
    when: tuple[str, ...]
    target: str
    booking: str
    also: tuple[str, ...]
    findings: tuple[Finding, ...]
    marks: tuple[str, ...]
    before: int | None = None
    after: int | None = None


def rows_of(state: State, directory: Directory, chosen: Filter) -> list[RuleRow]:
    """The rows that the filter lets through, each with the places where its arrows lead."""
    places = [place for place, rule in enumerate(state.shown, start=1) if _passes(rule, chosen, state.terms, directory)]
    around = [None, *places, None]
    return [_row(state, place, before=around[at], after=around[at + 2]) for at, place in enumerate(places)]


def _row(state: State, place: int, *, before: int | None, after: int | None) -> RuleRow:
    rule, terms = state.shown.rules[place - 1], state.terms
    return RuleRow(
        place=place,
        rule=rule,
        when=tuple(spoken.condition(name, wanted, terms) for name, wanted in rule.when),
        target=terms.target(rule.target),
        booking=BOOKINGS[rule.booking],
        also=tuple(terms.target(one) for one in rule.also),
        findings=tuple(one for one in state.proof.findings if one.rule == rule.id),
        marks=tuple(dict.fromkeys(_marks(state.changes, rule.id))),
        before=before,
        after=after,
    )


def _marks(changes: tuple[Change, ...], rule_id: str) -> Iterator[str]:
    for change in changes:
        if change.rule == rule_id and change.kind in MARKS:
            yield MARKS[change.kind]


def _passes(rule: Rule, chosen: Filter, terms: Terms, directory: Directory) -> bool:
    """A rule that does not ask for a place holds for every place, and so for topics."""
    when = dict(rule.when)
    places = when.get("municipality")
    if chosen.place and isinstance(places, frozenset) and chosen.place not in places:
        return False
    if chosen.topic and not _about(rule, chosen.topic):
        return False
    return not chosen.desk or _leads_to(rule, chosen.desk, directory)


def _about(rule: Rule, topic: str) -> bool:
    asked = [wanted for name, wanted in rule.when if name in NEEDS and isinstance(wanted, frozenset)]
    return not asked or any(topic in wanted for wanted in asked)


def _leads_to(rule: Rule, desk: str, directory: Directory) -> bool:
    """The rule names the desk, or what stands for it where the rule holds."""
    targets = (rule.target, *rule.also)
    if Target(TargetKind.DESK, desk) in targets:
        return True
    places = dict(rule.when).get("municipality")
    near = [place for place in directory.municipalities if not isinstance(places, frozenset) or place in places]
    local = LOCAL in targets and any(
        one.id == desk for place in near for one in directory.local_desks.get(place, ())[:1]
    )
    region = REGION in targets and any(
        one.id == desk for place in near if (one := directory.region_desks.get(place)) is not None
    )
    return local or region
