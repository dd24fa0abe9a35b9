"""check: every table, catalogue, rule and screen, before the first message."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.app.house import BadTable, Premises, furnish
from bot.dialogs.screens.every import SCREENS
from bot.routing.ruleset import RuleSet


@dataclass(frozen=True, slots=True)
class Found:
    """`faults` must be mended; `notes` are what the counties must still supply."""

    faults: tuple[str, ...]
    notes: tuple[str, ...] = ()


def faults(root: Path, today: date) -> Found:
    """Everything that is wrong, one line each."""
    try:
        premises = furnish(root, today)
        premises.house.recogniser.read_all()
        premises.rulework.sample()
    except BadTable as error:
        return Found((str(error),))
    return Found((*_dead_ends(), *_unproven(premises)), tuple(_open_points(premises)))


def _unproven(premises: Premises) -> Iterator[str]:
    """The rules of the tables leave nobody without a way; what the proof finds is in German, as in the console."""
    for county, rules in premises.house.know.directory.rules.items():
        if county is not None:
            for finding in premises.rulework.prove(RuleSet(county, rules)).findings:
                yield f"counties/{county}/routing.toml: {finding.german}"


def _dead_ends() -> Iterator[str]:
    """Every screen's way back leads to a screen."""
    for screen in SCREENS.values():
        if screen.parent not in SCREENS:
            yield f"screen {screen.id}: its parent {screen.parent} does not exist"


def _open_points(premises: Premises) -> Iterator[str]:
    """What no source states, by desk."""
    directory = premises.house.know.directory
    open_points = [(str(county.id), county.open) for county in directory.counties.values()]
    open_points += [(office.id, office.open) for office in directory.coordinations.values()]
    open_points += [(desk.id, desk.open) for desk in directory.desks()]
    for id_, points in open_points:
        for point in points:
            yield f"to be supplied by the county: {id_}: {point}"
