"""A phrase of the tables, in a notation that a translator can write.

`such*|find* wohnung*`  the words stand near each other, in any order; `|` is "or", `*` any ending
`*wohnung*`             also inside a longer word, for German compounds
`{child} schul*`        a group of the same table
`schmerz* !letzt*`      does not count when the word after `!` stands near
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, product
from typing import Final, NamedTuple

from bot.understanding.normalise import fold


class Word(NamedTuple):
    """A folded word; `opens` and `ends` say that it may go on before and behind. A plain tuple: there are many."""

    text: str
    opens: bool = False
    ends: bool = False


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words by number: whole ones first, then those that may go on behind, then those that may go on before.

    So laid out a language is read in a tenth of the time that thousands of single words take.
    """

    whole: Sequence[str]
    stems: Sequence[str]
    inside: Sequence[Word]

    @classmethod
    def of(cls, words: Iterable[Word]) -> Vocabulary:
        """Each word once."""
        known = [*dict.fromkeys(words)]
        return cls(
            whole=[word.text for word in known if not word.opens and not word.ends],
            stems=[word.text for word in known if not word.opens and word.ends],
            inside=[word for word in known if word.opens],
        )

    def __iter__(self) -> Iterator[Word]:
        yield from map(Word, self.whole)
        yield from (Word(stem, ends=True) for stem in self.stems)
        yield from self.inside

    def __len__(self) -> int:
        return len(self.whole) + len(self.stems) + len(self.inside)

    def numbers(self) -> Mapping[Word, int]:
        return {word: number for number, word in enumerate(self)}


#: What may stand at one place of a phrase.
Slot = tuple[Word, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """The slots that must all be filled, and the runs of slots of which none may be."""

    slots: tuple[Slot, ...]
    barred: tuple[tuple[Slot, ...], ...] = ()


class Notation:
    """Reads the phrases of one table; a part or a word that was met before is not read again."""

    def __init__(self, groups: Mapping[str, str]) -> None:
        self._groups = groups
        self._parts: dict[str, tuple[tuple[Slot, ...], ...]] = {}
        self._words: dict[str, Word] = {}

    def read(self, line: str) -> tuple[Pattern, ...]:
        """The patterns of one line, one unless a hyphen ties two words; raises `ValueError` that says what is wrong.

        >>> (pattern,) = Notation({"home": "Wohnung|Zimmer"}).read("Such*|finde {home}")
        >>> [word.text for word in pattern.slots[1]]
        ['wohnung', 'zimmer']
        """
        parts = line.split()
        wanted = [self._choices(part) for part in parts if not part.startswith("!")]
        barred = [self._choices(part[1:]) for part in parts if part.startswith("!")]
        if not wanted:
            raise ValueError(f"the phrase {line!r} has no word that must be there")
        no = tuple(chain.from_iterable(barred))
        return tuple(Pattern(slots=tuple(chain.from_iterable(runs)), barred=no) for runs in product(*wanted))

    def _choices(self, part: str) -> tuple[tuple[Slot, ...], ...]:
        """The single words together as one choice, and every tied pair ("Kita-Platz") as one of its own."""
        if part not in self._parts:
            pieces = [piece for one in part.split("|") if one for piece in _pieces(one, self._groups)]
            single = {self._word(piece) for piece in pieces if "-" not in piece}
            tied = {tuple((self._word(word),) for word in piece.split("-")) for piece in pieces if "-" in piece}
            self._parts[part] = (*([(tuple(sorted(single)),)] if single else []), *sorted(tied))
        return self._parts[part]

    def _word(self, piece: str) -> Word:
        if piece not in self._words:
            self._words[piece] = read_word(piece)
        return self._words[piece]


_GROUP: Final = re.compile(r"\{(\w+)\}")
_NO_WORD: Final = re.compile(r"[\s*!{}|-]")
_DEEPEST: Final = 20


def _pieces(part: str, groups: Mapping[str, str]) -> Iterator[str]:
    """The words of one choice; each word of a group is tied on its own ("{child}-care")."""
    tied = [[word for word in _opened(word, groups).split("|") if word] for word in part.split("-")]
    if len(tied) == 1:
        yield from tied[0]
        return
    yield from map("-".join, product(*tied))


def _opened(part: str, groups: Mapping[str, str]) -> str:
    for _ in range(_DEEPEST):
        if not (found := _GROUP.search(part)):
            return part
        if found[1] not in groups:
            raise ValueError(f"the group {found[1]!r} is not there; allowed are {', '.join(sorted(groups))}")
        part = part.replace(found[0], "|".join(groups[found[1]].replace("|", " ").split()))
    raise ValueError(f"the groups in {part!r} name each other in a circle")


def read_word(piece: str) -> Word:
    """One word of the notation; raises `ValueError` that says what is wrong."""
    text = fold(piece.strip("*"))
    if not text or _NO_WORD.search(text):
        raise ValueError(f"{piece!r} is not one word; `*` may stand at its beginning and at its end only")
    return Word(text, opens=piece.startswith("*"), ends=piece.endswith("*"))
