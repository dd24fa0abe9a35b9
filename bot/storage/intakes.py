"""Intakes without persons. A row is a kind of intake in a week and how often it came: nothing leads to anybody."""

from __future__ import annotations

import json
from datetime import datetime

from sqlalchemy import Connection, delete, select

from bot.routing.intakes import Intake, first_kept_week, read_intake, write_intake
from bot.storage.dialect import insert
from bot.storage.digest import digest
from bot.storage.tables import intake as intakes
from bot.vocabulary.facts import County


class Intakes:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def note(self, county: County, intake: Intake) -> None:
        """One more of this kind in this week."""
        document = write_intake(intake)
        key = digest(json.dumps([county, document], sort_keys=True))
        values = {"digest": key, "county": str(county), "week": intake.week, "document": document, "people": 1}
        statement = insert(self._connection, intakes).values(**values)
        more = {"people": intakes.c.people + 1}
        self._connection.execute(statement.on_conflict_do_update(index_elements=[intakes.c.digest], set_=more))

    def last(self, county: County, most: int) -> list[Intake]:
        """The newest kinds of intakes of a county, week by week, until there are enough people."""
        query = select(intakes).where(intakes.c.county == str(county))
        found: list[Intake] = []
        people = 0
        for row in self._connection.execute(query.order_by(intakes.c.week.desc(), intakes.c.digest)):
            if people >= most:
                break
            found.append(read_intake(row.document, county, row.people))
            people += row.people
        return found

    def prune(self, now: datetime) -> None:
        """Weeks that are over for long are deleted."""
        self._connection.execute(delete(intakes).where(intakes.c.week < first_kept_week(now)))
