"""Counts of cases that desks report. Nothing here names anybody who asks for help."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select

from bot.handoff.load import Report
from bot.storage.capacity_tables import desk_report


class Reports:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, report: Report, now: datetime) -> None:
        self._connection.execute(
            insert(desk_report).values(
                desk=report.desk,
                cases=report.cases,
                case_management=report.case_management,
                counted_on=report.counted_on,
                by=report.by,
                at=now,
            )
        )

    def newest(self, desks: Collection[str]) -> dict[str, Report]:
        """The last report of each of these desks; a desk that never reported is left out."""
        last = (
            select(func.max(desk_report.c.id).label("id"))
            .where(desk_report.c.desk.in_(sorted(desks)))
            .group_by(desk_report.c.desk)
            .subquery()
        )
        rows = self._connection.execute(select(desk_report).join(last, desk_report.c.id == last.c.id))
        return {row.desk: _report(row) for row in rows}

    def prune(self, before: datetime) -> None:
        """Counts of long ago are deleted."""
        self._connection.execute(delete(desk_report).where(desk_report.c.at < before))


def _report(row: Row[Any]) -> Report:
    return Report(
        desk=row.desk, cases=row.cases, case_management=row.case_management, counted_on=row.counted_on, by=row.by
    )
