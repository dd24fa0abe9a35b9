"""The emergency rule: it runs before anything else, and rather asks once too often than once too little."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import accumulate
from typing import Final

from bot.understanding.leaning import MOST_WORDS, Lean
from bot.understanding.lexicon import Kind, Urgent
from bot.understanding.matching import Hit
from bot.understanding.normalise import COMMA, FULL_STOP, Token

#: Who wants to die must be asked first, then who is being hurt.
ORDER: Final = (Urgent.SELF_HARM, Urgent.VIOLENCE, Urgent.MEDICAL)
_KINDS: Final = {str(kind): kind for kind in ORDER}
#: From here on a leaning raises the alarm by itself.
CLEAR: Final = 0.45
#: In so few words a leaning is often chance ("See you tomorrow") and must be very clear; so beside a look-alike.
FEW_WORDS: Final = 5
VERY_CLEAR: Final = 0.6
#: A phrase in a message that leans less than this to any emergency was meant otherwise: it is worth a soft question.
BACKED: Final = 0.25
#: A wish to die needs less.
BACKED_WISH: Final = 0.15
#: A phrase of violence is also backed by a message that leans this far to the topic of it.
ABOUT_VIOLENCE: Final = 0.5
#: From here on a leaning is worth a soft question, but not in fewer words than these ("My brother comes too").
DOUBT: Final = 0.15
SOME_WORDS: Final = 5


@dataclass(frozen=True, slots=True)
class Alarm:
    """One kind of emergency."""

    kind: Urgent
    placed: Callable[[], frozenset[int]] = field(compare=False, repr=False)

    @property
    def places(self) -> frozenset[int]:
        """The places of the words that say so: worked out when somebody asks."""
        return self.placed()


def alarm(message: Sequence[Token], hits: Sequence[Hit], leaning: Sequence[Lean] = ()) -> Alarm | None:
    """The gravest emergency that phrases say or the whole message clearly leans to.

    Phrases need a message that leans their way a little, unless it has few words, or so many that only its
    beginning is looked at, or nobody knows what it leans to.
    """
    said, few = _said(message, hits), len(message) <= FEW_WORDS
    if leaning and FEW_WORDS < len(message) <= MOST_WORDS:
        said = {kind: places for kind, places in said.items() if _is_backed(kind, leaning)}
    calm = any(hit.phrase.kind is Kind.CALM for hit in hits)
    if kind := _gravest(said):
        return Alarm(kind, partial(said.__getitem__, kind))
    clear = _leaning_to(leaning, VERY_CLEAR if few or calm else CLEAR)
    return Alarm(kind, partial(_places, clear[kind])) if (kind := _gravest(clear)) else None


def _places(lean: Lean) -> frozenset[int]:
    return lean.places


def worry(message: Sequence[Token], hits: Sequence[Hit], leaning: Sequence[Lean]) -> Urgent | None:
    """The gravest emergency that the message leans to or names in whatever sense: too little for an alarm."""
    named = _gravest(_said(message, hits))
    return named if named or len(message) < SOME_WORDS else _gravest(_leaning_to(leaning, DOUBT))


def _said(message: Sequence[Token], hits: Sequence[Hit]) -> Mapping[Urgent, frozenset[int]]:
    """What the phrases say, but for look-alikes and what is long ago.

    A look-alike takes back only the words it shares. What is past takes back violence and illness in its
    own sentence, unless the same clause also says "now" or "again"; a wish to die is never past.
    """
    named = [hit for hit in hits if hit.phrase.kind is Kind.URGENT]
    if not named:
        return {}
    sentences, clauses = _numbered(message, FULL_STOP), _numbered(message, COMMA)
    past, now = _told_in(Kind.PAST, hits, sentences), _told_in(Kind.NOW, hits, clauses)
    harmless = frozenset[int]().union(*(hit.places for hit in hits if hit.phrase.kind is Kind.CALM))
    found: dict[Urgent, frozenset[int]] = {}
    for hit in named:
        if hit.places & harmless:
            continue
        kind = Urgent(hit.phrase.name)
        is_past = any(sentences[place] in past for place in hit.places)
        if kind is Urgent.SELF_HARM or not is_past or any(clauses[place] in now for place in hit.places):
            found[kind] = found.get(kind, frozenset()) | hit.places
    return found


def _is_backed(kind: Urgent, leaning: Sequence[Lean]) -> bool:
    about = kind is Urgent.VIOLENCE and any(
        lean.label == "violence_protection" and lean.share >= ABOUT_VIOLENCE for lean in leaning
    )
    return about or bool(_leaning_to(leaning, BACKED_WISH if kind is Urgent.SELF_HARM else BACKED))


def _leaning_to(leaning: Sequence[Lean], least: float) -> Mapping[Urgent, Lean]:
    return {_KINDS[lean.label]: lean for lean in leaning if lean.label in _KINDS and lean.share >= least}


def _gravest(found: Container[Urgent]) -> Urgent | None:
    return next((kind for kind in ORDER if kind in found), None)


def _told_in(kind: Kind, hits: Sequence[Hit], parts: Sequence[int]) -> set[int]:
    return {parts[place] for hit in hits if hit.phrase.kind is kind for place in hit.places}


def _numbered(message: Sequence[Token], least: int) -> list[int]:
    """In which part of the message each word stands, where `least` or a longer break divides the parts."""
    return list(accumulate(token.broken_by >= least for token in message))
