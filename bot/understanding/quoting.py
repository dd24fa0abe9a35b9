"""A message and the words of it that are quoted: as they were typed, and what stands together as one piece."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.understanding.normalise import NO_BREAK, Token


@dataclass(frozen=True, slots=True)
class Message:
    """A text with its words in order, and those of them that carry no meaning in the languages it is read in."""

    text: str
    tokens: Sequence[Token]
    filler: frozenset[str] = frozenset()

    def quoted(self, places: Iterable[int]) -> tuple[str, ...]:
        """The words at these places. Only words without meaning of their own may stand inside a piece too.

        >>> from bot.understanding.normalise import tokens
        >>> text = "Wir wohnen zu fünft in einem Zimmer!"
        >>> Message(text, tokens(text), frozenset({"in", "einem"})).quoted({3, 6})
        ('fünft in einem Zimmer',)
        """
        pieces: list[tuple[int, int]] = []
        for place in sorted(places):
            if pieces and self._goes_on(pieces[-1][1], place):
                pieces[-1] = (pieces[-1][0], place)
            else:
                pieces.append((place, place))
        return tuple(self.text[self.tokens[first].start : self.tokens[last].end] for first, last in pieces)

    def telling(self, places: Iterable[int]) -> bool:
        """One of these words carries a meaning."""
        return any(self.tokens[place].folded not in self.filler for place in places)

    def _goes_on(self, last: int, place: int) -> bool:
        unbroken = all(self.tokens[one].broken_by == NO_BREAK for one in range(last + 1, place + 1))
        return unbroken and all(self.tokens[one].folded in self.filler for one in range(last + 1, place))
