"""The directory as a conversation sees it: with the rules of the versions that it began with."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import Final

from bot.routing.desks import Directory
from bot.routing.versions import EMBEDDED, Version
from bot.turns.ports import Rules
from bot.vocabulary.facts import County

#: Numbers of versions by county; a county that is missing has the rules of the tables.
Numbers = tuple[tuple[str, int], ...]
#: More running versions at once than this are read from the database again.
MOST_KEPT: Final = 32


class Rulebook:
    """Versions never change, so what was read once is kept: a new one is asked for by its number."""

    def __init__(self) -> None:
        self._kept: dict[tuple[Hashable, Numbers], tuple[Version, ...]] = {}

    def directory(self, directory: Directory, numbers: Numbers, rules: Rules) -> Directory:
        """The directory of this moment, whose rules are those of the tables, with the rules of these versions."""
        for version in self._versions(numbers, rules):
            directory = directory.ruled_by(version.county, version.rules.rules, version.number)
        return directory

    def _versions(self, numbers: Numbers, rules: Rules) -> tuple[Version, ...]:
        key = (rules.origin, numbers)
        found = self._kept.get(key)
        if found is None:
            found = tuple(_read(numbers, rules))
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            self._kept[key] = found
        return found


def _read(numbers: Numbers, rules: Rules) -> Iterator[Version]:
    for county, number in numbers:
        version = rules.version(County(county), number) if number != EMBEDDED else None
        if version is not None:
            yield version


def newest(rules: Rules) -> Numbers:
    """What a conversation that begins now is ruled by."""
    return tuple(sorted((str(county), number) for county, number in rules.current().items()))
