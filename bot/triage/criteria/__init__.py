"""The five criteria in the order in which they are shown; each is a rule in plain words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from bot.triage.criteria.actors import many_actors
from bot.triage.criteria.law import cross_legal
from bot.triage.criteria.needs import multiple_needs
from bot.triage.criteria.regular_system import regular_system_insufficient
from bot.triage.criteria.self_help import limited_self_help
from bot.triage.finding import Finding
from bot.triage.rules import Rules
from bot.vocabulary.facts import Facts


@dataclass(frozen=True, slots=True)
class Criterion:
    """One of the five: its id (also its section in criteria.toml), its German name, its rule."""

    id: str
    german: str
    judge: Callable[[Facts, Rules], Finding]


CRITERIA: Final = (
    Criterion("multiple_needs", "Komplexe, multiple Bedarfs- und Problemlage", multiple_needs),
    Criterion("many_actors", "Hohe Akteursdichte: mehrere Stellen müssen sich abstimmen", many_actors),
    Criterion("cross_legal", "Rechtskreisübergreifender Bedarf oder Rechtskreiswechsel", cross_legal),
    Criterion("limited_self_help", "Eigene Ressourcen reichen für die nächsten Schritte nicht", limited_self_help),
    Criterion("regular_system_insufficient", "Regelversorgung greift nicht", regular_system_insufficient),
)
