"""What a message leans to where no phrase of the tables was met: small weights over pieces of words and over senses.

Trained from our own tables and corpus (`benchmarks/train.py`): one set of weights a language over the letters of its
words, and one for all languages over what the words are about. It only ever adds to what the tables find, and it
names the words that tipped it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import Any, Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from bot.understanding.lexicon import Urgent
from bot.understanding.normalise import Token
from bot.vocabulary.topics import LABELS

PIECES: Final = 1 << 18
LONGEST: Final = 5
_BEGINNING: Final = 5
#: The numbers of what is weighed, each with the place of the word that it comes from.
Pieces = Mapping[int, int]
#: In this order the labels stand in the weights; the last is that a message asks for nothing.
NOTHING: Final = "nothing"
LEANINGS: Final = (*LABELS, *(kind.value for kind in Urgent), NOTHING)
#: A leaning below this is not looked at, nor that of a message of fewer words.
NOTICED: Final = 0.01
FEWEST: Final = 3
#: What the senses count beside the letters: less where it is urgent, what happens now is told by small words.
BY_SENSES: Final = 0.4
BY_SENSES_IF_URGENT: Final = 0.3
_SUREST: Final = 6.9  # in odds: one of a thousand is as sure as anything gets
#: So many words of a message are looked at.
MOST_WORDS: Final = 60
_ALL: Final = np.ones(len(LEANINGS), np.float32)
_BY_SENSES: Final = np.array(
    [BY_SENSES_IF_URGENT if label in {*Urgent} else BY_SENSES for label in LEANINGS], np.float32
)
_NOTHING_SAID: Final[Pieces] = {}
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
    """How far a message leans to a label, 0 to 1."""

    label: str
    share: float
    tipped_by: Callable[[], frozenset[int]] = field(compare=False)

    @property
    def places(self) -> frozenset[int]:
        """The places of the words that tip it: worked out when somebody asks, and of few labels anybody does."""
        return self.tipped_by()


def read_weights(arrays: Mapping[str, NDArray[Any]]) -> Weights:
    """The weights of one file; raises `ValueError` when they do not fit the topics of today."""
    steps = in_steps(arrays, LEANINGS, "leaning", "the labels differ from the topics")
    return Weights(rarity=arrays["rarity"].astype(np.float32), **steps)


def in_steps(arrays: Mapping[str, NDArray[Any]], labels: Sequence[str], what: str, differ: str) -> dict[str, Any]:
    """Weights of every piece for some labels, in steps of `scale`, and their bias; `ValueError` if others are kept."""
    if tuple(str(label) for label in arrays["labels"]) != tuple(labels):
        raise ValueError(f"{what}: {differ}; train again with `python -m benchmarks.train`")
    if arrays["weights"].shape != (PIECES, len(labels)):
        raise ValueError(f"{what}: weights: allowed is the shape {PIECES}, {len(labels)}")
    return {
        "weights": arrays["weights"].astype(np.int8),
        "scale": arrays["scale"].astype(np.float32),
        "bias": arrays["bias"].astype(np.float32),
    }


def leans(letters: Pieces, own: Weights, senses: Pieces = _NOTHING_SAID, shared: Weights | None = None) -> list[Lean]:
    """The labels that a message leans to: the mean of the odds by letters and by senses; without senses the letters."""
    if not letters:
        return []
    says = [(_ALL, _Saying.of(letters, own))]
    if senses and shared:
        says = [(_ALL - _BY_SENSES, says[0][1]), (_BY_SENSES, _Saying.of(senses, shared))]
    shares = 1 / (1 + np.exp(-sum(part * one.odds for part, one in says)))
    return [
        Lean(label=LEANINGS[index], share=share, tipped_by=partial(_tipping, says, index))
        for index, share in enumerate(shares.tolist())
        if share >= NOTICED
    ]


@dataclass(frozen=True, slots=True)
class _Saying:
    """How strong each piece is, where it stands and what it says for each label; and the odds of each from all."""

    pieces: Pieces
    strength: NDArray[np.float32]
    says: NDArray[np.float32]
    scale: NDArray[np.float32]
    odds: NDArray[np.float32]

    @classmethod
    def of(cls, pieces: Pieces, weights: Weights) -> _Saying:
        numbers = np.fromiter(pieces.keys(), np.int64, len(pieces))
        strength = weights.rarity.take(numbers)
        strength = strength / np.sqrt(strength @ strength + 1e-6)
        says = weights.weights.take(numbers, axis=0).astype(np.float32)
        odds = np.minimum(np.maximum(strength @ says * weights.scale + weights.bias, -_SUREST), _SUREST)
        return cls(pieces, strength, says, weights.scale, odds)

    def by_piece(self, label: int) -> NDArray[np.float32]:
        """What each piece says of one label."""
        said: NDArray[np.float32] = self.strength * self.says[:, label] * self.scale[label]
        return said


@lru_cache(4096)  # most words of most messages are the same few
def pieces_of(word: str) -> tuple[int, ...]:
    """The numbers of a folded word's groups of two to five letters, and of the word."""
    letters = [letter.encode() for letter in f" {word} "]
    found = [crc32(f"={word}".encode()) % PIECES]
    for start in range(len(letters) - 1):
        group = crc32(letters[start])
        for letter in letters[start + 1 : start + LONGEST]:
            group = crc32(letter, group)
            found.append(group % PIECES)
    return tuple(found)


def pieces_in(message: Sequence[Token], skipped: frozenset[int] = frozenset()) -> Pieces:
    """The pieces of the words of a message, and every two words in a row, but for those that do not count."""
    first: dict[int, int] = {}
    after = ""
    for place in reversed(range(min(len(message), MOST_WORDS))):
        if place in skipped:
            after = ""
            continue
        word = message[place].folded
        first.update(dict.fromkeys(pieces_of(word), place))
        beginning = word[:_BEGINNING]
        if after:
            first[crc32(f"{beginning}_{after}".encode()) % PIECES] = place
        after = beginning
    return first


def _tipping(says: Sequence[tuple[NDArray[np.float32], _Saying]], label: int) -> frozenset[int]:
    """The places of the words that tip a label."""
    by_word = np.bincount(
        [place for _, one in says for place in one.pieces.values()],
        weights=np.concatenate([part[label] * one.by_piece(label) for part, one in says]),
    )
    most = by_word.max()
    return frozenset(np.flatnonzero(by_word >= min(most, _TELLING * most)).tolist())
