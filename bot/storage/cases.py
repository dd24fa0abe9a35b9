"""Cases and what was done with them. A change counts only if nobody else changed the case in between."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, delete, insert, select, update

from bot.handoff.case import Case, CaseState, LogEntry, read_case, write_case
from bot.handoff.ports import Stale
from bot.storage.tables import case_log, cases


class Cases:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, case: Case) -> None:
        self._connection.execute(insert(cases).values(_row(case)))

    def get(self, code: str) -> Case | None:
        document = self._connection.execute(select(cases.c.document).where(cases.c.code == code)).scalar()
        return None if document is None else read_case(document)

    def of(self, person: str) -> list[Case]:
        return self._all(select(cases.c.document).where(cases.c.person == person))

    def save(self, case: Case, expected_version: int) -> None:
        """Raises `Stale` if the stored version is another one, or the case is gone."""
        same = (cases.c.code == case.code, cases.c.version == expected_version)
        statement = update(cases).where(*same).values(_row(case)).returning(cases.c.code)
        if self._connection.execute(statement).first() is None:
            raise Stale(f"case {case.code} is no longer at version {expected_version}")

    def inbox(self, desks: frozenset[str] | None, states: Collection[CaseState]) -> list[Case]:
        """The cases in these states that lie with one of the targets, or with any if `desks` is None."""
        query = select(cases.c.document).where(cases.c.state.in_([str(state) for state in states]))
        return self._all(query if desks is None else query.where(cases.c.target_id.in_(sorted(desks))))

    def overdue(self, now: datetime) -> list[Case]:
        """Cases that nobody has answered and whose deadline has passed."""
        unanswered = cases.c.state == str(CaseState.RECEIVED)
        return self._all(select(cases.c.document).where(unanswered, cases.c.deadline <= now))

    def log(self, code: str, at: datetime, actor: str, action: str, reason: str = "") -> None:
        entry = {"code": code, "at": at, "actor": actor, "action": action, "reason": reason}
        self._connection.execute(insert(case_log).values(entry))

    def history(self, code: str) -> list[LogEntry]:
        rows = self._connection.execute(select(case_log).where(case_log.c.code == code).order_by(case_log.c.id))
        return [LogEntry(at=row.at, actor=row.actor, action=row.action, reason=row.reason) for row in rows]

    def erase_person(self, person: str) -> None:
        """The person's cases are gone, and their history with them."""
        self._connection.execute(delete(cases).where(cases.c.person == person))

    def _all(self, query: Select[Any]) -> list[Case]:
        rows = self._connection.execute(query.order_by(cases.c.received_at, cases.c.code)).scalars()
        return [read_case(document) for document in rows]


def _row(case: Case) -> dict[str, Any]:
    return {
        "code": case.code,
        "person": case.person,
        "county": str(case.county),
        "municipality": case.municipality,
        "target_kind": str(case.target_kind),
        "target_id": case.target_id,
        "state": str(case.state),
        "received_at": case.received_at,
        "deadline": case.deadline,
        "version": case.version,
        "document": write_case(case),
    }
