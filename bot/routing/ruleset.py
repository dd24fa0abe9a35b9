"""A county's rules as one value: in this order they are asked, and the first that holds decides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.routing.rules import Known, Rule, read_rule, write_rule
from bot.vocabulary.facts import County
from bot.vocabulary.rows import Row, ids_of, rows
from bot.vocabulary.ways import TargetKind


@dataclass(frozen=True, slots=True)
class RuleSet:
    """Never changed: every edit gives a new one (see `bot.routing.edits`)."""

    county: County
    rules: tuple[Rule, ...]

    def __iter__(self) -> Iterator[Rule]:
        return iter(self.rules)

    def __len__(self) -> int:
        return len(self.rules)

    def find(self, rule_id: str) -> Rule | None:
        return next((rule for rule in self.rules if rule.id == rule_id), None)

    def place(self, rule_id: str) -> int | None:
        """Where the rule stands, from 1; none if there is no such rule."""
        return next((place for place, rule in enumerate(self.rules, start=1) if rule.id == rule_id), None)


def write_ruleset(rules: RuleSet) -> dict[str, Any]:
    """The rules as `routing.toml` has them; `read_ruleset` gives the same rules back."""
    return {"rule": [write_rule(rule) for rule in rules]}


def read_ruleset(county: County, document: Mapping[str, Any], known: Known) -> RuleSet:
    """The rules of a document, whatever their order; raises `ValueError` naming rule, key and what is allowed."""
    ids_of(document, "rule", county)
    found = rows(document, "rule", county)
    return RuleSet(county, tuple(read_rule(Row(f"routing {county}, rule {row['id']}", row), known) for row in found))


def read_stored(county: County, document: Mapping[str, Any]) -> RuleSet:
    """Rules that were checked before they were stored; here only their shape is read again.

    They may name what the tables no longer have: such a rule holds for nobody.
    """
    return read_ruleset(county, document, _named_in(document))


def _named_in(document: Mapping[str, Any]) -> Known:
    topics, places, targets = set[str](), set[str](), set[str]()
    for row in document["rule"]:
        for name, value in row.get("when", {}).items():
            if name.startswith("needs_"):
                topics.update(value)
            elif name == "municipality":
                places.update(value)
        targets.update(words.partition(":")[2] for words in (row["target"], *row.get("also", ())))
    return Known(topics=topics, municipalities=places, targets=dict.fromkeys(TargetKind, targets))
