"""Versions of a county's rules: what was published when, by whom and why; and the one draft that becomes the next."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from bot.routing.ruleset import RuleSet
from bot.vocabulary.facts import County

#: The rules of counties/, which the program brings along.
EMBEDDED: Final = 0


class Overtaken(Exception):
    """Somebody else changed the draft or published rules in the meantime."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """Published rules. Number 0 are those of the tables, which nobody published: `author` is empty then.

    `restores`: the older version whose rules these are.
    """

    number: int
    rules: RuleSet
    author: str
    at: datetime | None
    reason: str
    restores: int | None = None

    @property
    def county(self) -> County:
        return self.rules.county


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A county has one draft at a time; whoever edits it says which `revision` they saw.

    `editors` changed something in it; `released_by` have looked at exactly this revision and agree with it.
    """

    revision: int
    rules: RuleSet
    base: int
    begun_at: datetime
    changed_at: datetime
    changed_by: str
    editors: frozenset[str]
    released_by: frozenset[str] = frozenset()

    @property
    def county(self) -> County:
        return self.rules.county

    def edited(self, rules: RuleSet, by: str, now: datetime) -> Draft:
        """The next revision; nobody has agreed with it yet."""
        return replace(
            self,
            revision=self.revision + 1,
            rules=rules,
            changed_at=now,
            changed_by=by,
            editors=self.editors | {by},
            released_by=frozenset(),
        )

    def released(self, by: str) -> Draft:
        """The same revision; somebody agrees with it."""
        return replace(self, released_by=self.released_by | {by})

    def seen_by_others(self, publisher: str) -> bool:
        """Everybody who changed something has somebody else who agrees with the draft as it is now."""
        agreeing = self.released_by | {publisher}
        return all(agreeing - {editor} for editor in self.editors)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A draft as it was at one revision. `back`: the revision to which taking the last change back leads."""

    rules: RuleSet
    back: int | None


def first_draft(base: Version, by: str, now: datetime, revision: int = 1) -> Draft:
    """The published rules, to be changed. No two drafts of a county have a revision in common."""
    return Draft(
        revision=revision,
        rules=base.rules,
        base=base.number,
        begun_at=now,
        changed_at=now,
        changed_by=by,
        editors=frozenset(),
    )
