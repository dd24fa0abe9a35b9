"""Messages about cases, invitations, and how a consent was given."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
DIGEST = sa.String(length=64)


def upgrade() -> None:
    op.create_table(
        "message",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("digest", DIGEST, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("draft", sa.JSON(), nullable=False),
        sa.Column("read_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["code"], ["cases.code"], name=op.f("fk_message_code"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
        sa.UniqueConstraint("digest", name=op.f("uq_message_digest")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_message_code"), "message", ["code"])
    op.create_table(
        "invitation",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("digest", DIGEST, nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("known", sa.String(length=12), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("opened_at", INSTANT, nullable=True),
        sa.Column("booked_at", INSTANT, nullable=True),
        sa.Column("revoked_at", INSTANT, nullable=True),
        sa.CheckConstraint("known IN ('nothing', 'opened', 'booked')", name=op.f("ck_invitation_known")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("digest", name=op.f("uq_invitation_digest")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_invitation_person"), "invitation", ["person"])
    _how_a_consent_was_given()


def _how_a_consent_was_given() -> None:
    """SQLite lays the table anew, so that it is the same as one that was never without the column."""
    how = sa.Column("how", sa.Text(), server_default="", nullable=False)
    if op.get_bind().dialect.name == "postgresql":
        op.add_column("consent", how)
        return
    with op.batch_alter_table("consent", recreate="always") as consent:
        consent.add_column(how, insert_after="channel")
