"""The whole finite domain of a county's rules: which values each fact may have, unknown among them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from bot.routing.conditions import AT_LEAST, CHOICES, COUNTS, TRUTHS, Wanted, in_order
from bot.routing.regions import Ask, Literal, Region
from bot.routing.rules import Rule
from bot.vocabulary.facts import County, Facts, Office
from bot.vocabulary.ways import Suggestion

Value = Any


@dataclass(frozen=True)
class Space:
    """What rules of one county can ask for in one municipality. Counts are cut where a rule cuts them.

    `topics` in their order; `steps` are the numbers at which some rule begins to count, by fact.
    """

    county: County
    municipality: str | None
    topics: tuple[str, ...]
    steps: tuple[tuple[str, tuple[int, ...]], ...]

    @cached_property
    def single(self) -> dict[str, tuple[Value, ...]]:
        """The values of each fact that has one; the first is what an example says if it may."""
        choices = {name: (None, *kind) for name, kind in CHOICES.items()}
        truths = dict.fromkeys(TRUTHS, (None, True, False))
        counts = {name: (None, 0, *(step for step in steps if step)) for name, steps in self.steps}
        return {"suggestion": tuple(Suggestion), **choices, **truths, **counts}

    @cached_property
    def several(self) -> dict[str, tuple[str, ...]]:
        """The members that a set may have."""
        return {"needs": self.topics, "offices": tuple(Office)}

    def literals(self, rule: Rule) -> tuple[Literal, ...] | None:
        """The rule as questions; none if it never holds in this municipality."""
        place = dict(rule.when).get("municipality")
        if isinstance(place, frozenset) and self.municipality not in place:
            return None
        return tuple(one for name, wanted in rule.when for one in self._literals(name, wanted))

    def _literals(self, name: str, wanted: Wanted) -> Iterator[Literal]:
        match wanted:
            case bool():
                yield self.is_one_of(name, [wanted])
            case int():
                fact = name.removesuffix(AT_LEAST)
                yield self.is_one_of(fact, [one for one in self.single[fact] if one is not None and one >= wanted])
            case _ if name == "municipality":
                return
            case _ if name == "needs_any":
                yield self.hits("needs", wanted)
            case _ if name == "needs_all":
                yield from (self.hits("needs", {topic}) for topic in in_order(name, wanted))
            case _ if name == "needs_only":
                yield self.hits("needs", wanted)
                yield self.hits("needs", frozenset(self.topics) - wanted).opposite()
            case _ if name == "offices":
                yield self.hits("offices", wanted)
            case _:
                yield self.is_one_of(name, wanted)

    def is_one_of(self, fact: str, values: Collection[Value]) -> Literal:
        domain = self.single[fact]
        return Literal(fact, Ask.IN, _mask(domain, values), _mask(domain, domain))

    def hits(self, fact: str, values: Collection[str]) -> Literal:
        domain = self.several[fact]
        return Literal(fact, Ask.HITS, _mask(domain, values), _mask(domain, domain))

    def only_need(self, topic: str) -> tuple[Literal, ...]:
        """Exactly this need and no other."""
        return self.hits("needs", {topic}), self.hits("needs", {*self.topics} - {topic}).opposite()

    def example(self, region: Region) -> tuple[Facts, Suggestion]:
        """Somebody who lives in the region, with as little known and needed as can be."""
        chosen: dict[str, Any] = {fact: self._one(fact, region) for fact in self.single}
        suggestion = chosen.pop("suggestion")
        needs, offices = (self._few(fact, region) for fact in ("needs", "offices"))
        facts = Facts(county=self.county, municipality=self.municipality, needs=needs, offices=offices, **chosen)
        return facts, suggestion

    def _one(self, fact: str, region: Region) -> Value:
        domain = self.single[fact]
        left = region.allowed.get(fact, _mask(domain, domain))
        return next(value for place, value in enumerate(domain) if left >> place & 1)

    def _few(self, fact: str, region: Region) -> tuple[Any, ...] | None:
        """Few members that hit every set they must; unknown where none is needed."""
        open_ = {hit & ~region.avoid.get(fact, 0) for hit in region.hits.get(fact, ())}
        taken = 0
        while open_:
            best = max(_bits(open_), key=lambda bit: sum(bool(hit & bit) for hit in open_))
            taken |= best
            open_ = {hit for hit in open_ if not hit & best}
        return tuple(one for place, one in enumerate(self.several[fact]) if taken >> place & 1) or None


def space_of(county: County, municipality: str | None, topics: Sequence[str], rules: Sequence[Rule]) -> Space:
    """The space in which these rules can be told apart."""
    asked = {name: _steps(name, rules) for name in COUNTS}
    return Space(county, municipality, tuple(topics), tuple(asked.items()))


def _steps(name: str, rules: Sequence[Rule]) -> tuple[int, ...]:
    found = {wanted for rule in rules for fact, wanted in rule.when if fact == name + AT_LEAST}
    return tuple(sorted(one for one in found if isinstance(one, int)))


def _mask(domain: Sequence[Value], values: Collection[Value]) -> int:
    return sum(1 << place for place, one in enumerate(domain) if one in values)


def _bits(masks: Collection[int]) -> list[int]:
    every = max(masks).bit_length()
    return [1 << place for place in range(every) if any(mask >> place & 1 for mask in masks)]
