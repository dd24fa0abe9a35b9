"""Who waits for an earlier date, what they were offered, and what happened with dates."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _waiting()
    _offer()
    _happened()


def _waiting() -> None:
    op.create_table(
        "waiting",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("appointment", sa.Text(), nullable=False),
        sa.Column("desk", sa.Text(), nullable=False),
        sa.Column("wish", sa.String(length=12), nullable=False),
        sa.Column("not_before", sa.Date(), nullable=True),
        sa.Column("joined_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiting")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_waiting_person"), "waiting", ["person"])
    living = _some("ended_at IS NULL")
    op.create_index("uq_waiting_appointment", "waiting", ["appointment"], unique=True, **living)
    op.create_index("ix_waiting_desk", "waiting", ["desk", "joined_at"], **living)


def _offer() -> None:
    op.create_table(
        "offer",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("waiting", NUMBER, nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("allocation", sa.Text(), nullable=False),
        sa.Column("starts_at", INSTANT, nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("answer", sa.String(length=12), nullable=False),
        sa.CheckConstraint(
            "answer IN ('open', 'accepted', 'declined', 'expired', 'ended')", name=op.f("ck_offer_answer")
        ),
        sa.ForeignKeyConstraint(["waiting"], ["waiting.id"], name=op.f("fk_offer_waiting"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer")),
        sa.UniqueConstraint("allocation", name=op.f("uq_offer_allocation")),
        sa.UniqueConstraint("waiting", "starts_at", name=op.f("uq_offer_waiting_starts_at")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_offer_person"), "offer", ["person"])
    op.create_index("uq_offer_open", "offer", ["waiting"], unique=True, **_some("answer = 'open'"))


def _happened() -> None:
    op.create_table(
        "happened",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("appointment", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("what", sa.String(length=12), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("undone_at", INSTANT, nullable=True),
        sa.CheckConstraint("what IN ('late', 'came', 'no_show')", name=op.f("ck_happened_what")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_happened")),
    )
    for column in ("appointment", "person"):
        op.create_index(op.f(f"ix_happened_{column}"), "happened", [column])
    op.create_index("uq_happened_what", "happened", ["appointment", "what"], unique=True, **_some("undone_at IS NULL"))


def _some(where: str) -> dict[str, Any]:
    """An index over some of the rows, on both databases."""
    return {"postgresql_where": sa.text(where), "sqlite_where": sa.text(where)}
