"""Regions of facts: all combinations of facts that some conditions cannot tell apart, without listing them.

A fact with one value is kept as the set of values it may still have, as bits. A fact that is a set (needs, offices) is
kept as what it must not contain (`avoid`) and as sets of which it contains at least one (`hits`). With these two every
condition and its opposite can be said, so a region is never an approximation: it is empty or somebody lives in it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from typing import Final


class Ask(Enum):
    """What is asked of a fact: is its value one of these; does its set contain one of these, or none of these?"""

    IN = auto()
    HITS = auto()
    MISSES = auto()


@dataclass(frozen=True, slots=True)
class Literal:
    """One question that a fact answers with yes or no; `mask` has a bit for each value that it asks about."""

    fact: str
    ask: Ask
    mask: int
    full: int

    def opposite(self) -> Literal:
        match self.ask:
            case Ask.IN:
                return replace(self, mask=self.full & ~self.mask)
            case Ask.HITS:
                return replace(self, ask=Ask.MISSES)
            case Ask.MISSES:
                return replace(self, ask=Ask.HITS)


@dataclass(frozen=True, slots=True)
class Region:
    """Never empty. A fact that is not mentioned may be anything."""

    allowed: Mapping[str, int] = field(default_factory=dict)
    avoid: Mapping[str, int] = field(default_factory=dict)
    hits: Mapping[str, frozenset[int]] = field(default_factory=dict)

    def answer(self, literal: Literal) -> bool | None:
        """Yes or no everywhere in the region, or `None` where both occur."""
        match literal.ask:
            case Ask.IN:
                left = self.allowed.get(literal.fact, literal.full)
                return None if left & literal.mask and left & ~literal.mask else bool(left & literal.mask)
            case Ask.HITS:
                return self._hit(literal)
            case Ask.MISSES:
                hit = self._hit(literal)
                return None if hit is None else not hit

    def _hit(self, literal: Literal) -> bool | None:
        avoided = self.avoid.get(literal.fact, 0)
        if not literal.mask & ~avoided:
            return False
        sure = any(not hit & ~avoided & ~literal.mask for hit in self.hits.get(literal.fact, ()))
        return True if sure else None

    def where(self, literal: Literal) -> Region:
        """The part in which the answer is yes; ask only what has not been answered with no."""
        fact = literal.fact
        match literal.ask:
            case Ask.IN:
                left = self.allowed.get(fact, literal.full) & literal.mask
                return replace(self, allowed={**self.allowed, fact: left})
            case Ask.HITS:
                return replace(self, hits={**self.hits, fact: self.hits.get(fact, frozenset()) | {literal.mask}})
            case Ask.MISSES:
                return replace(self, avoid={**self.avoid, fact: self.avoid.get(fact, 0) | literal.mask})

    def seen_by(self, asked: Mapping[str, int]) -> tuple[object, ...]:
        """All that questions about these values (by fact) can still notice of the region."""
        return tuple(
            (fact, self.allowed.get(fact), self.avoid.get(fact, 0) & mask, self._bound(fact, mask))
            for fact, mask in sorted(asked.items())
        )

    def _bound(self, fact: str, mask: int) -> frozenset[int]:
        """A set from which something outside of the asked values can be taken binds none of them."""
        avoided = self.avoid.get(fact, 0)
        left = (hit & ~avoided for hit in self.hits.get(fact, ()))
        return frozenset(hit for hit in left if not hit & ~mask)


EVERYBODY: Final = Region()


def region_of(literals: Sequence[Literal], region: Region = EVERYBODY) -> Region | None:
    """Where all these questions are answered with yes; none if nowhere."""
    for literal in literals:
        if region.answer(literal) is False:
            return None
        region = region.where(literal)
    return region
