"""Arabic and Persian typed in Latin letters, met halfway: both sides lose what varies, the vowels first of all."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from bot.understanding.normalise import Token
from bot.understanding.phrases import Vocabulary
from bot.understanding.words import SLIP, Meant

_Index = Mapping[str, frozenset[int]]


class Romanised:
    """The words of one table as their Latin skeletons. Short skeletons mean too many words and are left out.

    `small` words carry no meaning or deny: those are known however short they are.
    """

    def __init__(self, sounds: Sounds, words: Vocabulary, small: frozenset[str]) -> None:
        self._sounds = sounds
        self._words = words
        self._small = small

    def plain(self, message: Sequence[Token]) -> tuple[Token, ...]:
        """The message with its small words in the script of the table; the others as they were typed."""
        return tuple(token._replace(folded=self._small_word(token.folded)) for token in message)

    def meant_by(self, folded: str) -> Meant:
        """The words that a word in Latin letters may be."""
        whole, stems = self._skeletons
        found: dict[int, float] = {}
        for skeleton in self._sounds.typed(folded):
            for end in range(_SHORTEST, len(skeleton) + 1):
                sure = SLIP if end > _TELLING else UNSURE
                places = stems.get(skeleton[:end], _NONE)
                for place in places | whole.get(skeleton, _NONE) if end == len(skeleton) else places:
                    found[place] = max(sure, found.get(place, 0))
        if folded in self._small:
            found.update(dict.fromkeys(self._small_numbers.get(folded, ()), 1.0))
        return found

    def _small_word(self, folded: str) -> str:
        if not folded.isascii() or folded.isdigit():
            return folded
        known = (self._small_words.get(skeleton) for skeleton in sorted(self._sounds.typed(folded)) if skeleton)
        meant = next((word for word in known if word), None)
        return folded if meant is None or self.meant_by(folded) else meant

    @cached_property
    def _small_numbers(self) -> Mapping[str, Sequence[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for number, word in enumerate(self._words):
            if word.text in self._small:
                found[word.text].append(number)
        return found

    @cached_property
    def _small_words(self) -> Mapping[str, str]:
        return {self._sounds.written(word): word for word in sorted(self._small)}

    @cached_property
    def _skeletons(self) -> tuple[_Index, _Index]:
        """Whole words and stems, laid out when somebody first types in Latin letters."""
        whole: dict[str, set[int]] = defaultdict(set)
        stems: dict[str, set[int]] = defaultdict(set)
        for number, word in enumerate(self._words):
            skeleton = self._sounds.written(word.text)
            if len(skeleton) >= _SHORTEST:
                (stems if word.ends else whole)[skeleton].add(number)
        return _frozen(whole), _frozen(stems)


def _frozen(index: Mapping[str, set[int]]) -> _Index:
    return {skeleton: frozenset(numbers) for skeleton, numbers in index.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sounds:
    """What is left of the letters of a table, and of what is typed for them."""

    letters: Mapping[str, str]
    pairs: Sequence[tuple[str, str]]
    typed_letters: Mapping[int, str]
    article: re.Pattern[str]

    def written(self, text: str) -> str:
        return _DOUBLED.sub(r"\1", "".join(self.letters.get(letter, "") for letter in text))

    def typed(self, folded: str) -> frozenset[str]:
        """The skeletons a typed word may have: with and without article, final h and any h."""
        if not folded.isascii():
            return frozenset()
        forms = (folded, folded.replace("2", "q"), self.article.sub("", folded), re.sub(r"h$", "", folded))
        return frozenset(map(self._skeleton, forms))

    def _skeleton(self, typed: str) -> str:
        for pair, letter in self.pairs:
            typed = typed.replace(pair, letter)
        return _DOUBLED.sub(r"\1", typed.translate(self.typed_letters))


#: A skeleton this short says little: it counts beside another word only.
UNSURE: Final = 0.85
_TELLING: Final = 2
_SHORTEST: Final = 2
_NONE: Final = frozenset[int]()
_DOUBLED: Final = re.compile(r"(.)\1+")

_LETTERS: Final[Mapping[str, str]] = {
    **dict.fromkeys("اويءعهى", ""),
    **dict.fromkeys("تطث", "t"),
    **dict.fromkeys("ذظزژ", "z"),
    **dict.fromkeys("دض", "d"),
    **dict.fromkeys("سص", "s"),
    **dict.fromkeys("شچ", "c"),
    **dict.fromkeys("غگ", "g"),
    **dict.fromkeys("قك", "k"),
    **dict.fromkeys("بپ", "b"),
    **dict(zip("جحخرفلمن", "jhxrflmn", strict=True)),
}
_PAIRS: Final = (("sh", "c"), ("ch", "c"), ("kh", "x"), ("gh", "g"), ("th", "t"), ("dh", "z"), ("zh", "z"))
_TYPED: Final = {**dict.fromkeys("aeiouyw23", ""), "5": "x", "6": "t", "7": "h", "8": "k", "9": "s", "q": "k"}
_ARABIC: Final = Sounds(
    letters=_LETTERS,
    pairs=_PAIRS,
    typed_letters=str.maketrans({**_TYPED, "p": "b", "v": "f"}),
    article=re.compile(r"^(?:al|el|il|l)(?=.{3})"),
)
#: In Persian q and gh are one sound, v is the letter و, an h is hardly heard, and ث, ض and ذ are s and z.
_PERSIAN: Final = Sounds(
    letters={**_LETTERS, **dict.fromkeys("حه", ""), "ق": "g", "ث": "s", "ض": "z", "پ": "p"},
    pairs=_PAIRS,
    typed_letters=str.maketrans({**_TYPED, **dict.fromkeys("vh7", ""), "q": "g", "8": "g"}),
    article=re.compile(r"^al(?=.{4})"),
)
_SOUNDS: Final = {"ar": _ARABIC, "fa": _PERSIAN}


def read_romanised(language: str, words: Vocabulary, small: frozenset[str]) -> Romanised | None:
    """The skeletons of a language that people also type in Latin letters, or none."""
    sounds = _SOUNDS.get(language)
    return Romanised(sounds, words, small) if sounds else None
