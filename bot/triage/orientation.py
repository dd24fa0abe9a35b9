"""The practical orientation points: they support the decision of the case manager and do not count.

Source: domain.md 1.6 (the heading is seed 004 chapter 8; each point is inferred from its other chapters).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from bot.triage.rules import Rules
from bot.vocabulary.facts import Facts, NextSteps, ResidenceDocument, StatusChange


@dataclass(frozen=True, slots=True)
class Point:
    """One orientation point: id, the German sentence for the card, and when it is seen in the facts."""

    id: str
    german: str
    seen: Callable[[Facts, Rules], bool]


def orientation(facts: Facts, rules: Rules) -> tuple[Point, ...]:
    """The points that the known facts show; an unknown fact shows none."""
    return tuple(point for point in POINTS if point.seen(facts, rules))


def _needs(facts: Facts, *topics: str) -> bool:
    return any(topic in topics for topic in facts.needs or ())


def _large_or_ill(facts: Facts, rules: Rules) -> bool:
    return bool(facts.ill_or_disabled) or (facts.children or 0) >= rules.large_family_children


def _repeated(facts: Facts, rules: Rules) -> bool:
    return (facts.short_consultations_before or 0) >= rules.repeated_short_consultations


def _complex(facts: Facts, rules: Rules) -> bool:
    return bool(facts.contradictory_demands) or len(facts.offices or ()) >= rules.least_offices


def _insecure(facts: Facts, rules: Rules) -> bool:
    insecure = (ResidenceDocument.TOLERATED, ResidenceDocument.ASYLUM_PROCEDURE)
    return facts.residence_document in insecure or _needs(facts, "tolerated_stay_prospects")


def _changing(facts: Facts, rules: Rules) -> bool:
    return facts.status_change in (StatusChange.RECENT, StatusChange.AHEAD)


POINTS: Final = (
    Point(
        "O_first_integration",
        "Neu zugewiesen: Erstintegration oder Wiederaufnahme eines Integrationsprozesses",
        lambda facts, rules: bool(facts.newly_assigned),
    ),
    Point("O_repeat_short", "Wiederholte Kurzberatungen: neue Anliegen kommen dazu", _repeated),
    Point("O_large_family_ill", "Große Familie oder erkrankte Person", _large_or_ill),
    Point(
        "O_mental_mobility",
        "Starke psychische Belastung (Hausbesuch möglich)",
        lambda facts, rules: _needs(facts, "mental_health_addiction"),
    ),
    Point(
        "O_disability_care",
        "Behinderung oder Pflegebedarf",
        lambda facts, rules: _needs(facts, "disability_care_needs"),
    ),
    Point("O_insecure_status", "Unsicherer Aufenthalt (Duldung, Gestattung, Chancen-Aufenthalt)", _insecure),
    Point("O_complex_admin", "Komplexe Verwaltungsherausforderungen", _complex),
    Point("O_status_change", "Wechsel von Leistung oder Status: die Zuständigkeit des KIM bleibt", _changing),
    Point(
        "O_no_other_counsel",
        "Keine andere Beratungsstelle ist schon tätig",
        lambda facts, rules: facts.other_counselling is False,
    ),
    Point(
        "O_literacy_language_digital",
        "Nächste Schritte (Briefe, Anrufe, Anträge) gehen nicht allein",
        lambda facts, rules: facts.next_steps_alone is NextSteps.NO,
    ),
    Point(
        "O_children_interpret",
        "Kinder dolmetschen oder tragen Lasten der Eltern",
        lambda facts, rules: bool(facts.children_interpret),
    ),
    Point(
        "O_protection_need",
        "Besonderer Schutzbedarf",
        lambda facts, rules: _needs(facts, "violence_protection"),
    ),
)
