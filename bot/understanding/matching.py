"""Where the phrases of a table stand in a message: their words near each other, in any order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Final

from bot.understanding.lexicon import Phrase, Table
from bot.understanding.normalise import COMMA, FULL_STOP, Token
from bot.understanding.words import Meant


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A phrase found, at which words of the message, and how sure each word was."""

    phrase: Phrase
    places: frozenset[int]
    sure: float


#: How many other words that carry meaning may stand between the words of a phrase.
WIDEST: Final = 2
_BARRED_WITHIN: Final = 3
_COSTS: Final = {COMMA: 2, FULL_STOP: 3}

#: How a typed word is looked up: with slips, without, or as one in Latin letters.
LookUp = Callable[[str], Meant]
_Stands = Sequence[tuple[int, float]]


def find(message: Sequence[Token], table: Table, look_up: LookUp) -> list[Hit]:
    """Every phrase of the table that stands in the message, each once, at its tightest place."""
    words = _words(message, look_up)
    seen = _Seen(
        words=words,
        members=table.members,
        slots=frozenset[int]().union(*map(table.slots.__getitem__, words)),
        along=tuple(accumulate(_step(token, table) for token in message)),
        denials=frozenset(place for place, token in enumerate(message) if token.folded in table.denials),
    )
    return [
        hit
        for slot in sorted(seen.slots & table.anchored.keys())
        for phrase in table.anchored[slot]
        if seen.slots.issuperset(phrase.slots) and (hit := _tightest(phrase, slot, seen))
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """Where each word of the table stands in a message, the slots that any of them fills, how far along each word of
    the message stands, and which words deny.
    """

    words: Mapping[int, _Stands]
    members: Sequence[frozenset[int]]
    slots: frozenset[int]
    along: Sequence[int]
    denials: frozenset[int]
    _filled: dict[int, _Stands] = field(default_factory=dict)

    def filled(self, slot: int) -> _Stands:
        """The places of a slot, each once, in order."""
        if slot not in self._filled:
            stands: dict[int, float] = {}
            for word in self.members[slot].intersection(self.words):  # looks at the few words of the message
                for place, sure in self.words[word]:
                    stands[place] = max(sure, stands.get(place, 0))
            self._filled[slot] = sorted(stands.items())
        return self._filled[slot]


def _words(message: Sequence[Token], look_up: LookUp) -> Mapping[int, _Stands]:
    stands: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for place, token in enumerate(message):
        for word, sure in look_up(token.folded).items():
            stands[word].append((place, sure))
    return dict(stands)


def _step(token: Token, table: Table) -> int:
    return _COSTS.get(token.broken_by, 0) + (token.folded not in table.filler and not token.folded.isdigit())


def _tightest(phrase: Phrase, anchor: int, seen: _Seen) -> Hit | None:
    found = [hit for start in seen.filled(anchor) if (hit := _around(phrase, anchor, start, seen))]
    best = min(found, key=lambda hit: (max(hit.places) - min(hit.places), -hit.sure), default=None)
    return None if best is None or _is_barred(best, seen) else best


def _around(phrase: Phrase, anchor: int, start: tuple[int, float], seen: _Seen) -> Hit | None:
    taken = {anchor: start[0]}
    sure = start[1]
    for slot in phrase.slots:
        if slot in taken:
            continue
        free = [one for one in seen.filled(slot) if one[0] not in taken.values()]
        if not free:
            return None
        taken[slot], one_sure = min(free, key=lambda one: abs(seen.along[one[0]] - seen.along[start[0]]))
        sure = min(sure, one_sure)
    places = frozenset(taken.values())
    if len(places) == 1 or (_holds_together(places, seen.along) and _denies_rightly(phrase, taken, seen)):
        return Hit(phrase=phrase, places=places, sure=sure)
    return None


def _holds_together(used: frozenset[int], along: Sequence[int]) -> bool:
    first, last = min(used), max(used)
    own = sum(along[place] > along[place - 1] for place in used if place != first)
    return along[last] - along[first] - own <= WIDEST


def _denies_rightly(phrase: Phrase, taken: Mapping[int, int], seen: _Seen) -> bool:
    """A denial keeps its side: "kein Geld" is not "Geld, kein Problem"."""
    order = [taken[slot] for slot in phrase.slots]
    for number, place in enumerate(order):
        if place in seen.denials:
            first, second = (place, order[number + 1]) if number + 1 < len(order) else (order[number - 1], place)
            gap = seen.along[second] - seen.along[first]
            if second < first or gap > _BARRED_WITHIN:
                return False
    return True


def _is_barred(hit: Hit, seen: _Seen) -> bool:
    return any(
        all(any(_near(hit, place, seen.along) for place, _ in seen.filled(slot)) for slot in run)
        for run in hit.phrase.barred
    )


def _near(hit: Hit, place: int, along: Sequence[int]) -> bool:
    if place in hit.places:
        return False
    first, last = along[min(hit.places)], along[max(hit.places)]
    return first - _BARRED_WITHIN <= along[place] <= last + _BARRED_WITHIN
