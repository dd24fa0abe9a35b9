"""check: every table, catalogue, rule and screen, before the first message."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.app.calendars import of_nobody, read_sources
from bot.app.house import Premises, furnish
from bot.app.published import unproven_published
from bot.app.tables import BadTable
from bot.dialogs.screens.every import SCREENS
from bot.routing.ruleset import RuleSet


@dataclass(frozen=True, slots=True)
class Found:
    """`faults` must be mended; `notes` are what the counties must still supply."""

    faults: tuple[str, ...]
    notes: tuple[str, ...] = ()


def faults(root: Path, now: datetime, calendars: Path | None = None, database: str | None = None) -> Found:
    """Everything that is wrong, one line each; in the database, if one is named, only what is published."""
    try:
        premises = furnish(root, now.date())
        premises.house.recogniser.read_all()
        premises.rulework.sample()
        sources = read_sources(calendars)
    except BadTable as error:
        return Found((str(error),))
    wrong, passing = unproven_published(database, premises, now) if database else ((), ())
    notes = (*passing, *of_nobody(sources, premises), *_open_points(premises))
    return Found((*_dead_ends(), *_unproven(premises), *wrong), notes)


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
    """What no source states, and what nobody in the counties has confirmed yet."""
    for id_, points in (*_stated_open(premises), *_samples(premises), *_unconfirmed(premises)):
        for point in points:
            yield f"to be supplied by the county: {id_}: {point}"


def _stated_open(premises: Premises) -> Iterator[tuple[str, Sequence[str]]]:
    directory = premises.house.know.directory
    yield from ((str(county.id), county.open) for county in directory.counties.values())
    yield from ((office.id, office.open) for office in directory.coordinations.values())
    yield from ((desk.id, desk.open) for desk in directory.desks())


def _samples(premises: Premises) -> Iterator[tuple[str, Sequence[str]]]:
    """Desks whose hours are samples: somebody has to say the real ones before anybody books."""
    for desk, calendar in premises.casework.calendars.items():
        if count := sum(row.sample for row in calendar.weekly):
            yield desk, (f"Bestätigung der Zeiten: {count} von {len(calendar.weekly)} sind Muster",)


def _unconfirmed(premises: Premises) -> Iterator[tuple[str, Sequence[str]]]:
    """Numbers and dates of laws that were read somewhere, and services of which only the name is known."""
    directory = premises.house.know.directory
    for hotline in directory.hotlines.values():
        if not hotline.checked:
            yield f"hotline {hotline.id}", ("Bestätigung von Nummer und Zeiten",)
    for law in premises.laws:
        if not law.checked:
            yield f"law {law.id}", ("Bestätigung der Frist",)
    for service in directory.services.values():
        if not service.topics and not service.general:
            yield f"service {service.id}", ("Themen",)
