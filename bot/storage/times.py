"""The tables of what only one can have at a time, and of who has it."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Boolean, CheckConstraint, Column, ForeignKey, Index, Integer, String, Table, Text

from bot.storage.instants import Instant
from bot.storage.schema import BY_COLUMN, NOBODY, Number, index, metadata

#: What only one appointment can have at a time. A post belongs to a desk; rooms and interpreters belong to nobody here.
resource: Final = Table(
    "resource",
    metadata,
    Column("number", Number, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("role", String(12), nullable=False),
    Column("desk", Text, index=True),
    CheckConstraint("role IN ('post', 'room', 'interpreter')", name="role"),
    CheckConstraint("role <> 'post' OR desk IS NOT NULL", name="desk"),
    info=NOBODY,
)

#: One row a claim on the time of a resource; `overlap.py` adds the rule that two living claims never overlap. An
#: appointment has a `main` row, that of the post, and one more for each other resource it needs.
allocation: Final = Table(
    "allocation",
    metadata,
    Column("id", Number, primary_key=True),
    Column("appointment", Text, index=True),
    Column("uid", Text),
    Column("main", Boolean, nullable=False),
    Column("resource", ForeignKey("resource.number"), nullable=False),
    Column("person", Text, index=True),
    Column("case_code", Text, index=True),
    Column("key", Text),
    Column("kind", String(12)),
    Column("place", Text),
    Column("state", String(12), nullable=False),
    Column("blocked_from", Instant, nullable=False),
    Column("starts_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False),
    Column("blocked_until", Instant, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("expires_at", Instant),
    CheckConstraint(
        "state IN ('held', 'offered', 'booked', 'absence', 'cancelled', 'expired', 'released', 'moved')", name="state"
    ),
    CheckConstraint("blocked_from <= starts_at AND starts_at < ends_at AND ends_at <= blocked_until", name="order"),
    CheckConstraint("state NOT IN ('held', 'offered') OR expires_at IS NOT NULL", name="expires"),
    index("uq_allocation_key", "key", where="state IN ('held', 'offered', 'booked')", unique=True),
    index("ix_allocation_expires_at", "expires_at", where="state IN ('held', 'offered')"),
    Index("ix_allocation_resource_blocked_until", "resource", "blocked_until"),
    info=BY_COLUMN,
)
