"""A rule as a coordinator reads it: German sentences for conditions, ways and whole rules."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bot.routing.conditions import AT_LEAST, Wanted, in_order
from bot.routing.rules import Rule
from bot.routing.ruleset import RuleSet
from bot.routing.terms import Terms
from bot.vocabulary.german import BOOKINGS, FACTS, TRUTH

ALWAYS: Final = "immer"
#: The column of each condition in tables and sheets.
HEADINGS: Final = {
    "suggestion": "Vorschlag",
    "municipality": "Wohnort",
    "needs_any": "Mindestens ein Anliegen",
    "needs_all": "Alle Anliegen",
    "needs_only": "Nur diese Anliegen",
}


def heading(condition: str) -> str:
    """What a condition asks for, as the head of its column."""
    if condition.endswith(AT_LEAST):
        return f"{FACTS[condition.removesuffix(AT_LEAST)]}, mindestens"
    return HEADINGS.get(condition) or FACTS[condition]


def condition(name: str, wanted: Wanted, terms: Terms) -> str:
    """One condition in German words.

    „Wohnort ist Odenthal“, „mindestens ein Anliegen aus: Schulden oder Unterkunft“, „Kinder: mindestens 3“.
    """
    match wanted:
        case bool():
            return f"{FACTS[name]}: {TRUTH[wanted]}"
        case int():
            return f"{FACTS[name.removesuffix(AT_LEAST)]}: mindestens {wanted}"
        case _:
            words = [terms.values(name).get(one, one) for one in in_order(name, wanted)]
            return _among(name, words)


def _among(name: str, words: Sequence[str]) -> str:
    match name:
        case "needs_any" if len(words) == 1:
            return f"ein Anliegen ist {words[0]}"
        case "needs_any":
            return f"mindestens ein Anliegen aus: {either(words)}"
        case "needs_all":
            return f"zu den Anliegen gehören: {both(words)}"
        case "needs_only":
            return f"kein anderes Anliegen als: {either(words)}"
        case "offices":
            return f"noch handeln muss: {either(words)}"
        case _:
            return f"{heading(name)} ist {either(words)}"


def conditions(rule: Rule, terms: Terms) -> str:
    """All that must be known of a person, in one sentence without its end."""
    return " und ".join(condition(name, wanted, terms) for name, wanted in rule.when) or ALWAYS


def way(rule: Rule, terms: Terms) -> str:
    """Where the rule leads and how it begins; what helps beside it."""
    also = f"; außerdem: {both([terms.target(one) for one in rule.also])}" if rule.also else ""
    return f"{terms.target(rule.target)} ({BOOKINGS[rule.booking]}){also}"


def sentence(rule: Rule, terms: Terms) -> str:
    """The whole rule: „Wenn … , dann … .“ A rule that is switched off says so."""
    when = f"Wenn {conditions(rule, terms)}, dann: " if rule.when else "Immer: "
    return f"{'' if rule.active else 'Ausgeschaltet. '}{when}{way(rule, terms)}."


def numbered(words: str, rules: RuleSet) -> str:
    """The same words with each rule by its place in the table: „Regel 12 (rbk_debt) trifft nie zu“."""
    ids = sorted((rule.id for rule in rules), key=len, reverse=True)
    return re.sub(rf"(?:Regel )?\b({'|'.join(map(re.escape, ids))})\b", lambda it: _placed(it[1], rules), words)


def _placed(rule_id: str, rules: RuleSet) -> str:
    return f"Regel {rules.place(rule_id)} ({rule_id})"


def either(words: Sequence[str]) -> str:
    return _listed(words, "oder")


def both(words: Sequence[str]) -> str:
    return _listed(words, "und")


def _listed(words: Sequence[str], last: str) -> str:
    """Names that are lists themselves are kept apart by semicolons alone."""
    if len(words) < 2 or any(mark in word for word in words for mark in (",", " und ", " oder ")):
        return "; ".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"
