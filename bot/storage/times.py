"""The tables of what only one can have at a time, and of who has it."""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from bot.storage.instants import Instant
from bot.storage.schema import BY_COLUMN, NOBODY, Document, Number, index, metadata

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

#: Somebody of a desk is away, also over dates that are booked already; `gaps.py` claims what is free of it. Whose
#: calendar said so is in `origin`; why they are away is not kept.
away: Final = Table(
    "away",
    metadata,
    Column("id", Number, primary_key=True),
    Column("desk", Text, nullable=False),
    Column("posts", Document, nullable=False),
    Column("starts_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False),
    Column("origin", String(12), nullable=False),
    Column("author", Text, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("ended_by", Text),
    CheckConstraint("starts_at < ends_at", name="order"),
    CheckConstraint("origin IN ('staff', 'calendar')", name="origin"),
    index("ix_away_desk", "desk", "ends_at", where="ended_at IS NULL"),
    sqlite_autoincrement=True,
    info=NOBODY,
)

#: Somebody who has a date and would like an earlier one, until `ended_at`.
waiting: Final = Table(
    "waiting",
    metadata,
    Column("id", Number, primary_key=True),
    Column("person", Text, nullable=False, index=True),
    Column("appointment", Text, nullable=False),
    Column("desk", Text, nullable=False),
    Column("wish", String(12), nullable=False),
    Column("not_before", Date),
    Column("joined_at", Instant, nullable=False),
    Column("ended_at", Instant),
    index("uq_waiting_appointment", "appointment", where="ended_at IS NULL", unique=True),
    index("ix_waiting_desk", "desk", "joined_at", where="ended_at IS NULL"),
    sqlite_autoincrement=True,
    info=BY_COLUMN,
)

#: An earlier date that was offered; `allocation` names the claim that keeps it. Nobody has two open offers, and nobody
#: is asked twice about the same time.
offer: Final = Table(
    "offer",
    metadata,
    Column("id", Number, primary_key=True),
    Column("waiting", ForeignKey("waiting.id", ondelete="CASCADE"), nullable=False),
    Column("person", Text, nullable=False, index=True),
    Column("allocation", Text, nullable=False, unique=True),
    Column("starts_at", Instant, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("answer", String(12), nullable=False),
    CheckConstraint("answer IN ('open', 'accepted', 'declined', 'expired', 'ended')", name="answer"),
    UniqueConstraint("waiting", "starts_at"),
    index("uq_offer_open", "waiting", where="answer = 'open'", unique=True),
    sqlite_autoincrement=True,
    info=BY_COLUMN,
)

#: What happened with a date; nothing follows from it. A word that was taken back keeps its row.
happened: Final = Table(
    "happened",
    metadata,
    Column("id", Number, primary_key=True),
    Column("appointment", Text, nullable=False, index=True),
    Column("person", Text, nullable=False, index=True),
    Column("what", String(12), nullable=False),
    Column("at", Instant, nullable=False),
    Column("actor", Text, nullable=False),
    Column("minutes", Integer),
    Column("undone_at", Instant),
    CheckConstraint("what IN ('late', 'came', 'no_show')", name="what"),
    index("uq_happened_what", "appointment", "what", where="undone_at IS NULL", unique=True),
    info=BY_COLUMN,
)
