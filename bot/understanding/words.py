"""Which slots of the tables a typed word can fill: exactly, with an ending, inside a compound, or with a slip."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.understanding.phrases import Slot, Word

#: Slot number -> how sure the word fills it.
Filled = Mapping[int, float]

EXACT: Final = 1.0
BENT: Final = 0.97
SLIP: Final = 0.9
_SHORTEST_SLIP: Final = 5
_SHORTEST_STEM_SLIP: Final = 6
_SHORTEST_BENT: Final = 3
_LONG: Final = 9
_NOTHING: Final[Filled] = {}
_CLITICS: Final = frozenset("وفبلكعش")


class Words:
    """The words of one table, laid out for looking up.

    `real` words are never taken for slips of others; `endings` may stand behind every word.
    """

    def __init__(self, slots: Sequence[Slot], real: frozenset[str], endings: Sequence[str] = ()) -> None:
        self._whole: dict[str, tuple[int, ...]] = {}
        self._stems: dict[str, tuple[int, ...]] = {}
        self._inside: list[tuple[Word, tuple[int, ...]]] = []
        self._real = real
        self._endings = tuple(sorted(endings, key=len, reverse=True))
        for word, places in _by_word(slots).items():
            if word.opens:
                self._inside.append((word, places))
            elif word.ends:
                self._stems[word.text] = places
            else:
                self._whole[word.text] = places
        self._near_whole = _near(self._whole, _SHORTEST_SLIP)
        self._near_stems = _near(self._stems, _SHORTEST_STEM_SLIP)
        self._stem_lengths = sorted({len(stem) for stem in self._stems if len(stem) >= _SHORTEST_STEM_SLIP})

    def filled_by(self, folded: str, *, slips: bool = True) -> Filled:
        """The slots that a folded word fills, tried as it is, without prefix or ending, and then with a slip."""
        if found := self._surely(folded):
            return found
        if folded in self._real:
            return _NOTHING
        for shorter in self._shortened(folded):
            if found := self._surely(shorter):
                return dict.fromkeys(found, BENT)
        if not slips or len(folded) < _SHORTEST_SLIP or folded.isdigit():
            return _NOTHING
        return self._with_a_slip(folded) or self._with_a_slip(_without_clitic(folded))

    def _shortened(self, folded: str) -> Iterator[str]:
        bare = _without_clitic(folded)
        if bare:
            yield bare
        for word in filter(None, (folded, bare)):
            for ending in self._endings:
                if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_BENT:
                    yield word[: -len(ending)]

    def _surely(self, folded: str) -> Filled:
        places = set(self._whole.get(folded, ()))
        for end in range(2, len(folded) + 1):
            places.update(self._stems.get(folded[:end], ()))
        for word, more in self._inside:
            if word.text in folded and (word.ends or folded.endswith(word.text)):
                places.update(more)
        return dict.fromkeys(places, EXACT)

    def _with_a_slip(self, folded: str) -> Filled:
        places: set[int] = set()
        if len(folded) < _SHORTEST_SLIP:
            return _NOTHING
        for word in _like(folded, self._near_whole, len(folded)):
            places.update(self._whole[word])
        for length in self._stem_lengths:
            if length > len(folded) + 1:
                break
            for cut in {length - 1, length, length + 1}:
                for word in _like(folded[:cut], self._near_stems, length, exactly=length):
                    places.update(self._stems[word])
        return dict.fromkeys(places, SLIP)


_Near = Mapping[tuple[str, int], Sequence[str]]


def _without_clitic(folded: str) -> str:
    return folded[1:] if len(folded) > 3 and folded[0] in _CLITICS else ""


def _by_word(slots: Sequence[Slot]) -> Mapping[Word, tuple[int, ...]]:
    places: dict[Word, list[int]] = defaultdict(list)
    for number, slot in enumerate(slots):
        for word in slot:
            places[word].append(number)
    return {word: tuple(numbers) for word, numbers in places.items()}


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
