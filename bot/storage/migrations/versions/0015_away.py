"""Times in which somebody is away, also over dates that are booked already."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "away",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("desk", sa.Text(), nullable=False),
        sa.Column("posts", sa.JSON(), nullable=False),
        sa.Column("starts_at", INSTANT, nullable=False),
        sa.Column("ends_at", INSTANT, nullable=False),
        sa.Column("origin", sa.String(12), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.Column("ended_by", sa.Text(), nullable=True),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_away_order")),
        sa.CheckConstraint("origin IN ('staff', 'calendar')", name=op.f("ck_away_origin")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_away")),
        sqlite_autoincrement=True,
    )
    living = sa.text("ended_at IS NULL")
    op.create_index("ix_away_desk", "away", ["desk", "ends_at"], postgresql_where=living, sqlite_where=living)


def downgrade() -> None:
    op.drop_table("away")
