"""Which script a word is written in, and which of the nine languages use it."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from functools import lru_cache


class Script(Enum):
    LATIN = ("de", "en", "es", "pl", "tr")
    ARABIC = ("ar", "fa")
    CYRILLIC = ("ru", "uk")
    OTHER = ()

    @property
    def languages(self) -> tuple[str, ...]:
        tags: tuple[str, ...] = self.value
        return tags


@lru_cache(4096)
def script_of(word: str) -> Script:
    """The script of the first letter that has one.

    >>> script_of("2b"), script_of("суд")
    (<Script.LATIN: ('de', 'en', 'es', 'pl', 'tr')>, <Script.CYRILLIC: ('ru', 'uk')>)
    """
    for letter in word:
        if not letter.isalpha():
            continue
        if letter < "\u0250":
            return Script.LATIN
        if "\u0400" <= letter <= "\u04ff":
            return Script.CYRILLIC
        if "\u0600" <= letter <= "\u06ff":
            return Script.ARABIC
    return Script.OTHER


def main_script(words: Iterable[str]) -> Script:
    """The script that most words of a message are written in."""
    scripts = [script_of(word) for word in words]
    return max(dict.fromkeys(scripts), key=scripts.count, default=Script.OTHER)
