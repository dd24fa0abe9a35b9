"""Versions of the rules, and each county's draft. Published rules are never changed; two drafts never overwrite."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from sqlalchemy import Connection, Row, delete, func, select, update

from bot.routing.ruleset import read_stored, write_ruleset
from bot.routing.versions import Draft, Overtaken, Step, Version
from bot.storage.dialect import insert
from bot.storage.tables import rules_draft, rules_step, rules_version
from bot.vocabulary.facts import County


class Rules:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @property
    def origin(self) -> Hashable:
        """The database: whoever remembers versions keeps those of two databases apart."""
        return self._connection.engine

    def current(self) -> dict[County, int]:
        """The newest number of each county that has published rules; the others have those of the tables."""
        newest = select(rules_version.c.county, func.max(rules_version.c.number)).group_by(rules_version.c.county)
        return {County(county): number for county, number in self._connection.execute(newest)}

    def version(self, county: County, number: int) -> Version | None:
        where = (rules_version.c.county == str(county), rules_version.c.number == number)
        row = self._connection.execute(select(rules_version).where(*where)).first()
        return None if row is None else _version(row)

    def versions(self, county: County) -> list[Version]:
        """All that were published, newest first; number 0 is among them as it was at the first publishing."""
        query = select(rules_version).where(rules_version.c.county == str(county))
        return [_version(row) for row in self._connection.execute(query.order_by(rules_version.c.number.desc()))]

    def publish(self, version: Version) -> None:
        """Raises `Overtaken` if this number is there already: somebody else was faster."""
        statement = insert(self._connection, rules_version).values(
            county=str(version.county),
            number=version.number,
            author=version.author,
            at=version.at,
            reason=version.reason,
            restores=version.restores,
            document=write_ruleset(version.rules),
        )
        done = statement.on_conflict_do_nothing().returning(rules_version.c.number)
        if self._connection.execute(done).first() is None:
            raise Overtaken

    def draft(self, county: County) -> Draft | None:
        """The county's draft. Until the transaction ends nobody else changes it."""
        query = select(rules_draft).where(rules_draft.c.county == str(county)).with_for_update()
        row = self._connection.execute(query).first()
        return None if row is None else _draft(row)

    def begin(self, draft: Draft) -> None:
        """Raises `Overtaken` if the county has a draft already."""
        statement = insert(self._connection, rules_draft).values(county=str(draft.county), **_values(draft))
        done = statement.on_conflict_do_nothing().returning(rules_draft.c.county)
        if self._connection.execute(done).first() is None:
            raise Overtaken
        self._keep_step(draft, None)

    def save(self, draft: Draft, expected: int, back: int | None = None) -> None:
        """Raises `Overtaken` if the stored draft has another revision, or is gone. See `Step` for `back`."""
        same = (rules_draft.c.county == str(draft.county), rules_draft.c.revision == expected)
        statement = update(rules_draft).where(*same).values(_values(draft)).returning(rules_draft.c.county)
        if self._connection.execute(statement).first() is None:
            raise Overtaken
        self._keep_step(draft, back)

    def step(self, county: County, revision: int) -> Step | None:
        """The draft as it was at that revision, while there is the draft."""
        where = (rules_step.c.county == str(county), rules_step.c.revision == revision)
        row = self._connection.execute(select(rules_step).where(*where)).first()
        return None if row is None else Step(rules=read_stored(county, row.document), back=row.back)

    def next_revision(self, county: County) -> int:
        """A number that no draft of the county has had."""
        last = select(func.max(rules_step.c.revision)).where(rules_step.c.county == str(county))
        return (self._connection.execute(last).scalar() or 0) + 1

    def discard(self, county: County, expected: int) -> None:
        """Raises `Overtaken` if the stored draft has another revision, or is gone."""
        same = (rules_draft.c.county == str(county), rules_draft.c.revision == expected)
        statement = delete(rules_draft).where(*same).returning(rules_draft.c.county)
        if self._connection.execute(statement).first() is None:
            raise Overtaken
        earlier = (rules_step.c.county == str(county), rules_step.c.revision < expected)
        self._connection.execute(delete(rules_step).where(*earlier))

    def _keep_step(self, draft: Draft, back: int | None) -> None:
        values = {"county": str(draft.county), "revision": draft.revision, "back": back}
        statement = insert(self._connection, rules_step).values(**values, document=write_ruleset(draft.rules))
        self._connection.execute(statement.on_conflict_do_nothing())


def _version(row: Row[Any]) -> Version:
    return Version(
        number=row.number,
        rules=read_stored(County(row.county), row.document),
        author=row.author,
        at=row.at,
        reason=row.reason,
        restores=row.restores,
    )


def _values(draft: Draft) -> dict[str, Any]:
    return {
        "revision": draft.revision,
        "base": draft.base,
        "begun_at": draft.begun_at,
        "changed_at": draft.changed_at,
        "changed_by": draft.changed_by,
        "editors": sorted(draft.editors),
        "released_by": sorted(draft.released_by),
        "document": write_ruleset(draft.rules),
    }


def _draft(row: Row[Any]) -> Draft:
    return Draft(
        revision=row.revision,
        rules=read_stored(County(row.county), row.document),
        base=row.base,
        begun_at=row.begun_at,
        changed_at=row.changed_at,
        changed_by=row.changed_by,
        editors=frozenset(row.editors),
        released_by=frozenset(row.released_by),
    )
