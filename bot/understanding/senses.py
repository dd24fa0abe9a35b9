"""What the words of a message are about, by senses that all languages share.

A sense is a small meaning ("a letter came", "cannot sleep") with the words of each language that carry it. What is
learned from messages in one language about its senses so counts in every other.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, chain, combinations, pairwise
from typing import Any, Final, NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from bot.understanding.leaning import PIECES, Pieces
from bot.understanding.normalise import Token
from bot.understanding.phrases import Vocabulary, Word, read_word
from bot.understanding.words import KEPT, Meant, Words

#: The second word of a tied pair stands at most so far behind the first.
_NEAR: Final = 3
#: A long story has so many senses that pairs of them say nothing.
_MOST_IN_PAIRS: Final = 14


#: Words that carry a sense together: the numbers of those that must follow the first, and the sense.
Tied = tuple[Sequence[int], str]


class Carried(NamedTuple):
    """What a typed word can mean: words by number, the senses they carry alone, and by their second word the runs
    that they begin.
    """

    words: Meant
    alone: Sequence[str]
    tied: Sequence[Mapping[int, Sequence[Tied]]]


_NOTHING: Final = Carried({}, (), ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Runs:
    """The runs of words of one language that carry a sense, most of them a single word, ordered by their first.

    Run n is `numbers[begin[n] : begin[n + 1]]`, numbers of `words`; it carries `senses[sense[n]]`.
    """

    words: Vocabulary
    senses: Sequence[str]
    numbers: NDArray[np.int32]
    begin: NDArray[np.int32]
    sense: NDArray[np.int32]


class Senses:
    """One language: which words a typed word can be, and the senses of each.

    Small words, endings and prefixes are those of its `table` of phrases. What a word carries is laid out when
    somebody first types it: of most words nobody ever does.
    """

    def __init__(self, runs: Runs, table: Words) -> None:
        self._words = table.beside(runs.words)
        self._senses = runs.senses
        self._numbers, self._begin, self._sense = map(_plain, (runs.numbers, runs.begin, runs.sense))
        firsts = runs.numbers[runs.begin[:-1]]
        self._begun = _plain(np.searchsorted(firsts, np.arange(len(runs.words) + 1)))
        self._of_word = lru_cache(KEPT)(self._begun_by)
        self.carried = lru_cache(KEPT)(self._carried)

    def _carried(self, folded: str) -> Carried:
        """What a folded word can mean, without slips."""
        words = self._words.look_up(folded, slips=False)
        if not words:
            return _NOTHING
        begun = [self._of_word(word) for word in words]
        alone = tuple(sense for senses, _ in begun for sense in senses)
        return Carried(words, alone, tuple(tied for _, tied in begun if tied))

    def _begun_by(self, word: int) -> tuple[Sequence[str], Mapping[int, Sequence[Tied]]]:
        """The senses that a word carries alone, and the runs it begins by their second word."""
        first, after = self._begun[word : word + 2]
        if first == after:
            return (), {}
        alone: list[str] = []
        tied: dict[int, list[Tied]] = {}
        for (start, end), sense in zip(pairwise(self._begin[first : after + 1]), self._sense[first:after], strict=True):
            if end - start == 1:
                alone.append(self._senses[sense])
            else:
                then = self._numbers[start + 1 : end].tolist()
                tied.setdefault(then[0], []).append((then, self._senses[sense]))
        return alone, tied


def _plain(numbers: NDArray[np.integer[Any]]) -> array[int]:
    """Single numbers are read from an array of Python's in a third of the time."""
    return array("i", numbers.astype(np.intc).tobytes())


