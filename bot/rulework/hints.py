"""What a coordinator should know of a rule that may well be published."""

from __future__ import annotations

from collections.abc import Iterator

from bot.dialogs.screens.questions import ASKABLE
from bot.routing.conditions import AT_LEAST, NEEDS
from bot.routing.ruleset import RuleSet
from bot.vocabulary.german import FACTS

#: Everybody is asked for these, or they follow from the answers.
_ALWAYS_KNOWN = frozenset({"suggestion", "municipality", *NEEDS})


def hints(rules: RuleSet) -> tuple[str, ...]:
    """German sentences about rules that wait for facts which the conversation never asks for."""
    return tuple(_unasked(rules))


def _unasked(rules: RuleSet) -> Iterator[str]:
    for rule in rules:
        for name, _ in rule.when if rule.active else ():
            fact = name.removesuffix(AT_LEAST)
            if name not in _ALWAYS_KNOWN and fact not in ASKABLE:
                yield (
                    f"Regel {rule.id} wartet auf „{FACTS[fact]}“. Danach fragt Lotse im Gespräch nicht; die Regel gilt "
                    "nur, wenn es auf anderem Weg bekannt ist."
                )
