"""One way to open each database, so that both keep the same promises."""

from __future__ import annotations

import sqlite3
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.pool import StaticPool

BUSY_MS: Final = 30_000
#: A statement or a lock that takes longer is a fault; the message is tried again.
POSTGRESQL_OPTIONS: Final = (
    "-c timezone=UTC -c lock_timeout=10s -c statement_timeout=30s -c idle_in_transaction_session_timeout=60s"
)


def open_engine(url: str) -> Engine:
    """The engine for `sqlite:///file`, `sqlite://` (in memory) or `postgresql://...`; other databases are refused."""
    where = make_url(url)
    match where.get_backend_name():
        case "sqlite":
            return _sqlite(where)
        case "postgresql":
            return _postgresql(where)
        case other:
            raise ValueError(f"database {other}: allowed is sqlite or postgresql")


def in_memory(url: str) -> bool:
    where = make_url(url)
    return where.get_backend_name() == "sqlite" and where.database in (None, "", ":memory:")


def _postgresql(where: URL) -> Engine:
    return create_engine(
        where.set(drivername="postgresql+psycopg"),
        connect_args={"options": POSTGRESQL_OPTIONS},
        pool_size=10,
        max_overflow=10,
        pool_pre_ping=True,
    )


def _sqlite(where: URL) -> Engine:
    kept: dict[str, Any] = {"poolclass": StaticPool} if in_memory(str(where)) else {"pool_size": 10, "max_overflow": 20}
    engine = create_engine(where, connect_args={"check_same_thread": False, "timeout": BUSY_MS / 1000}, **kept)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_immediate)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, record: object) -> None:
    connection.isolation_level = None  # the driver starts no transactions of its own: see _begin_immediate
    for pragma in (
        f"busy_timeout = {BUSY_MS}",
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "secure_delete = ON",
        "trusted_schema = OFF",
    ):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin_immediate(connection: Connection) -> None:
    """A transaction takes the write lock at once: what it reads is still true when it writes."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")
