"""The emergency rule: it runs before anything else, and rather asks once too often than once too little."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.understanding.lexicon import Kind, Urgent
from bot.understanding.matching import Hit
from bot.understanding.normalise import FULL_STOP, Token

#: Who wants to die must be asked first, then who is being hurt.
ORDER: Final = (Urgent.SELF_HARM, Urgent.VIOLENCE, Urgent.MEDICAL)


@dataclass(frozen=True, slots=True)
class Alarm:
    """One kind of emergency and the places of the words that say so."""

    kind: Urgent
    places: frozenset[int]


def alarm(message: Sequence[Token], hits: Sequence[Hit]) -> Alarm | None:
    """The gravest emergency that the message tells of, unless it is a look-alike or long ago.

    A look-alike takes back only the words it shares. What is past takes back violence and illness in its
    own sentence, unless that sentence also says "now" or "again"; a wish to die is never past.
    """
    sentences = _sentences(message)
    harmless = frozenset[int]().union(*(hit.places for hit in hits if hit.phrase.kind is Kind.CALM))
    past = _told_in(Kind.PAST, hits, sentences) - _told_in(Kind.NOW, hits, sentences)
    found: dict[Urgent, frozenset[int]] = {}
    for hit in hits:
        if hit.phrase.kind is Kind.URGENT and not hit.places & harmless:
            kind = Urgent(hit.phrase.name)
            if kind is Urgent.SELF_HARM or not {sentences[place] for place in hit.places} & past:
                found[kind] = found.get(kind, frozenset()) | hit.places
    return _gravest(found)


def _told_in(kind: Kind, hits: Sequence[Hit], sentences: Sequence[int]) -> set[int]:
    return {sentences[place] for hit in hits if hit.phrase.kind is kind for place in hit.places}


def _gravest(found: Mapping[Urgent, frozenset[int]]) -> Alarm | None:
    return next((Alarm(kind, found[kind]) for kind in ORDER if kind in found), None)


def _sentences(message: Sequence[Token]) -> list[int]:
    number = 0
    numbers: list[int] = []
    for token in message:
        number += token.broken_by == FULL_STOP
        numbers.append(number)
    return numbers
