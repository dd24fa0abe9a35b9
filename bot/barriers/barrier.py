"""A barrier is what stands in the way of many, told without anybody's name; alike ones form a group with a status."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from bot.vocabulary.facts import County, Office

LONGEST: Final = 1000
SHORTEST: Final = 15
LONGEST_TITLE: Final = 120


class Origin(StrEnum):
    """From where it was reported: a card, a colleague in the console, or somebody through the public form."""

    CARD = "card"
    COLLEAGUE = "colleague"
    FORM = "form"


class Status(StrEnum):
    """What became of a group (source: 001 chapter 2.6)."""

    REPORTED = "reported"
    QUICK = "quick"
    DECISION = "decision"
    PROJECT = "project"
    THEME = "theme"
    SOLVED = "solved"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What somebody reports. Nothing about a person; what is not known is empty."""

    county: County
    words: str
    origin: Origin
    municipality: str | None = None
    topic: str | None = None
    office: Office | None = None
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Barrier:
    """A report that is kept, in the group of those it is alike to."""

    number: int
    group: int
    at: datetime
    draft: Draft


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """The status of a group was set, by whom, when, and what was noted with it."""

    at: datetime
    by: str
    status: Status
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Barriers that are alike. `steps` are all changes of its status, the oldest first."""

    number: int
    county: County
    title: str
    barriers: tuple[Barrier, ...] = ()
    steps: tuple[Step, ...] = ()

    @property
    def status(self) -> Status:
        return self.steps[-1].status if self.steps else Status.REPORTED

    @property
    def came_back(self) -> bool:
        """It counted as solved, and somebody has met it again since."""
        if self.status is not Status.SOLVED:
            return False
        return any(barrier.at > self.steps[-1].at for barrier in self.barriers)

    def is_candidate(self, candidate_from: int) -> bool:
        """Enough alike cases to reconstruct what they have in common, and nobody has begun."""
        return self.status is Status.REPORTED and len(self.barriers) >= candidate_from


def title_of(words: str) -> str:
    """The first words of the first report, until the coordination finds better ones.

    >>> title_of("Termine erst nach zwei Monaten. Danach verfällt die Bescheinigung.")
    'Termine erst nach zwei Monaten.'
    """
    line = " ".join(words.split())
    sentence = line.split(". ")[0]
    short = sentence if sentence == line or sentence.endswith(".") else f"{sentence}."
    return short if len(short) <= LONGEST_TITLE else f"{short[: LONGEST_TITLE - 1].rsplit(' ', 1)[0]} …"


def fault_of_words(words: str) -> str | None:
    """What is wrong with the words of a report, as a German sentence, or nothing."""
    length = len(" ".join(words.split()))
    if length < SHORTEST:
        return "Bitte beschreiben Sie die Hürde in einem Satz: Was fehlt oder geht nicht, und bei welcher Stelle?"
    if length > LONGEST:
        return f"Die Beschreibung darf höchstens {LONGEST} Zeichen lang sein."
    return None
