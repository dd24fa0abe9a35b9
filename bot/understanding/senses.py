"""What the words of a message are about, by senses that all languages share.

A sense is a small meaning ("a letter came", "cannot sleep") with the words of each language that carry it. What is
learned from messages in one language about its senses so counts in every other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, combinations, islice
from typing import Any, Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from bot.understanding.leaning import PIECES, Pieces
from bot.understanding.lexicon import CLITICS
from bot.understanding.normalise import Token, fold
from bot.understanding.phrases import Word, read_word
from bot.understanding.words import Words

#: The second word of a tied pair stands at most so far behind the first.
_NEAR: Final = 3
#: A long story has so many senses that pairs of them say nothing.
_MOST_IN_PAIRS: Final = 14
_FORMS: Final = ((False, False), (True, False), (False, True), (True, True))  # opens, ends


@dataclass(frozen=True, slots=True)
class Tied:
    """Words that carry a sense together: the numbers of those that must follow the first."""

    then: tuple[int, ...]
    sense: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Senses:
    """One language: its words by number, the senses of each word, and the runs by their first and second word."""

    words: Words
    alone: Mapping[int, tuple[str, ...]]
    tied: Mapping[int, Mapping[int, tuple[Tied, ...]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Runs:
    """The words of one language by number, and every run of them that carries a sense."""

    words: Sequence[Word]
    runs: Sequence[tuple[tuple[int, ...], str]]


def read_runs(language: str, given: Mapping[str, object], known: Iterable[str]) -> Runs:
    """The table of one language; raises `ValueError` naming language, sense and what is allowed."""
    numbers: dict[Word, int] = {}
    runs = [
        (tuple(numbers.setdefault(word, len(numbers)) for word in run), sense)
        for sense, run in _runs(language, given, frozenset(known))
    ]
    return Runs(words=tuple(numbers), runs=runs)


def packed(runs: Runs) -> dict[str, NDArray[Any]]:
    """The runs as they are kept beside the weights: a table of this size takes half a second to read."""
    senses = [*dict.fromkeys(sense for _, sense in runs.runs)]
    return {
        "words": _bytes(word.text for word in runs.words),
        "forms": np.array([word.opens + 2 * word.ends for word in runs.words], np.uint8),
        "senses": _bytes(senses),
        "sense": np.array([senses.index(sense) for _, sense in runs.runs], np.int32),
        "length": np.array([len(run) for run, _ in runs.runs], np.int32),
        "run": np.array([*chain.from_iterable(run for run, _ in runs.runs)], np.int32),
    }


def unpacked(arrays: Mapping[str, NDArray[Any]]) -> Runs:
    """What `packed` made."""
    senses, texts = (bytes(arrays[name]).decode().split("\n") for name in ("senses", "words"))
    forms = (_FORMS[form] for form in arrays["forms"].tolist())
    numbers = iter(arrays["run"].tolist())
    return Runs(
        words=[Word(text, opens, ends) for text, (opens, ends) in zip(texts, forms, strict=True)],
        runs=[
            (tuple(islice(numbers, length)), senses[sense])
            for length, sense in zip(arrays["length"].tolist(), arrays["sense"].tolist(), strict=True)
        ],
    )


def _bytes(texts: Iterable[str]) -> NDArray[np.uint8]:
    return np.frombuffer("\n".join(texts).encode(), np.uint8)


def made_of(language: str, runs: Runs, small: Mapping[str, str]) -> Senses:
    """The senses of one language; `small` are the small words and endings of its table."""
    alone: dict[int, tuple[str, ...]] = {}
    tied: dict[int, dict[int, tuple[Tied, ...]]] = {}
    for (first, *then), sense in runs.runs:
        if then:
            seconds = tied.setdefault(first, {})
            seconds[then[0]] = (*seconds.get(then[0], ()), Tied(tuple(then), sense))
        else:
            alone[first] = (*alone.get(first, ()), sense)
    plain = frozenset(fold(word) for key in ("filler", "real", "denials") for word in small.get(key, "").split())
    words = Words(runs.words, plain, small.get("endings", "").split(), clitics=CLITICS.get(language, frozenset()))
    return Senses(words=words, alone=alone, tied=tied)


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
    seen = [
        senses.words.meant_by(token.folded, slips=False) if place not in skipped else {}
        for place, token in enumerate(message)
    ]
    said = frozenset[int]().union(*seen)
    found: dict[str, int] = {}
    for place, words in enumerate(seen):
        for word in words:
            for sense in senses.alone.get(word, ()):
                found.setdefault(sense, place)
            if seconds := senses.tied.get(word):
                for second in said & seconds.keys():
                    for run in seconds[second]:
                        if _follow(run.then, seen, place):
                            found.setdefault(run.sense, place)
    return found


def _follow(then: Sequence[int], seen: Sequence[Mapping[int, float]], place: int) -> bool:
    for word in then:
        near = range(place + 1, min(place + 1 + _NEAR, len(seen)))
        if (place := next((later for later in near if word in seen[later]), -1)) < 0:
            return False
    return True


def pieces_of_senses(found: Mapping[str, int]) -> Pieces:
    """The numbers of the senses and of every two of them, each with the place of a word that carries it."""
    pieces = {_piece(sense): place for sense, place in found.items()}
    if len(found) <= _MOST_IN_PAIRS:
        for one, other in combinations(sorted(found), 2):
            pieces.setdefault(_piece(f"{one}&{other}"), found[one])
    return pieces


def _piece(name: str) -> int:
    return crc32(name.encode()) % PIECES
