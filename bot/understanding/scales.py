"""How much the phrases and the leaning of a message count together, one topic beside the others.

A topic is believed the more, the further it is ahead of its rivals. Trained on messages that neither the
phrases nor the leaning had seen (`benchmarks/weigh.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

#: What is looked at, in this order.
FACTORS: Final = (
    "leaning",
    "said",
    "said_surely",
    "said_enough",
    "said_at_all",
    "both",
    "rival_leaning",
    "rival_said",
    "leaning_first",
    "said_first",
    "said_ahead",
    "leaning_ahead",
    "length",
    "length_said_surely",
    "nothing",
    "contested",
    "enough_alone",
    "enough_listed",
)
SURELY: Final = 0.9
ENOUGH: Final = 0.6
_FLOOR: Final = 1e-3


@dataclass(frozen=True, slots=True, kw_only=True)
class Scales:
    """One number for each factor, and one for all."""

    factors: NDArray[np.float64]
    bias: float

    def weigh(self, told: Told) -> NDArray[np.float64]:
        """How sure each topic is, 0 to 1; .6 is where it is said aloud."""
        sure: NDArray[np.float64] = 1 / (1 + np.exp(-(factors(told) @ self.factors + self.bias)))
        return sure


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a message of so many words and breaks tells, 0 to 1, one number a topic.

    `leaning` by its letters and senses, `said` by its phrases; `contested` is what the phrases say best for another
    topic with some of the same words. `nothing` is how far the message leans to asking for nothing at all.
    """

    leaning: NDArray[np.float64]
    said: NDArray[np.float64]
    contested: NDArray[np.float64]
    nothing: float
    words: int
    breaks: int


def read_scales(table: Mapping[str, Any]) -> Scales:
    """The table of the scales; raises `ValueError` naming the factor that is missing or unknown."""
    given = table.get("factors", {})
    if set(given) != {*FACTORS}:
        wrong = sorted(set(given) ^ {*FACTORS})
        raise ValueError(f"weighing: factors: {', '.join(wrong)}: allowed are exactly {', '.join(FACTORS)}")
    return Scales(factors=np.array([float(given[name]) for name in FACTORS]), bias=float(table["bias"]))


def factors(told: Told) -> NDArray[np.float64]:
    """One row a topic, one column a factor."""
    said, odds = told.said, _odds(told.leaning)
    rival_odds, rival_said = _rivals(odds), _rivals(said)
    length = np.log(told.words + 1)
    surely, enough = (said >= SURELY).astype(float), (said >= ENOUGH).astype(float)
    columns = (
        odds,
        said,
        surely,
        enough,
        (said > 0).astype(float),
        odds * enough,
        rival_odds,
        rival_said,
        (odds == odds.max()).astype(float),
        ((said > 0) & (said == said.max())).astype(float),
        np.maximum(0, said - rival_said),
        odds - rival_odds,
        length,
        surely * length,
        _odds(told.nothing),
        told.contested,
        enough * (told.contested == 0),
        enough * (told.contested == 0) * np.log(told.breaks + 1),
    )
    rows = np.empty((len(said), len(FACTORS)))
    for number, column in enumerate(columns):
        rows[:, number] = column
    return rows


def _odds(shares: NDArray[np.float64] | float) -> NDArray[np.float64]:
    odds: NDArray[np.float64] = np.log((shares + _FLOOR) / (1 - shares + _FLOOR))
    return odds


def _rivals(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """The greatest of all the others, for each."""
    second, first = np.sort(values)[-2:]
    rivals: NDArray[np.float64] = np.where(values == first, second, first)
    return rivals
