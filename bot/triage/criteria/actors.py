"""Criterion 2: many bodies are involved and must be brought together."""

from __future__ import annotations

from bot.i18n.text import _, n_
from bot.triage.finding import Fails, Finding, Holds, Unknown
from bot.triage.rules import Rules
from bot.vocabulary.facts import Facts


def many_actors(facts: Facts, rules: Rules) -> Finding:
    """At least three bodies must still act, or bodies make contradictory demands."""
    offices = facts.offices
    if offices is not None and len(offices) >= rules.least_offices:
        return Holds(
            n_(
                "{n} office or service still has to do something.",
                "{n} offices or services still have to do something, and they have to work together.",
                len(offices),
            ),
            offices,
        )
    if facts.contradictory_demands:
        return Holds(_("Offices ask for different things or pass the matter on to each other."), offices or ())
    if offices is None:
        return Unknown(("offices",), _("It is not known yet which offices still have to do something."))
    if len(offices) >= 2 and facts.contradictory_demands is None:
        return Unknown(("contradictory_demands",), _("It is not known yet whether the offices agree with each other."))
    return Fails(_("Few offices still have to do something, and they do not contradict each other."), offices)
