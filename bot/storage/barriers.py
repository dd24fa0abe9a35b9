"""Structural barriers in their groups. Reports are forgotten after their time; a group without any goes with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, func, insert, select, update

from bot.barriers.barrier import Barrier, Draft, Group, Origin, Status, Step
from bot.storage.barrier_tables import barrier, barrier_group, barrier_step
from bot.storage.dialect import insert as insert_once
from bot.storage.digest import digest
from bot.vocabulary.facts import County, Office


class Barriers:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def groups(self, counties: Collection[County]) -> list[Group]:
        """All groups of these counties, the oldest first."""
        return self._read(barrier_group.c.county.in_([str(county) for county in counties]))

    def group(self, number: int) -> Group | None:
        return next(iter(self._read(barrier_group.c.number == number)), None)

    def begin(self, county: County, title: str, now: datetime) -> int:
        statement = insert(barrier_group).values(county=str(county), title=title, begun_at=now)
        number: int = self._connection.execute(statement.returning(barrier_group.c.number)).scalar_one()
        return number

    def known(self, key: str) -> bool:
        query = select(barrier.c.number).where(barrier.c.digest == digest(key))
        return self._connection.execute(query).first() is not None

    def add(self, group: int, draft: Draft, key: str, now: datetime) -> bool:
        """False if this key was ever used."""
        values = {
            "group": group,
            "digest": digest(key),
            "at": now,
            "municipality": draft.municipality,
            "topic": draft.topic,
            "office": str(draft.office) if draft.office else None,
            "words": draft.words,
            "origin": str(draft.origin),
            "by": draft.by,
        }
        statement = insert_once(self._connection, barrier).values(values).on_conflict_do_nothing()
        return self._connection.execute(statement.returning(barrier.c.number)).first() is not None

    def since(self, moment: datetime) -> int:
        """How many came through the public form since then."""
        late = (barrier.c.at >= moment, barrier.c.origin == str(Origin.FORM))
        count: int = self._connection.execute(select(func.count()).select_from(barrier).where(*late)).scalar_one()
        return count

    def move(self, number: int, group: int) -> None:
        self._connection.execute(update(barrier).where(barrier.c.number == number).values(group=group))
        self._forget_empty()

    def remove(self, number: int) -> None:
        """The report is gone: it told of a person, or of nothing."""
        self._connection.execute(delete(barrier).where(barrier.c.number == number))
        self._forget_empty()

    def rename(self, group: int, title: str) -> None:
        self._connection.execute(update(barrier_group).where(barrier_group.c.number == group).values(title=title))

    def step(self, group: int, step: Step) -> None:
        values = {"group": group, "at": step.at, "by": step.by, "status": str(step.status), "note": step.note}
        self._connection.execute(insert(barrier_step).values(values))

    def prune(self, before: datetime) -> None:
        self._connection.execute(delete(barrier).where(barrier.c.at < before))
        self._forget_empty()

    def _forget_empty(self) -> None:
        full = select(barrier.c.group)
        self._connection.execute(delete(barrier_group).where(barrier_group.c.number.not_in(full)))

    def _read(self, which: ColumnElement[bool]) -> list[Group]:
        groups = self._connection.execute(select(barrier_group).where(which).order_by(barrier_group.c.number)).all()
        numbers = [row.number for row in groups]
        reports, steps = (
            self._of(barrier, numbers, barrier.c.number),
            self._of(barrier_step, numbers, barrier_step.c.id),
        )
        return [_group(row, reports[row.number], steps[row.number]) for row in groups]

    def _of(self, table: Any, numbers: Sequence[int], order: ColumnElement[Any]) -> Mapping[int, list[Row[Any]]]:
        found: defaultdict[int, list[Row[Any]]] = defaultdict(list)
        for row in self._connection.execute(select(table).where(table.c.group.in_(numbers)).order_by(order)):
            found[row.group].append(row)
        return found


def _group(row: Row[Any], reports: Sequence[Row[Any]], steps: Sequence[Row[Any]]) -> Group:
    county = County(row.county)
    return Group(
        number=row.number,
        county=county,
        title=row.title,
        barriers=tuple(_barrier(county, report) for report in reports),
        steps=tuple(Step(at=step.at, by=step.by, status=Status(step.status), note=step.note) for step in steps),
    )


def _barrier(county: County, row: Row[Any]) -> Barrier:
    draft = Draft(
        county=county,
        words=row.words,
        origin=Origin(row.origin),
        municipality=row.municipality,
        topic=row.topic,
        office=Office(row.office) if row.office else None,
        by=row.by,
    )
    return Barrier(number=row.number, group=row.group, at=row.at, draft=draft)
