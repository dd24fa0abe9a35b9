"""Criterion 1: a complex, multiple situation of need."""

from __future__ import annotations

from collections.abc import Iterable

from bot.i18n.text import _, n_
from bot.triage.counting import count_needs
from bot.triage.finding import Fails, Finding, Holds, Unknown
from bot.triage.rules import Rules
from bot.vocabulary.facts import Facts


def multiple_needs(facts: Facts, rules: Rules) -> Finding:
    """At least three distinct needs from at least two clusters of topics."""
    if facts.needs is None:
        return Unknown(("needs",), _("It is not known yet what the help is needed for."))
    counted = count_needs(facts, rules)
    most = counted.surely + counted.perhaps
    if not _many(most, rules):
        return Fails(
            n_("There is {n} need that counts on its own.", "There are {n} needs that count on their own.", len(most)),
            most,
        )
    if not _many(counted.surely, rules):
        return Unknown(counted.missing, _("It is not known yet whether some of the needs are the same problem."))
    clusters = len(_clusters(counted.surely, rules))
    return Holds(
        _("There are {needs} different needs from {areas} areas of life.", needs=len(counted.surely), areas=clusters),
        counted.surely,
    )


def _many(needs: tuple[str, ...], rules: Rules) -> bool:
    return len(needs) >= rules.least_needs and len(_clusters(needs, rules)) >= rules.least_clusters


def _clusters(needs: Iterable[str], rules: Rules) -> frozenset[str]:
    return frozenset(rules.topics[need].cluster for need in needs)
