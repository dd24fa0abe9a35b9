"""What the calendars of desks were told of dates."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "invited",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("appointment", sa.Text(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("desk", sa.Text(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("starts_at", INSTANT, nullable=False),
        sa.Column("ends_at", INSTANT, nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("word", sa.String(12), nullable=False),
        sa.Column("told_at", INSTANT, nullable=False),
        sa.Column("sent_at", INSTANT, nullable=True),
        sa.Column("fault", sa.Text(), nullable=True),
        sa.CheckConstraint("word IN ('new', 'changed', 'off')", name=op.f("ck_invited_word")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invited")),
        sa.UniqueConstraint("uid", "address", name=op.f("uq_invited_uid_address")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_invited_desk"), "invited", ["desk"])


def downgrade() -> None:
    op.drop_table("invited")
