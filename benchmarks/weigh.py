"""Learn how much phrases and leaning count together. Run from the root, after benchmarks.train:

python -m benchmarks.weigh

The leanings are trained without a quarter of the authors of `unread` in corpus/split.toml, and then read them; the
tables were never fitted to these. Writes bot/understanding/tables/leaning/weighing.toml. Takes about a minute a
language and core.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from benchmarks.lessons import languages
from benchmarks.recognise import CORPUS, TABLES, Line, corpus
from benchmarks.train import train
from bot.app.recogniser import read_recogniser
from bot.understanding.leaning import read_weights
from bot.understanding.lexicon import Urgent
from bot.understanding.recognise import ALL, Recogniser
from bot.understanding.scales import FACTORS, SAY, factors
from bot.understanding.urgent import alarm
from bot.understanding.weighing import told_by
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


def main() -> None:
    recogniser, held_out = _recogniser()
    told = [_read(recogniser, line) for line in corpus("train") if line.author in held_out]
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


def _recogniser() -> tuple[Recogniser, frozenset[str]]:
    """One whose leanings never saw a quarter of the authors to whom no table was fitted, and these authors."""
    split = tomllib.loads((CORPUS / "split.toml").read_text("utf-8"))
    held_out = frozenset(author for language in languages() for author in _unread(split, language)[::4])
    names = (*languages(), ALL)
    with ProcessPoolExecutor() as processes:
        trained = processes.map(partial(train, without=held_out), names)
        leanings = {name: read_weights(weights) for name, (_, weights) in zip(names, trained, strict=True)}
    return read_recogniser(leanings), held_out


def _unread(split: Mapping[str, Sequence[str]], language: str) -> Sequence[str]:
    return [one for one in split["unread"] if one.startswith(f"{language}-")]


def _read(recogniser: Recogniser, line: Line) -> Seen:
    reading = recogniser.read(line.text, line.language)
    shares = {lean.label: lean.share for lean in reading.leaning}
    return Seen(
        factors=np.array([*factors(told_by(reading.message, reading.named, reading.leaning), LABELS).values()], float),
        wanted=np.array([topic in line.needs for topic in LABELS]),
        allowed=np.array([topic in line.needs | line.also for topic in LABELS]),
        urgent=line.urgent is not None,
        may_alarm=not line.also.isdisjoint({*Urgent}),
        alarm=alarm(reading.message.tokens, reading.hits) is not None,
        leaning=max(shares.get(kind, 0.0) for kind in Urgent),
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


def _f(seen: Sequence[Seen], shares: Sequence[NDArray[np.float64]], least: float, precision_counts: float = 1) -> float:
    said = [share >= least for share in shares]
    hits = sum(int((one & message.wanted).sum()) for one, message in zip(said, seen, strict=True))
    wrong = sum(int((one & ~message.allowed).sum()) for one, message in zip(said, seen, strict=True))
    missed = sum(int(message.wanted.sum()) for message in seen) - hits
    return (1 + precision_counts) * hits / ((1 + precision_counts) * hits + precision_counts * wrong + missed)


_HEAD: Final = "# How much phrases and leaning count together. Written by `python -m benchmarks.weigh`; see scales.py."

if __name__ == "__main__":
    main()
