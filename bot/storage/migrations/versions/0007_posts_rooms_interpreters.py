"""An appointment claims a post and whatever else it needs, with buffers on both sides.

Both tables are laid anew: SQLite cannot change a table that triggers and other tables lean on.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    for table in ("allocation", "resource"):
        op.execute(f"CREATE TABLE {table}_before AS SELECT * FROM {table}")
        op.drop_table(table)
    _resource()
    _allocation()
    _bring_over()
    for table in ("allocation", "resource"):
        op.drop_table(f"{table}_before")


def _resource() -> None:
    op.create_table(
        "resource",
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.String(length=12), nullable=False),
        sa.Column("desk", sa.Text(), nullable=True),
        sa.CheckConstraint("role IN ('post', 'room', 'interpreter')", name=op.f("ck_resource_role")),
        sa.CheckConstraint("role <> 'post' OR desk IS NOT NULL", name=op.f("ck_resource_desk")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_resource")),
        sa.UniqueConstraint("name", name=op.f("uq_resource_name")),
    )
    op.create_index(op.f("ix_resource_desk"), "resource", ["desk"])


def _allocation() -> None:
    op.create_table(
        "allocation",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("appointment", sa.Text(), nullable=True),
        sa.Column("uid", sa.Text(), nullable=True),
        sa.Column("main", sa.Boolean(), nullable=False),
        sa.Column("resource", NUMBER, nullable=False),
        sa.Column("person", sa.Text(), nullable=True),
        sa.Column("case_code", sa.Text(), nullable=True),
        sa.Column("key", sa.Text(), nullable=True),
        sa.Column("kind", sa.String(length=12), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("blocked_from", INSTANT, nullable=False),
        sa.Column("starts_at", INSTANT, nullable=False),
        sa.Column("ends_at", INSTANT, nullable=False),
        sa.Column("blocked_until", INSTANT, nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("expires_at", INSTANT, nullable=True),
        sa.CheckConstraint(
            "state NOT IN ('held', 'offered') OR expires_at IS NOT NULL", name=op.f("ck_allocation_expires")
        ),
        sa.CheckConstraint(
            "state IN ('held', 'offered', 'booked', 'absence', 'cancelled', 'expired', 'released', 'moved')",
            name=op.f("ck_allocation_state"),
        ),
        sa.CheckConstraint(
            "blocked_from <= starts_at AND starts_at < ends_at AND ends_at <= blocked_until",
            name=op.f("ck_allocation_order"),
        ),
        sa.ForeignKeyConstraint(["resource"], ["resource.number"], name=op.f("fk_allocation_resource")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_allocation")),
    )
    for column in ("appointment", "case_code", "person"):
        op.create_index(op.f(f"ix_allocation_{column}"), "allocation", [column])
    op.create_index("ix_allocation_resource_blocked_until", "allocation", ["resource", "blocked_until"])
    op.create_index("ix_allocation_expires_at", "allocation", ["expires_at"], **_some("state IN ('held', 'offered')"))
    living = _some("state IN ('held', 'offered', 'booked')")
    op.create_index("uq_allocation_key", "allocation", ["key"], unique=True, **living)


def _bring_over() -> None:
    """Each desk is its first post; each claim was one for a post, of a first consultation, without a buffer before."""
    op.execute("INSERT INTO resource (number, name, role, desk) SELECT number, desk, 'post', desk FROM resource_before")
    kept = "id, appointment, uid, resource, person, case_code, key, state, starts_at, ends_at, blocked_until, sequence"
    op.execute(
        f"INSERT INTO allocation ({kept}, expires_at, main, kind, blocked_from)"
        f" SELECT {kept}, expires_at, {_true()}, CASE WHEN state <> 'absence' THEN 'first' END, starts_at"
        " FROM allocation_before"
    )
    if op.get_bind().dialect.name == "postgresql":
        for table, column in (("resource", "number"), ("allocation", "id")):
            number = f"(SELECT max({column}) FROM {table})"
            op.execute(f"SELECT setval(pg_get_serial_sequence('{table}', '{column}'), {number}) WHERE {number} > 0")
    statements = (NO_OVERLAP_POSTGRESQL,) if op.get_bind().dialect.name == "postgresql" else NO_OVERLAP_SQLITE
    for statement in statements:
        op.execute(statement)


def _true() -> str:
    return "TRUE" if op.get_bind().dialect.name == "postgresql" else "1"


def _some(where: str) -> dict[str, Any]:
    """An index over some of the rows, on both databases."""
    return {"postgresql_where": sa.text(where), "sqlite_where": sa.text(where)}


NO_OVERLAP_POSTGRESQL = """
ALTER TABLE allocation ADD CONSTRAINT allocation_no_overlap EXCLUDE USING gist (
    int8range(resource, resource, '[]') WITH &&,
    tstzrange(blocked_from, blocked_until, '[)') WITH &&,
    (CASE WHEN state = 'absence' THEN int8range(id, id, '[]') ELSE int8range(NULL, NULL) END) WITH &&
) WHERE (state IN ('held', 'offered', 'booked', 'absence'))
"""

_TRIGGER = """
CREATE TRIGGER allocation_no_overlap_{verb} BEFORE {verb} ON allocation
WHEN NEW.state IN ('held', 'offered', 'booked', 'absence') AND EXISTS (
    SELECT 1 FROM allocation AS other
    WHERE other.resource = NEW.resource
      AND other.state IN ('held', 'offered', 'booked', 'absence')
      AND NOT (other.state = 'absence' AND NEW.state = 'absence')
      AND other.blocked_from < NEW.blocked_until
      AND NEW.blocked_from < other.blocked_until
      AND {other_row}
)
BEGIN
    SELECT RAISE(ABORT, 'allocation_no_overlap');
END
"""
NO_OVERLAP_SQLITE = (
    _TRIGGER.format(verb="insert", other_row="TRUE"),
    _TRIGGER.format(verb="update", other_row="other.id <> OLD.id"),
)
