"""The words of every language, compiled once and checked on the way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from typing import Any, Final, NamedTuple

from bot.understanding.normalise import fold
from bot.understanding.phrases import Notation, Pattern, Slot, Vocabulary
from bot.understanding.romanised import Romanised, read_romanised
from bot.understanding.words import Words
from bot.vocabulary.topics import LABELS


class Kind(StrEnum):
    """What a phrase says: a topic, an emergency, or that words near it do not count."""

    TOPIC = "topic"
    URGENT = "urgent"
    CALM = "calm"  # looks like an emergency and is none
    PAST = "past"  # long ago or far away
    NOW = "now"  # and yet today
    SKIP = "skip"  # these words do not count
    REST = "rest"  # nothing counts from here to the end of the clause


class Urgent(StrEnum):
    MEDICAL = "medical"
    VIOLENCE = "violence"
    SELF_HARM = "self_harm"


class Phrase(NamedTuple):  # quicker to make than a dataclass, and a language has thousands
    """One phrase of a table, its words as slot numbers. `name` is the topic or the kind of emergency."""

    kind: Kind
    name: str
    weight: float
    slots: tuple[int, ...]
    barred: tuple[tuple[int, ...], ...]


class Anchored(NamedTuple):
    """A phrase under its rarest slot, and the words of its other slots."""

    phrase: Phrase
    beside: tuple[frozenset[int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """The phrases of one language, folded and numbered: each slot holds word numbers, each phrase slot numbers.

    `filler`, `real` and `denials` are small words, `endings` those of any word; `anchors` names for each phrase the
    slot that it stands under.
    """

    filler: frozenset[str]
    real: frozenset[str]
    denials: frozenset[str]
    endings: Sequence[str]
    words: Vocabulary
    slots: Sequence[Sequence[int]]
    phrases: Sequence[Phrase]
    anchors: Sequence[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One language: its words by number, the words of each slot, and its phrases.

    A phrase stands under the slot that is the rarest in it; each word tells which of those slots it fills. Here
    `filler` holds the denials too: neither carries a meaning.
    """

    language: str
    words: Words
    romanised: Romanised | None
    filler: frozenset[str]
    denials: frozenset[str]
    members: tuple[frozenset[int], ...]
    anchored: Mapping[int, Sequence[Anchored]]
    anchors: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    tables: Mapping[str, Table]


#: A single weak phrase stays below what is said aloud; two together reach it.
WEIGHTS: Final[Mapping[str, float]] = {"strong": 0.92, "phrases": 0.75, "weak": 0.4}
_PARTS: Final = ("words", "groups", "skip", "topic", "urgent")


def read_lexicon(tables: Mapping[str, Mapping[str, Any]]) -> Lexicon:
    """The tables of all languages; raises `ValueError` naming language, key and what is allowed."""
    return Lexicon({language: read_words(language, given) for language, given in tables.items()})


def read_words(language: str, given: Mapping[str, Any]) -> Table:
    """The table of one language; raises `ValueError` naming language, key and what is allowed."""
    return table_of(language, read_phrases(language, given))


def read_phrases(language: str, given: Mapping[str, Any]) -> Phrases:
    """The phrases of one language as people write them; raises `ValueError` as `read_words` does."""
    _check_keys(language, given, _PARTS)
    words = given.get("words", {})
    _check_keys(f"{language}: words", words, (*_WORD_LISTS, "endings"))
    filler, real, denials = (frozenset(fold(word) for word in words.get(key, "").split()) for key in _WORD_LISTS)
    rows = list(_rows(language, given))
    slots = _numbered(pattern for *_, pattern in rows)
    vocabulary = Vocabulary.of(chain.from_iterable(slots))
    number = vocabulary.numbers()
    numbered = [[number[word] for word in slot] for slot in slots]
    phrases = [_phrase(row, slots) for row in rows]
    hollow = {number[word] for word in vocabulary if word.text in filler | denials}
    return Phrases(
        filler=filler,
        real=real,
        denials=denials,
        endings=words.get("endings", "").split(),
        words=vocabulary,
        slots=numbered,
        phrases=phrases,
        anchors=_rarest(phrases, numbered, hollow),
    )


