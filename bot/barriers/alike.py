"""When two reports tell of the same barrier: points that can be read out, never a number alone."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz, process

from bot.barriers.barrier import Draft, Group
from bot.barriers.rules import Rules

_WORD: Final = re.compile(r"[A-Za-zÄÖÜäöüß]{3,}")
#: Endings that German grammar adds; what is left tells "Termine" and "Terminen" as one word.
_ENDINGS: Final = ("ungen", "ung", "ern", "en", "er", "es", "em", "e", "s")
_LEAST_STEM: Final = 4
#: Two words from this likeness on are the same word, written with a slip.
_SAME_WORD: Final = 88
_SHOWN: Final = 5


@dataclass(frozen=True, slots=True)
class Because:
    """One reason for likeness: what is the same, and what it counts for."""

    kind: str
    what: str
    points: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    points: int
    because: tuple[Because, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """The group that a report is most alike to, and why."""

    group: Group
    likeness: Likeness


def best_match(draft: Draft, groups: Collection[Group], rules: Rules) -> Match | None:
    """The group of the county that is alike enough; none if there is none: then it is a new barrier."""
    found = [Match(group=group, likeness=nearest(draft, group, rules)) for group in groups if _could_be(draft, group)]
    alike = [match for match in found if match.likeness.points >= rules.alike_from]
    return max(alike, key=lambda match: (match.likeness.points, -match.group.number), default=None)


def nearest(draft: Draft, group: Group, rules: Rules) -> Likeness:
    """The likeness to that report of the group that is the most alike."""
    found = [likeness(draft, barrier.draft, rules) for barrier in group.barriers]
    return max(found, key=lambda one: one.points, default=Likeness(points=0, because=()))


def likeness(one: Draft, other: Draft, rules: Rules) -> Likeness:
    """Same office, same topic, same town and shared words count; two different offices are never the same barrier."""
    if one.office and other.office and one.office is not other.office:
        return Likeness(points=0, because=())
    because = [
        *_same("office", one.office, other.office, rules.office),
        *_same("topic", one.topic, other.topic, rules.topic),
        *_same("municipality", one.municipality, other.municipality, rules.municipality),
        *_shared(words_of(one.words, rules), words_of(other.words, rules), rules),
    ]
    return Likeness(points=sum(reason.points for reason in because), because=tuple(because))


def words_of(text: str, rules: Rules) -> dict[str, str]:
    """The words that say something, by what is left of them without their endings; in the order of the text."""
    found: dict[str, str] = {}
    for word in _WORD.findall(text):
        if word.casefold() not in rules.small_words:
            found.setdefault(_stem(word.casefold()), word)
    return found


def _could_be(draft: Draft, group: Group) -> bool:
    return draft.county is group.county and bool(group.barriers)


def _same(kind: str, one: str | None, other: str | None, points: int) -> list[Because]:
    return [Because(kind, one, points)] if one and one == other else []


def _shared(one: Mapping[str, str], other: Mapping[str, str], rules: Rules) -> list[Because]:
    """As much of the points as the shorter text has of its words in the longer one."""
    shorter, longer = sorted((one, other), key=len)
    shared = [word for stem, word in shorter.items() if _is_in(stem, longer)]
    if not shared:
        return []
    points = round(rules.words * len(shared) / len(shorter))
    return [Because("words", ", ".join(shared[:_SHOWN]), points)]


def _is_in(stem: str, others: Mapping[str, str]) -> bool:
    found = process.extractOne(stem, list(others), scorer=fuzz.ratio, score_cutoff=_SAME_WORD)
    return found is not None


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST_STEM:
            return word.removesuffix(ending)
    return word
