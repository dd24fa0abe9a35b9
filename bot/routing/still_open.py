"""Facts that nobody has told yet and that could still lead somewhere else."""

from __future__ import annotations

from collections.abc import Collection

from bot.routing.conditions import AT_LEAST, NEEDS, fulfilled
from bot.routing.desks import Directory
from bot.routing.route import placed, resolved, route
from bot.routing.rules import Rule
from bot.vocabulary.facts import Facts
from bot.vocabulary.ways import Suggestion


def still_open(
    facts: Facts, suggestion: Suggestion, directory: Directory, learnable: Collection[str]
) -> tuple[str, ...]:
    """The facts, among those that can be learnt, that an earlier rule with another way still waits for."""
    now, facts = route(facts, suggestion, directory), placed(facts, directory)
    found: list[str] = []
    for rule in directory.rules[facts.county]:
        if rule.id == now.rule:
            break
        target = resolved(rule.target, facts, directory)
        waits_for = _waits_for(rule, facts, suggestion, learnable)
        if target and waits_for and (target, rule.booking) != (now.target, now.booking):
            found += waits_for
    return tuple(dict.fromkeys(found))


def _waits_for(rule: Rule, facts: Facts, suggestion: Suggestion, learnable: Collection[str]) -> list[str]:
    """What is missing for the rule to hold; nothing where it is switched off or can no longer hold."""
    missing: list[str] = []
    for name, wanted in rule.when if rule.active else ():
        if fulfilled(name, wanted, facts, suggestion):
            continue
        if (fact := _unknown(name, facts)) not in learnable:
            return []
        missing.append(fact)
    return missing


def _unknown(name: str, facts: Facts) -> str:
    """The fact of a condition if nobody has told it; else no fact's name."""
    if name == "suggestion":
        return ""
    fact = "needs" if name in NEEDS else name.removesuffix(AT_LEAST)
    return fact if getattr(facts, fact) is None else ""
