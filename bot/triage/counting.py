"""Which needs count on their own, when some are part of others and some facts are unknown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.triage.rules import ANY_OTHER, Absorption, Rules
from bot.vocabulary.facts import Facts


@dataclass(frozen=True, slots=True)
class Counted:
    """The needs that count for sure, those that may, and the facts that would tell."""

    surely: tuple[str, ...]
    perhaps: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def count_needs(facts: Facts, rules: Rules) -> Counted:
    """Distinct needs after absorption (domain.md part 4). Unknown needs count as none here."""
    needs = facts.needs or ()
    surely: list[str] = []
    perhaps: list[str] = []
    missing: list[str] = []
    for need in needs:
        answers = [_absorbed(rule, needs, facts) for rule in rules.absorptions if rule.takes == need]
        if True in answers:
            continue
        unknown = [fact for answer in answers if isinstance(answer, str) for fact in answer.split()]
        (perhaps if unknown else surely).append(need)
        missing += unknown
    return Counted(tuple(surely), tuple(perhaps), tuple(dict.fromkeys(missing)))


def _absorbed(rule: Absorption, needs: tuple[str, ...], facts: Facts) -> bool | str:
    """True, False, or the names of the facts that would tell."""
    takers = [need for need in needs if need != rule.takes and rule.need in (need, ANY_OTHER)]
    if not takers:
        return False
    conditions = list(_conditions(rule, facts))
    if False in conditions:
        return False
    unknown = [condition for condition in conditions if isinstance(condition, str)]
    return " ".join(unknown) if unknown else True


def _conditions(rule: Absorption, facts: Facts) -> Iterator[bool | str]:
    if rule.when_status_change is not None:
        yield "status_change" if facts.status_change is None else facts.status_change is rule.when_status_change
    if rule.unless_office is not None:
        yield "offices" if facts.offices is None else rule.unless_office not in facts.offices
