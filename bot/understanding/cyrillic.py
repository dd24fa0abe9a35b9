"""Russian and Ukrainian typed in Latin letters, put back into Cyrillic ones: close enough for words with a slip."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from bot.understanding.normalise import Token, fold, shortened


def in_cyrillic(language: str, message: Sequence[Token]) -> tuple[Token, ...]:
    """The words of a message as a reader of `language` (ru, uk) would say them; what is not Latin stays.

    >>> from bot.understanding.normalise import tokens
    >>> [token.folded for token in in_cyrillic("ru", tokens("nuzhen vrach, zhena bolna"))]
    ['нужен', 'врач', 'жена', 'болна']
    """
    return tuple(token._replace(folded=fold(_said(language, shortened(token.raw)))) for token in message)


def _said(language: str, raw: str) -> str:
    word = raw.casefold()
    if not word.isascii() or word.isdigit():
        return word
    for pattern, said in _RULES[language]:
        word = pattern.sub(said, word)
    return word.translate(_SINGLE[language])


_Rule = tuple[re.Pattern[str], str]

#: What several Latin letters stand for, in the spellings of English, German and Polish phones alike.
_BOTH: Final = (
    (r"shch", "щ"),
    (r"tsch", "ч"),
    (r"sch|sh|sz|6(?!\d)", "ш"),
    (r"tch|ch|cz|4", "ч"),
    (r"^j(?=[bdmn])", "ж"),
    (r"zh", "ж"),
    (r"kh", "х"),
    (r"ts|tz", "ц"),
    (r"[yj]a|(?<=[aeiouy])ia|ia$", "я"),
    (r"[yj]u|(?<=[aeiouy])iu|iu$", "ю"),
    (r"[yj]o", "е"),
    (r"(?<=[aeiouаеиоуюяєї])[yj]", "й"),
    (r"[iy][jy]$", "ий"),
)
_OWN: Final[Mapping[str, Sequence[tuple[str, str]]]] = {
    "ru": ((r"^e(?=t[aoiu])", "э"), (r"[yj]e", "е")),
    "uk": ((r"[yj]i", "ї"), (r"[yj]e|(?<=[aeiou])ie", "є"), (r"(?<=[eo])i$", "й")),
}
_ALIKE: Final = {
    **dict(zip("abdefgklmnopqrstuvwxz", "абдефгклмнопкрстуввхз", strict=True)),
    "c": "ц",
    "j": "й",
    "'": "ь",
}
_SINGLE: Final = {
    "ru": str.maketrans(_ALIKE | {"h": "х", "i": "и", "y": "ы"}),
    "uk": str.maketrans(_ALIKE | {"h": "г", "i": "і", "y": "и"}),
}


def _compiled(language: str) -> tuple[_Rule, ...]:
    return tuple((re.compile(pattern), said) for pattern, said in (*_OWN[language], *_BOTH))


_RULES: Final[Mapping[str, tuple[_Rule, ...]]] = {language: _compiled(language) for language in _OWN}
LANGUAGES: Final = frozenset(_RULES)
