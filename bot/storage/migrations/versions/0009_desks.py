"""What coordinators say about desks, days on which nobody is there, and the steps of a draft of rules."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "rules_step",
        sa.Column("county", sa.String(8), nullable=False),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("back", sa.Integer(), nullable=True),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("county", "revision", name=op.f("pk_rules_step")),
    )
    op.create_table(
        "desk_version",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("desk", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("county", sa.String(8), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk_version")),
        sqlite_autoincrement=True,
    )
    op.create_index("uq_desk_version_desk", "desk_version", ["desk", "number"], unique=True)
    op.create_table(
        "desk_absence",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("desk", sa.Text(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("substitute", sa.Text(), nullable=True),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("ended_by", sa.Text(), nullable=True),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk_absence")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_desk_absence_desk"), "desk_absence", ["desk"])


def downgrade() -> None:
    op.drop_table("desk_absence")
    op.drop_table("desk_version")
    op.drop_table("rules_step")
