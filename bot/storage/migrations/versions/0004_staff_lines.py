"""Colleagues' Telegram accounts, and the codes that link them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "staff_line",
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("staff", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("waiting", sa.Text(), nullable=True),
        sa.Column("linked_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("account", name=op.f("pk_staff_line")),
        sa.ForeignKeyConstraint(["staff"], ["staff.id"], name=op.f("fk_staff_line_staff"), ondelete="CASCADE"),
        sa.UniqueConstraint("staff", name=op.f("uq_staff_line_staff")),
    )
    op.create_table(
        "staff_code",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("staff", sa.Text(), nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_staff_code")),
        sa.ForeignKeyConstraint(["staff"], ["staff.id"], name=op.f("fk_staff_code_staff"), ondelete="CASCADE"),
    )
    op.create_index(op.f("ix_staff_code_staff"), "staff_code", ["staff"])


def downgrade() -> None:
    op.drop_table("staff_code")
    op.drop_table("staff_line")
