"""The stretches of a sentence in which a place name may stand, in any of the nine languages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bot.places.spelling import Script, key, script_of

#: The longest names have four words: "Hennef an der Sieg".
LONGEST_NAME: Final = 4
SHORTEST_STEM: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Some neighbouring words, joined.

    `marked`: a word beside them announces a place; `alone`: hardly anything else was typed; `whole`: nothing
    else was; `aside`: beside another
    place, this one is only the origin or the neighbour ("aus Köln", "bei Köln"); `nearby`: "near Cologne".
    """

    start: int
    end: int
    letters: str
    marked: bool
    alone: bool
    whole: bool
    aside: bool
    nearby: bool


def stretches(words: tuple[str, ...]) -> Iterator[Stretch]:
    """Every stretch of up to four words without numbers, the longest first.

    >>> [stretch.letters for stretch in stretches(("bad", "honnef"))]
    ['badhonnef', 'bad', 'honnef']
    """
    for size in range(min(LONGEST_NAME, len(words)), 0, -1):
        for start in range(len(words) - size + 1):
            part = words[start : start + size]
            if not any(word.isdecimal() for word in part):
                yield _stretch(words, start, start + size)


def _stretch(words: tuple[str, ...], start: int, end: int) -> Stretch:
    before = words[start - 1] if start else ""
    after = words[end] if end < len(words) else ""
    return Stretch(
        start=start,
        end=end,
        letters="".join(words[start:end]),
        marked=_announced(words[start], before) or after in TURKISH_ENDINGS or (start == 0 and after in BESIDE_WORDS),
        alone=start == 0 and len(words) <= 2,
        whole=end - start == len(words),
        aside=before in ASIDE_WORDS,
        nearby=not NEARBY_WORDS.isdisjoint(words[max(0, start - 3) : start]) or after in NEARBY_WORDS,
    )


def _announced(first: str, before: str) -> bool:
    """A preposition or a postal code announces a place, in Arabic also the preposition joined to the name."""
    return before in PLACE_WORDS or before.isdecimal() or first.startswith("ب")


def stems(letters: str, *, marked: bool) -> Iterator[str]:
    """The same letters without an ending or a joined preposition: "Siegburgu", "Зигбурге", "بروسراث".

    After a word that announces a place the stem may be as short as "Much".

    >>> "siegburg" in stems("siegburgu", marked=False)
    True
    """
    shortest = 3 if marked else SHORTEST_STEM
    script = script_of(letters)
    for ending in _ENDINGS[script]:
        if letters.endswith(ending) and len(letters) - len(ending) >= shortest:
            yield letters[: -len(ending)]
    for ending, stem in _CHANGED[script]:
        if letters.endswith(ending):
            yield letters[: -len(ending)] + stem
    for joined in _JOINED[script]:
        if letters.startswith(joined) and len(letters) - len(joined) >= 3:
            yield letters[len(joined) :]


def is_street(letters: str, after: str) -> bool:
    """A name such as "Bensberger Straße" is a street, not the town."""
    return letters.endswith("er") and after.startswith(("str", "weg", "platz", "allee"))


def _folded(words: str) -> frozenset[str]:
    return frozenset(map(key, words.split()))


#: What follows may be where somebody comes from, or the bigger town next door.
ASIDE_WORDS: Final = _folded("aus bei from desde z ze из з із من از")
PLACE_WORDS: Final = ASIDE_WORDS | _folded(
    "in im nach at to of en de del a w we do в во у до під под у في الى إلى ب در به"
    " stadt gemeinde ort town city village ciudad pueblo miasto gmina miasta miescie город города"
    " городе місто міста місті مدينة بلدية شهر şehri ilçe wohnort ort wohne lebe live"
    " mieszkam vivo живу мешкаю اسكن أعيش"
)
NEARBY_WORDS: Final = _folded(
    "nähe nahe neben near close cerca junto koło obok blisko niedaleko yakın yakınında yakınlarında"
    " возле рядом около недалеко біля поруч неподалік قرب قريب بالقرب نزدیک نزدیکی"
)
BESIDE_WORDS: Final = NEARBY_WORDS | _folded("bei")
TURKISH_ENDINGS: Final = _folded("da de ta te dan den tan ten ya ye")
_ENDINGS: Final = {
    Script.LATIN: (
        "da", "de", "ta", "te", "dan", "den", "tan", "ten", "dayim", "deyim", "tayim", "teyim", "ya", "ye",
        "u", "ie", "owie", "em", "owi", "a", "s",
    ),
    Script.CYRILLIC: ("е", "у", "а", "и", "ом", "ем", "ови", "ои"),
    Script.ARABIC: ("م",),
}  # fmt: skip
_CHANGED: Final = {
    Script.LATIN: (("burdzie", "burg"),),
    Script.CYRILLIC: (("зи", "г"), ("си", "х"), ("ци", "к")),
    Script.ARABIC: (),
}  # fmt: skip
_JOINED: Final = {
    Script.LATIN: (),
    Script.CYRILLIC: (),
    Script.ARABIC: ("بال", "وال", "ال", "ب", "ل", "ف", "و"),
}  # fmt: skip
