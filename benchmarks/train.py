"""Train the leaning of each language from its table and the train authors of the corpus. Run from the root:

python -m benchmarks.train [language ...]

Writes bot/understanding/tables/leaning/<language>.npz. The same tables and corpus give the same weights.
"""

from __future__ import annotations

import random
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.recognise import TABLES, corpus
from bot.understanding.leaning import LEANINGS, PIECES, pieces_of
from bot.understanding.lexicon import Urgent
from bot.understanding.normalise import tokens
from bot.understanding.phrases import Notation

SAMPLES: Final = 5  # how often a phrase of several words is spelled out
FRAME: Final = 0.1  # what a phrase of an emergency weighs: it is met as a whole, its single words say little
EMPTY: Final = 2000  # how many messages of small words a language learns from
ROUNDS: Final = 12
PACE: Final = 0.5
SHRINK: Final = 1e-4
RARE: Final = 4.0  # what a label that holds weighs against one that does not
MESSAGE: Final = 3.0  # what a message of the corpus weighs against a phrase of the table
STRENGTH: Final = {"strong": 1.0, "phrases": 0.8, "weak": 0.4}
NUMBERS: Final = {label: number for number, label in enumerate(LEANINGS)}


@dataclass(frozen=True, slots=True)
class Example:
    """A text with its labels, and how much it counts."""

    text: str
    labels: frozenset[str]
    weight: float


def main() -> None:
    for language in sys.argv[1:] or sorted(path.stem for path in TABLES.glob("*.toml") if path.stem != "languages"):
        chance = random.Random(1)
        examples = [*_messages(language), *_phrases(language, chance), *_small_words(language, chance)]
        path = TABLES / "leaning" / f"{language}.npz"
        path.parent.mkdir(exist_ok=True)
        np.savez_compressed(path, allow_pickle=False, **_trained(examples))
        print(f"{language}: {len(examples)} examples, {path.stat().st_size / 1024:.0f} kB")


def _messages(language: str) -> Iterator[Example]:
    for line in corpus("train"):
        if line.language == language:
            yield Example(line.text, line.needs | ({line.urgent} if line.urgent else frozenset()), MESSAGE)


def _small_words(language: str, chance: random.Random) -> Iterator[Example]:
    """Words without meaning beside a person, as in "my brother comes too": they say nothing at all."""
    table = tomllib.loads((TABLES / f"{language}.toml").read_text("utf-8"))
    small = " ".join(table["words"].get(key, "") for key in ("filler", "denials")).split()
    real = table["words"].get("real", "").split() or small
    close = [word.text for people in Notation(table["groups"]).read("{kin}") for word in people.slots[0]]
    for _ in range(EMPTY):
        words = [*chance.choices(small, k=chance.randint(2, 5)), chance.choice(close), chance.choice(real)]
        chance.shuffle(words)
        yield Example(" ".join(words), frozenset(), 1.0)


def _phrases(language: str, chance: random.Random) -> Iterator[Example]:
    table: Mapping[str, Any] = tomllib.loads((TABLES / f"{language}.toml").read_text("utf-8"))
    notation = Notation(table.get("groups", {}))
    for word in " ".join(table.get("words", {}).values()).split():
        yield Example(word, frozenset(), STRENGTH["weak"])
    for topic, lists in table.get("topic", {}).items():
        for strength, lines in lists.items():
            yield from _spelled_out(lines, notation, frozenset({topic}), STRENGTH[strength], chance)
    for key, lines in table.get("urgent", {}).items():
        labels = frozenset({key}) if key in {*Urgent} else frozenset[str]()
        yield from _spelled_out(lines, notation, labels, FRAME, chance)


def _spelled_out(
    lines: str, notation: Notation, labels: frozenset[str], weight: float, chance: random.Random
) -> Iterator[Example]:
    for line in filter(None, (line.partition("#")[0].strip() for line in lines.splitlines())):
        for pattern in notation.read(line):
            if len(pattern.slots) == 1:
                for word in pattern.slots[0]:
                    yield Example(word.text, labels, weight)
                continue
            for _ in range(SAMPLES):
                words = [chance.choice(slot).text for slot in pattern.slots]
                chance.shuffle(words)
                yield Example(" ".join(words), labels, weight)


def _trained(examples: Sequence[Example]) -> dict[str, NDArray[Any]]:
    """Logistic regression by AdaGrad, one example at a time; the weights in eight bits."""
    pieces = [_pieces(example.text) for example in examples]
    rarity = _rarity(pieces)
    strengths = [_unit(rarity[piece]) for piece in pieces]
    weights, bias = np.zeros((PIECES, len(LEANINGS)), np.float32), np.full(len(LEANINGS), -3.0, np.float32)
    moved, moved_bias = np.full_like(weights, 1e-6), np.full_like(bias, 1e-6)
    order, chance = list(range(len(examples))), random.Random(2)
    for _ in range(ROUNDS):
        chance.shuffle(order)
        for number in order:
            at, strength, wanted = pieces[number], strengths[number], _wanted(examples[number])
            error = 1 / (1 + np.exp(-(strength @ weights[at] + bias))) - wanted
            error *= examples[number].weight * np.where(wanted > 0, RARE, 1)
            slope = strength[:, None] * error[None, :] + SHRINK * weights[at]
            moved[at] += slope * slope
            weights[at] -= PACE * slope / np.sqrt(moved[at])
            moved_bias += error * error
            bias -= 0.2 * PACE * error / np.sqrt(moved_bias)
    scale = np.maximum(np.abs(weights).max(axis=0) / 127, 1e-6).astype(np.float32)
    return {
        "labels": np.array(LEANINGS),
        "weights": np.round(weights / scale).astype(np.int8),
        "scale": scale,
        "bias": bias,
        "rarity": rarity.astype(np.float16),
    }


def _pieces(text: str) -> NDArray[np.int64]:
    return np.unique(np.array([piece for token in tokens(text) for piece in pieces_of(token.folded)], np.int64))


def _rarity(pieces: Sequence[NDArray[np.int64]]) -> NDArray[np.float32]:
    counts = np.bincount(np.concatenate(pieces), minlength=PIECES) + 1
    return np.clip(np.log(len(pieces) / counts), 0, 8).astype(np.float32)


def _unit(strength: NDArray[np.float32]) -> NDArray[np.float32]:
    return strength / np.float32(np.linalg.norm(strength) + 1e-6)


def _wanted(example: Example) -> NDArray[np.float32]:
    wanted = np.zeros(len(LEANINGS), np.float32)
    wanted[[NUMBERS[label] for label in example.labels]] = 1
    return wanted


if __name__ == "__main__":
    main()
