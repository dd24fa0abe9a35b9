"""The tables of structural barriers. They name nobody who asks for help, and no card."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, ForeignKey, Index, String, Table, Text

from bot.storage.instants import Instant
from bot.storage.schema import NOBODY, Digest, Number, metadata

barrier_group: Final = Table(
    "barrier_group",
    metadata,
    Column("number", Number, primary_key=True),
    Column("county", String(8), nullable=False, index=True),
    Column("title", Text, nullable=False),
    Column("begun_at", Instant, nullable=False),
    sqlite_autoincrement=True,
    info=NOBODY,
)

#: One report. `digest` is of the form that was sent, so that sending it twice reports once; `by` is a colleague's id.
barrier: Final = Table(
    "barrier",
    metadata,
    Column("number", Number, primary_key=True),
    Column("group", ForeignKey("barrier_group.number", ondelete="CASCADE"), nullable=False, index=True),
    Column("digest", Digest, nullable=False, unique=True),
    Column("at", Instant, nullable=False),
    Column("municipality", Text),
    Column("topic", Text),
    Column("office", String(20)),
    Column("words", Text, nullable=False),
    Column("origin", String(12), nullable=False),
    Column("by", Text, nullable=False),
    Index("ix_barrier_at", "at"),
    sqlite_autoincrement=True,
    info=NOBODY,
)

barrier_step: Final = Table(
    "barrier_step",
    metadata,
    Column("id", Number, primary_key=True),
    Column("group", ForeignKey("barrier_group.number", ondelete="CASCADE"), nullable=False, index=True),
    Column("at", Instant, nullable=False),
    Column("by", Text, nullable=False),
    Column("status", String(12), nullable=False),
    Column("note", Text, nullable=False),
    info=NOBODY,
)
