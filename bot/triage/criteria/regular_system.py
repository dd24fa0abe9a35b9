"""Criterion 5: the regular services do not help, or do not reach the person."""

from __future__ import annotations

from bot.i18n.text import _, n_
from bot.triage.finding import Fails, Finding, Holds, Unknown
from bot.triage.rules import Rules
from bot.vocabulary.facts import Facts, Tried


def regular_system_insufficient(facts: Facts, rules: Rules) -> Finding:
    """Refused, no fitting service, or at least three months of waiting.

    That no counselling body is in charge yet is an orientation point only: it would hold for nearly
    everybody who writes here (docs/decisions, criteria).
    """
    match facts.tried:
        case None:
            return Unknown(("tried",), _("It is not known yet whether an office or service has already been asked."))
        case Tried.NO_SERVICE:
            return Holds(_("No service fits, or none can be reached."))
        case Tried.REFUSED:
            return Holds(_("The service in charge has refused."))
        case Tried.WAITING:
            return _waiting(facts.waiting_months, rules)
        case Tried.IN_HAND:
            return Fails(_("A service is already working on it."))
        case Tried.NOT_YET:
            return Fails(_("The regular services have not been asked yet."))


def _waiting(months: int | None, rules: Rules) -> Finding:
    if months is None:
        return Unknown(("waiting_months",), _("It is not known yet how long the waiting has lasted."))
    sentence = n_("The waiting has lasted {n} month.", "The waiting has lasted {n} months.", months)
    return Holds(sentence) if months >= rules.least_waiting_months else Fails(sentence)
