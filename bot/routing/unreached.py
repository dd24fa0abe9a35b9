"""Rules that are asked and never decide, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import takewhile

from bot.routing.atlas import Atlas, literals_of
from bot.routing.first_match import Asked, decided
from bot.routing.regions import Literal, Region, region_of
from bot.routing.rules import STANDS_FOR, Rule
from bot.routing.space import Space

#: The rules that are asked in a place before the shadowed one, and what that one asks there.
Field = tuple[tuple[Asked, ...], tuple[Literal, ...]]


class Why(StrEnum):
    """Earlier rules take everybody; no place has its target; what it leads to is gone; it contradicts itself."""

    SHADOWED = "shadowed"
    NOWHERE = "nowhere"
    GONE = "gone"
    CONTRADICTORY = "contradictory"


@dataclass(frozen=True, slots=True, kw_only=True)
class Idle:
    """A rule that never decides. A shadowed one has the rules that shadow it and somebody whom it was meant for."""

    rule: Rule
    why: Why
    others: tuple[str, ...] = ()
    where: tuple[Space, Region] | None = None


def idle_rules(atlas: Atlas) -> tuple[Idle, ...]:
    """In the order of the rules; those that are switched off are not meant to decide."""
    busy = {rule for ground in atlas.grounds for rule in ground.decided}
    return tuple(_idle(rule, atlas) for rule in atlas.rules if rule.active and rule.id not in busy)


def _idle(rule: Rule, atlas: Atlas) -> Idle:
    meant = tuple(_meant_for(rule, atlas))
    if meant:
        return Idle(rule=rule, why=Why.SHADOWED, others=_shadows(rule, atlas), where=meant[0])
    if rule.target not in STANDS_FOR and not atlas.directory.has(rule.target):
        return Idle(rule=rule, why=Why.GONE)
    if not any(_consistent(rule, ground.space) for ground in atlas.grounds):
        return Idle(rule=rule, why=Why.CONTRADICTORY)
    return Idle(rule=rule, why=Why.NOWHERE)


def _meant_for(rule: Rule, atlas: Atlas) -> Iterator[tuple[Space, Region]]:
    for ground in atlas.grounds:
        literals = literals_of(rule, atlas, ground.space)
        region = None if literals is None else region_of(literals)
        if region is not None:
            yield ground.space, region


def _shadows(rule: Rule, atlas: Atlas) -> tuple[str, ...]:
    """Rules before it that together take everybody; none of them could be left out."""
    fields: dict[Field, Region] = {}
    found: set[str | None] = set()
    for ground in atlas.grounds:
        literals = literals_of(rule, atlas, ground.space)
        region = None if literals is None else region_of(literals)
        if literals is not None and region is not None:
            before = tuple(takewhile(lambda asked: asked.rule != rule.id, ground.asked))
            fields[before, literals] = region
            found |= decided(before, region).keys()
    for name in [one.id for one in atlas.rules if one.id in found]:
        if _cover(fields, found - {name}):
            found.discard(name)
    return tuple(one.id for one in atlas.rules if one.id in found)


def _cover(fields: Mapping[Field, Region], names: set[str | None]) -> bool:
    """These rules alone leave nobody to the shadowed one."""
    return all(
        None not in decided([one for one in rules if one.rule in names], region)
        for (rules, _), region in fields.items()
    )


def _consistent(rule: Rule, space: Space) -> bool:
    literals = space.literals(rule)
    return literals is not None and region_of(literals) is not None
