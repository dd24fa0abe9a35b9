"""Tables of the desks: what coordinators say about them, and when nobody is there."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, Date, Index, Integer, String, Table, Text

from bot.storage.instants import Instant
from bot.storage.schema import NOBODY, Document, Number, metadata

#: What coordinators say about a desk; the newest number counts and stands in for the row of `desks.toml`.
desk_version: Final = Table(
    "desk_version",
    metadata,
    Column("id", Number, primary_key=True),
    Column("desk", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("county", String(8), nullable=False),
    Column("author", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("reason", Text, nullable=False),
    Column("document", Document, nullable=False),
    Index("uq_desk_version_desk", "desk", "number", unique=True),
    sqlite_autoincrement=True,
    info=NOBODY,
)

#: Days on which nobody is at a desk; `substitute` is the desk that stands in. What was taken back is kept.
desk_absence: Final = Table(
    "desk_absence",
    metadata,
    Column("id", Number, primary_key=True),
    Column("desk", Text, nullable=False, index=True),
    Column("first", Date, nullable=False),
    Column("last", Date, nullable=False),
    Column("substitute", Text),
    Column("author", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("ended_by", Text),
    Column("ended_at", Instant),
    sqlite_autoincrement=True,
    info=NOBODY,
)
