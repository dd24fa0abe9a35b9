"""Which form of a sentence a number takes, in each language: frozen, so that no tool's upgrade moves a translation.

Source: CLDR's categories for whole numbers; `tests/unit/test_text_plurals.py` compares each rule with Babel's CLDR
data. Babel's own gettext headers are not used: 2.18 swaps two Arabic forms and knows only one form for fa and tr.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from gettext import c2py
from typing import Final

Rule = Callable[[int], int]

_SLAVIC: Final = "n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2"
_ARABIC: Final = "n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5"

#: The `Plural-Forms` header of each language's catalogue, letter by letter.
HEADERS: Final[Mapping[str, str]] = {
    "de": "nplurals=2; plural=(n != 1);",
    "ar": f"nplurals=6; plural=({_ARABIC});",
    "en": "nplurals=2; plural=(n != 1);",
    "es": "nplurals=2; plural=(n != 1);",
    "fa": "nplurals=2; plural=(n > 1);",
    "pl": f"nplurals=3; plural=(n==1 ? 0 : {_SLAVIC});",
    "ru": f"nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : {_SLAVIC});",
    "tr": "nplurals=2; plural=(n != 1);",
    "uk": f"nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : {_SLAVIC});",
}


def forms(tag: str) -> int:
    """How many forms a counted sentence has in this language.

    >>> forms("ar"), forms("pl"), forms("fa")
    (6, 3, 2)
    """
    return int(HEADERS[tag].split(";")[0].removeprefix("nplurals="))


@cache
def rule(tag: str) -> Rule:
    """The form that a number takes in this language.

    >>> [rule("ar")(n) for n in (0, 1, 2, 3, 11, 100)]
    [0, 1, 2, 3, 4, 5]
    """
    expression = HEADERS[tag].split("plural=", 1)[1].rstrip(";")
    choose: Rule = c2py(expression)
    return choose
