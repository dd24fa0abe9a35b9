"""Criterion 4: own resources do not suffice for the next steps."""

from __future__ import annotations

from bot.i18n.text import _
from bot.triage.finding import Fails, Finding, Holds, Unknown
from bot.triage.rules import Rules
from bot.vocabulary.facts import Facts, NextSteps


def limited_self_help(facts: Facts, rules: Rules) -> Finding:
    """The next steps cannot be taken alone, and no relative or volunteer takes them."""
    del rules  # a yes-or-no criterion: it has no threshold
    match facts.next_steps_alone:
        case None:
            return Unknown(("next_steps_alone",), _("It is not known yet whether the next steps are possible alone."))
        case NextSteps.NO:
            return Holds(_("The next steps are not possible alone, and nobody is there who can help with them."))
        case NextSteps.WITH_SUPPORT:
            return Fails(_("The next steps are possible with the help of somebody."))
        case NextSteps.YES:
            return Fails(_("The next steps are possible alone."))
