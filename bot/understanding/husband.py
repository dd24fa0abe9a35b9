"""Whether a message tells that the person's husband or friend does it, in the words of any of the nine languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from bot.understanding.normalise import Token, fold, tokens

ANY: Final = "*"
Words = tuple[str, ...]
_KEYS: Final = ("husband", "whom", "from_him")


@dataclass(frozen=True, slots=True, kw_only=True)
class Husband:
    """One language's phrases; each is some words in a row, and a star stands for the rest of a word."""

    husband: tuple[Words, ...]
    whom: tuple[Words, ...]
    from_him: tuple[Words, ...]

    def told_in(self, message: Sequence[str]) -> bool:
        """He is named as the one who does it, and not as the one to whom it is done.

        >>> said = lambda text: [token.folded for token in tokens(text)]
        >>> row = {"husband": ["husband"], "whom": ["me"], "from_him": ["of my husband"]}
        >>> english = read_husband({"en": row})["en"]
        >>> [english.told_in(said(text)) for text in ("My husband hits me", "They hit my husband", "Of my husband")]
        [True, False, True]
        """
        named = _any_in(self.husband, message) and _any_in(self.whom, message)
        return named or _any_in(self.from_him, message)


def read_husband(table: Mapping[str, Any]) -> dict[str, Husband]:
    """The languages of `husband.toml`; raises `ValueError` naming language and key."""
    return {tag: Husband(**{key: _phrases(tag, key, row) for key in _KEYS}) for tag, row in table.items()}


def by_husband(words: Sequence[Token], tables: Mapping[str, Husband]) -> bool:
    """In whatever language: the words of one say nothing in another."""
    message = [token.folded for token in words]
    return any(table.told_in(message) for table in tables.values())


def _phrases(tag: str, key: str, row: Mapping[str, Any]) -> tuple[Words, ...]:
    given = row.get(key)
    if not isinstance(given, list) or not given or not all(isinstance(one, str) and one.strip(" *") for one in given):
        raise ValueError(f"{tag}: {key} must be a list of phrases")
    return tuple(_folded(phrase) for phrase in given)


def _folded(phrase: str) -> Words:
    """Folded like a message; a star stays where it was."""
    begins, ends = phrase.startswith(ANY), phrase.endswith(ANY)
    words = [fold(phrase.strip(ANY))] if begins or ends else [token.folded for token in tokens(phrase)]
    return tuple(f"{ANY if begins else ''}{word}{ANY if ends else ''}" for word in words)


def _any_in(phrases: Sequence[Words], message: Sequence[str]) -> bool:
    return any(_stands_in(phrase, message) for phrase in phrases)


def _stands_in(phrase: Words, message: Sequence[str]) -> bool:
    starts = range(len(message) - len(phrase) + 1)
    return any(all(_is(word, message[at + n]) for n, word in enumerate(phrase)) for at in starts)


def _is(wanted: str, word: str) -> bool:
    if wanted.startswith(ANY):
        return word.endswith(wanted[1:])
    return word.startswith(wanted[:-1]) if wanted.endswith(ANY) else word == wanted
