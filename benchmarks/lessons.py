"""What the recogniser learns from: messages of the corpus, phrases of the tables, words by what they are about."""

from __future__ import annotations

import random
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, replace
from typing import Any, Final

from benchmarks.recognise import CORPUS, TABLES, corpus
from bot.i18n.languages import BY_TAG
from bot.understanding.language import OTHER
from bot.understanding.leaning import NOTHING
from bot.understanding.lexicon import Urgent
from bot.understanding.phrases import Notation

SAMPLES: Final = 3  # how often a phrase of several words is spelled out
FRAME: Final = 0.1  # what a phrase of an emergency weighs: it is met as a whole, its single words say little
EMPTY: Final = 2000  # how many messages of small words a language learns from
MESSAGE: Final = 1.0  # what a message of the corpus weighs against a phrase of the table
SILENT: Final = frozenset({NOTHING})
LISTS: Final = 1500  # how many messages with several needs
LIST: Final = 0.4  # what one of them weighs
SOME_WORDS: Final = 4  # for telling languages apart: people write a few words only
OTHERS: Final = 0.2  # what the few messages in languages that the bot does not speak weigh against those in one it does
SENSE: Final = 0.3  # what a single word of a sense weighs
#: Languages that share so many words that each learns from the messages in the other, and what one of them weighs.
SISTERS: Final = {"ru": "uk", "uk": "ru"}
SISTER: Final = 0.5
STRENGTH: Final = {"strong": 1.0, "phrases": 0.8, "weak": 0.4}


@dataclass(frozen=True, slots=True)
class Example:
    """A text with its labels, and how much it counts."""

    language: str
    text: str
    labels: frozenset[str]
    weight: float


def languages() -> list[str]:
    """The languages that have a table."""
    return sorted(path.stem for path in TABLES.glob("*.toml") if path.stem in BY_TAG)


def messages(language: str, without: Set[str] = frozenset()) -> Iterator[Example]:
    """The train authors' messages, but for some authors."""
    for line in corpus("train"):
        if line.language == language and line.author not in without:
            labels = line.needs | ({line.urgent} if line.urgent else frozenset())
            yield Example(language, line.text, labels or SILENT, MESSAGE)


def of_sister(language: str, without: Set[str] = frozenset()) -> Iterator[Example]:
    """The messages in a language that is much alike."""
    if sister := SISTERS.get(language):
        yield from (replace(example, weight=SISTER) for example in messages(sister, without))


def of_languages(chance: random.Random) -> Iterator[tuple[str, str, float]]:
    """Messages with their language and what they weigh, whole and some words of each; also in other languages."""
    tables = tomllib.loads((CORPUS / "other_languages.toml").read_text("utf-8")).values()
    others = [text for table in tables for text in table.strip().splitlines()]
    lines = [*corpus("train")]
    counts = Counter(line.language for line in lines)
    each = len(lines) / len(counts)
    texts = [(line.language, line.text, each / counts[line.language]) for line in lines]
    texts += [(OTHER, text, OTHERS * each / len(others)) for text in others]
    for language, text, weight in texts:
        words = text.split()
        yield language, text, weight
        if len(words) > SOME_WORDS + 1:
            start = chance.randrange(len(words) - SOME_WORDS)
            yield language, " ".join(words[start : start + SOME_WORDS]), weight / 2


def vocabulary(language: str, chance: random.Random) -> Iterator[Example]:
    """The phrases of the table, alone and several in a row, the words of senses, and words that say nothing."""
    yield from _phrases(language, chance)
    yield from _several_needs(language, chance)
    yield from _words_of_senses(language)
    yield from _small_words(language, chance)


def _several_needs(language: str, chance: random.Random) -> Iterator[Example]:
    """Phrases of two or three topics in one message, as in a list of what somebody needs."""
    phrases = [one for one in _phrases(language, chance) if one.weight >= STRENGTH["phrases"]]
    for _ in range(LISTS):
        said = chance.sample(phrases, k=chance.randint(2, 3))
        labels = frozenset[str]().union(*(one.labels for one in said))
        yield Example(language, ", ".join(one.text for one in said), labels, LIST)


def _words_of_senses(language: str) -> Iterator[Example]:
    path = TABLES / "senses" / f"{language}.toml"
    senses = tomllib.loads(path.read_text("utf-8")) if path.exists() else {}
    for sense, labels in labelled_senses().items():
        for word in senses.get(sense, "").replace("\n", "|").split("|"):
            if plain := word.replace("*", "").replace("-", " ").strip():
                yield Example(language, plain, labels, SENSE)


def labelled_senses() -> Mapping[str, frozenset[str]]:
    """The senses that alone speak for a topic, or for none."""
    senses = tomllib.loads((TABLES / "senses.toml").read_text("utf-8"))
    return {name: frozenset({sense["topic"] or NOTHING}) for name, sense in senses.items() if "topic" in sense}


def _small_words(language: str, chance: random.Random) -> Iterator[Example]:
    """Words without meaning beside a person, as in "my brother comes too": they say nothing at all."""
    table = tomllib.loads((TABLES / f"{language}.toml").read_text("utf-8"))
    small = " ".join(table["words"].get(key, "") for key in ("filler", "denials")).split()
    real = table["words"].get("real", "").split() or small
    close = [word.text for people in Notation(table["groups"]).read("{kin}") for word in people.slots[0]]
    for _ in range(EMPTY):
        words = [*chance.choices(small, k=chance.randint(2, 5)), chance.choice(close), chance.choice(real)]
        chance.shuffle(words)
        yield Example(language, " ".join(words), SILENT, 1.0)


def _phrases(language: str, chance: random.Random) -> Iterator[Example]:
    table: Mapping[str, Any] = tomllib.loads((TABLES / f"{language}.toml").read_text("utf-8"))
    notation = Notation(table.get("groups", {}))
    for word in " ".join(table.get("words", {}).values()).split():
        yield Example(language, word, frozenset(), STRENGTH["weak"])
    for topic, lists in table.get("topic", {}).items():
        for strength, lines in lists.items():
            for text in _spelled_out(lines, notation, chance):
                yield Example(language, text, frozenset({topic}), STRENGTH[strength])
    for key, lines in table.get("urgent", {}).items():
        labels = frozenset({key}) if key in {*Urgent} else frozenset[str]()
        for text in _spelled_out(lines, notation, chance):
            yield Example(language, text, labels, FRAME)


def _spelled_out(lines: str, notation: Notation, chance: random.Random) -> Iterator[str]:
    for line in filter(None, (line.partition("#")[0].strip() for line in lines.splitlines())):
        for pattern in notation.read(line):
            if len(pattern.slots) == 1:
                for word in pattern.slots[0]:
                    yield word.text
                continue
            for _ in range(SAMPLES):
                words = [chance.choice(slot).text for slot in pattern.slots]
                chance.shuffle(words)
                yield " ".join(words)
