"""What a coordinator does with rules. Each edit is pure: a new set of rules, or faults that say what is allowed.

An edit may leave a set that must not be published yet (the last rule switched off, say): that is for the proof.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import Final

from bot.routing.columns import HEADS, LONGEST_TEXT, PLACE
from bot.routing.faults import Fault, Faulty
from bot.routing.rules import Rule
from bot.routing.ruleset import RuleSet

MOST_RULES: Final = 300
_HEADS: Final = {**HEADS, PLACE: "Platz"}
Edited = RuleSet | Faulty


def add(rules: RuleSet, rule: Rule, place: int) -> Edited:
    """The rule stands at this place, from 1; those from there on move down by one. See `new_id` for its id."""
    if rules.find(rule.id):
        return _fault(rule.id, "id", f"erlaubt ist eine Kennung, die noch keine Regel hat; {new_id(rules)} ist frei")
    if len(rules) >= MOST_RULES:
        return _fault(rule.id, "", f"Es sind höchstens {MOST_RULES} Regeln möglich.")
    if not 1 <= place <= len(rules) + 1:
        return _fault(rule.id, PLACE, f"erlaubt ist eine Zahl von 1 bis {len(rules) + 1}")
    return RuleSet(rules.county, (*rules.rules[: place - 1], rule, *rules.rules[place - 1 :]))


def change(rules: RuleSet, rule_id: str, rule: Rule) -> Edited:
    """The rule says something else and stands where it stood. Its id may change too."""
    if rules.find(rule_id) is None:
        return _gone(rule_id)
    if rule.id != rule_id and rules.find(rule.id):
        return _fault(rule_id, "id", f"erlaubt ist eine Kennung, die noch keine Regel hat, nicht {rule.id}")
    return RuleSet(rules.county, tuple(rule if one.id == rule_id else one for one in rules))


def move(rules: RuleSet, rule_id: str, place: int) -> Edited:
    """The rule stands at this place, from 1, and is asked before those that follow."""
    rule = rules.find(rule_id)
    if rule is None:
        return _gone(rule_id)
    if not 1 <= place <= len(rules):
        return _fault(rule_id, PLACE, f"erlaubt ist eine Zahl von 1 bis {len(rules)}")
    others = [one for one in rules if one.id != rule_id]
    return RuleSet(rules.county, (*others[: place - 1], rule, *others[place - 1 :]))


def switch(rules: RuleSet, rule_id: str, *, active: bool) -> Edited:
    """The rule is asked, or kept without being asked."""
    rule = rules.find(rule_id)
    return change(rules, rule_id, replace(rule, active=active)) if rule else _gone(rule_id)


def comment(rules: RuleSet, rule_id: str, words: str) -> Edited:
    """A note for colleagues beside the rule; no words take it away."""
    rule, said = rules.find(rule_id), " ".join(words.split())
    if rule is None:
        return _gone(rule_id)
    if len(said) > LONGEST_TEXT or not said.isprintable():
        return _fault(rule_id, "comment", f"erlaubt ist ein Text bis {LONGEST_TEXT} Zeichen")
    return change(rules, rule_id, replace(rule, comment=said))


def remove(rules: RuleSet, rule_id: str) -> Edited:
    """The rule is gone; earlier versions still have it."""
    left = tuple(rule for rule in rules if rule.id != rule_id)
    if len(left) == len(rules):
        return _gone(rule_id)
    if not left:
        return _fault(rule_id, "", "Eine Regel muss bleiben.")
    return RuleSet(rules.county, left)


def new_id(rules: RuleSet) -> str:
    """An id that no rule has yet."""
    taken = {rule.id for rule in rules}
    return next(
        one for one in (f"{rules.county}_regel_{number}" for number in count(len(rules) + 1)) if one not in taken
    )


def _gone(rule_id: str) -> Faulty:
    return _fault(rule_id, "", "Diese Regel gibt es nicht mehr.")


def _fault(rule_id: str, key: str, allowed: str) -> Faulty:
    return Faulty((Fault(row=f"Regel {rule_id}", column=_HEADS.get(key, ""), allowed=allowed, key=key),))
