"""Reports of barriers for tests, the rules of the table, and a store of barriers in memory."""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final

import bot.barriers
from bot.barriers.barrier import Barrier, Draft, Group, Origin, Step
from bot.barriers.rules import Rules, read_rules
from bot.vocabulary.facts import County, Office

NOW: Final = datetime(2026, 8, 11, 10, 0, tzinfo=UTC)
LATE: Final = "Termine beim Jobcenter gibt es erst nach acht Wochen, die Leistungen bleiben so lange aus."
LATE_TOO: Final = "Erst nach sechs Wochen ein Termin im Jobcenter: die Leistungen bleiben aus, die Miete ist offen."
LATE_AGAIN: Final = "Im Jobcenter wartet man viele Wochen auf einen Termin, Leistungen werden so lange nicht gezahlt."
KITA: Final = "Das Anmeldeportal der Kitas gibt es nur auf Deutsch, Eltern melden ihre Kinder deshalb nicht an."


@cache
def rules() -> Rules:
    table = Path(bot.barriers.__file__).parent / "tables" / "barriers.toml"
    return read_rules(tomllib.loads(table.read_text(encoding="utf-8")))


def a_draft(words: str = LATE, **changes: Any) -> Draft:
    draft = Draft(
        county=County.RBK,
        words=words,
        origin=Origin.FORM,
        municipality="rbk_kuerten",
        topic="livelihood_benefits",
        office=Office.JOBCENTER,
    )
    return replace(draft, **changes)


def a_group(*drafts: Draft, number: int = 1, steps: tuple[Step, ...] = ()) -> Group:
    barriers = tuple(
        Barrier(number=10 * number + place, group=number, at=NOW + timedelta(hours=place), draft=draft)
        for place, draft in enumerate(drafts)
    )
    return Group(number=number, county=drafts[0].county, title=drafts[0].words, barriers=barriers, steps=steps)


@dataclass
class BarrierRows:
    groups: dict[int, Group] = field(default_factory=dict)
    keys: set[str] = field(default_factory=set)
    begun: int = 0


class MemoryBarriers:
    def __init__(self, rows: BarrierRows) -> None:
        self._rows = rows

    def groups(self, counties: Collection[County], /) -> list[Group]:
        return [group for group in self._rows.groups.values() if group.county in counties]

    def group(self, number: int, /) -> Group | None:
        return self._rows.groups.get(number)

    def begin(self, county: County, title: str, now: datetime, /) -> int:
        self._rows.begun = number = self._rows.begun + 1
        self._rows.groups[number] = Group(number=number, county=county, title=title)
        return number

    def known(self, key: str, /) -> bool:
        return key in self._rows.keys

    def add(self, group: int, draft: Draft, key: str, now: datetime, /) -> bool:
        if key in self._rows.keys:
            return False
        self._rows.keys.add(key)
        kept = Barrier(number=len(self._rows.keys), group=group, at=now, draft=draft)
        self._put(group, (*self._rows.groups[group].barriers, kept))
        return True

    def since(self, moment: datetime, /) -> int:
        every = [barrier for group in self._rows.groups.values() for barrier in group.barriers]
        return sum(barrier.at >= moment and barrier.draft.origin is Origin.FORM for barrier in every)

    def move(self, barrier: int, group: int, /) -> None:
        found = self._take(barrier)
        self._put(group, (*self._rows.groups[group].barriers, replace(found, group=group)))
        self._forget_empty()

    def remove(self, barrier: int, /) -> None:
        self._take(barrier)
        self._forget_empty()

    def rename(self, group: int, title: str, /) -> None:
        self._rows.groups[group] = replace(self._rows.groups[group], title=title)

    def step(self, group: int, step: Step, /) -> None:
        old = self._rows.groups[group]
        self._rows.groups[group] = replace(old, steps=(*old.steps, step))

    def _forget_empty(self) -> None:
        self._rows.groups = {number: group for number, group in self._rows.groups.items() if group.barriers}

    def _take(self, number: int) -> Barrier:
        found = next(one for group in self._rows.groups.values() for one in group.barriers if one.number == number)
        self._put(found.group, tuple(one for one in self._rows.groups[found.group].barriers if one.number != number))
        return found

    def _put(self, group: int, barriers: tuple[Barrier, ...]) -> None:
        self._rows.groups[group] = replace(self._rows.groups[group], barriers=barriers)


@dataclass
class MemoryTx:
    rows: BarrierRows = field(default_factory=BarrierRows)

    @property
    def barriers(self) -> MemoryBarriers:
        return MemoryBarriers(self.rows)
