"""Somebody reports a barrier: looked through for persons, kept once, and put to those it is alike to."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.barriers.alike import Because, best_match
from bot.barriers.barrier import LONGEST_TITLE, Barrier, Draft, Group, Status, Step, fault_of_words, title_of
from bot.barriers.personal import Hint, personal_hints
from bot.barriers.rules import Rules
from bot.vocabulary.facts import County

LONGEST_NOTE = 1000


class Barriers(Protocol):
    """What storage keeps of barriers."""

    def groups(self, counties: Collection[County], /) -> Sequence[Group]: ...

    def group(self, number: int, /) -> Group | None: ...

    def begin(self, county: County, title: str, now: datetime, /) -> int: ...

    def add(self, group: int, draft: Draft, key: str, now: datetime, /) -> bool:
        """False if this key was ever used: a form sent twice reports once."""

    def known(self, key: str, /) -> bool: ...

    def move(self, barrier: int, group: int, /) -> None: ...

    def remove(self, barrier: int, /) -> None: ...

    def rename(self, group: int, title: str, /) -> None: ...

    def step(self, group: int, step: Step, /) -> None: ...


class BarriersTransaction(Protocol):
    @property
    def barriers(self) -> Barriers: ...


@dataclass(frozen=True, slots=True)
class Reported:
    """It is kept, in this group; `because` says why there, and is empty where it is the first of its kind.

    No group: this very form was sent before.
    """

    group: int | None
    because: tuple[Because, ...] = ()


@dataclass(frozen=True, slots=True)
class Doubtful:
    """It looks as if it told of a person: whoever reports looks at it again."""

    hints: tuple[Hint, ...]


@dataclass(frozen=True, slots=True)
class Faulty:
    """A German sentence says what to mend."""

    why: str


def report(
    tx: BarriersTransaction, rules: Rules, draft: Draft, key: str, now: datetime, looked_through: bool = False
) -> Reported | Doubtful | Faulty:
    """Keeps the report. `looked_through`: whoever reports has seen the hints and says that nobody can be recognised."""
    if fault := fault_of_words(draft.words):
        return Faulty(fault)
    hints = personal_hints(draft.words, rules)
    if hints and not looked_through:
        return Doubtful(hints)
    return _keep(tx, rules, draft, key, now)


def _keep(tx: BarriersTransaction, rules: Rules, draft: Draft, key: str, now: datetime) -> Reported:
    if tx.barriers.known(key):
        return Reported(None)
    match = best_match(draft, tx.barriers.groups({draft.county}), rules)
    group = match.group.number if match else tx.barriers.begin(draft.county, title_of(draft.words), now)
    tx.barriers.add(group, draft, key, now)
    return Reported(group, match.likeness.because if match else ())


def set_status(
    tx: BarriersTransaction, group: Group, status: Status, note: str, by: str, now: datetime
) -> Faulty | None:
    """The coordination says what became of a group; every step is kept."""
    if len(note) > LONGEST_NOTE:
        return Faulty(f"Die Notiz darf höchstens {LONGEST_NOTE} Zeichen lang sein.")
    if status is group.status and not note.strip():
        return Faulty("Das ist schon der Stand. Bitte wählen Sie einen anderen oder schreiben Sie eine Notiz dazu.")
    tx.barriers.step(group.number, Step(at=now, by=by, status=status, note=note.strip()))
    return None


def rename(tx: BarriersTransaction, group: Group, title: str) -> Faulty | None:
    words = " ".join(title.split())
    if not words or len(words) > LONGEST_TITLE:
        return Faulty(f"Bitte geben Sie einen Titel mit höchstens {LONGEST_TITLE} Zeichen ein.")
    tx.barriers.rename(group.number, words)
    return None


def split_off(tx: BarriersTransaction, barrier: Barrier, now: datetime) -> int:
    """The report is a barrier of its own after all."""
    group = tx.barriers.begin(barrier.draft.county, title_of(barrier.draft.words), now)
    tx.barriers.move(barrier.number, group)
    return group
