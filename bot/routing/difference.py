"""What is different between two sets of rules, in German words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from bot.routing.cells import write_cells
from bot.routing.columns import HEADS
from bot.routing.rules import Rule
from bot.routing.ruleset import RuleSet
from bot.routing.spoken import sentence
from bot.routing.terms import Terms

EMPTY = "leer"


class Kind(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One rule is different; `german` says how, in whole sentences. `key` is the column of a changed cell."""

    kind: Kind
    rule: str
    german: str
    key: str = ""


def difference(before: RuleSet, after: RuleSet, terms: Terms) -> tuple[Change, ...]:
    """Every change, in the order of the new rules, what is gone at the end; none if the two are the same."""
    return tuple(_changes(before, after, terms))


def _changes(before: RuleSet, after: RuleSet, terms: Terms) -> Iterator[Change]:
    moved = _moved(before, after)
    for place, rule in enumerate(after, start=1):
        old = before.find(rule.id)
        if old is None:
            words = f"Regel {rule.id} kommt an Platz {place} hinzu: {sentence(rule, terms)}"
            yield Change(kind=Kind.ADDED, rule=rule.id, german=words)
            continue
        if rule.id in moved:
            words = f"Regel {rule.id} steht jetzt an Platz {place}, vorher an Platz {before.place(rule.id)}."
            yield Change(kind=Kind.MOVED, rule=rule.id, german=words)
        yield from _cells(old, rule, terms)
    for rule in before:
        if after.find(rule.id) is None:
            words = f"Regel {rule.id} entfällt: {sentence(rule, terms)}"
            yield Change(kind=Kind.REMOVED, rule=rule.id, german=words)


def _cells(old: Rule, new: Rule, terms: Terms) -> Iterator[Change]:
    was, is_now = write_cells(old, terms), write_cells(new, terms)
    for key, head in HEADS.items():
        if was[key] != is_now[key]:
            words = f"Regel {new.id}, {head}: jetzt {_quoted(is_now[key])}, vorher {_quoted(was[key])}."
            yield Change(kind=Kind.CHANGED, rule=new.id, german=words, key=key)


def _quoted(words: str) -> str:
    return f"„{words}“" if words else EMPTY


def _moved(before: RuleSet, after: RuleSet) -> frozenset[str]:
    """Rules that must have changed their place, for all others to stand as they stood."""
    old = _ids(before, after)
    new = _ids(after, before)
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    stayed = {one for block in blocks for one in old[block.a : block.a + block.size]}
    return frozenset(new) - stayed


def _ids(rules: RuleSet, also_in: RuleSet) -> Sequence[str]:
    return [rule.id for rule in rules if also_in.find(rule.id)]