def table_of(language: str, phrases: Phrases) -> Table:
    """The phrases of one language laid out for looking up."""
    small = phrases.filler | phrases.denials
    members = tuple(map(frozenset, phrases.slots))
    anchored: dict[int, list[Anchored]] = {}
    for phrase, anchor in zip(phrases.phrases, phrases.anchors, strict=True):
        beside = tuple(members[slot] for slot in phrase.slots if slot != anchor)
        anchored.setdefault(anchor, []).append(Anchored(phrase, beside))
    return Table(
        language=language,
        words=Words(phrases.words, small | phrases.real, phrases.endings, clitics=CLITICS.get(language, frozenset())),
        romanised=read_romanised(language, phrases.words, small),
        filler=small,
        denials=phrases.denials,
        members=members,
        anchored=anchored,
        anchors=_anchors(phrases, anchored),
    )


_ABOUT_TIME: Final = (Kind.CALM, Kind.PAST, Kind.NOW)
_WORD_LISTS: Final = ("filler", "real", "denials")
#: One-letter words that are written onto the next word. Persian has the letters and not the habit.
CLITICS: Final = {"ar": frozenset("وفبلكعش")}
_Row = tuple[Kind, str, float, Pattern]


def _rows(language: str, given: Mapping[str, Any]) -> Iterator[_Row]:
    notation = Notation(given.get("groups", {}))
    for topic, lists in given.get("topic", {}).items():
        _check_keys(f"{language}: topic", {topic: 0}, tuple(LABELS))
        _check_keys(f"{language}: topic.{topic}", lists, tuple(WEIGHTS))
        for strength, lines in lists.items():
            for pattern in _patterns(f"{language}: topic.{topic}.{strength}", lines, notation):
                yield Kind.TOPIC, topic, WEIGHTS[strength], pattern
    _check_keys(f"{language}: skip", given.get("skip", {}), ("skip", "rest"))
    for kind, lines in given.get("skip", {}).items():
        for pattern in _patterns(f"{language}: skip.{kind}", lines, notation):
            yield Kind(kind), kind, 1.0, pattern
    _check_keys(f"{language}: urgent", given.get("urgent", {}), (*Urgent, *_ABOUT_TIME))
    for key, lines in given.get("urgent", {}).items():
        kind = Kind(key) if key in _ABOUT_TIME else Kind.URGENT
        for pattern in _patterns(f"{language}: urgent.{key}", lines, notation):
            yield kind, key, 1.0, pattern


def _patterns(where: str, lines: object, notation: Notation) -> Iterator[Pattern]:
    if not isinstance(lines, str):
        raise ValueError(f"{where}: allowed is one text with a phrase on every line")
    for line in lines.splitlines():
        phrase = line.partition("#")[0].strip()
        if phrase:
            try:
                yield from notation.read(phrase)
            except ValueError as wrong:
                raise ValueError(f"{where}: in {phrase!r}: {wrong}") from wrong


def _check_keys(where: str, given: Mapping[str, Any], allowed: tuple[str, ...]) -> None:
    for key in given:
        if key not in allowed:
            raise ValueError(f"{where}: {key!r} is not known; allowed are {', '.join(allowed)}")


def _numbered(patterns: Iterator[Pattern]) -> dict[Slot, int]:
    numbers: dict[Slot, int] = {}
    for pattern in patterns:
        for slot in (*pattern.slots, *chain.from_iterable(pattern.barred)):
            numbers.setdefault(slot, len(numbers))
    return numbers


def _phrase(row: _Row, slots: Mapping[Slot, int]) -> Phrase:
    kind, name, weight, pattern = row
    return Phrase(
        kind=kind,
        name=name,
        weight=weight,
        slots=tuple(slots[slot] for slot in pattern.slots),
        barred=tuple(tuple(slots[slot] for slot in run) for run in pattern.barred),
    )


def _rarest(phrases: Sequence[Phrase], slots: Sequence[Sequence[int]], hollow: Set[int]) -> Sequence[int]:
    """The rarest slot of each phrase; a slot of words that carry no meaning comes last."""
    uses = Counter(chain.from_iterable(phrase.slots for phrase in phrases))
    rank = [(hollow >= {*slot}, uses[number] * len(slot)) for number, slot in enumerate(slots)]
    return [min(phrase.slots, key=rank.__getitem__) for phrase in phrases]


def _anchors(given: Phrases, anchored: Iterable[int]) -> tuple[tuple[int, ...], ...]:
    """For each word the slots that it fills and that phrases stand under."""
    found: list[list[int]] = [[] for _ in range(len(given.words))]
    for slot in anchored:
        for word in given.slots[slot]:
            found[word].append(slot)
    return tuple(map(tuple, found))
