"""Train the leanings from the tables and the train authors of the corpus. Run from the root:

python -m benchmarks.train [language ... | senses | languages]

Writes bot/understanding/tables/leaning/<language>.npz over the letters of each language, senses.npz over the
senses of all with their words in tables/senses/<language>.npz, and tables/languages.npz, which tells the languages
apart. The same tables and corpus give the same weights.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from benchmarks.lessons import SENSE, Example, labelled_senses, languages, messages, of_languages, of_sister, vocabulary
from benchmarks.recognise import TABLES
from bot.app.recogniser import read_all_senses, read_all_tables, runs_of_senses
from bot.understanding.language import TAGS
from bot.understanding.leaning import LEANINGS, NOTHING, PIECES, pieces_in
from bot.understanding.normalise import tokens
from bot.understanding.recognise import ALL
from bot.understanding.senses import Senses, packed, pieces_of_senses, senses_in

FREEDOM: Final = 5.0
NEVER: Final = -6.0  # of a label without an example
RARE: Final = 6.0  # what a label that holds weighs against one that does not
OFTEN: Final = 2.0  # the same for messages that ask for nothing: there are many
APART: Final = "languages"
APART_FREEDOM: Final = 10.0
SEEN_TWICE: Final = 2  # two senses that met in one message only say nothing

#: What of a text is weighed.
Cut = Callable[[Example], NDArray[np.int64]]


def main() -> None:
    for name in sys.argv[1:] or [*languages(), ALL, APART]:
        if name == ALL:
            pack_senses()
        examples, weights = told_apart() if name == APART else train(name)
        path = TABLES / f"{name}.npz" if name == APART else TABLES / "leaning" / f"{name}.npz"
        path.parent.mkdir(exist_ok=True)
        np.savez_compressed(path, allow_pickle=False, **weights)
        print(f"{name}: {examples} examples, {path.stat().st_size / 1024:.0f} kB")


def train(name: str, without: Set[str] = frozenset()) -> tuple[int, dict[str, NDArray[Any]]]:
    """How many examples there were and the weights, but for some authors; of a language, or `senses` of all."""
    if name == ALL:
        examples = [example for language in languages() for example in messages(language, without)]
        return len(examples), trained(
            [*examples, *_single_senses()], by_senses(read_all_senses(read_all_tables())), SEEN_TWICE
        )
    examples = [*messages(name, without), *of_sister(name, without), *vocabulary(name, random.Random(1))]
    return len(examples), trained(examples, by_letters)


def pack_senses() -> None:
    """The words of the senses, folded and numbered."""
    for path in sorted((TABLES / "senses").glob("*.toml")):
        np.savez_compressed(path.with_suffix(".npz"), allow_pickle=False, **packed(runs_of_senses(path.stem)))


def told_apart() -> tuple[int, dict[str, NDArray[Any]]]:
    """How many messages there were, and what each piece of a word says for each language."""
    texts = [*of_languages(random.Random(1))]
    pieces = [pieces_in(tokens(text)).numbers for _, text, _ in texts]
    model = LogisticRegression(C=APART_FREEDOM, max_iter=300, tol=0.001)
    labels = np.array([TAGS.index(tag) for tag, *_ in texts])
    model.fit(_rows(pieces, np.ones(PIECES, np.float32)), labels, sample_weight=[weight for *_, weight in texts])
    return len(texts), _in_steps(TAGS, model.coef_.T, model.intercept_.astype(np.float32))


def by_letters(example: Example) -> NDArray[np.int64]:
    return pieces_in(tokens(example.text)).numbers


def by_senses(senses: Mapping[str, Senses]) -> Cut:
    """A sense alone is given by its name, a message by its words."""

    def cut(example: Example) -> NDArray[np.int64]:
        if not example.language:
            return pieces_of_senses({example.text: 0}).numbers
        if example.language not in senses:
            return np.zeros(0, np.int64)
        return pieces_of_senses(senses_in(tokens(example.text), senses[example.language])).numbers

    return cut


def _single_senses() -> Iterator[Example]:
    for sense, labels in labelled_senses().items():
        yield Example("", sense, labels, SENSE)


def trained(examples: Sequence[Example], cut: Cut, least: int = 1) -> dict[str, NDArray[Any]]:
    """Logistic regression, one label against the others; the weights in eight bits."""
    pieces = [np.unique(cut(example)) for example in examples]
    rarity = _rarity(pieces, least)
    features = _rows(pieces, rarity)
    given = np.array([example.weight for example in examples])
    weights, bias = np.zeros((PIECES, len(LEANINGS)), np.float32), np.full(len(LEANINGS), NEVER, np.float32)
    for number, label in enumerate(LEANINGS):
        wanted = np.array([label in example.labels for example in examples])
        if wanted.any():
            model = LogisticRegression(C=FREEDOM, solver="liblinear", tol=0.01, random_state=1)
            rare = OFTEN if label == NOTHING else RARE
            model.fit(features, wanted, sample_weight=given * np.where(wanted, rare, 1))
            weights[:, number], bias[number] = model.coef_[0], model.intercept_[0]
    return {**_in_steps(LEANINGS, weights, bias), "rarity": rarity.astype(np.float16)}


def _in_steps(labels: Sequence[str], weights: NDArray[Any], bias: NDArray[np.float32]) -> dict[str, NDArray[Any]]:
    """One column a label, in eight bits: `leaning.in_steps` reads it."""
    scale = np.maximum(np.abs(weights).max(axis=0) / 127, 1e-6).astype(np.float32)
    return {
        "labels": np.array(labels),
        "weights": np.round(weights / scale).astype(np.int8),
        "scale": scale,
        "bias": bias,
    }


def _rarity(pieces: Sequence[NDArray[np.int64]], least: int) -> NDArray[np.float32]:
    """How rare each piece is; 0 for one that fewer than `least` examples have: it says nothing."""
    counts = np.bincount(np.concatenate(pieces), minlength=PIECES)
    rarity = np.log((1 + len(pieces)) / (1 + counts)) + 1
    return np.where(counts < least, 0, rarity).astype(np.float32)


def _rows(pieces: Sequence[NDArray[np.int64]], rarity: NDArray[np.float32]) -> csr_matrix:
    """One row an example, its pieces by their rarity, of length one."""
    ends = np.cumsum([0, *map(len, pieces)])
    strengths = [rarity[piece] / np.float32(np.linalg.norm(rarity[piece]) + 1e-6) for piece in pieces]
    return csr_matrix((np.concatenate(strengths), np.concatenate(pieces), ends), shape=(len(pieces), PIECES))


if __name__ == "__main__":
    main()
