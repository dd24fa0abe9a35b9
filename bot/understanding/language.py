"""Which of the nine languages a message is written in, or none when it is not clear."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
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
_KEPT: Final = 4096  # words met last: most words of most messages are the same few


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
        self._groups = {script: _side_by_side([profiles[tag] for tag in script.languages]) for script in Script}
        self._kept = lru_cache(_KEPT)(self._fits)

    def guess(self, message: str | Sequence[Token]) -> str | None:
        """The language of a message of at least three words, if it leads clearly."""
        words = tokens(message) if isinstance(message, str) else message
        script = main_script(word.folded for word in words)
        if len(words) < _FEWEST_WORDS or script is Script.OTHER:
            return None
        (best, tag), (second, _) = sorted(self._scores(script, words[:_MOST_WORDS]), reverse=True)[:2]
        return tag if best - second >= _CLEAR else None

    def _scores(self, script: Script, words: Sequence[Token]) -> Iterator[tuple[float, str]]:
        """How well each language of the script fits, per letter group."""
        counts, fits_of_words = zip(*(self._kept(script, word.raw) for word in words), strict=True)
        groups = sum(counts)
        folded = frozenset(word.folded for word in words)
        letters = frozenset[str]().union(*(word.raw for word in words))
        for tag, fits in zip(script.languages, map(sum, zip(*fits_of_words, strict=True)), strict=True):
            profile = self._profiles[tag]
            clear = len(folded & profile.common) + len(letters & profile.letters)
            yield (fits + _COMMON * clear) / groups, tag

    def _fits(self, script: Script, word: str) -> tuple[int, _Row]:
        """How many letter groups a word has, and how well they fit each language of the script."""
        known, unseen = self._groups[script]
        groups = [known.get(group, unseen) for group in _groups(word)]
        return len(groups), tuple(map(sum, zip(*groups, strict=True)))


_Row = tuple[float, ...]


def _side_by_side(profiles: Sequence[Profile]) -> tuple[Mapping[str, _Row], _Row]:
    """What each letter group says for each language, and what one says that no language knows."""
    groups = {group for profile in profiles for group in profile.groups}
    rows = {group: tuple(profile.groups.get(group, profile.unseen) for profile in profiles) for group in groups}
    return rows, tuple(profile.unseen for profile in profiles)


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
