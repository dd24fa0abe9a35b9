"""Arabic, Persian, Russian and Ukrainian typed in Latin letters, met halfway: both sides lose what varies."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Final

from bot.understanding.phrases import Word
from bot.understanding.words import SLIP, Meant

_Index = Mapping[str, frozenset[int]]


class Romanised:
    """The words of one table as their Latin skeletons. Short skeletons mean too many words and are left out."""

    def __init__(self, script: str, words: Sequence[Word]) -> None:
        self._script = script
        self._words = words

    def meant_by(self, folded: str) -> Meant:
        """The words that a word in Latin letters may be."""
        whole, stems = self._skeletons
        found: dict[int, float] = {}
        for skeleton in _of_typed(self._script, folded):
            for end in range(_SHORTEST[self._script], len(skeleton) + 1):
                sure = SLIP if end > _TELLING else UNSURE
                places = stems.get(skeleton[:end], _NONE)
                for place in places | whole.get(skeleton, _NONE) if end == len(skeleton) else places:
                    found[place] = max(sure, found.get(place, 0))
        return found

    @cached_property
    def _skeletons(self) -> tuple[_Index, _Index]:
        """Whole words and stems, laid out when somebody first types in Latin letters."""
        whole: dict[str, set[int]] = defaultdict(set)
        stems: dict[str, set[int]] = defaultdict(set)
        for number, word in enumerate(self._words):
            skeleton = _of_table(self._script, word.text)
            if len(skeleton) >= _SHORTEST[self._script]:
                (stems if word.ends else whole)[skeleton].add(number)
        return _frozen(whole), _frozen(stems)


def _frozen(index: Mapping[str, set[int]]) -> _Index:
    return {skeleton: frozenset(numbers) for skeleton, numbers in index.items()}


def read_romanised(language: str, words: Sequence[Word]) -> Romanised | None:
    """The skeletons of a language that people also type in Latin letters, or none."""
    script = _SCRIPTS.get(language)
    return Romanised(script, words) if script else None


#: A skeleton this short says little: it counts beside another word only.
UNSURE: Final = 0.85
_TELLING: Final = 2
_NONE: Final = frozenset[int]()
_SCRIPTS: Final = {"ar": "arabic", "fa": "arabic", "ru": "cyrillic", "uk": "cyrillic"}
_SHORTEST: Final = {"arabic": 2, "cyrillic": 4}

_ARABIC: Final[Mapping[str, str]] = {
    **dict.fromkeys("اويءعهى", ""),
    "ب": "b",
    "پ": "b",
    "ت": "t",
    "ط": "t",
    "ث": "t",
    "ج": "j",
    "چ": "c",
    "ح": "h",
    "خ": "x",
    "د": "d",
    "ض": "d",
    "ذ": "z",
    "ظ": "z",
    "ز": "z",
    "ژ": "z",
    "ر": "r",
    "س": "s",
    "ص": "s",
    "ش": "c",
    "غ": "g",
    "گ": "g",
    "ف": "f",
    "ق": "k",
    "ك": "k",
    "ل": "l",
    "م": "m",
    "ن": "n",
}
_ARABIC_PAIRS: Final = (("sh", "c"), ("ch", "c"), ("kh", "x"), ("gh", "g"), ("th", "t"), ("dh", "z"), ("zh", "z"))
_ARABIC_TYPED: Final = str.maketrans(
    {**dict.fromkeys("aeiouyw23", None), "5": "x", "6": "t", "7": "h", "8": "k", "9": "s", "q": "k", "p": "b", "v": "f"}
)
_CYRILLIC: Final[Mapping[str, str]] = {
    "а": "a",
    "б": "b",
    "в": "v",
    "г": "g",
    "д": "d",
    "е": "e",
    "є": "e",
    "ж": "j",
    "з": "z",
    "и": "i",
    "і": "i",
    "ї": "i",
    "й": "i",
    "к": "k",
    "л": "l",
    "м": "m",
    "н": "n",
    "о": "o",
    "п": "p",
    "р": "r",
    "с": "s",
    "т": "t",
    "у": "u",
    "ф": "f",
    "х": "h",
    "ц": "c",
    "ч": "c",
    "ш": "s",
    "щ": "s",
    "ъ": "",
    "ы": "i",
    "ь": "",
    "э": "e",
    "ю": "u",
    "я": "a",
}
_CYRILLIC_TYPED: Final = (
    (r"shch|sch|sh|sz", "s"),
    (r"tch|ch|cz|4", "c"),
    (r"zh", "j"),
    (r"kh|x", "h"),
    (r"ts|tz", "c"),
    (r"[yji]?([aeu])", r"\1"),
    (r"[yj]o", "e"),
    (r"[yj]+", "i"),
    (r"w", "v"),
)
_DOUBLED: Final = re.compile(r"(.)\1+")


def _of_table(script: str, text: str) -> str:
    if script == "arabic":
        return _DOUBLED.sub(r"\1", "".join(_ARABIC.get(letter, "") for letter in text))
    letters = "".join(_CYRILLIC.get(letter, "") for letter in text)
    return _DOUBLED.sub(r"\1", re.sub(r"i([aeu])", r"\1", letters))


def _of_typed(script: str, folded: str) -> set[str]:
    if not folded.isascii():
        return set()
    if script == "cyrillic":
        for pattern, letter in _CYRILLIC_TYPED:
            folded = re.sub(pattern, letter, folded)
        return {_DOUBLED.sub(r"\1", folded)}
    forms = {
        folded,
        folded.replace("2", "q"),
        re.sub(r"^(?:al|el|il|l)(?=.{3})", "", folded),
        re.sub(r"h$", "", folded),
    }
    return {_arabic_skeleton(form) for form in forms}


def _arabic_skeleton(typed: str) -> str:
    for pair, letter in _ARABIC_PAIRS:
        typed = typed.replace(pair, letter)
    return _DOUBLED.sub(r"\1", typed.translate(_ARABIC_TYPED))
