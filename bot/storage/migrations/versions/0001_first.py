"""The first tables.

This file says what was laid then: it repeats what `tables.py` and `overlap.py` may say otherwise tomorrow.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
DIGEST = sa.String(length=64)
LANES = 1024


def upgrade() -> None:
    _conversation()
    _cases()
    _appointments()
    _colleagues()


def _conversation() -> None:
    op.create_table(
        "lane",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_lane")),
    )
    op.create_table(
        "inbox",
        sa.Column("seq", NUMBER, nullable=False),
        sa.Column("digest", DIGEST, nullable=False),
        sa.Column("key", sa.Text(), nullable=True),
        sa.Column("person", sa.Text(), nullable=True),
        sa.Column("lane", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("fault", sa.Text(), nullable=True),
        sa.Column("received_at", INSTANT, nullable=False),
        sa.Column("wait_until", INSTANT, nullable=True),
        sa.Column("settled_at", INSTANT, nullable=True),
        sa.CheckConstraint(
            "state <> 'handled' OR (content IS NULL AND person IS NULL AND key IS NULL)",
            name=op.f("ck_inbox_forgotten"),
        ),
        sa.CheckConstraint("state IN ('waiting', 'handled', 'quarantined')", name=op.f("ck_inbox_state")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_inbox")),
        sa.UniqueConstraint("digest", name=op.f("uq_inbox_digest")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_inbox_lane", "inbox", ["lane", "seq"], **_some("state = 'waiting'"))
    op.create_index("ix_inbox_person", "inbox", ["person"])
    op.create_index("ix_inbox_waiting", "inbox", ["seq"], **_some("state = 'waiting'"))
    op.create_table(
        "session",
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("saved_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_session")),
    )
    op.create_table(
        "outbox",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("digest", DIGEST, nullable=False),
        sa.Column("key", sa.Text(), nullable=True),
        sa.Column("person", sa.Text(), nullable=True),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("content", sa.JSON(), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("why", sa.Text(), nullable=True),
        sa.Column("due", INSTANT, nullable=False),
        sa.Column("expires", INSTANT, nullable=True),
        sa.Column("wait_until", INSTANT, nullable=True),
        sa.Column("settled_at", INSTANT, nullable=True),
        sa.CheckConstraint(
            "state <> 'sent' OR (content IS NULL AND person IS NULL AND key IS NULL)", name=op.f("ck_outbox_forgotten")
        ),
        sa.CheckConstraint("state IN ('waiting', 'sent', 'dead')", name=op.f("ck_outbox_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("digest", name=op.f("uq_outbox_digest")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_outbox_person", "outbox", ["person", "due", "id"], **_some("state = 'waiting'"))
    op.create_index("ix_outbox_waiting", "outbox", ["due", "id"], **_some("state = 'waiting'"))
    op.create_table(
        "consent",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("given_at", INSTANT, nullable=False),
        sa.Column("withdrawn_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    op.create_index(op.f("ix_consent_person"), "consent", ["person"])
    op.create_index("uq_consent_living", "consent", ["person", "purpose"], unique=True, **_some("withdrawn_at IS NULL"))
    op.bulk_insert(sa.table("lane", sa.column("number", sa.Integer())), [{"number": n} for n in range(LANES)])


def _cases() -> None:
    op.create_table(
        "cases",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=True),
        sa.Column("county", sa.Text(), nullable=False),
        sa.Column("municipality", sa.Text(), nullable=False),
        sa.Column("target_kind", sa.Text(), nullable=False),
        sa.Column("target_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("received_at", INSTANT, nullable=False),
        sa.Column("deadline", INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_cases")),
    )
    op.create_index(op.f("ix_cases_person"), "cases", ["person"])
    op.create_index("ix_cases_state_deadline", "cases", ["state", "deadline"])
    op.create_table(
        "case_log",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["code"], ["cases.code"], name=op.f("fk_case_log_code"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_log")),
    )
    op.create_index(op.f("ix_case_log_code"), "case_log", ["code"])


def _appointments() -> None:
    op.create_table(
        "resource",
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("desk", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_resource")),
        sa.UniqueConstraint("desk", name=op.f("uq_resource_desk")),
    )
    op.create_table(
        "allocation",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("appointment", sa.Text(), nullable=True),
        sa.Column("uid", sa.Text(), nullable=True),
        sa.Column("resource", NUMBER, nullable=False),
        sa.Column("person", sa.Text(), nullable=True),
        sa.Column("case_code", sa.Text(), nullable=True),
        sa.Column("key", sa.Text(), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("starts_at", INSTANT, nullable=False),
        sa.Column("ends_at", INSTANT, nullable=False),
        sa.Column("blocked_until", INSTANT, nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("expires_at", INSTANT, nullable=True),
        sa.CheckConstraint("state <> 'held' OR expires_at IS NOT NULL", name=op.f("ck_allocation_expires")),
        sa.CheckConstraint(
            "state IN ('held', 'booked', 'absence', 'cancelled', 'expired', 'released', 'moved')",
            name=op.f("ck_allocation_state"),
        ),
        sa.CheckConstraint("starts_at < ends_at AND ends_at <= blocked_until", name=op.f("ck_allocation_order")),
        sa.ForeignKeyConstraint(["resource"], ["resource.number"], name=op.f("fk_allocation_resource")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_allocation")),
    )
    op.create_index(op.f("ix_allocation_appointment"), "allocation", ["appointment"])
    op.create_index(op.f("ix_allocation_case_code"), "allocation", ["case_code"])
    op.create_index(op.f("ix_allocation_person"), "allocation", ["person"])
    op.create_index("ix_allocation_resource_starts_at", "allocation", ["resource", "starts_at"])
    op.create_index("uq_allocation_key", "allocation", ["key"], unique=True, **_some("state IN ('held', 'booked')"))
    statements = (NO_OVERLAP_POSTGRESQL,) if op.get_bind().dialect.name == "postgresql" else NO_OVERLAP_SQLITE
    for statement in statements:
        op.execute(statement)


def _colleagues() -> None:
    op.create_table(
        "staff",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("desks", sa.JSON(), nullable=False),
        sa.Column("sample", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
    )
    op.create_table(
        "staff_link",
        sa.Column("digest", DIGEST, nullable=False),
        sa.Column("staff", sa.Text(), nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["staff"], ["staff.id"], name=op.f("fk_staff_link_staff"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_staff_link")),
    )
    op.create_index(op.f("ix_staff_link_staff"), "staff_link", ["staff"])
    op.create_table(
        "staff_session",
        sa.Column("digest", DIGEST, nullable=False),
        sa.Column("staff", sa.Text(), nullable=False),
        sa.Column("started_at", INSTANT, nullable=False),
        sa.Column("seen_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["staff"], ["staff.id"], name=op.f("fk_staff_session_staff"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_staff_session")),
    )
    op.create_index(op.f("ix_staff_session_staff"), "staff_session", ["staff"])


def _some(where: str) -> dict[str, Any]:
    """An index over some of the rows, on both databases."""
    return {"postgresql_where": sa.text(where), "sqlite_where": sa.text(where)}


NO_OVERLAP_POSTGRESQL = """
ALTER TABLE allocation ADD CONSTRAINT allocation_no_overlap EXCLUDE USING gist (
    int8range(resource, resource, '[]') WITH &&,
    tstzrange(starts_at, blocked_until, '[)') WITH &&,
    (CASE WHEN state = 'absence' THEN int8range(id, id, '[]') ELSE int8range(NULL, NULL) END) WITH &&
) WHERE (state IN ('held', 'booked', 'absence'))
"""

NO_OVERLAP_SQLITE = (
    """
CREATE TRIGGER allocation_no_overlap_insert BEFORE insert ON allocation
WHEN NEW.state IN ('held', 'booked', 'absence') AND EXISTS (
    SELECT 1 FROM allocation AS other
    WHERE other.resource = NEW.resource
      AND other.state IN ('held', 'booked', 'absence')
      AND NOT (other.state = 'absence' AND NEW.state = 'absence')
      AND other.starts_at < NEW.blocked_until
      AND NEW.starts_at < other.blocked_until
      AND TRUE
)
BEGIN
    SELECT RAISE(ABORT, 'allocation_no_overlap');
END
""",
    """
CREATE TRIGGER allocation_no_overlap_update BEFORE update ON allocation
WHEN NEW.state IN ('held', 'booked', 'absence') AND EXISTS (
    SELECT 1 FROM allocation AS other
    WHERE other.resource = NEW.resource
      AND other.state IN ('held', 'booked', 'absence')
      AND NOT (other.state = 'absence' AND NEW.state = 'absence')
      AND other.starts_at < NEW.blocked_until
      AND NEW.starts_at < other.blocked_until
      AND other.id <> OLD.id
)
BEGIN
    SELECT RAISE(ABORT, 'allocation_no_overlap');
END
""",
)
