"""A county's rules spread out over its municipalities: which rule decides where, and for whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.routing.desks import Directory
from bot.routing.first_match import Asked, decided
from bot.routing.lists import services_near
from bot.routing.regions import Literal, Region
from bot.routing.rules import BY_NEED, LOCAL, REGION, Rule
from bot.routing.ruleset import RuleSet
from bot.routing.space import Space, space_of
from bot.routing.target import Target
from bot.vocabulary.ways import TargetKind


@dataclass(frozen=True, slots=True)
class Ground:
    """One municipality, or an unknown one. `asked` are the rules that can hold there, `decided` those that do."""

    space: Space
    asked: tuple[Asked, ...]
    decided: Mapping[str | None, Region]

    @property
    def place(self) -> str | None:
        return self.space.municipality


@dataclass(frozen=True, slots=True)
class Atlas:
    rules: RuleSet
    directory: Directory
    grounds: tuple[Ground, ...]

    def target(self, target: Target, place: str | None) -> Target | None:
        """The target as it is there: a stand-in becomes the desk, what is gone is none."""
        match target:
            case _ if target == LOCAL:
                desks = self.directory.local_desks.get(place or "", ())
                return Target(TargetKind.DESK, desks[0].id) if desks else None
            case _ if target == REGION:
                desk = self.directory.region_desks.get(place or "")
                return Target(TargetKind.DESK, desk.id) if desk else None
            case _ if target == BY_NEED:
                return target
            case _:
                return target if self.directory.has(target) else None


def atlas_of(rules: RuleSet, directory: Directory, topics: tuple[str, ...]) -> Atlas:
    """Every municipality of the county, and the unknown one; where rules ask the same, they are looked at once."""
    atlas = Atlas(rules, directory, ())
    known: dict[tuple[Asked, ...], Mapping[str | None, Region]] = {}
    grounds: list[Ground] = []
    own = (place for place, county in directory.municipalities.items() if county == rules.county)
    for place in (*own, None):
        space = space_of(rules.county, place, topics, rules.rules)
        asked = tuple(_asked(atlas, space))
        if asked not in known:
            known[asked] = decided(asked)
        grounds.append(Ground(space, asked, known[asked]))
    return Atlas(rules, directory, tuple(grounds))


def _asked(atlas: Atlas, space: Space) -> Iterator[Asked]:
    for rule in atlas.rules:
        literals = literals_of(rule, atlas, space)
        if rule.active and literals is not None:
            yield Asked(rule.id, literals)


def literals_of(rule: Rule, atlas: Atlas, space: Space) -> tuple[Literal, ...] | None:
    """What the rule asks there, that its target exists among it; none if it never holds there."""
    asked = space.literals(rule)
    if asked is None or atlas.target(rule.target, space.municipality) is None:
        return None
    if rule.target != BY_NEED:
        return asked
    near = services_near(atlas.directory, space.county, space.municipality)
    if any(service.general for service in near):
        return asked
    named = frozenset(topic for service in near for topic in service.topics)
    return (*asked, space.hits("needs", named))
