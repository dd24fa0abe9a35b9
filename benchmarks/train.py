"""Train the leaning of each language from its table and the train authors of the corpus. Run from the root:

python -m benchmarks.train [language ...]

Writes bot/understanding/tables/leaning/<language>.npz. The same tables and corpus give the same weights.
"""

from __future__ import annotations

import random
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from benchmarks.recognise import CORPUS, TABLES, corpus
from bot.i18n.languages import BY_TAG
from bot.understanding.leaning import LEANINGS, NOTHING, PIECES, pieces_of
from bot.understanding.lexicon import Urgent
from bot.understanding.normalise import tokens
from bot.understanding.phrases import Notation

SAMPLES: Final = 3  # how often a phrase of several words is spelled out
FRAME: Final = 0.1  # what a phrase of an emergency weighs: it is met as a whole, its single words say little
EMPTY: Final = 2000  # how many messages of small words a language learns from
FREEDOM: Final = 5.0
NEVER: Final = -6.0  # of a label without an example
RARE: Final = 16.0  # what a label that holds weighs against one that does not
MESSAGE: Final = 1.0  # what a message of the corpus weighs against a phrase of the table
OFTEN: Final = 2.0  # the same for messages that ask for nothing: there are many
SILENT: Final = frozenset({NOTHING})
GROUP: Final = 0.3  # what a single word of a group weighs
STRENGTH: Final = {"strong": 1.0, "phrases": 0.8, "weak": 0.4}


@dataclass(frozen=True, slots=True)
class Example:
    """A text with its labels, and how much it counts."""

    text: str
    labels: frozenset[str]
    weight: float


def main() -> None:
    for language in sys.argv[1:] or languages():
        chance = random.Random(1)
        examples = [*messages(language), *vocabulary(language, chance)]
        path = TABLES / "leaning" / f"{language}.npz"
        path.parent.mkdir(exist_ok=True)
        np.savez_compressed(path, allow_pickle=False, **trained(examples))
        print(f"{language}: {len(examples)} examples, {path.stat().st_size / 1024:.0f} kB")


def languages() -> list[str]:
    """The languages that have a table."""
    return sorted(path.stem for path in TABLES.glob("*.toml") if path.stem in BY_TAG)


def messages(language: str, without: Set[str] = frozenset()) -> Iterator[Example]:
    """The train authors' messages, but for some authors."""
    for line in corpus("train"):
        if line.language == language and line.author not in without:
            labels = line.needs | ({line.urgent} if line.urgent else frozenset())
            yield Example(line.text, labels or SILENT, MESSAGE)


def vocabulary(language: str, chance: random.Random) -> Iterator[Example]:
    """The phrases of the table, the words by what they are about, and words that say nothing."""
    yield from _phrases(language, chance)
    yield from _words_of_groups(language)
    yield from _small_words(language, chance)


def _words_of_groups(language: str) -> Iterator[Example]:
    path = CORPUS / "words" / f"{language}.toml"
    groups = tomllib.loads(path.read_text("utf-8")) if path.exists() else {}
    for group in groups.values():
        labels = frozenset({group["topic"] or NOTHING})
        for word in group["words"].replace("\n", "|").split("|"):
            if plain := word.replace("*", "").replace("-", " ").strip():
                yield Example(plain, labels, GROUP)


def _small_words(language: str, chance: random.Random) -> Iterator[Example]:
    """Words without meaning beside a person, as in "my brother comes too": they say nothing at all."""
    table = tomllib.loads((TABLES / f"{language}.toml").read_text("utf-8"))
    small = " ".join(table["words"].get(key, "") for key in ("filler", "denials")).split()
    real = table["words"].get("real", "").split() or small
    close = [word.text for people in Notation(table["groups"]).read("{kin}") for word in people.slots[0]]
    for _ in range(EMPTY):
        words = [*chance.choices(small, k=chance.randint(2, 5)), chance.choice(close), chance.choice(real)]
        chance.shuffle(words)
        yield Example(" ".join(words), SILENT, 1.0)


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


def trained(examples: Sequence[Example]) -> dict[str, NDArray[Any]]:
    """Logistic regression, one label against the others; the weights in eight bits."""
    pieces = [_pieces(example.text) for example in examples]
    rarity = _rarity(pieces)
    features = _strengths(pieces, rarity)
    given = np.array([example.weight for example in examples])
    weights, bias = np.zeros((PIECES, len(LEANINGS)), np.float32), np.full(len(LEANINGS), NEVER, np.float32)
    for number, label in enumerate(LEANINGS):
        wanted = np.array([label in example.labels for example in examples])
        if wanted.any():
            model = LogisticRegression(C=FREEDOM, solver="liblinear", tol=0.01, random_state=1)
            rare = OFTEN if label == NOTHING else RARE
            model.fit(features, wanted, sample_weight=given * np.where(wanted, rare, 1))
            weights[:, number], bias[number] = model.coef_[0], model.intercept_[0]
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
    counts = np.bincount(np.concatenate(pieces), minlength=PIECES)
    return (np.log((1 + len(pieces)) / (1 + counts)) + 1).astype(np.float32)


def _strengths(pieces: Sequence[NDArray[np.int64]], rarity: NDArray[np.float32]) -> csr_matrix:
    """One row an example, its pieces by their rarity, of length one."""
    ends = np.cumsum([0, *map(len, pieces)])
    strengths = [rarity[piece] / np.float32(np.linalg.norm(rarity[piece]) + 1e-6) for piece in pieces]
    return csr_matrix((np.concatenate(strengths), np.concatenate(pieces), ends), shape=(len(pieces), PIECES))


if __name__ == "__main__":
    main()