def read_runs(language: str, given: Mapping[str, object], known: Iterable[str]) -> Runs:
    """The table of one language; raises `ValueError` naming language, sense and what is allowed."""
    written = [*_runs(language, given, frozenset(known))]
    words = Vocabulary.of(word for _, run in written for word in run)
    number = words.numbers()
    runs = sorted(((sense, [number[word] for word in run]) for sense, run in written), key=lambda one: one[1][0])
    senses = [*dict.fromkeys(sense for sense, _ in runs)]
    return Runs(
        words=words,
        senses=senses,
        numbers=np.array([*chain.from_iterable(run for _, run in runs)], np.int32),
        begin=np.array([0, *accumulate(len(run) for _, run in runs)], np.int32),
        sense=np.array([senses.index(sense) for sense, _ in runs], np.int32),
    )


def packed(runs: Runs) -> dict[str, NDArray[Any]]:
    """The runs as they are kept beside the weights: a table of this size takes half a second to read."""
    return {
        "whole": _bytes(runs.words.whole),
        "stems": _bytes(runs.words.stems),
        "inside": _bytes(f"*{word.text}{'*' * word.ends}" for word in runs.words.inside),
        "senses": _bytes(runs.senses),
        "numbers": runs.numbers,
        "begin": runs.begin,
        "sense": runs.sense,
    }


def unpacked(arrays: Mapping[str, NDArray[Any]]) -> Runs:
    """What `packed` made."""
    whole, stems, inside, senses = (_texts(arrays[name]) for name in ("whole", "stems", "inside", "senses"))
    words = Vocabulary(whole, stems, [Word(text.strip("*"), opens=True, ends=text.endswith("*")) for text in inside])
    return Runs(words=words, senses=senses, numbers=arrays["numbers"], begin=arrays["begin"], sense=arrays["sense"])


def _bytes(texts: Iterable[str]) -> NDArray[np.uint8]:
    return np.frombuffer("\n".join(texts).encode(), np.uint8)


def _texts(kept: NDArray[np.uint8]) -> list[str]:
    return bytes(kept).decode().split("\n") if len(kept) else []


def _runs(language: str, given: Mapping[str, object], known: frozenset[str]) -> Iterator[tuple[str, list[Word]]]:
    for sense, words in given.items():
        if sense not in known or not isinstance(words, str):
            raise ValueError(f"senses: {language}: {sense!r}: allowed are the senses of senses.toml, each with a text")
        for one in filter(None, (one.strip() for one in words.replace("\n", "|").split("|"))):
            try:
                run = [read_word(part) for part in one.split("-") if part]
                if not run:
                    raise ValueError("there is no word")
                yield sense, run
            except ValueError as wrong:
                raise ValueError(f"senses: {language}: {sense}: in {one!r}: {wrong}") from wrong


def senses_in(message: Sequence[Token], senses: Senses, skipped: frozenset[int] = frozenset()) -> dict[str, int]:
    """The senses of a message, each with the place of the first word that carries it."""
    carried = senses.carried
    seen = [carried(token.folded) if place not in skipped else _NOTHING for place, token in enumerate(message)]
    said = {word for one in seen for word in one.words}
    found: dict[str, int] = {}
    for place, (_, alone, tied) in enumerate(seen):
        for sense in alone:
            found.setdefault(sense, place)
        for seconds in tied:
            for second in said & seconds.keys():
                for then, sense in seconds[second]:
                    if sense not in found and _follow(then, seen, place):
                        found[sense] = place
    return found


def _follow(then: Sequence[int], seen: Sequence[Carried], place: int) -> bool:
    for word in then:
        for later in range(place + 1, min(place + 1 + _NEAR, len(seen))):
            if word in seen[later].words:
                place = later
                break
        else:
            return False
    return True


def pieces_of_senses(found: Mapping[str, int]) -> Pieces:
    """The numbers of the senses and of every two of them, each with the place of a word that carries it."""
    pieces = {_piece(sense): place for sense, place in found.items()}
    if len(found) <= _MOST_IN_PAIRS:
        for one, other in combinations(sorted(found), 2):
            pieces.setdefault(_piece(f"{one}&{other}"), found[one])
    return Pieces.of(pieces)


def _piece(name: str) -> int:
    return crc32(name.encode()) % PIECES
