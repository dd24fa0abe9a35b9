"""Which words of a table a typed word can be: exactly, with an ending, inside a compound, or with a slip."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.understanding.phrases import Word

#: The number of a word of the table -> how sure it is meant.
Meant = Mapping[int, float]

EXACT: Final = 1.0
BENT: Final = 0.97
SLIP: Final = 0.9
_SHORTEST_SLIP: Final = 5
_SHORTEST_STEM_SLIP: Final = 6
_SHORTEST_BENT: Final = 3
_LONG: Final = 9
_NOTHING: Final[Meant] = {}
#: What the words met last can mean is kept: most words of most messages are the same few. Single words, no messages.
_KEPT: Final = 4096
#: Before two letters only; before more the article is gone already.
_SHORT_ARTICLE: Final = re.compile(r"[وفبك]?ال(?=..$)")


class Words:
    """The words of one table, laid out for looking up.

    `real` words are never taken for slips of others; `endings` may stand behind every word, `clitics` before it.
    """

    def __init__(
        self,
        words: Sequence[Word],
        real: frozenset[str],
        endings: Sequence[str] = (),
        *,
        clitics: frozenset[str] = frozenset(),
    ) -> None:
        self._whole: dict[str, int] = {}
        self._stems: dict[str, int] = {}
        self._inside: list[tuple[Word, int]] = []
        self._real = real
        self._clitics = clitics
        self._endings = tuple(sorted(endings, key=len, reverse=True))
        for number, word in enumerate(words):
            if word.opens:
                self._inside.append((word, number))
            elif word.ends:
                self._stems[word.text] = number
            else:
                self._whole[word.text] = number
        self._longest_stem = max(map(len, self._stems), default=0)
        self._kept = lru_cache(_KEPT)(self._meant_by)

    def meant_by(self, folded: str, *, slips: bool = True) -> Meant:
        """The words that a folded word can be: as it is and without prefix, else without ending, else with a slip."""
        return self._kept(folded, slips)

    def _meant_by(self, folded: str, slips: bool) -> Meant:
        found = self._surely(folded)
        if folded in self._real:
            return found
        bare = self._without_prefix(folded) if self._clitics else ()
        for shorter in bare:
            found = {**dict.fromkeys(self._surely(shorter), BENT), **found}
        if found:
            return found
        for shorter in self._without_ending((folded, *bare)):
            if found := dict.fromkeys(self._surely(shorter), BENT):
                return found
        if not slips or folded.isdigit():
            return _NOTHING
        return next(filter(None, map(self._with_a_slip, (folded, *bare))), _NOTHING)

    def _without_prefix(self, folded: str) -> tuple[str, ...]:
        """An Arabic word without the one-letter word, or the article, that is written onto it."""
        forms: list[str] = []
        if len(folded) > 3 and folded[0] in self._clitics:
            forms.append(folded[1:])
        if article := _SHORT_ARTICLE.match(folded):
            forms.append(folded[article.end() :])
        return tuple(forms)

    def _without_ending(self, words: Iterable[str]) -> Iterator[str]:
        for word in words:
            for ending in self._endings if word.endswith(self._endings) else ():
                if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_BENT:
                    yield word[: -len(ending)]

    def _surely(self, folded: str) -> Meant:
        found = [self._whole[folded]] if folded in self._whole else []
        for end in range(2, min(len(folded), self._longest_stem) + 1):
            if (stem := self._stems.get(folded[:end])) is not None:
                found.append(stem)
        for word, number in self._inside:
            if word.text in folded and (word.ends or folded.endswith(word.text)):
                found.append(number)
        return dict.fromkeys(found, EXACT) if found else _NOTHING

    @cached_property
    def _near_whole(self) -> _Near:
        """Laid out for slips when the first one is looked for: nobody looks for any in a foreign table."""
        return _near(self._whole, _SHORTEST_SLIP)

    @cached_property
    def _near_stems(self) -> _Near:
        return _near(self._stems, _SHORTEST_STEM_SLIP)

    @cached_property
    def _stem_lengths(self) -> Sequence[int]:
        return sorted({len(stem) for stem in self._stems if len(stem) >= _SHORTEST_STEM_SLIP})

    def _with_a_slip(self, folded: str) -> Meant:
        found: set[int] = set()
        if len(folded) < _SHORTEST_SLIP:
            return _NOTHING
        for word in _like(folded, self._near_whole, len(folded)):
            found.add(self._whole[word])
        for length in self._stem_lengths:
            if length > len(folded) + 1:
                break
            for cut in {length - 1, length, length + 1}:
                for word in _like(folded[:cut], self._near_stems, length, exactly=length):
                    found.add(self._stems[word])
        return dict.fromkeys(found, SLIP)


_Near = Mapping[tuple[str, int], Sequence[str]]


def _near(words: Iterable[str], shortest: int) -> _Near:
    near: dict[tuple[str, int], list[str]] = defaultdict(list)
    for word in words:
        if len(word) >= shortest:
            near[word[0], len(word)].append(word)
    return near


def _like(folded: str, near: _Near, length: int, *, exactly: int = 0) -> list[str]:
    slips = 2 if length >= _LONG else 1
    lengths = [exactly] if exactly else range(length - slips, length + slips + 1)
    found: list[str] = []
    for one in lengths:
        bucket = near.get((folded[0], one))
        if bucket:
            allowed = 2 if min(one, length) >= _LONG else 1
            near_by = process.extract(folded, bucket, scorer=OSA.distance, score_cutoff=allowed, limit=None)
            found += [hit[0] for hit in near_by]
    return found
