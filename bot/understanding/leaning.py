"""What a message leans to where no phrase of the tables was met: small weights over pieces of words and over senses.

Trained from our own tables and corpus (`benchmarks/train.py`): one set of weights a language over the letters of its
words, and one for all languages over what the words are about. It only ever adds to what the tables find, and it
names the words that tipped it.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import pairwise
from math import exp, log, sqrt
from typing import Any, Final, NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from bot.understanding.lexicon import Urgent
from bot.understanding.normalise import Token
from bot.vocabulary.topics import LABELS

PIECES: Final = 1 << 18
_MASK: Final = np.uint32(PIECES - 1)
_SHORTEST: Final = 2
LONGEST: Final = 5
_BEGINNING: Final = 5
#: In this order the labels stand in the weights; the last is that a message asks for nothing.
NOTHING: Final = "nothing"
LEANINGS: Final = (*LABELS, *(kind.value for kind in Urgent), NOTHING)
#: A leaning below this is not looked at, nor that of a message of fewer words.
NOTICED: Final = 0.01
FEWEST: Final = 3
_NOTICED: Final = log(NOTICED / (1 - NOTICED))
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
_BY_LETTERS: Final = _ALL - _BY_SENSES
_TELLING: Final = 0.35  # of the most telling word's share


class Pieces(NamedTuple):
    """What of a message is weighed: numbers, each once, and for each the place of the first word that it comes from.

    The places are worked out when somebody asks, and of few messages anybody does.
    """

    numbers: NDArray[np.int64]
    places: Callable[[], Sequence[int]]

    @classmethod
    def of(cls, placed: Mapping[int, int]) -> Pieces:
        """Pieces whose places are known."""
        return cls(np.fromiter(placed, np.int64, len(placed)), lambda: [*placed.values()])


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """One language: how rare each piece is, and what it says for each label, in steps of `scale`."""

    rarity: NDArray[np.float32]
    weights: NDArray[np.int8]
    scale: NDArray[np.float32]
    bias: NDArray[np.float32]


class Lean(NamedTuple):  # quicker to make than a dataclass, and a message has many
    """How far a message leans to a label, 0 to 1."""

    label: str
    share: float
    tipped_by: Callable[[str], frozenset[int]]

    @property
    def places(self) -> frozenset[int]:
        """The places of the words that tip it: worked out when somebody asks, and of few labels anybody does."""
        return self.tipped_by(self.label)


def read_weights(arrays: Mapping[str, NDArray[Any]]) -> Weights:
    """The weights of one file; raises `ValueError` when they do not fit the topics of today."""
    steps = in_steps(arrays, LEANINGS, "leaning", "the labels differ from the topics")
    return Weights(rarity=arrays["rarity"].astype(np.float32), **steps)


def in_steps(arrays: Mapping[str, NDArray[Any]], labels: Sequence[str], what: str, differ: str) -> dict[str, Any]:
    """Weights of every piece for some labels, in steps of `scale`, and their bias; `ValueError` if others are kept."""
    if tuple(str(label) for label in arrays["labels"]) != tuple(labels):
        raise ValueError(f"{what}: {differ}; train again with `python -m benchmarks.train`")
    weights = arrays["weights"]  # unpacked anew each time it is asked for
    if weights.shape != (PIECES, len(labels)):
        raise ValueError(f"{what}: weights: allowed is the shape {PIECES}, {len(labels)}")
    return {
        "weights": weights.astype(np.int8, copy=False),
        "scale": arrays["scale"].astype(np.float32),
        "bias": arrays["bias"].astype(np.float32),
    }


def leans(letters: Pieces, own: Weights, senses: Pieces | None = None, shared: Weights | None = None) -> list[Lean]:
    """The labels that a message leans to: the mean of the odds by letters and by senses; without senses the letters."""
    if not len(letters.numbers):
        return []
    if senses and shared and len(senses.numbers):
        saying = [_saying(_BY_LETTERS, letters, own), _saying(_BY_SENSES, senses, shared)]
        odds = saying[0].odds * _BY_LETTERS + saying[1].odds * _BY_SENSES
    else:
        saying = [_saying(_ALL, letters, own)]
        odds = saying[0].odds
    tipped_by = partial(_tipping, saying)
    return [
        Lean(label, 1 / (1 + exp(-one)), tipped_by)
        for label, one in zip(LEANINGS, odds.tolist(), strict=True)
        if one >= _NOTICED
    ]


class _Saying(NamedTuple):
    """How far pieces count for each label, how strong each is, what it says for each, and the odds from all."""

    counts: NDArray[np.float32]
    pieces: Pieces
    strength: NDArray[np.float32]
    says: NDArray[np.float32]
    scale: NDArray[np.float32]
    odds: NDArray[np.float32]

    def by_piece(self, label: int) -> NDArray[np.float32]:
        """What each piece says of one label."""
        said: NDArray[np.float32] = self.strength * self.says[:, label] * (self.scale[label] * self.counts[label])
        return said


def _saying(counts: NDArray[np.float32], pieces: Pieces, weights: Weights) -> _Saying:
    strength = weights.rarity.take(pieces.numbers)
    strength /= sqrt(strength.dot(strength) + 1e-6)
    says = weights.weights.take(pieces.numbers, axis=0).astype(np.float32)
    odds = np.minimum(np.maximum(strength.dot(says) * weights.scale + weights.bias, -_SUREST), _SUREST)
    return _Saying(counts, pieces, strength, says, weights.scale, odds)


@lru_cache(1 << 14)  # most words of most messages are the same few thousand
def pieces_of(word: str) -> bytes:
    """The checksums of a folded word and of its groups of two to five letters, in four bytes each."""
    padded = f" {word} "
    whole = padded.encode()
    groups = _groups(len(padded))
    if len(whole) == len(padded):
        found = [crc32(whole[group]) for group in groups]
    else:
        found = [crc32(padded[group].encode()) for group in groups]
    found.append(crc32(b"=" + whole[1:-1]))
    return array("I", found).tobytes()


@lru_cache(64)
def _groups(letters: int) -> Sequence[slice]:
    """Where the groups of letters stand in a word of so many."""
    return tuple(
        slice(start, end)
        for start in range(letters - 1)
        for end in range(start + _SHORTEST, min(start + LONGEST, letters) + 1)
    )


def pieces_in(message: Sequence[Token], skipped: frozenset[int] = frozenset()) -> Pieces:
    """The pieces of the words of a message, and every two words in a row, but for those that do not count."""
    words = [token.folded for token in message[:MOST_WORDS]]
    by_word = [pieces_of(word) for place, word in enumerate(words) if place not in skipped]
    found = _numbers(b"".join((*by_word, array("I", _pairs(words, skipped).values()).tobytes())))
    found.sort()
    first = np.empty(len(found), bool)
    first[:1] = True
    np.not_equal(found[1:], found[:-1], out=first[1:])
    numbers = found[first].astype(np.int64)
    return Pieces(numbers, partial(_places, numbers, words, skipped))


def _pairs(words: Sequence[str], skipped: frozenset[int]) -> Mapping[int, int]:
    """The checksums of every two words in a row, by the place of the first."""
    return {
        place: crc32(f"{one[:_BEGINNING]}_{next_one[:_BEGINNING]}".encode())
        for place, (one, next_one) in enumerate(pairwise(words))
        if not skipped or (place not in skipped and place + 1 not in skipped)
    }


def _numbers(checksums: bytes) -> NDArray[np.uint32]:
    return np.frombuffer(checksums, np.uint32) & _MASK


def _places(numbers: NDArray[np.int64], words: Sequence[str], skipped: frozenset[int]) -> Sequence[int]:
    first: dict[int, int] = {}
    pairs = _pairs(words, skipped)
    for place, word in enumerate(words):
        if place not in skipped:
            for piece in _numbers(pieces_of(word)).tolist():
                first.setdefault(piece, place)
            if place in pairs:
                first.setdefault(pairs[place] % PIECES, place)
    return [first[piece] for piece in numbers.tolist()]


def _tipping(saying: Sequence[_Saying], label: str) -> frozenset[int]:
    """The places of the words that tip a label."""
    index = LEANINGS.index(label)
    by_word = np.bincount(
        [place for one in saying for place in one.pieces.places()],
        weights=np.concatenate([one.by_piece(index) for one in saying]),
    )
    most = by_word.max()
    return frozenset(np.flatnonzero(by_word >= min(most, _TELLING * most)).tolist())
