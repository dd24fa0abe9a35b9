"""Criterion 3: several areas of law (Rechtskreise), or a change from one to another."""

from __future__ import annotations

from dataclasses import replace

from bot.i18n.text import _
from bot.triage.counting import count_needs
from bot.triage.finding import Fails, Finding, Holds, Unknown
from bot.triage.rules import Rules
from bot.vocabulary.facts import Facts, LivingFrom, StatusChange, Tried

CHANGE_OF_OFFICE = "benefit_transition"


def cross_legal(facts: Facts, rules: Rules) -> Finding:
    """Unsettled needs from at least two areas of law, or a change of the area (Rechtskreiswechsel)."""
    if facts.status_change in (StatusChange.RECENT, StatusChange.AHEAD) or CHANGE_OF_OFFICE in (facts.needs or ()):
        return Holds(_("The office in charge or the residence status has changed, or is about to change."))
    areas = legal_areas(facts, rules)
    several = len(areas) >= rules.least_areas
    if several and not _settled(facts):
        if _depends_on_income(facts, rules):
            return Unknown(("living_from",), _("It is not known yet which office pays for the living."))
        return Holds(_("The needs belong to different areas of law, with different offices in charge."), areas)
    if facts.status_change is None:
        return Unknown(("status_change",), _("It is not known yet whether the status or the paying office changes."))
    if facts.needs is None:
        return Unknown(("needs",), _("It is not known yet what the help is needed for."))
    return Fails(_("The needs belong to one area of law, and no change is under way."), areas)


def legal_areas(facts: Facts, rules: Rules) -> tuple[str, ...]:
    """The groups of law that the counted needs belong to, in the order of the needs."""
    moved = rules.area_by_status.get(facts.living_from, {}) if facts.living_from else {}
    areas = [moved.get(need, rules.topics[need].legal_area) for need in count_needs(facts, rules).surely]
    return tuple(dict.fromkeys(rules.area_groups[area] for area in areas if area in rules.area_groups))


def _depends_on_income(facts: Facts, rules: Rules) -> bool:
    """With some source of income the needs would fall into fewer areas than the criterion wants."""
    if facts.living_from is not None:
        return False
    possible = (legal_areas(replace(facts, living_from=source), rules) for source in LivingFrom)
    return any(len(areas) < rules.least_areas for areas in possible)


def _settled(facts: Facts) -> bool:
    """Everything is in hand somewhere and no body must still act."""
    return facts.tried is Tried.IN_HAND and facts.offices == ()
