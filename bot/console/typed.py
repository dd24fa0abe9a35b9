"""What people typed is shown as it was meant: nothing invisible in it can turn the page around."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from markupsafe import Markup, escape

_JOINERS: Final = "\u200c\u200d"
_INVISIBLE: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
#: Letters that other letters would disappear under: more than this many marks on one letter say nothing.
_PILED_MARKS: Final = re.compile(
    r"([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]{3})[\u0300-\u036f"
    r"\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]+"
)
_SPACES: Final = re.compile(r"\s+")


def plain(words: str) -> str:
    """The words without control, direction and zero-width characters; white space is one space.

    A joiner stays between Arabic letters, where Persian spelling needs it.

    >>> plain("A\u202eB\u200bC\\n D")
    'ABC D'
    """
    spaced = _SPACES.sub(" ", words)
    kept = (letter for at, letter in enumerate(spaced) if _is_shown(spaced, at))
    return _PILED_MARKS.sub(r"\1", "".join(kept)).strip()


def typed(words: str, language: str | None = None) -> Markup:
    """Typed words, isolated from the direction of the text around them."""
    if language:
        return Markup('<bdi dir="auto" lang="{}">{}</bdi>').format(language, plain(words))
    return Markup('<bdi dir="auto">{}</bdi>').format(escape(plain(words)))


def _is_shown(words: str, at: int) -> bool:
    if words[at] in _JOINERS:
        return 0 < at < len(words) - 1 and _is_arabic(words[at - 1]) and _is_arabic(words[at + 1])
    return unicodedata.category(words[at]) not in _INVISIBLE


def _is_arabic(letter: str) -> bool:
    return unicodedata.category(letter) == "Lo" and unicodedata.name(letter, "").startswith("ARABIC")
