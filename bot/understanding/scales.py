"""How much the phrases and the leaning of a message count together, one topic beside the others.

A topic is believed the more, the further it is ahead of its rivals. Trained on messages that neither the
phrases nor the leaning had seen (`benchmarks/weigh.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import exp, log
from operator import mul
from typing import Any, Final

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
#: From here on a need is said aloud; below it is offered to choose from.
SAY: Final = 0.6
SURELY: Final = 0.9
ENOUGH: Final = 0.6
_FLOOR: Final = 1e-3


@dataclass(frozen=True, slots=True, kw_only=True)
class Scales:
    """One number for each factor, and one for all."""

    factors: Sequence[float]
    bias: float

    def weigh(self, told: Told, topics: Iterable[str]) -> Mapping[str, float]:
        """How sure each of these topics is, 0 to 1."""
        return {
            topic: 1 / (1 + exp(-sum(map(mul, row, self.factors), self.bias)))
            for topic, row in factors(told, topics).items()
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a message of so many words and breaks tells of topics, 0 to 1; of a topic that is missing nothing.

    `leaning` by its letters and senses, `said` by its phrases; `contested` is what the phrases say best for another
    topic with some of the same words. `nothing` is how far the message leans to asking for nothing at all.
    """

    leaning: Mapping[str, float]
    said: Mapping[str, float]
    contested: Mapping[str, float]
    nothing: float
    words: int
    breaks: int


def read_scales(table: Mapping[str, Any]) -> Scales:
    """The table of the scales; raises `ValueError` naming the factor that is missing or unknown."""
    given = table.get("factors", {})
    if set(given) != {*FACTORS}:
        wrong = sorted(set(given) ^ {*FACTORS})
        raise ValueError(f"weighing: factors: {', '.join(wrong)}: allowed are exactly {', '.join(FACTORS)}")
    return Scales(factors=[float(given[name]) for name in FACTORS], bias=float(table["bias"]))


def factors(told: Told, topics: Iterable[str]) -> Mapping[str, tuple[float, ...]]:
    """For each topic one number a factor. A message has few topics, so plain numbers are quicker than arrays."""
    known = {topic: _odds(share) for topic, share in told.leaning.items()}
    *_, second_odds, first_odds = sorted((*known.values(), _LEAST, _LEAST))
    *_, second_said, first_said = sorted((*told.said.values(), 0.0, 0.0))
    length, breaks, nothing = log(told.words + 1), log(told.breaks + 1), _odds(told.nothing)

    def row(topic: str) -> tuple[float, ...]:
        said, odds, contested = told.said.get(topic, 0.0), known.get(topic, _LEAST), told.contested.get(topic, 0.0)
        rival_odds = second_odds if odds == first_odds else first_odds
        rival_said = second_said if said == first_said else first_said
        surely, enough = said >= SURELY, said >= ENOUGH
        alone = enough and not contested
        return (
            odds,
            said,
            surely,
            enough,
            said > 0,
            odds * enough,
            rival_odds,
            rival_said,
            odds == first_odds,
            0 < said == first_said,
            max(0.0, said - rival_said),
            odds - rival_odds,
            length,
            surely * length,
            nothing,
            contested,
            alone,
            alone * breaks,
        )

    return {topic: row(topic) for topic in topics}


def _odds(share: float) -> float:
    return log((share + _FLOOR) / (1 - share + _FLOOR))


_LEAST: Final = _odds(0.0)
