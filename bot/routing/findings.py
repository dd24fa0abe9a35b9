"""What a proof can find, and what it says of it in German."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.routing.desks import Desk, Directory
from bot.routing.target import Target
from bot.routing.unreached import Why
from bot.vocabulary.facts import County, Facts
from bot.vocabulary.ways import Booking, Suggestion, TargetKind


class Kind(StrEnum):
    """What a proof can find. All of it must be mended before rules are published.

    `NOBODY_THERE` passes by itself: it is only said of rules that count already.
    """

    NO_OUTCOME = "no_outcome"
    NO_LAST_RULE = "no_last_rule"
    NEVER = "never"
    OUTSIDE = "outside"
    NO_CASE_MANAGER = "no_case_manager"
    NO_HOURS = "no_hours"
    NOBODY_THERE = "nobody_there"
    TOPIC_WITHOUT_WAY = "topic_without_way"
    TOO_TANGLED = "too_tangled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """Somebody whom a finding concerns: as facts, and in German words."""

    facts: Facts
    suggestion: Suggestion
    german: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing to mend. `rule` is the rule concerned, or empty; `others` are the rules that stand before it.

    `places` are the municipalities that it concerns, by id; `None` is an unknown one.
    """

    kind: Kind
    german: str
    rule: str = ""
    others: tuple[str, ...] = ()
    places: tuple[str | None, ...] = ()
    example: Example | None = None


@dataclass(frozen=True, slots=True)
class Proof:
    findings: tuple[Finding, ...]

    @property
    def passed(self) -> bool:
        """The rules may be published."""
        return not self.findings


#: What can be booked at a desk: a date, open hours. A desk that is not named has neither.
Bookable = Mapping[str, Collection[Booking]]

SAYS: Final[Mapping[Kind, str]] = {
    Kind.OUTSIDE: "führt zu „{name}“, auch von dort, wo diese Stelle nicht zuständig ist. Wohnort: {places}.",
    Kind.NO_CASE_MANAGER: "vergibt einen Termin bei „{name}“, wo kein Case Management ihn anbietet. Wohnort: {places}.",
    Kind.NO_HOURS: "führt zu „{name}“; dafür sind dort keine Zeiten eingetragen. Wohnort: {places}.",
    Kind.NOBODY_THERE: "führt zu „{name}“; dort ist niemand, und niemand vertritt. Wohnort: {places}.",
}
IDLE: Final[Mapping[Why, str]] = {
    Why.SHADOWED: "trifft nie zu, denn vorher entscheidet immer {others}.",
    Why.NOWHERE: "trifft nie zu, denn wo sie gilt, gibt es ihr Ziel nicht.",
    Why.GONE: "trifft nie zu, denn ihr Ziel gibt es nicht mehr.",
    Why.CONTRADICTORY: "trifft nie zu, denn ihre Bedingungen schließen einander aus.",
}


def fault_of(
    target: Target,
    booking: Booking | None,
    place: str | None,
    county: County,
    directory: Directory,
    bookable: Bookable,
) -> Kind | None:
    """What is wrong with this way for people from there; no `booking`: it is only named beside another."""
    match target.kind:
        case TargetKind.COORDINATION:
            return None if directory.coordinations[target.id].county == county else Kind.OUTSIDE
        case TargetKind.SERVICE:
            service = directory.services[target.id]
            far = place is not None and not service.serves(place)
            return Kind.OUTSIDE if far or service.county not in (county, None) else None
        case TargetKind.DESK:
            return _fault_of_desk(directory.desks_by_id[target.id], booking, place, directory, bookable)


def _fault_of_desk(
    desk: Desk, booking: Booking | None, place: str | None, directory: Directory, bookable: Bookable
) -> Kind | None:
    """New cases of a region of the KI are allotted by the coordination: nobody can book a date there (004 §11.1)."""
    if place not in desk.municipalities:
        served = any(place in other.municipalities for other in directory.desks())
        return Kind.OUTSIDE if served or booking is None or place is None else Kind.NO_CASE_MANAGER
    if booking is None:
        return None
    if desk.region:
        return Kind.NO_CASE_MANAGER
    if desk.id in directory.unattended:
        return Kind.NOBODY_THERE
    stand_in = directory.stand_ins.get(desk.id)
    return None if booking in bookable.get(stand_in.desk if stand_in else desk.id, ()) else Kind.NO_HOURS
