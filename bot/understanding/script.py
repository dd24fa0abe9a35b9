"""Which script a word is written in, and which of the nine languages use it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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


@lru_cache(1 << 14)
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


def scripts_of(words: Iterable[str]) -> Mapping[Script, int]:
    """How many words are written in each script, the script that is met first before the others."""
    scripts = [*map(script_of, words)]
    if scripts and scripts.count(scripts[0]) == len(scripts):  # nearly always; a count is quicker than a hash
        return {scripts[0]: len(scripts)}
    return {script: scripts.count(script) for script in dict.fromkeys(scripts)}


def main_script(scripts: Mapping[Script, int]) -> Script:
    """The script that most words of a message are written in."""
    return max(scripts, key=scripts.__getitem__, default=Script.OTHER)
