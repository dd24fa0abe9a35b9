"""Desks in memory: what coordinators have said about them, and when nobody is there."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import uuid4

from bot.handoff.roster import Absence, DeskVersion, Overtaken


@dataclass
class DeskRows:
    versions: list[DeskVersion] = field(default_factory=list)
    absences: dict[int, Absence] = field(default_factory=dict)
    ended: set[int] = field(default_factory=set)
    name: str = field(default_factory=lambda: uuid4().hex)


class MemoryDesks:
    def __init__(self, rows: DeskRows) -> None:
        self._rows = rows

    @property
    def origin(self) -> Hashable:
        return self._rows.name

    def state(self) -> int:
        return len(self._rows.versions)

    def current(self) -> list[DeskVersion]:
        return list({one.desk: one for one in self._rows.versions}.values())

    def versions(self, desk: str, /) -> list[DeskVersion]:
        return [one for one in reversed(self._rows.versions) if one.desk == desk]

    def put(self, version: DeskVersion, /) -> None:
        if any((one.desk, one.number) == (version.desk, version.number) for one in self._rows.versions):
            raise Overtaken
        self._rows.versions.append(version)

    def absences(self, since: date, /) -> list[Absence]:
        found = [one for number, one in self._rows.absences.items() if number not in self._rows.ended]
        return sorted((one for one in found if one.last >= since), key=lambda one: (one.first, one.number))

    def absence(self, number: int, /) -> Absence | None:
        return None if number in self._rows.ended else self._rows.absences.get(number)

    def be_away(self, absence: Absence, /) -> int:
        number = len(self._rows.absences) + 1
        self._rows.absences[number] = replace(absence, number=number)
        return number

    def be_back(self, number: int, by: str, now: datetime, /) -> None:
        self._rows.ended.add(number)
