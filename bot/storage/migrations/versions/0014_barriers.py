"""Structural barriers, their groups, and what became of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "barrier_group",
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("county", sa.String(8), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("begun_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_barrier_group")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_barrier_group_county"), "barrier_group", ["county"])
    op.create_table(
        "barrier",
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("group", NUMBER, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("municipality", sa.Text(), nullable=True),
        sa.Column("topic", sa.Text(), nullable=True),
        sa.Column("office", sa.String(20), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("origin", sa.String(12), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["group"], ["barrier_group.number"], name=op.f("fk_barrier_group"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_barrier")),
        sa.UniqueConstraint("digest", name=op.f("uq_barrier_digest")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_barrier_group"), "barrier", ["group"])
    op.create_index("ix_barrier_at", "barrier", ["at"])
    op.create_table(
        "barrier_step",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("group", NUMBER, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("status", sa.String(12), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group"], ["barrier_group.number"], name=op.f("fk_barrier_step_group"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_barrier_step")),
    )
    op.create_index(op.f("ix_barrier_step_group"), "barrier_step", ["group"])


def downgrade() -> None:
    op.drop_table("barrier_step")
    op.drop_table("barrier")
    op.drop_table("barrier_group")
