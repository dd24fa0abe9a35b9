"""`INSERT ... ON CONFLICT`, which both databases have and SQLAlchemy keeps in two places."""

from __future__ import annotations

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert(connection: Connection, table: Table) -> postgresql.Insert:
    """The insert of the connection's database; the methods used here are the same on both."""
    if connection.dialect.name == "sqlite":
        return sqlite.insert(table)  # type: ignore[return-value]  # the two classes share no ancestor that has them
    return postgresql.insert(table)
