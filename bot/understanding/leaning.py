"""What a message leans to where no phrase of the tables was met: small weights over pieces of words.

Trained from our own tables and corpus (`benchmarks/train.py`), one set of weights a language. It only ever
adds to what the tables find, and it names the words that tipped it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from bot.understanding.lexicon import Urgent
from bot.understanding.normalise import Token
from bot.vocabulary.topics import LABELS

PIECES: Final = 1 << 16
LONGEST: Final = 5
#: In this order the labels stand in the weights; the last is that a message asks for nothing.
NOTHING: Final = "nothing"
LEANINGS: Final = (*LABELS, *Urgent, NOTHING)
#: A leaning below this is not looked at, nor that of a message of fewer words.
NOTICED: Final = 0.01
FEWEST: Final = 3
_MOST_WORDS: Final = 60
_QUOTED: Final = 0.1  # below it nobody asks which words tip it
_NOWHERE: Final = frozenset[int]()
_TELLING: Final = 0.35  # of the most telling word's share


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """One language: how rare each piece is, and what it says for each label, in steps of `scale`."""

    rarity: NDArray[np.float32]
    weights: NDArray[np.int8]
    scale: NDArray[np.float32]
    bias: NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lean:
    """How far a message leans to a label (0 to 1), and the places of the words that tip it."""

    label: str
    share: float
    places: frozenset[int]


def read_weights(arrays: Mapping[str, NDArray[Any]]) -> Weights:
    """The weights of one file; raises `ValueError` when they do not fit the topics of today."""
    if tuple(str(label) for label in arrays["labels"]) != LEANINGS:
        raise ValueError("leaning: the labels differ from the topics; train again with `python -m benchmarks.train`")
    if arrays["weights"].shape != (PIECES, len(LEANINGS)):
        raise ValueError(f"leaning: weights: allowed is the shape {PIECES}, {len(LEANINGS)}")
    return Weights(
        rarity=arrays["rarity"].astype(np.float32),
        weights=arrays["weights"].astype(np.int8),
        scale=arrays["scale"].astype(np.float32),
        bias=arrays["bias"].astype(np.float32),
    )


def leans(message: Sequence[Token], weights: Weights, skipped: frozenset[int] = frozenset()) -> list[Lean]:
    """The labels that the words of a message lean to, but for those that do not count."""
    if len(message) - len(skipped) < FEWEST:
        return []
    pieces, places = _placed(message, skipped)
    strength = weights.rarity[pieces]
    strength = strength / np.sqrt(strength @ strength + 1e-6)
    says = weights.weights[pieces].astype(np.float32)
    shares = 1 / (1 + np.exp(-(strength @ says * weights.scale + weights.bias)))
    return [
        Lean(
            label=LEANINGS[index],
            share=float(shares[index]),
            places=_tipping(strength * says[:, index], places) if shares[index] >= _QUOTED else _NOWHERE,
        )
        for index in np.flatnonzero(shares >= NOTICED)
    ]


def pieces_of(word: str) -> list[int]:
    """The numbers of a folded word's groups of two to five letters, and of the word."""
    letters = [letter.encode() for letter in f" {word} "]
    found = [crc32(f"={word}".encode()) % PIECES]
    for start in range(len(letters) - 1):
        group = crc32(letters[start])
        for letter in letters[start + 1 : start + LONGEST]:
            group = crc32(letter, group)
            found.append(group % PIECES)
    return found


def _placed(message: Sequence[Token], skipped: frozenset[int]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    first: dict[int, int] = {}
    for place, token in enumerate(message[:_MOST_WORDS]):
        for piece in pieces_of(token.folded) if place not in skipped else ():
            first.setdefault(piece, place)
    return np.fromiter(first.keys(), np.int64, len(first)), np.fromiter(first.values(), np.int64, len(first))


def _tipping(said: NDArray[np.float32], places: NDArray[np.int64]) -> frozenset[int]:
    by_word = np.bincount(places, weights=said)
    return frozenset(int(place) for place in np.flatnonzero(by_word >= _TELLING * by_word.max()))
