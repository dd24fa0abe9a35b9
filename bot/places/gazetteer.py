"""Every name under which one of the 27 municipalities, or a place outside, may be typed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final

from bot.places.sound import arabic, cyrillic, latin
from bot.places.spelling import Script, consonants, key, script_of
from bot.vocabulary.facts import County

KINDS: Final = ("Stadt", "Gemeinde")
SHORTEST_SKELETON: Final = 4
SHORTEST_BY_EAR: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Municipality:
    """One of the 27. `name` is German; `names` are its names by language where the script differs."""

    id: str
    county: County
    name: str
    kind: str
    names: Mapping[str, str]

    def called(self, language: str) -> str:
        """Its name as a reader of that language writes it."""
        return self.names.get(language, self.name)


@dataclass(slots=True)
class Meaning:
    """What a spelling can mean: municipalities inside, a place outside, or both; `small` is only a part of a town."""

    inside: tuple[str, ...] = ()
    outside: str | None = None
    small: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Gazetteer:
    municipalities: Mapping[str, Municipality]
    meanings: Mapping[str, Meaning]
    never: frozenset[str]
    words: frozenset[str]
    codes: Mapping[str, tuple[str, ...]]
    ranges: tuple[tuple[int, int, str], ...]
    by_size: Mapping[tuple[Script, int], tuple[str, ...]]
    by_sound: Mapping[str, tuple[str, ...]]

    def counties(self) -> dict[str, str]:
        """Each municipality's county, as `read_facts` wants it."""
        return {place.id: place.county.value for place in self.municipalities.values()}


def read_gazetteer(counties: Iterable[Mapping[str, Any]], outside: Mapping[str, Any]) -> Gazetteer:
    """The places of the tables `municipalities.toml` (one for each county) and `outside.toml`.

    Raises `ValueError` that names the row, the key and what is allowed.
    """
    rows = [(County(_said(table, "county", str)), row) for table in counties for row in table["municipality"]]
    found: dict[str, Meaning] = defaultdict(Meaning)
    codes: dict[str, list[str]] = defaultdict(list)
    for _, row in rows:
        _add_inside(found, row)
        for code in _postal(row):
            codes[code].append(row["id"])
    _add_outside(found, outside)
    return Gazetteer(
        municipalities={row["id"]: _municipality(county, row) for county, row in rows},
        meanings=dict(found),
        never=frozenset(key(name) for _, row in rows for name in row.get("never", ())),
        words=frozenset(map(key, outside.get("words", ()))),
        codes={code: tuple(ids) for code, ids in codes.items()},
        ranges=tuple(chain.from_iterable(map(_ranges, outside.get("postal", ())))),
        by_size=_by_size(found),
        by_sound=_by_sound(found),
    )


def _municipality(county: County, row: Mapping[str, Any]) -> Municipality:
    kind = _said(row, "kind", str)
    if kind not in KINDS:
        raise ValueError(f"municipality {row['id']}: kind must be one of {', '.join(KINDS)}")
    if not row["id"].startswith(f"{county}_"):
        raise ValueError(f"municipality {row['id']}: id must begin with {county}_")
    return Municipality(id=row["id"], county=county, name=row["name"], kind=kind, names=_said(row, "names", dict))


def _said(row: Mapping[str, Any], name: str, kind: type) -> Any:
    value = row.get(name)
    if not isinstance(value, kind):
        raise ValueError(f"municipality {row.get('id', row.get('name', '?'))}: {name} must be a {kind.__name__}")
    return value


def _add_inside(found: dict[str, Meaning], row: Mapping[str, Any]) -> None:
    place, name = _said(row, "id", str), _said(row, "name", str)
    for spelling in (name, *_said(row, "names", dict).values(), *row.get("spellings", ())):
        _mean(found, key(spelling), place, small=False)
        for heard in map(key, latin(spelling) if script_of(key(spelling)) is Script.CYRILLIC else ()):
            if len(heard) >= SHORTEST_BY_EAR:
                _mean(found, heard, place, small=False)
    for part in row.get("parts", ()):
        _mean(found, key(part), place, small=True)
        for spelling in map(key, (cyrillic(part), arabic(part))):
            if len(spelling) >= SHORTEST_BY_EAR:
                _mean(found, spelling, place, small=True)


def _mean(found: dict[str, Meaning], spelling: str, place: str, *, small: bool) -> None:
    meaning = found[spelling]
    meaning.inside = tuple(dict.fromkeys((*meaning.inside, place)))
    meaning.small = meaning.small and small


def _add_outside(found: dict[str, Meaning], outside: Mapping[str, Any]) -> None:
    named = outside.get("named", "").split()
    for name, *spellings in chain(outside.get("known", ()), ([each] for each in named)):
        for spelling in (name, *spellings):
            _mean_outside(found[key(spelling)], name)
        for spelling in map(key, _by_ear(name, spellings)):
            if spelling not in found or found[spelling].small:
                _mean_outside(found[spelling], name)


def _by_ear(name: str, spellings: Iterable[str]) -> Iterable[str]:
    heard = cyrillic(name)
    yield from (heard, arabic(name))
    for written in (heard, *spellings):
        if script_of(key(written)) is Script.CYRILLIC:
            yield from latin(written)


def _mean_outside(meaning: Meaning, name: str) -> None:
    meaning.outside = meaning.outside or name


def _postal(row: Mapping[str, Any]) -> list[str]:
    codes: list[Any] = _said(row, "postal", list)
    for code in codes:
        if not (isinstance(code, str) and len(code) == 5 and code.isdecimal()):
            raise ValueError(f"municipality {row['id']}: postal must be codes of five digits, not {code!r}")
    return codes


def _ranges(row: Mapping[str, Any]) -> Iterable[tuple[int, int, str]]:
    for codes in row["codes"]:
        first, _, last = codes.partition("-")
        if not first.isdecimal() or not (last or first).isdecimal():
            raise ValueError(f"postal {row['name']}: codes must be like 50667 or 50667-51149, not {codes!r}")
        yield int(first), int(last or first), row["name"]


def _by_size(found: Mapping[str, Meaning]) -> dict[tuple[Script, int], tuple[str, ...]]:
    sizes: dict[tuple[Script, int], list[str]] = defaultdict(list)
    for spelling in found:
        sizes[script_of(spelling), len(spelling)].append(spelling)
    return {size: tuple(spellings) for size, spellings in sizes.items()}


def _by_sound(found: Mapping[str, Meaning]) -> dict[str, tuple[str, ...]]:
    sounds: dict[str, list[str]] = defaultdict(list)
    for spelling, meaning in found.items():
        if script_of(spelling) is Script.ARABIC and not (meaning.inside and meaning.small):
            sounds[consonants(spelling)].append(spelling)
    return {sound: tuple(spellings) for sound, spellings in sounds.items() if len(sound) >= SHORTEST_SKELETON}
