"""Learn how much phrases and leaning count together. Run from the root, after benchmarks.train:

python -m benchmarks.weigh [language ...]

The leaning is trained without half of the authors of `unread` in corpus/split.toml, and then reads them; the tables
were never fitted to these. Writes bot/understanding/tables/leaning/weighing.toml. Takes about a minute a language.
"""

from __future__ import annotations

import random
import sys
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from benchmarks.recognise import CORPUS, TABLES, Line, corpus
from benchmarks.train import languages, messages, trained, vocabulary
from bot.app.house import read_recogniser
from bot.understanding.leaning import NOTHING, Weights, leans, read_weights
from bot.understanding.lexicon import Urgent
from bot.understanding.normalise import tokens
from bot.understanding.recognise import SAY, Recogniser
from bot.understanding.scales import FACTORS, factors
from bot.vocabulary.topics import LABELS

#: A wrong topic leads to a wrong desk; where nothing is said the bot asks back. So being right counts twice.
PRECISION_COUNTS: Final = 2.0
TARGET: Final = TABLES / "leaning" / "weighing.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One message: its factors a topic, and the topics that it should give and may give."""

    factors: NDArray[np.float64]
    wanted: NDArray[np.bool_]
    allowed: NDArray[np.bool_]
    urgent: bool
    may_alarm: bool
    alarm: bool
    leaning: float
    words: int


def main() -> None:
    recogniser = read_recogniser(leaning=False)
    told = [one for language in sys.argv[1:] or languages() for one in _seen(recogniser, language)]
    _print_alarms(told)
    seen = [one for one in told if not one.urgent]
    model = LogisticRegression(max_iter=2000)
    model.fit(np.concatenate([one.factors for one in seen]), np.concatenate([one.wanted for one in seen]))
    bias = float(model.intercept_[0])
    shares = [1 / (1 + np.exp(-(one.factors @ model.coef_[0] + bias))) for one in seen]
    least = max(np.arange(0.15, 0.7, 0.01), key=lambda share: _f(seen, shares, share, PRECISION_COUNTS))
    print(f"{len(seen)} messages; F1 {_f(seen, shares, least):.3f} from {least:.2f} on, which becomes {SAY}")
    shifted = bias + np.log(SAY / (1 - SAY)) - np.log(least / (1 - least))
    lines = [f"{name} = {factor:.4f}" for name, factor in zip(FACTORS, model.coef_[0], strict=True)]
    TARGET.write_text("\n".join([_HEAD, f"bias = {shifted:.4f}", "", "[factors]", *lines, ""]), encoding="utf-8")


def _seen(recogniser: Recogniser, language: str) -> Iterator[Seen]:
    split = tomllib.loads((CORPUS / "split.toml").read_text("utf-8"))
    authors = frozenset([one for one in split["unread"] if one.startswith(f"{language}-")][::2])
    chance = random.Random(1)
    weights = read_weights(trained([*messages(language, authors), *vocabulary(language, chance)]))
    for line in corpus("train"):
        if line.author in authors:
            yield _read(recogniser, weights, line)


def _read(recogniser: Recogniser, weights: Weights, line: Line) -> Seen:
    message = tokens(line.text)
    shares = {lean.label: lean.share for lean in leans(message, weights)}
    said = {need.topic: need.score for need in recogniser.candidates(line.text, line.language, most=len(LABELS))}
    return Seen(
        factors=factors(_by_topic(shares), _by_topic(said), shares.get(NOTHING, 0.0), len(message)),
        wanted=np.array([topic in line.needs for topic in LABELS]),
        allowed=np.array([topic in line.needs | line.also for topic in LABELS]),
        urgent=line.urgent is not None,
        may_alarm=not line.also.isdisjoint({*Urgent}),
        alarm=recogniser.recognise(line.text, line.language).urgent is not None,
        leaning=max(shares.get(kind, 0.0) for kind in Urgent),
        words=len(message),
    )


def _print_alarms(told: Sequence[Seen]) -> None:
    """What an alarm from some share on would find and would cost, for choosing the bounds of urgent.py."""
    urgent = [one for one in told if one.urgent]
    calm = [one for one in told if not one.urgent and not one.may_alarm]
    print("phrases need | leaning alone | emergencies found | false alarms")
    for needed in (0.0, 0.02, 0.05, 0.1):
        for alone in (0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.7):
            shares = [
                np.mean([(one.alarm and one.leaning >= needed) or one.leaning >= alone for one in part])
                for part in (urgent, calm)
            ]
            print(f"{needed:12} | {alone:13} | {shares[0]:17.3f} | {shares[1]:.3f}")


def _by_topic(values: dict[str, float]) -> NDArray[np.float64]:
    return np.array([values.get(topic, 0.0) for topic in LABELS])


def _f(seen: Sequence[Seen], shares: Sequence[NDArray[np.float64]], least: float, precision_counts: float = 1) -> float:
    said = [share >= least for share in shares]
    hits = sum(int((one & message.wanted).sum()) for one, message in zip(said, seen, strict=True))
    wrong = sum(int((one & ~message.allowed).sum()) for one, message in zip(said, seen, strict=True))
    missed = sum(int(message.wanted.sum()) for message in seen) - hits
    return (1 + precision_counts) * hits / ((1 + precision_counts) * hits + precision_counts * wrong + missed)


_HEAD: Final = "# How much phrases and leaning count together. Written by `python -m benchmarks.weigh`; see scales.py."

if __name__ == "__main__":
    main()
