"""Which of the nine languages a message is written in, or none when it is not clear."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import Any, Final

from bot.understanding.normalise import Token, tokens
from bot.understanding.script import Script, main_script

_FEWEST_WORDS: Final = 3
_CLEAR: Final = 0.12  # lead per letter group over the second language
_COMMON: Final = 1.5  # what a frequent word of the language is worth
_SMOOTH: Final = 0.5
_GROUPS: Final = 12_000
_MOST_WORDS: Final = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What a language looks like: how frequent its letter groups are, its frequent words, letters only it has."""

    groups: Mapping[str, float]
    unseen: float
    common: frozenset[str]
    letters: frozenset[str]


class Languages:
    """Knows the nine languages by their letters and frequent words."""

    def __init__(self, profiles: Mapping[str, Profile]) -> None:
        self._profiles = profiles

    def guess(self, message: str | Sequence[Token]) -> str | None:
        """The language of a message of at least three words, if it leads clearly."""
        words = tokens(message) if isinstance(message, str) else message
        script = main_script(word.folded for word in words)
        if len(words) < _FEWEST_WORDS or script is Script.OTHER:
            return None
        seen = _seen(words[:_MOST_WORDS])
        scores = sorted(((self._score(tag, seen), tag) for tag in script.languages), reverse=True)
        best, second = scores[0], scores[1]
        return best[1] if best[0] - second[0] >= _CLEAR else None

    def _score(self, tag: str, seen: _Seen) -> float:
        profile = self._profiles[tag]
        known = profile.groups
        total = sum(known.get(group, profile.unseen) for group in seen.groups)
        total += _COMMON * len(seen.folded & profile.common) + _COMMON * len(seen.letters & profile.letters)
        return total / max(len(seen.groups), 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    groups: Sequence[str]
    folded: frozenset[str]
    letters: frozenset[str]


def _seen(words: Sequence[Token]) -> _Seen:
    return _Seen(
        groups=[group for word in words for group in _groups(word.raw)],
        folded=frozenset(word.folded for word in words),
        letters=frozenset(letter for word in words for letter in word.raw),
    )


def read_languages(table: Mapping[str, Any]) -> Languages:
    """The profiles from the table of sample texts; raises `ValueError` naming a language that is not whole."""
    wanted = {tag for script in Script for tag in script.languages}
    if table.keys() != wanted:
        raise ValueError(f"languages: allowed are exactly {', '.join(sorted(wanted))}")
    return Languages({tag: _profile(tag, row) for tag, row in table.items()})


def _profile(tag: str, row: Mapping[str, Any]) -> Profile:
    for key in ("common", "letters", "text"):
        if not isinstance(row.get(key), str):
            raise ValueError(f"languages: {tag}.{key}: allowed is a text")
    words = tokens(f"{row['text']} {row['common']}")
    counts = Counter(group for word in words for group in _groups(word.raw))
    total = sum(counts.values()) + _SMOOTH * _GROUPS
    return Profile(
        groups={group: log((count + _SMOOTH) / total) for group, count in counts.items()},
        unseen=log(_SMOOTH / total),
        common=frozenset(word.folded for word in tokens(row["common"])),
        letters=frozenset(row["letters"]),
    )


def _groups(word: str) -> Iterator[str]:
    framed = f" {word.casefold()} "
    for size in (2, 3):
        for start in range(len(framed) - size + 1):
            yield framed[start : start + size]
