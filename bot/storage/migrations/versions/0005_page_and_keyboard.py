"""Beside the last message of a chat: the one with the buttons of the screen, and the one with a keyboard."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Until now the last message was the only one known, and it had the buttons."""
    op.add_column("shown", sa.Column("page", NUMBER, nullable=True))
    op.add_column("shown", sa.Column("keyboard", NUMBER, nullable=True))
    op.execute("UPDATE shown SET page = message")


def downgrade() -> None:
    op.drop_column("shown", "keyboard")
    op.drop_column("shown", "page")
