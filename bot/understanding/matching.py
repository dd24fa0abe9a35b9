"""Where the phrases of a table stand in a message: their words near each other, in any order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from itertools import accumulate
from operator import itemgetter
from typing import Final, NamedTuple

from bot.understanding.lexicon import Phrase, Table
from bot.understanding.normalise import COMMA, FULL_STOP, NO_BREAK, Token
from bot.understanding.words import Meant


class Hit(NamedTuple):
    """A phrase found, at which words of the message, and how sure each word was."""

    phrase: Phrase
    places: frozenset[int]
    sure: float


#: How many other words that carry meaning may stand between the words of a phrase.
WIDEST: Final = 2
_BARRED_WITHIN: Final = 3
_COSTS: Final = {NO_BREAK: 0, COMMA: 2, FULL_STOP: 3}

#: How a typed word is looked up: with slips, without, or as one in Latin letters.
LookUp = Callable[[str], Meant]
_Stands = Sequence[tuple[int, float]]
_SURE: Final = itemgetter(1)


def find(message: Sequence[Token], table: Table, look_up: LookUp) -> list[Hit]:
    """Every phrase of the table that stands in the message, each once, at its tightest place."""
    words = _words(message, look_up)
    seen, nobody_fills = _Seen(message, table, words), {*words}.isdisjoint
    return [
        hit
        for slot in sorted(set[int]().union(*map(table.anchors.__getitem__, words)))
        for phrase, beside in table.anchored[slot]
        if not any(map(nobody_fills, beside)) and (hit := _tightest(phrase, slot, seen))
    ]


class _Seen:
    """Where each word of the table stands in a message, how far along each word of the message stands, and which
    words deny.
    """

    def __init__(self, message: Sequence[Token], table: Table, words: Mapping[int, _Stands]) -> None:
        self._message = message
        self._table = table
        self._words = words
        self._filled: dict[int, _Stands] = {}

    @cached_property
    def along(self) -> Sequence[int]:
        filler = self._table.filler
        return [
            *accumulate(
                [
                    _COSTS[token.broken_by] + (token.folded not in filler and not token.folded.isdigit())
                    for token in self._message
                ]
            )
        ]

    @cached_property
    def denials(self) -> frozenset[int]:
        return frozenset(place for place, token in enumerate(self._message) if token.folded in self._table.denials)

    def filled(self, slot: int) -> _Stands:
        """The places of a slot, each once, in order."""
        if slot not in self._filled:
            words = self._table.members[slot].intersection(self._words)  # looks at the few words of the message
            if len(words) == 1:
                (word,) = words
                self._filled[slot] = self._words[word]
            else:
                stands: dict[int, float] = {}
                for word in words:
                    for place, sure in self._words[word]:
                        stands[place] = max(sure, stands.get(place, 0))
                self._filled[slot] = sorted(stands.items())
        return self._filled[slot]


def _words(message: Sequence[Token], look_up: LookUp) -> Mapping[int, _Stands]:
    stands: dict[int, list[tuple[int, float]]] = {}
    for place, token in enumerate(message):
        if meant := look_up(token.folded):
            for word, sure in meant.items():
                stands.setdefault(word, []).append((place, sure))
    return stands


def _tightest(phrase: Phrase, anchor: int, seen: _Seen) -> Hit | None:
    starts = seen.filled(anchor)
    if len(phrase.slots) == 1:  # most phrases are a single word
        place, sure = max(starts, key=_SURE)
        best: Hit | None = Hit(phrase, frozenset((place,)), sure)
    else:
        found = [hit for start in starts if (hit := _around(phrase, anchor, start, seen))]
        best = min(found, key=lambda hit: (max(hit.places) - min(hit.places), -hit.sure), default=None)
    return None if best is None or (phrase.barred and _is_barred(best, seen)) else best


def _around(phrase: Phrase, anchor: int, start: tuple[int, float], seen: _Seen) -> Hit | None:
    taken = {anchor: start[0]}
    sure = start[1]
    for slot in phrase.slots:
        if slot in taken:
            continue
        free = [one for one in seen.filled(slot) if one[0] not in taken.values()]
        if not free:
            return None
        near = free[0]
        if len(free) > 1:
            near = min(free, key=lambda one: abs(seen.along[one[0]] - seen.along[start[0]]))
        taken[slot] = near[0]
        sure = min(sure, near[1])
    places = frozenset(taken.values())
    if len(places) == 1 or (_holds_together(places, seen.along) and _denies_rightly(phrase, taken, seen)):
        return Hit(phrase, places, sure)
    return None


def _holds_together(used: frozenset[int], along: Sequence[int]) -> bool:
    first, last = min(used), max(used)
    own = sum(along[place] > along[place - 1] for place in used if place != first)
    return along[last] - along[first] - own <= WIDEST


def _denies_rightly(phrase: Phrase, taken: Mapping[int, int], seen: _Seen) -> bool:
    """A denial keeps its side: "kein Geld" is not "Geld, kein Problem"."""
    if seen.denials.isdisjoint(taken.values()):
        return True
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
