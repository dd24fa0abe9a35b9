"""All that is stored about a person, to be given to them or to be erased. A new table takes part by its `info`."""

from __future__ import annotations

from base64 import b64encode
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Delete, Table, Update, delete, select, update

from bot.storage.tables import BY_CASE, BY_COLUMN, cases, inbox, metadata


def erase(connection: Connection, person: str) -> None:
    """No row names the person any more; a slot they had is free again."""
    for table in reversed(metadata.sorted_tables):
        if _names_somebody(table):
            connection.execute(_forget(table).where(_is_about(table, person)))


def export(connection: Connection, person: str) -> dict[str, Any]:
    """Each table that knows something of the person, with its rows as JSON values."""
    found: dict[str, Any] = {}
    for table in metadata.sorted_tables:
        if _names_somebody(table):
            query = select(table).where(_is_about(table, person)).order_by(*table.primary_key.columns)
            rows = [_plain(row) for row in connection.execute(query).mappings()]
            found |= {table.name: rows} if rows else {}
    return found


def _forget(table: Table) -> Delete | Update:
    """What came in leaves its digest, so that a second delivery after the erasure does not begin anew."""
    if table is not inbox:
        return delete(table)
    forgotten: dict[str, Any] = {"content": None, "person": None, "key": None, "fault": None}
    return update(inbox).values(**forgotten, state="handled", settled_at=inbox.c.received_at)


def _names_somebody(table: Table) -> bool:
    return table.info in (BY_COLUMN, BY_CASE)


def _is_about(table: Table, person: str) -> ColumnElement[bool]:
    if table.info == BY_COLUMN:
        return table.c.person == person
    return table.c.code.in_(select(cases.c.code).where(cases.c.person == person))


def _plain(row: Any) -> dict[str, Any]:
    return {key: _json(value) for key, value in row.items() if value is not None and key != "digest"}


def _json(value: Any) -> Any:
    """What was recorded is in the file too, in letters."""
    match value:
        case datetime():
            return value.isoformat()
        case bytes():
            return b64encode(value).decode()
        case _:
            return value
