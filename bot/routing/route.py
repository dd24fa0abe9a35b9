"""The first rule that holds says where to go. Nobody is left without a way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.routing.desks import Directory
from bot.routing.lists import services_for
from bot.routing.rules import BY_NEED, LOCAL, REGION, Rule
from bot.routing.target import Target as Target
from bot.vocabulary.facts import Facts
from bot.vocabulary.ways import Booking, Suggestion, TargetKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Routed:
    """Where to go, how to begin, the rule that decided and its reason in German; `also` helps as well."""

    target: Target
    booking: Booking
    rule: str
    because: str
    also: tuple[Target, ...]


def route(facts: Facts, suggestion: Suggestion, directory: Directory) -> Routed:
    """The way for what is known. A rule whose desk or service does not exist for this person does not hold."""
    facts = _placed(facts, directory)
    for rule in directory.rules[facts.county]:
        if rule.holds(facts, suggestion) and (target := _resolved(rule.target, facts, directory)):
            return Routed(
                target=target,
                booking=rule.booking,
                rule=rule.id,
                because=rule.because,
                also=tuple(dict.fromkeys(also for also in _also(rule, facts, directory) if also != target)),
            )
    raise AssertionError(f"no rule for {facts.county}: its last rule must always hold")


def _placed(facts: Facts, directory: Directory) -> Facts:
    """A municipality brings its county along."""
    if facts.county is None and facts.municipality is not None:
        return replace(facts, county=directory.municipalities.get(facts.municipality))
    return facts


def _resolved(target: Target, facts: Facts, directory: Directory) -> Target | None:
    """A target that only stands for one becomes the person's own, if there is one."""
    if target == LOCAL:
        desks = directory.local_desks.get(facts.municipality or "", ())
        return Target(TargetKind.DESK, desks[0].id) if desks else None
    if target == REGION:
        desk = directory.region_desks.get(facts.municipality or "")
        return Target(TargetKind.DESK, desk.id) if desk else None
    if target == BY_NEED:
        return next(_services(facts, directory), None)
    return target


def _also(rule: Rule, facts: Facts, directory: Directory) -> Iterator[Target]:
    """What the rule names, then the regular services for all needs."""
    for named in rule.also:
        if target := _resolved(named, facts, directory):
            yield target
    yield from _services(facts, directory)


def _services(facts: Facts, directory: Directory) -> Iterator[Target]:
    if facts.county is not None:
        for service in services_for(directory, facts.county, facts.municipality, facts.needs or ()):
            yield Target(TargetKind.SERVICE, service.id)
