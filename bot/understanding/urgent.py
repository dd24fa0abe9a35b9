"""The emergency rule: it runs before anything else, and rather asks once too often than once too little."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from bot.understanding.leaning import Lean
from bot.understanding.lexicon import Kind, Urgent
from bot.understanding.matching import Hit
from bot.understanding.normalise import COMMA, FULL_STOP, Token

#: Who wants to die must be asked first, then who is being hurt.
ORDER: Final = (Urgent.SELF_HARM, Urgent.VIOLENCE, Urgent.MEDICAL)
_KINDS: Final = {str(kind): kind for kind in ORDER}
#: From here on a leaning raises the alarm by itself.
CLEAR: Final = 0.6
#: In so few words a leaning is chance ("See you tomorrow"); what is grave and short stands in the tables.
ENOUGH_WORDS: Final = 6
#: From here on it is worth a soft question, but not in fewer words than these ("My brother comes too").
DOUBT: Final = 0.12
SOME_WORDS: Final = 5


@dataclass(frozen=True, slots=True)
class Alarm:
    """One kind of emergency and the places of the words that say so."""

    kind: Urgent
    places: frozenset[int]


def alarm(message: Sequence[Token], hits: Sequence[Hit], leaning: Sequence[Lean] = ()) -> Alarm | None:
    """The gravest emergency that the message tells of, unless it is a look-alike or long ago.

    A look-alike takes back only the words it shares. What is past takes back violence and illness in its
    own sentence, unless the same clause also says "now" or "again"; a wish to die is never past.
    Where no phrase says it, a clear leaning of the whole message is enough.
    """
    sentences, clauses = _numbered(message, FULL_STOP), _numbered(message, COMMA)
    past, now = _told_in(Kind.PAST, hits, sentences), _told_in(Kind.NOW, hits, clauses)
    harmless = frozenset[int]().union(*(hit.places for hit in hits if hit.phrase.kind is Kind.CALM))
    found: dict[Urgent, frozenset[int]] = {}
    for hit in hits:
        if hit.phrase.kind is not Kind.URGENT or hit.places & harmless:
            continue
        kind = Urgent(hit.phrase.name)
        is_past = any(sentences[place] in past for place in hit.places)
        if kind is Urgent.SELF_HARM or not is_past or any(clauses[place] in now for place in hit.places):
            found[kind] = found.get(kind, frozenset()) | hit.places
    if harmless or len(message) < ENOUGH_WORDS:
        return _gravest(found)
    ruled_out = {*Urgent} - {Urgent.SELF_HARM} if past and not now else set[Urgent]()
    return _gravest(found) or _gravest(_leaning_to(leaning, CLEAR, ruled_out))


def worry(message: Sequence[Token], leaning: Sequence[Lean]) -> Urgent | None:
    """The gravest emergency that the whole message leans to, be it past or not: too little for an alarm."""
    if len(message) < SOME_WORDS:
        return None
    doubt = _gravest(_leaning_to(leaning, DOUBT, set()))
    return None if doubt is None else doubt.kind


def _leaning_to(leaning: Sequence[Lean], least: float, ruled_out: Set[Urgent]) -> Mapping[Urgent, frozenset[int]]:
    kinds = {_KINDS[lean.label]: lean for lean in leaning if lean.label in _KINDS}
    return {kind: lean.places for kind, lean in kinds.items() if lean.share >= least and kind not in ruled_out}


def _gravest(found: Mapping[Urgent, frozenset[int]]) -> Alarm | None:
    return next((Alarm(kind, found[kind]) for kind in ORDER if kind in found), None)


def _told_in(kind: Kind, hits: Sequence[Hit], parts: Sequence[int]) -> set[int]:
    return {parts[place] for hit in hits if hit.phrase.kind is kind for place in hit.places}


def _numbered(message: Sequence[Token], least: int) -> list[int]:
    """In which part of the message each word stands, where `least` or a longer break divides the parts."""
    return list(accumulate(token.broken_by >= least for token in message))
