"""Counts of cases that desks report."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "desk_report",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("desk", sa.Text(), nullable=False),
        sa.Column("cases", sa.Integer(), nullable=False),
        sa.Column("case_management", sa.Integer(), nullable=True),
        sa.Column("counted_on", sa.Date(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.CheckConstraint(
            "cases >= 0 AND (case_management IS NULL OR case_management BETWEEN 0 AND cases)",
            name=op.f("ck_desk_report_counts"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk_report")),
    )
    op.create_index("ix_desk_report_desk", "desk_report", ["desk", "counted_on"])


def downgrade() -> None:
    op.drop_table("desk_report")
