"""The table of how much desks have to do, as they report it."""

from __future__ import annotations

from typing import Final

from sqlalchemy import CheckConstraint, Column, Date, Index, Integer, Table, Text

from bot.storage.instants import Instant
from bot.storage.schema import NOBODY, Number, metadata

#: How many running cases a desk counted on a day. Older counts stay, so that one can see how it went.
desk_report: Final = Table(
    "desk_report",
    metadata,
    Column("id", Number, primary_key=True),
    Column("desk", Text, nullable=False),
    Column("cases", Integer, nullable=False),
    Column("case_management", Integer),
    Column("counted_on", Date, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Instant, nullable=False),
    CheckConstraint("cases >= 0 AND (case_management IS NULL OR case_management BETWEEN 0 AND cases)", name="counts"),
    Index("ix_desk_report_desk", "desk", "counted_on"),
    info=NOBODY,
)
