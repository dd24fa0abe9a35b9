"""Whether a message tells that the person's husband or friend does it, in the words of any of the nine languages."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from bot.understanding.normalise import Token, fold, normalise

ANY: Final = "*"
_REST: Final = r"\S*"
_KEYS: Final = ("husband", "whom", "from_him")


@dataclass(frozen=True, slots=True, kw_only=True)
class Husband:
    """One language's phrases; each is some words in a row, and a star stands for the rest of a word."""

    husband: re.Pattern[str]
    whom: re.Pattern[str]
    from_him: re.Pattern[str]

    def told_in(self, message: str) -> bool:
        """He is named as the one who does it, and not as the one to whom it is done; of the folded words of a message.

        >>> row = {"husband": ["husband"], "whom": ["me"], "from_him": ["of my husband"]}
        >>> english = read_husband({"en": row})["en"]
        >>> texts = "My husband hits me", "They hit my husband", "Of my husband"
        >>> [english.told_in(normalise(text)) for text in texts]
        [True, False, True]
        """
        named = self.husband.search(message) and self.whom.search(message)
        return bool(named or self.from_him.search(message))


def read_husband(table: Mapping[str, Any]) -> dict[str, Husband]:
    """The languages of `husband.toml`; raises `ValueError` naming language and key."""
    return {tag: Husband(**{key: _phrases(tag, key, row) for key in _KEYS}) for tag, row in table.items()}


def by_husband(words: Sequence[Token], tables: Mapping[str, Husband]) -> bool:
    """In whatever language: the words of one say nothing in another."""
    message = " ".join(token.folded for token in words)
    return any(table.told_in(message) for table in tables.values())


def _phrases(tag: str, key: str, row: Mapping[str, Any]) -> re.Pattern[str]:
    given = row.get(key)
    if not isinstance(given, list) or not given or not all(isinstance(one, str) and one.strip(" *") for one in given):
        raise ValueError(f"{tag}: {key} must be a list of phrases")
    return re.compile(rf"(?<!\S)(?:{'|'.join(map(_pattern, given))})(?!\S)")


def _pattern(phrase: str) -> str:
    """The phrase folded like a message; a star stays where it was."""
    begins, ends = phrase.startswith(ANY), phrase.endswith(ANY)
    words = fold(phrase.strip(ANY)) if begins or ends else normalise(phrase)
    return (_REST if begins else "") + re.escape(words) + (_REST if ends else "")
