"""The words of a county's rules: what a rule may name, by its id and by its German name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from bot.routing.conditions import NEEDS
from bot.routing.desks import Directory
from bot.routing.rules import BY_NEED, LOCAL, REGION, Known, named
from bot.routing.target import Target
from bot.vocabulary.facts import County
from bot.vocabulary.german import SUGGESTIONS, VALUES
from bot.vocabulary.ways import TargetKind

STAND_INS: Final[Mapping[Target, str]] = {
    LOCAL: "Case Management am Wohnort",
    REGION: "Region im KI",
    BY_NEED: "Regeldienst für das Anliegen",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """`targets` holds the stand-ins too. Two things never share a name: then the id stands behind it."""

    county: County
    topics: Mapping[str, str]
    municipalities: Mapping[str, str]
    targets: Mapping[Target, str]

    @property
    def known(self) -> Known:
        """The same words, for reading rules from a document."""
        kinds = {kind: [target.id for target in self.targets if target.kind is kind] for kind in TargetKind}
        return Known(topics=self.topics, municipalities=self.municipalities, targets=kinds)

    def values(self, condition: str) -> Mapping[str, str]:
        """What a condition over a list may name, with its German words."""
        if condition in NEEDS:
            return self.topics
        match condition:
            case "municipality":
                return self.municipalities
            case "suggestion":
                return SUGGESTIONS
            case _:
                return VALUES[condition]

    def target(self, target: Target) -> str:
        """The German name; what the tables no longer have is called by its id."""
        return self.targets.get(target, named(target))


def terms_of(
    county: County, directory: Directory, topics: Mapping[str, str], municipalities: Mapping[str, str]
) -> Terms:
    """The terms of one county. `topics` and `municipalities` are German names by id, also of other counties."""
    return Terms(
        county=county,
        topics=dict(topics),
        municipalities={
            id_: municipalities.get(id_, id_) for id_, of in directory.municipalities.items() if of == county
        },
        targets=_apart({**STAND_INS, **dict(_targets(county, directory))}),
    )


def _targets(county: County, directory: Directory) -> Iterator[tuple[Target, str]]:
    for desk in directory.desks():
        if desk.county == county:
            yield Target(TargetKind.DESK, desk.id), desk.name
    for office in directory.coordinations.values():
        if office.county == county:
            yield Target(TargetKind.COORDINATION, office.id), office.name
    for service in directory.services.values():
        if service.county in (county, None):
            yield Target(TargetKind.SERVICE, service.id), service.name


def _apart(names: Mapping[Target, str]) -> Mapping[Target, str]:
    often = Counter(names.values())
    return {target: name if often[name] == 1 else f"{name} [{target.id}]" for target, name in names.items()}
