"""Which of the nine languages a message is written in, in whatever letters, or none when it is not clear.

Small weights over the pieces of words (leaning.py), trained on the corpus and on some messages in languages that the
bot does not speak (`benchmarks/train.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp, sqrt
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from bot.understanding.leaning import Pieces, in_steps
from bot.understanding.script import Script

#: How sure a language must be, and in how many words at least, to be named.
CLEAR: Final = 0.75
_FEWEST_WORDS: Final = 3
#: The label of every language that the bot does not speak.
OTHER: Final = "other"
TAGS: Final = (*sorted(tag for script in Script for tag in script.languages), OTHER)


@dataclass(frozen=True, slots=True)
class Guess:
    """The likeliest of the nine languages, or none; and whether it is clear enough to be named."""

    likeliest: str | None
    clear: bool

    @property
    def named(self) -> str | None:
        return self.likeliest if self.clear else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Languages:
    """What each piece of a word says for each language (`TAGS`), in steps of `scale`."""

    weights: NDArray[np.int8]
    scale: NDArray[np.float32]
    bias: NDArray[np.float32]

    def guess(self, length: int, script: Script, pieces: Pieces) -> Guess:
        """The language of a message of so many words, most of them in this script, by the pieces of its words."""
        if script is Script.OTHER:
            return Guess(None, False)
        rows = self.weights.take(pieces.numbers, axis=0).astype(np.float32)
        ones = np.empty(len(rows), np.float32)
        ones.fill(1)
        said = ones.dot(rows)  # a sum, and exact: small whole numbers
        odds = (said * (self.scale / sqrt(len(rows))) + self.bias).tolist()
        best = max(odds)
        tag = TAGS[odds.index(best)]
        if tag == OTHER:
            return Guess(None, False)
        return Guess(tag, length >= _FEWEST_WORDS and CLEAR * sum(exp(one - best) for one in odds) <= 1)


def read_languages(arrays: Mapping[str, NDArray[Any]]) -> Languages:
    """The weights of `languages.npz`; raises `ValueError` when they do not fit the languages of today."""
    return Languages(**in_steps(arrays, TAGS, "languages", "they differ from those of the bot"))
