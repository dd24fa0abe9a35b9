"""A place as a person types it is one municipality, a choice of some, a place outside, or not known.

A place outside is never taken for one inside: a hit outside that is at least as close always wins.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from bot.places.gazetteer import Gazetteer, Meaning
from bot.places.near import near_hits
from bot.places.sentence import Stretch, stems, stretches
from bot.places.spelling import tokens
from bot.vocabulary.facts import County

LOWEST_CODE: Final = 1001
HIGHEST_CODE: Final = 99998


@dataclass(frozen=True, slots=True)
class Found:
    """One municipality. Not `sure`: it was typed with a slip, so ask whether it is meant."""

    municipality: str
    sure: bool


@dataclass(frozen=True, slots=True)
class Choose:
    """It may be one of these; the person says which, or none."""

    candidates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outside:
    """A known place that neither county serves."""

    name: str


@dataclass(frozen=True, slots=True)
class NotFound:
    """Nothing that looks like a place."""


Place = Found | Choose | Outside | NotFound


def find_place(text: str, gazetteer: Gazetteer, county: County | None = None) -> Place:
    """The place that a text names; `county` settles what would otherwise be a choice."""
    words = tokens(text)
    parts = tuple(stretches(words))
    exact = _exact(parts, gazetteer)
    by_code = _by_code(words, gazetteer)
    if by_code is not None:
        return _agreed(by_code, exact)
    if not exact:
        return _judged_near(parts, words, gazetteer)
    wider = [part for part in parts if any(_contains(part, hit.stretch) for hit in exact)]
    return _settled(_judged(exact, county), _judged_near(wider, words, gazetteer))


def _contains(part: Stretch, other: Stretch) -> bool:
    return part.start <= other.start and other.end <= part.end and (part.start, part.end) != (other.start, other.end)


def _settled(exact: Place, wider: Place) -> Place:
    """More words with a slip in them can mean another place than the one word that is right ("Bad Hennef")."""
    match exact, wider:
        case Choose(), Found() | Outside():
            return wider
        case Found(place, _), Outside():
            return Choose((place,))
        case Found(place, _), Found(other, _) if place != other:
            return Choose((place, other))
        case _:
            return exact


@dataclass(frozen=True, slots=True)
class _Hit:
    stretch: Stretch
    meaning: Meaning


def _by_code(words: Iterable[str], gazetteer: Gazetteer) -> Place | None:
    codes = [word for word in words if word.isdecimal() and len(word) == 5]
    inside = {place for code in codes for place in gazetteer.codes.get(code, ())}
    if len(inside) == 1:
        return Found(inside.pop(), sure=True)
    if inside:
        return Choose(tuple(sorted(inside)))
    valid = [code for code in codes if LOWEST_CODE <= int(code) <= HIGHEST_CODE]
    return Outside(_code_name(int(valid[0]), gazetteer) or valid[0]) if valid else None


def _code_name(code: int, gazetteer: Gazetteer) -> str | None:
    return next((name for first, last, name in gazetteer.ranges if first <= code <= last), None)


def _agreed(by_code: Place, exact: Sequence[_Hit]) -> Place:
    """The postal code decides, unless the town's name beside it says something else."""
    named = tuple(dict.fromkeys(place for hit in exact for place in hit.meaning.inside))
    match by_code:
        case Found(place, _) if named and place not in named:
            return Choose((place, *named))
        case Outside() if named:
            return Choose(named)
        case _:
            return by_code


def _exact(parts: Iterable[Stretch], gazetteer: Gazetteer) -> list[_Hit]:
    hits: list[_Hit] = []
    for part in parts:
        overlaps = any(part.start < hit.stretch.end and hit.stretch.start < part.end for hit in hits)
        if not overlaps and (meaning := _meaning(part, gazetteer)):
            hits.append(_Hit(part, meaning))
    return hits


def _meaning(part: Stretch, gazetteer: Gazetteer) -> Meaning | None:
    if part.letters in gazetteer.meanings:
        spoken_of = part.marked or part.alone or part.letters not in gazetteer.words
        return gazetteer.meanings[part.letters] if spoken_of else None
    if part.letters in gazetteer.never:
        return None
    for stem in stems(part.letters, marked=part.marked):
        meaning = gazetteer.meanings.get(stem)
        if meaning and (part.marked or stem not in gazetteer.words) and (len(stem) > 3 or not meaning.small):
            return meaning
    return None


def _judged(hits: Sequence[_Hit], county: County | None) -> Place:
    inside = [hit for hit in hits if hit.meaning.inside]
    outside = [hit for hit in hits if not hit.meaning.inside and not hit.stretch.nearby]
    if inside and not all(hit.stretch.aside for hit in inside):
        outside = [hit for hit in outside if not hit.stretch.aside]
    if not inside:
        return Outside(outside[0].meaning.outside or "") if outside else NotFound()
    candidates = _candidates([hit.meaning for hit in inside])
    certain = any(hit.meaning.outside is None for hit in inside) and not outside
    if len(candidates) > 1 and county is not None:
        candidates = tuple(place for place in candidates if place.startswith(f"{county}_")) or candidates
    return Found(candidates[0], sure=True) if len(candidates) == 1 and certain else Choose(candidates)


def _candidates(meanings: Sequence[Meaning]) -> tuple[str, ...]:
    """What all names together can mean; where they contradict each other, what any of them can."""
    first, *others = meanings
    common = tuple(place for place in first.inside if all(place in other.inside for other in others))
    return common or tuple(dict.fromkeys(place for meaning in meanings for place in meaning.inside))


def _judged_near(parts: Sequence[Stretch], words: tuple[str, ...], gazetteer: Gazetteer) -> Place:
    hits = near_hits(parts, words, gazetteer)
    inside = [hit for hit in hits if hit.meaning.inside]
    outside = [hit for hit in hits if hit.meaning.outside]
    if not inside or (outside and outside[0].slips < inside[0].slips):
        close = [hit for hit in outside if hit.close]
        return Outside(close[0].meaning.outside or "") if close else NotFound()
    best = inside[0]
    level = [hit.meaning for hit in inside if (hit.slips, hit.meaning.small) == (best.slips, best.meaning.small)]
    candidates = tuple(dict.fromkeys(place for meaning in level for place in meaning.inside))
    tie = bool(outside) and outside[0].slips == best.slips
    return Found(candidates[0], sure=False) if best.close and not tie and len(candidates) == 1 else Choose(candidates)
