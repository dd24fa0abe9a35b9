"""Two spellings of one place name fold to the same letters, in Latin, Cyrillic and Arabic script."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from functools import lru_cache
from typing import Final

#: Nobody types a longer answer to "Where do you live?"; the rest is not looked at.
LONGEST: Final = 300


class Script(StrEnum):
    LATIN = "latin"
    CYRILLIC = "cyrillic"
    ARABIC = "arabic"


def tokens(text: str) -> tuple[str, ...]:
    """The folded words and numbers of a text, in order.

    >>> tokens("Königswinter, ٥٣٦٣٩"), tokens("Koenigswinter")
    (('konigswinter', '53639'), ('konigswinter',))
    """
    return tuple(_TOKEN.findall(fold(text[:LONGEST])))


def key(name: str) -> str:
    """The letters by which a name is looked up: folded, without blanks, hyphens and brackets.

    >>> key("Bergisch-Gladbach"), key("Рёсрат"), key("أوفرات") == key("اوفرات")
    ('bergischgladbach', 'ресрат', True)
    """
    return "".join(tokens(name))


def fold(text: str) -> str:
    """A text without what people leave out or write in two ways: case, accents, `ae` for `ä`, soft signs, hamza."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    if not plain.isascii():
        marked = unicodedata.normalize("NFD", plain)
        plain = "".join(_folded(letter) for letter in marked)
    return _UMLAUT.sub(r"\1", plain)


def script_of(letters: str) -> Script:
    """The script of a folded word: that of its first letter that is not Latin."""
    for letter in letters:
        if "\u0400" <= letter <= "\u052f":
            return Script.CYRILLIC
        if "\u0600" <= letter <= "\u06ff":
            return Script.ARABIC
    return Script.LATIN


def consonants(letters: str) -> str:
    """What stays the same in most Arabic-script spellings of a German name: its consonants, roughly.

    >>> consonants(key("زيغبورغ")) == consonants(key("سيجبورج"))
    True
    """
    return letters.translate(_CONSONANTS)


@lru_cache(maxsize=512)
def _folded(letter: str) -> str:
    if letter in _LETTERS:
        return _LETTERS[letter]
    if unicodedata.category(letter) in {"Mn", "Cf", "Me"}:
        return ""
    digit = unicodedata.digit(letter, None)
    return letter if digit is None else str(digit)


_TOKEN: Final = re.compile(r"[^\W\d_]+|\d+")
_UMLAUT: Final = re.compile(r"([aou])e")
_LETTERS: Final = {
    "ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ı": "i",
    "і": "и", "ґ": "г", "є": "е", "э": "е", "ы": "и", "ъ": "", "ь": "", "ʼ": "",
    "ى": "ي", "ی": "ي", "ې": "ي", "ک": "ك", "ة": "ه", "گ": "غ", "پ": "ب", "چ": "ش", "ژ": "ج", "ڤ": "ف",
    "ـ": "", "ء": "",
}  # fmt: skip
_CONSONANTS: Final = {
    **dict.fromkeys(map(ord, "اويهع"), ""),
    **dict.fromkeys(map(ord, "جقك"), "غ"),
    **dict.fromkeys(map(ord, "طث"), "ت"),
    **dict.fromkeys(map(ord, "صزظ"), "س"),
    **dict.fromkeys(map(ord, "ذض"), "د"),
    ord("ح"): "خ",
}
