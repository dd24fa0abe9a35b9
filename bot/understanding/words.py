"""Which words of a table a typed word can be: exactly, with an ending, inside a compound, or with a slip."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache, partial
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.understanding.phrases import Vocabulary

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
KEPT: Final = 4096
#: Before two letters only; before more the article is gone already.
_SHORT_ARTICLE: Final = re.compile(r"[وفبك]?ال(?=..$)")


class Words:
    """The words of one table, laid out for looking up.

    `real` words are never taken for slips of others; `endings` may stand behind every word, `clitics` before it.
    """

    def __init__(
        self,
        words: Vocabulary,
        real: frozenset[str],
        endings: Sequence[str] = (),
        *,
        clitics: frozenset[str] = frozenset(),
    ) -> None:
        first_stem, first_inside = len(words.whole), len(words.whole) + len(words.stems)
        self._whole = dict(zip(words.whole, range(first_stem), strict=True))
        self._stems = dict(zip(words.stems, range(first_stem, first_inside), strict=True))
        self._inside = [(word, number) for number, word in enumerate(words.inside, first_inside)]
        self._real = real
        self._clitics = clitics
        self._endings = tuple(sorted(endings, key=len, reverse=True))
        self._stem_lengths = _lengths(self._stems)
        self._longest_stem = max(map(len, self._stems), default=0)
        #: The words that a folded word can be: as it is and without prefix, else without ending, else with a slip.
        self.meant_by = lru_cache(KEPT)(partial(self.look_up, slips=True))
        #: The same without slips.
        self.spelt = lru_cache(KEPT)(partial(self.look_up, slips=False))

    def beside(self, words: Vocabulary) -> Words:
        """Other words of the same language."""
        return Words(words, self._real, self._endings, clitics=self._clitics)

    def look_up(self, folded: str, *, slips: bool) -> Meant:
        """The words that a folded word can be; `meant_by` and `spelt` keep what was looked up last."""
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
        for end in (2, *self._stem_lengths.get(folded[:3], ())):
            if end > len(folded):
                break
            if (stem := self._stems.get(folded[:end])) is not None:
                found.append(stem)
        for word, number in self._inside:
            if word.text in folded and (word.ends or folded.endswith(word.text)):
                found.append(number)
        return dict.fromkeys(found, EXACT) if found else _NOTHING

    @cached_property
    def _near_whole(self) -> _Near:
        """Laid out for slips when the first one is looked for: nobody looks for any in a foreign table."""
        return _Near(self._whole, _SHORTEST_SLIP)

    @cached_property
    def _near_stems(self) -> _Near:
        return _Near(self._stems, _SHORTEST_STEM_SLIP)

    def _with_a_slip(self, folded: str) -> Meant:
        if len(folded) < _SHORTEST_SLIP:
            return _NOTHING
        most = 2 if len(folded) >= _LONG else 1
        found = {self._whole[word] for word in self._near_whole.like(folded, most, most)}
        for cut in range(_SHORTEST_STEM_SLIP - 1, min(len(folded), self._longest_stem + 1) + 1):
            found.update(self._stems[stem] for stem in self._near_stems.like(folded[:cut], 1, 2))
        return dict.fromkeys(found, SLIP)


def _lengths(stems: Iterable[str]) -> Mapping[str, Sequence[int]]:
    """How long the stems are that begin with the same three letters."""
    lengths: dict[str, set[int]] = defaultdict(set)
    for stem in stems:
        if len(stem) > 2:
            lengths[stem[:3]].add(len(stem))
    same: dict[tuple[int, ...], tuple[int, ...]] = {}
    return {start: same.setdefault(one, one) for start, found in lengths.items() if (one := tuple(sorted(found)))}


class _Near:
    """Words by how they begin and end. A long word may have two slips, a short one has one.

    Only words that share the first two letters, or the first and the last two, are compared: one slip behind the
    first letter leaves either, and so do two unless they stand at both ends.
    """

    def __init__(self, words: Iterable[str], shortest: int) -> None:
        self._alike: dict[str, list[str]] = defaultdict(list)
        for word in words:
            if len(word) >= shortest:
                self._alike[word[:2]].append(word)
                self._alike[word[0] + word[-2:]].append(word)

    def like(self, folded: str, longer: int, slips: int) -> list[str]:
        """The words with at most so many slips that are at most so much longer or shorter."""
        words = (*self._alike.get(folded[:2], ()), *self._alike.get(folded[0] + folded[-2:], ()))
        if not words:
            return []
        found = process.extract(folded, words, scorer=OSA.distance, score_cutoff=slips, limit=None)
        return [
            word
            for word, distance, _ in found
            if (distance < 2 or len(word) >= _LONG) and abs(len(word) - len(folded)) <= longer
        ]
