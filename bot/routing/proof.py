"""The proof before publishing: over every combination of facts, rules leave nobody without a way that can be gone.

`prove(rules, directory, terms, bookable)` looks through the whole finite domain (municipality × sets of needs ×
suggestion × all other facts, unknown among their values) by regions that no condition can tell apart, so it is exact.
Each finding names an example of somebody whom it concerns, in German words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from bot.routing.atlas import Atlas, Ground, atlas_of
from bot.routing.desks import Directory
from bot.routing.example import place_name, told
from bot.routing.findings import IDLE, SAYS, Bookable, Example, Finding, Kind, Proof, fault_of
from bot.routing.first_match import TooTangled, decided
from bot.routing.regions import Region, region_of
from bot.routing.rules import BY_NEED, Rule, always_there
from bot.routing.ruleset import RuleSet
from bot.routing.space import Space
from bot.routing.spoken import both
from bot.routing.target import Target
from bot.routing.terms import Terms
from bot.routing.unreached import Idle, idle_rules
from bot.vocabulary.ways import Booking

MOST_NAMED: Final = 4
#: A place, and whom there no rule leads to somebody.
Lost = tuple[Ground, Region]


def prove(rules: RuleSet, directory: Directory, terms: Terms, bookable: Bookable) -> Proof:
    """Everything that is wrong with these rules, in the order in which one would mend it."""
    try:
        atlas = atlas_of(rules, directory, tuple(terms.topics))
        idle = idle_rules(atlas)
    except TooTangled:
        words = "Die Bedingungen überschneiden sich zu oft, um alle Fälle zu prüfen. Bitte Regeln zusammenfassen."
        return Proof((Finding(kind=Kind.TOO_TANGLED, german=words),))
    return Proof(tuple(_Judge(rules, atlas, terms, bookable).findings(idle)))


@dataclass(frozen=True, slots=True)
class _Judge:
    rules: RuleSet
    atlas: Atlas
    terms: Terms
    bookable: Bookable

    def findings(self, idle: tuple[Idle, ...]) -> Iterator[Finding]:
        yield from self._no_outcome()
        yield from self._no_last_rule()
        wrong = [one for rule in self.rules for one in self._ways_of(rule)]
        yield from wrong
        yield from (self._idle(one) for one in idle)
        yield from self._topics({one.rule for one in wrong})

    def _no_outcome(self) -> Iterator[Finding]:
        grounds = [ground for ground in self.atlas.grounds if None in ground.decided]
        if grounds:
            words = f"Für manche Menschen trifft keine Regel zu. Wohnort: {self._places(grounds)}."
            yield self._finding(Kind.NO_OUTCOME, words, grounds, None)

    def _no_last_rule(self) -> Iterator[Finding]:
        last = self.rules.rules[-1]
        if not always_there(last) or not self.atlas.directory.has(last.target):
            words = (
                f"Die letzte Regel, {last.id}, muss eingeschaltet sein, ohne Bedingung gelten und zu einer festen "
                "Stelle führen, damit auch Unvorhergesehenes ankommt."
            )
            yield Finding(kind=Kind.NO_LAST_RULE, german=words, rule=last.id)

    def _ways_of(self, rule: Rule) -> Iterator[Finding]:
        """Where the rule decides, its target and what it names beside it must be in charge and can be booked."""
        grounds = [ground for ground in self.atlas.grounds if rule.id in ground.decided]
        for target in dict.fromkeys((rule.target, *rule.also)):
            for kind, some in self._wrong_at(rule, target, grounds):
                name = self.terms.target(target)
                words = f"Regel {rule.id} {SAYS[kind].format(name=name, places=self._places(some))}"
                yield self._finding(kind, words, some, rule)

    def _wrong_at(self, rule: Rule, target: Target, grounds: list[Ground]) -> Iterator[tuple[Kind, list[Ground]]]:
        booking = rule.booking if target == rule.target else None
        found = [(ground, self._fault(target, booking, ground.place)) for ground in grounds]
        for kind in SAYS:
            if some := [ground for ground, fault in found if fault is kind]:
                yield kind, some

    def _fault(self, target: Target, booking: Booking | None, place: str | None) -> Kind | None:
        resolved = self.atlas.target(target, place)
        if resolved is None or resolved == BY_NEED:
            return None
        return fault_of(resolved, booking, place, self.rules.county, self.atlas.directory, self.bookable)

    def _idle(self, idle: Idle) -> Finding:
        words = f"Regel {idle.rule.id} {IDLE[idle.why].format(others=both(idle.others))}"
        example = self._example(*idle.where) if idle.where else None
        return Finding(kind=Kind.NEVER, german=words, rule=idle.rule.id, others=idle.others, example=example)

    def _topics(self, wrong: set[str]) -> Iterator[Finding]:
        """Single topics for which no rule decides, or one whose way is wrong; those of the same places together."""
        missed: dict[str, list[Lost]] = {}
        for ground in self.atlas.grounds:
            if None not in ground.decided and wrong.isdisjoint(ground.decided):
                continue
            for topic in ground.space.topics:
                region = region_of(ground.space.only_need(topic))
                if region and (lost := self._lost(decided(ground.asked, region), ground)):
                    missed.setdefault(topic, []).append((ground, lost))
        together: dict[tuple[str | None, ...], list[str]] = {}
        for topic, found in missed.items():
            together.setdefault(tuple(ground.place for ground, _ in found), []).append(topic)
        yield from (self._missed(topics, places, missed[topics[0]][0]) for places, topics in together.items())

    def _missed(self, topics: list[str], places: tuple[str | None, ...], first: Lost) -> Finding:
        names = [self.terms.topics[topic] for topic in topics]
        some = (
            both(names)
            if len(names) <= MOST_NAMED
            else f"{'; '.join(names[:MOST_NAMED])} und {len(names) - MOST_NAMED} weitere"
        )
        where = both([place_name(place, self.terms) for place in places])
        words = f"Einzelne Anliegen erreichen nicht in jedem Fall jemanden: {some}. Wohnort: {where}."
        example = self._example(first[0].space, first[1])
        return Finding(kind=Kind.TOPIC_WITHOUT_WAY, german=words, places=places, example=example)

    def _lost(self, ways: Mapping[str | None, Region], ground: Ground) -> Region | None:
        """Where no rule decides, or one whose way is wrong."""
        for id_, region in ways.items():
            rule = self.rules.find(id_) if id_ else None
            if rule is None or self._fault(rule.target, rule.booking, ground.place):
                return region
        return None

    def _finding(self, kind: Kind, words: str, grounds: list[Ground], rule: Rule | None) -> Finding:
        first = grounds[0]
        return Finding(
            kind=kind,
            german=words,
            rule=rule.id if rule else "",
            places=tuple(ground.place for ground in grounds),
            example=self._example(first.space, first.decided[rule.id if rule else None]),
        )

    def _example(self, space: Space, region: Region) -> Example:
        facts, suggestion = space.example(region)
        return Example(facts=facts, suggestion=suggestion, german=told(facts, suggestion, self.terms))

    def _places(self, grounds: list[Ground]) -> str:
        return both([place_name(ground.place, self.terms) for ground in grounds])
