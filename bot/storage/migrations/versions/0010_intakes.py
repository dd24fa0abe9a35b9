"""Intakes without persons, for trying rules on what was really asked for."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "intake",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("county", sa.String(8), nullable=False),
        sa.Column("week", sa.String(8), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_intake")),
    )
    op.create_index("ix_intake_county_week", "intake", ["county", "week"])


def downgrade() -> None:
    op.drop_table("intake")
