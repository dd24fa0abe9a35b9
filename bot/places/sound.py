"""How a German name is usually written down by ear in Cyrillic and in Arabic script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final


def cyrillic(name: str) -> str:
    """A German name in Cyrillic letters, as Russian writes it by rule.

    >>> cyrillic("Lüdenscheid"), cyrillic("Altenkirchen")
    ('люденшайд', 'альтенкирхен')
    """
    return _spoken(name, _CYRILLIC)


def arabic(name: str) -> str:
    """A German name in Arabic letters, as it is written by ear.

    >>> arabic("Hildesheim")
    'هيلدسهايم'
    """
    return _spoken(name, _ARABIC)


def latin(cyrillic_name: str) -> Iterator[str]:
    """A name in Cyrillic letters as somebody writes it who has only a Latin keyboard, in the two usual ways.

    >>> [*latin("Райнбах")]
    ['raynbakh', 'raynbah']
    """
    romanised = "".join(_LATIN.get(letter, letter) for letter in cyrillic_name.casefold())
    yield romanised
    if "kh" in romanised:
        yield romanised.replace("kh", "h")


def _spoken(name: str, letters: dict[str, str]) -> str:
    quiet = _SILENT_H.sub(r"\1", name.casefold())
    return _SOUND.sub(lambda sound: letters.get(sound[0], sound[0]), quiet)


#: A sound as German writes it, as Cyrillic and as Arabic write it; "-" is nothing. Longer ones first.
_SOUNDS: Final = """
    tsch ч تش; sch ш ش; chs кс كس; ch х خ; ck к ك; ph ф ف; th т ت; qu кв كف; tz ц تس;
    ss с س; ll лл ل; ei ай اي; ai ай اي; eu ой وي; äu ой وي; ie и ي; au ау او; aa а ا;
    ee е ي; oo о و; lt льт لت; ld льд لد; ln льн لن; a а ا; ä е ي; b б ب; c к ك;
    d д د; e е -; f ф ف; g г غ; h х ه; i и ي; j й ي; k к ك; l л ل;
    m м م; n н ن; o о و; ö ё و; p п ب; r р ر; s с س; ß с س; t т ت;
    u у و; ü ю و; v ф ف; w в ف; x кс كس; y и ي; z ц تس
"""
_ROWS: Final = tuple(row.split() for row in _SOUNDS.split(";"))
_CYRILLIC: Final = {sound: written for sound, written, _ in _ROWS}
_ARABIC: Final = {sound: written.strip("-") for sound, _, written in _ROWS}
_SOUND: Final = re.compile("|".join(sound for sound, _, _ in _ROWS))
_ROMANISED: Final = """
    а a; б b; в v; г g; ґ g; д d; е e; ё e; є e; ж zh; з z; и i; і i; ї i; й y; к k; л l; м m; н n; о o; п p;
    р r; с s; т t; у u; ф f; х kh; ц ts; ч ch; ш sh; щ sch; ъ -; ы y; ь -; э e; ю yu; я ya
"""
_LATIN: Final = {letter: written.strip("-") for letter, written in map(str.split, _ROMANISED.split(";"))}
_SILENT_H: Final = re.compile(r"([aeiouäöü])h(?![aeiouäöü])")
