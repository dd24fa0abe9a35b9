"""The first rule that holds says where to go. Nobody is left without a way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from bot.routing.desks import Directory, Service, StandIn
from bot.routing.lists import services_for
from bot.routing.rules import BY_NEED, LOCAL, REGION, Rule
from bot.routing.target import Target as Target
from bot.vocabulary.facts import County, Facts
from bot.vocabulary.ways import Booking, Suggestion, TargetKind


@dataclass(frozen=True, slots=True)
class Absent:
    """A desk that would be in charge, where nobody is up to and with this day."""

    desk: str
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Routed:
    """Where to go, how to begin, the rule that decided and its reason in German; `also` helps as well.

    `version` is the number of the county's rules that decided; 0 are the tables of counties/. `instead_of`: the target
    only stands in for this desk.
    """

    target: Target
    booking: Booking
    rule: str
    because: str
    also: tuple[Target, ...]
    version: int = 0
    instead_of: Absent | None = None


#: Stands as the rule where rules and tables no longer fit together and nobody else would be left.
NO_RULE: Final = "koordination"


def route(facts: Facts, suggestion: Suggestion, directory: Directory) -> Routed:
    """The way for what is known. A rule whose desk or service does not exist for this person does not hold."""
    facts = placed(facts, directory)
    for rule in directory.rules[facts.county]:
        if rule.holds(facts, suggestion) and (meant := resolved(rule.target, facts, directory)):
            return _led(rule, meant, facts, directory)
    return _with_the_coordination(facts, directory)


def _led(rule: Rule, meant: Target, facts: Facts, directory: Directory) -> Routed:
    """The way of this rule; where nobody is today, to the desk that stands in."""
    stand_in = directory.stand_ins.get(meant.id) if meant.kind is TargetKind.DESK else None
    target = Target(TargetKind.DESK, stand_in.desk) if stand_in else meant
    return Routed(
        target=target,
        booking=rule.booking,
        rule=rule.id,
        because=f"{rule.because} {_stands_in(meant, stand_in, directory)}" if stand_in else rule.because,
        also=_also(rule.also, target, facts, directory),
        version=directory.versions.get(facts.county, 0),
        instead_of=Absent(meant.id, stand_in.until) if stand_in else None,
    )


def _stands_in(meant: Target, stand_in: StandIn, directory: Directory) -> str:
    return f"„{directory.name(meant)}“ ist bis {stand_in.until:%d.%m.%Y} nicht besetzt; diese Stelle vertritt."


def _with_the_coordination(facts: Facts, directory: Directory) -> Routed:
    """Published rules cover everybody; a desk that was closed since, or a service, must leave nobody without a way."""
    office = next(one for one in directory.coordinations.values() if facts.county in (one.county, None))
    target = Target(TargetKind.COORDINATION, office.id)
    return Routed(
        target=target,
        booking=Booking.CLEARING,
        rule=NO_RULE,
        because="Keine Regel trifft zu; die KIM-Koordination klärt, wer zuständig ist.",
        also=_also((), target, facts, directory),
        version=directory.versions.get(facts.county, 0),
    )


def placed(facts: Facts, directory: Directory) -> Facts:
    """A municipality brings its county along."""
    if facts.county is None and facts.municipality is not None:
        return replace(facts, county=directory.municipalities.get(facts.municipality))
    return facts


def resolved(target: Target, facts: Facts, directory: Directory) -> Target | None:
    """A target that only stands for one becomes the person's own, if there is one; what is gone is none."""
    if target == LOCAL:
        desks = directory.local_desks.get(facts.municipality or "", ())
        return Target(TargetKind.DESK, desks[0].id) if desks else None
    if target == REGION:
        desk = directory.region_desks.get(facts.municipality or "")
        return Target(TargetKind.DESK, desk.id) if desk else None
    if target == BY_NEED:
        return next(_services(facts, directory), None)
    return target if directory.has(target) else None


def _also(named: tuple[Target, ...], target: Target, facts: Facts, directory: Directory) -> tuple[Target, ...]:
    """What the rule names, then the regular services for all needs; nothing twice."""
    found = [one for one in (resolved(also, facts, directory) for also in named) if one]
    return tuple(dict.fromkeys(one for one in (*found, *_services(facts, directory)) if one != target))


def _services(facts: Facts, directory: Directory) -> Iterator[Target]:
    if facts.county is not None:
        for service in _services_of(facts, facts.county, directory):
            yield Target(TargetKind.SERVICE, service.id)


def _services_of(facts: Facts, county: County, directory: Directory) -> tuple[Service, ...]:
    return services_for(directory, county, facts.municipality, facts.needs or (), facts.residence_document)
