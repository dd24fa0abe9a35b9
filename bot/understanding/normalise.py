"""Two spellings of the same word are equal after folding, in all nine languages."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final, NamedTuple

NO_BREAK, COMMA, FULL_STOP = 0, 1, 2


class Token(NamedTuple):  # quicker to make than a dataclass, and a message has many
    """One word as the person typed it, where it stands, its folded form, and the break that stands before it."""

    raw: str
    folded: str
    start: int
    end: int
    broken_by: int = NO_BREAK


def normalise(text: str) -> str:
    """The folded words of a text, one blank between them.

    >>> normalise("Ich möchte   einen Termín!!!")
    'ich mochte einen termin'
    """
    return " ".join(token.folded for token in tokens(text))


def tokens(text: str) -> tuple[Token, ...]:
    """The words of a text in order. A Persian verb prefix that is typed apart is joined on.

    >>> [token.raw for token in tokens("5 Leute, ein Zimmer")]
    ['5', 'Leute', 'ein', 'Zimmer']
    """
    found: list[Token] = []
    end, before = 0, ""
    for match in _WORD.finditer(text[:LONGEST]):
        word, start = match[0], match.start()
        raw, between = word.rstrip(_APOSTROPHES), text[end:start]
        broken_by = NO_BREAK if between == " " else _break(before, between)
        token = Token(raw, fold(shortened(raw)), start, start + len(raw), broken_by)
        end, before = match.end(), word
        if broken_by == NO_BREAK and found and found[-1].folded in _PREFIXES and len(token.folded) > 1:
            found[-1] = _joined(found[-1], token)
        elif token.folded:
            found.append(token)
    return tuple(found)


@lru_cache(1 << 14)  # most words of most messages are the same few thousand
def fold(word: str) -> str:
    """One word without what people leave out or mistype: case, accents, umlaut spelling, Arabic article.

    >>> fold("Grüße"), fold("Gruesse"), fold("İŞ"), fold("الأوراق"), fold("ёлка")
    ('grusse', 'grusse', 'is', 'اوراق', 'елка')
    """
    folded = unicodedata.normalize("NFKC", word).translate(_LETTERS)
    if "e" in folded and ("ae" in folded or "oe" in folded or "ue" in folded) and folded.isascii():
        folded = _UMLAUT.sub(r"\1", folded)
    elif folded[:1] > _LAST_BEFORE_ARABIC:
        folded = _ARTICLE.sub("", folded)
    if len(folded) - len({*folded}) > 1:  # else no letter stands there three times
        folded = _REPEATED.sub(r"\1\1", folded)
    return folded[:LONGEST_WORD]


def shortened(raw: str) -> str:
    """A typed word that is not too long for any language: else without what a key held down has typed, and cut.

    What is kept of words is kept by their number; so none may be large.
    """
    if len(raw) <= LONGEST_WORD:
        return raw
    return _REPEATED.sub(r"\1\1", raw.translate(_WITHOUT_SILENT))[:LONGEST_WORD]


class _Letters(dict[int, str]):
    """What becomes of each letter, found out when the letter is first met."""

    def __missing__(self, letter: int) -> str:
        plain = chr(letter).translate(_BEFORE).casefold()
        bare = "".join(_without_marks(unicodedata.normalize("NFD", plain)))
        self[letter] = folded = unicodedata.normalize("NFC", bare).translate(_AFTER)
        return folded


#: A message is never longer than what both channels accept.
LONGEST: Final = 20_000
#: Of a word only so many letters are read.
LONGEST_WORD: Final = 100
_APOSTROPHES: Final = "'’‘`ʼ"
_INSIDE: Final = f"\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u200c\u200d{_APOSTROPHES}"
_WORD: Final = re.compile(rf"[^\W_]+(?:[{_INSIDE}]+[^\W_]*)*")
_BEFORE: Final = str.maketrans({"İ": "i", "I": "i", "ı": "i", "ß": "ss", "ẞ": "ss", "ł": "l", "Ł": "l"})
_SILENT: Final = f"{_APOSTROPHES}\u200c\u200d\u0640"
_WITHOUT_SILENT: Final = str.maketrans("", "", _SILENT)
_AFTER: Final = str.maketrans(
    {
        **dict.fromkeys(_SILENT, None),
        **{chr(zero + digit): str(digit) for zero in (0x660, 0x6F0) for digit in range(10)},
        "ٱ": "ا",
        "ى": "ي",
        "ی": "ي",
        "ې": "ي",
        "ة": "ه",
        "ۀ": "ه",
        "ک": "ك",
        "ґ": "г",
    }
)
_LETTERS: Final = _Letters()
_UMLAUT: Final = re.compile(r"([aou])e(?=[bcdfghjklmnpqrstvwxyz])")
_REPEATED: Final = re.compile(r"(.)\1{2,}")
_LAST_BEFORE_ARABIC: Final = "\u05ff"
_ARTICLE: Final = re.compile(r"^(?:(?:و?ب?هال|[وبكفع]ال|وبال|[وف]?لل|ال)(?=.{3}))+")
_KEPT: Final = frozenset({("и", "\u0306"), ("і", "\u0308")})  # й and ї are letters of their own
_PREFIXES: Final = frozenset({"مي", "نمي"})


def _without_marks(decomposed: str) -> list[str]:
    kept: list[str] = []
    for letter in decomposed:
        if not unicodedata.combining(letter) or (kept and (kept[-1], letter) in _KEPT):
            kept.append(letter)
    return kept


def _break(before: str, between: str) -> int:
    if between.startswith(". ") and before.isdigit():  # "am 20. Mai", but not "B1. Ich"
        return NO_BREAK
    if any(mark in between for mark in ".!?;:\n؟؛…"):
        return FULL_STOP
    return COMMA if any(mark in between for mark in ",،–—()/+") else NO_BREAK


def _joined(first: Token, second: Token) -> Token:
    raw, folded = f"{first.raw} {second.raw}", fold(first.folded + second.folded)
    return Token(raw=raw, folded=folded, start=first.start, end=second.end, broken_by=first.broken_by)
