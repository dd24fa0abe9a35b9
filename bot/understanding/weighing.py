"""How much the phrases and the leaning of a message count for each topic."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import prod
from typing import Final

from bot.understanding.leaning import Lean
from bot.understanding.lexicon import Kind
from bot.understanding.matching import Hit
from bot.understanding.normalise import NO_BREAK, Token
from bot.understanding.quoting import Message
from bot.understanding.script import Script, script_of
from bot.vocabulary.topics import LABELS

#: Below this a topic is not even named among the three most likely.
FAINT: Final = 0.1
#: How many times the odds of a leaning count beside a phrase.
ODDS: Final = 3.5
#: What a topic is worth that has no word of its own in the message.
_ECHO: Final = 0.5
_SHORT: Final = 2
_WEAK: Final = 0.5
_PROMOTED: Final = 0.65
_GRAVE: Final = ("violence_protection", "mental_health_addiction")  # a figure of speech is neither


@dataclass(frozen=True, slots=True)
class NeedFound:
    """One topic, how sure (0 to 1), and the words as they were typed, those that stand together in one piece."""

    topic: str
    score: float
    words: tuple[str, ...]


def ranked(message: Message, hits: Sequence[Hit]) -> tuple[NeedFound, ...]:
    """The topics that the phrases name, best first."""
    left_out = skipped(message.tokens, hits)
    harmless = left_out.union(*(hit.places for hit in hits if hit.phrase.kind is Kind.CALM))
    said = [
        hit
        for hit in hits
        if hit.phrase.kind is Kind.TOPIC and not hit.places & (harmless if hit.phrase.name in _GRAVE else left_out)
    ]
    short = sum(token.folded not in message.filler for token in message.tokens) <= _SHORT
    nothing_surer = all(hit.phrase.weight < _WEAK for hit in said)

    def promoted(hit: Hit) -> bool:
        """A weak phrase is enough where nothing else is said: in few words, or with two words of its own."""
        return nothing_surer and (short or len(hit.places) > 1)

    foreign = _foreign(message.tokens)
    by_topic: dict[str, list[tuple[float, Hit]]] = {}
    for hit in said:
        if not _is_part_of_another(hit, said):
            weight = _weight(hit, promoted(hit) or hit.places <= foreign)
            by_topic.setdefault(hit.phrase.name, []).append((weight, hit))
    needs = (_need(message, topic, found) for topic, found in by_topic.items())
    return tuple(sorted(needs, key=lambda need: (-need.score, need.topic)))


def skipped(message: Sequence[Token], hits: Iterable[Hit]) -> frozenset[int]:
    """The places of the words that do not count."""
    places: set[int] = set()
    for hit in hits:
        if hit.phrase.kind in (Kind.SKIP, Kind.REST):
            places |= hit.places
        if hit.phrase.kind is Kind.REST:
            places |= _rest_of_clause(message, max(hit.places))
    return frozenset(places)


def claimed(hits: Iterable[Hit]) -> frozenset[int]:
    """The places of the words that topics have for themselves: by a phrase that is enough to name one."""
    topics = (hit.places for hit in hits if hit.phrase.kind is Kind.TOPIC and hit.phrase.weight >= _WEAK)
    return frozenset[int]().union(*topics)


def _rest_of_clause(message: Sequence[Token], place: int) -> set[int]:
    rest: set[int] = set()
    for later in range(place + 1, len(message)):
        if message[later].broken_by != NO_BREAK:
            break
        rest.add(later)
    return rest


def _foreign(message: Sequence[Token]) -> frozenset[int]:
    """German words in a message in another script are there because they matter."""
    latin = frozenset(
        place
        for place, token in enumerate(message)
        if script_of(token.folded) is Script.LATIN and token.folded.isalpha()
    )
    return latin if len(latin) * 2 < len(message) else frozenset()


def _weight(hit: Hit, promoted: bool) -> float:
    weight = hit.phrase.weight
    return hit.sure * (_PROMOTED if promoted and weight < _WEAK else weight)


def _is_part_of_another(hit: Hit, hits: Iterable[Hit]) -> bool:
    return any(
        hit.places < other.places and hit.phrase.weight <= other.phrase.weight and hit.phrase.name != other.phrase.name
        for other in hits
    )


def with_leaning(
    message: Message, named: Iterable[NeedFound], leaning: Iterable[Lean], claimed: frozenset[int]
) -> tuple[NeedFound, ...]:
    """The topics that phrases or the leaning name, best first. A topic keeps the words of its phrases.

    A topic that no phrase names is only offered when it rests on words that phrases of other topics have claimed.
    """
    needs = {need.topic: need for need in named}
    for lean in leaning:
        if lean.label in LABELS:
            known = needs.get(lean.label)
            most = 1.0 if known or message.telling(lean.places - claimed) else _ECHO
            found = known or NeedFound(lean.label, 0, message.quoted(lean.places))
            score = min(most, 1 - (1 - found.score) * (1 - _counted(lean.share)))
            needs[lean.label] = replace(found, score=round(score, 3))
    return tuple(sorted((need for need in needs.values() if need.score >= FAINT), key=lambda need: -need.score))


def _counted(share: float) -> float:
    """What a leaning is worth beside a phrase: its odds times a constant."""
    odds = ODDS * share / (1 - share + 1e-9)
    return odds / (1 + odds)


def _need(message: Message, topic: str, found: Iterable[tuple[float, Hit]]) -> NeedFound:
    """Phrases add up as chances do, each as far as it brings a new word."""
    used: set[int] = set()
    counted: list[float] = []
    for weight, hit in sorted(found, key=lambda one: (-one[0], sorted(one[1].places))):
        if not hit.places <= used:
            used |= hit.places
            counted.append(weight)
    return NeedFound(topic, round(1 - prod(1 - weight for weight in counted), 3), message.quoted(used))
