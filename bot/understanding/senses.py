"""What the words of a message are about, by senses that all languages share.

A sense is a small meaning ("a letter came", "cannot sleep") with the words of each language that carry it. What is
learned from messages in one language about its senses so counts in every other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, combinations, islice
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


class Tied(NamedTuple):
    """Words that carry a sense together: the numbers of those that must follow the first."""

    then: tuple[int, ...]
    sense: str


class Carried(NamedTuple):
    """What a typed word can mean: words by number, the senses they carry alone, and the runs that they begin."""

    words: Meant
    alone: Sequence[str]
    tied: Sequence[Mapping[int, tuple[Tied, ...]]]


class Senses:
    """One language: its words by number, the senses of each word, and the runs by their first and second word."""

    def __init__(
        self, words: Words, alone: Mapping[int, tuple[str, ...]], tied: Mapping[int, Mapping[int, tuple[Tied, ...]]]
    ) -> None:
        self.alone = alone
        self.tied = tied
        self._words = words
        self.carried = lru_cache(KEPT)(self._carried)

    def _carried(self, folded: str) -> Carried:
        """What a folded word can mean, without slips."""
        words = self._words.look_up(folded, slips=False)
        if not words:
            return _NOTHING
        return Carried(
            words,
            tuple(sense for word in words for sense in self.alone.get(word, ())),
            tuple(self.tied[word] for word in words if word in self.tied),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Runs:
    """The words of one language by number, those that carry a sense alone, and the runs of them that carry one."""

    words: Vocabulary
    alone: Sequence[tuple[int, str]]
    tied: Sequence[tuple[tuple[int, ...], str]]


_NOTHING: Final = Carried({}, (), ())


def read_runs(language: str, given: Mapping[str, object], known: Iterable[str]) -> Runs:
    """The table of one language; raises `ValueError` naming language, sense and what is allowed."""
    written = [*_runs(language, given, frozenset(known))]
    words = Vocabulary.of(word for _, run in written for word in run)
    number = words.numbers()
    return Runs(
        words=words,
        alone=[(number[run[0]], sense) for sense, run in written if len(run) == 1],
        tied=[(tuple(number[word] for word in run), sense) for sense, run in written if len(run) > 1],
    )


def packed(runs: Runs) -> dict[str, NDArray[Any]]:
    """The runs as they are kept beside the weights: a table of this size takes half a second to read."""
    senses = [*dict.fromkeys(sense for _, sense in (*runs.alone, *runs.tied))]
    return {
        "whole": _bytes(runs.words.whole),
        "stems": _bytes(runs.words.stems),
        "inside": _bytes(f"*{word.text}{'*' * word.ends}" for word in runs.words.inside),
        "senses": _bytes(senses),
        "alone": np.array([number for number, _ in runs.alone], np.int32),
        "alone_sense": np.array([senses.index(sense) for _, sense in runs.alone], np.int32),
        "tied": np.array([*chain.from_iterable(run for run, _ in runs.tied)], np.int32),
        "tied_length": np.array([len(run) for run, _ in runs.tied], np.int32),
        "tied_sense": np.array([senses.index(sense) for _, sense in runs.tied], np.int32),
    }


def unpacked(arrays: Mapping[str, NDArray[Any]]) -> Runs:
    """What `packed` made."""
    whole, stems, inside, senses = (_texts(arrays[name]) for name in ("whole", "stems", "inside", "senses"))
    words = Vocabulary(whole, stems, [Word(text.strip("*"), opens=True, ends=text.endswith("*")) for text in inside])
    number = [*range(len(words))].__getitem__  # each number once in memory, however often it stands there
    alone, tied = (map(number, arrays[name].tolist()) for name in ("alone", "tied"))
    of_alone, of_tied = (map(senses.__getitem__, arrays[f"{name}_sense"].tolist()) for name in ("alone", "tied"))
    lengths = arrays["tied_length"].tolist()
    return Runs(
        words=words,
        alone=[*zip(alone, of_alone, strict=True)],
        tied=[(tuple(islice(tied, length)), sense) for length, sense in zip(lengths, of_tied, strict=True)],
    )


def _bytes(texts: Iterable[str]) -> NDArray[np.uint8]:
    return np.frombuffer("\n".join(texts).encode(), np.uint8)


def _texts(kept: NDArray[np.uint8]) -> list[str]:
    return bytes(kept).decode().split("\n") if len(kept) else []


def made_of(runs: Runs, table: Words) -> Senses:
    """The senses of one language; small words, endings and prefixes are those of its table of phrases."""
    alone: dict[int, tuple[str, ...]] = {}
    tied: dict[int, dict[int, tuple[Tied, ...]]] = {}
    single = {sense: (sense,) for _, sense in runs.alone}  # one tuple each: most words carry one sense
    for word, sense in runs.alone:
        alone[word] = (*alone[word], sense) if word in alone else single[sense]
    for (first, *then), sense in runs.tied:
        seconds = tied.setdefault(first, {})
        seconds[then[0]] = (*seconds.get(then[0], ()), Tied(tuple(then), sense))
    return Senses(table.beside(runs.words), alone, tied)


def _runs(language: str, given: Mapping[str, object], known: frozenset[str]) -> Iterator[tuple[str, list[Word]]]:
    for sense, words in given.items():
        if sense not in known or not isinstance(words, str):
            raise ValueError(f"senses: {language}: {sense!r}: allowed are the senses of senses.toml, each with a text")
        for one in filter(None, (one.strip() for one in words.replace("\n", "|").split("|"))):
            try:
                yield sense, [read_word(part) for part in one.split("-") if part]
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
