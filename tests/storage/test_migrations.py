"""Migrations lead to exactly the tables that the program expects, on an empty database and on one in use."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from bot.booking.appointment import Appointment, SlotTaken
from bot.booking.slot import SpanState
from bot.storage import overlap
from bot.storage.store import MIGRATIONS, Store
from bot.storage.tables import metadata
from tests import servers
from tests.storage.builders import NOW, at_once, book, later, slot

POSTGRESQL_SHAPE = """
    SELECT 'column', table_name || '.' || column_name,
        concat_ws(' ', data_type, character_maximum_length, is_nullable, column_default, is_identity)
    FROM information_schema.columns WHERE table_schema = 'public'
    UNION ALL SELECT 'constraint', conname, conrelid::regclass || ' ' || pg_get_constraintdef(oid)
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT 'index', indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
"""
SQLITE_SHAPE = "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"


@contextmanager
def two_empty_stores(kind: str, folder: Path) -> Iterator[tuple[Store, Store]]:
    if kind == "sqlite":
        urls = [f"sqlite:///{folder}/{name}.db" for name in ("migrated", "created")]
    else:
        urls = [servers.postgres().fresh(), servers.postgres().fresh()]
    migrated, created = (Store(url) for url in urls)
    yield migrated, created
    for store in (migrated, created):
        store.close()
    if kind == "postgresql":
        for url in urls:
            servers.postgres().drop(url)


def shape(connection: Connection) -> set[tuple[str, str, str]]:
    """Every column, constraint, index and trigger, in the database's own words."""
    query = SQLITE_SHAPE if connection.dialect.name == "sqlite" else POSTGRESQL_SHAPE
    rows = connection.execute(text(query)).all()
    return {
        (kind, name, plain(words or "")) for kind, name, words in rows if "alembic_version" not in f"{name} {words}"
    }


def plain(words: str) -> str:
    """A statement without its white space and without the order of its constraints, which means nothing."""
    first, *constraints = re.sub(r"[\s\"]+", " ", words).strip().removesuffix(")").split(", CONSTRAINT ")
    return " | ".join([first.strip(), *sorted(constraint.strip() for constraint in constraints)])


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def test_the_migrated_database_is_the_one_that_the_tables_describe(kind: str, tmp_path: Path) -> None:
    assert overlap.NAME
    with two_empty_stores(kind, tmp_path) as (migrated, created):
        migrated.migrate()
        with created.engine.begin() as connection:
            metadata.create_all(connection)
            wanted = shape(connection)
        with migrated.engine.begin() as connection:
            assert compare_metadata(MigrationContext.configure(connection), metadata) == []
            found = shape(connection)
    assert found == wanted
    assert any(overlap.NAME in name for _, name, _ in found)


def test_migrating_again_changes_nothing_and_loses_nothing(store: Store) -> None:
    mine = book(store, slot())
    store.migrate()
    with store.transaction() as tx:
        assert tx.allocations.get(mine.id) == mine


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def test_processes_that_start_together_migrate_once(kind: str, tmp_path: Path) -> None:
    with two_empty_stores(kind, tmp_path) as (one, _):
        others = [Store(one.engine.url.render_as_string(hide_password=False)) for _ in range(3)]
        at_once([partial(store.migrate) for store in (one, *others)], threads=4)
        with one.transaction() as tx:
            assert tx.inbox.put("u1", "p1", {}, NOW)
        for store in others:
            store.close()


#: One booking with a buffer, one hold, one absence, as the first version stored them.
BEFORE_POSTS = (
    "INSERT INTO resource (number, desk) VALUES (7, 'desk_a')",
    """
    INSERT INTO allocation
        (id, appointment, uid, resource, person, case_code, key, state, starts_at, ends_at, blocked_until, sequence,
         expires_at)
    VALUES
        (3, 'a1', 'u1', 7, 'p1', 'K1', 'k1', 'booked', '2026-06-08 07:00:00', '2026-06-08 08:00:00',
         '2026-06-08 08:10:00', 2, NULL),
        (4, 'a2', 'u2', 7, 'p2', NULL, 'k2', 'held', '2026-06-08 09:00:00', '2026-06-08 10:00:00',
         '2026-06-08 10:00:00', 0, '2026-06-02 09:00:00'),
        (5, NULL, NULL, 7, NULL, NULL, 'ill', 'absence', '2026-06-09 07:00:00', '2026-06-09 15:00:00',
         '2026-06-09 15:00:00', 0, NULL)
    """,
)


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def test_dates_from_before_there_were_posts_and_rooms_still_stand(kind: str, tmp_path: Path) -> None:
    with two_empty_stores(kind, tmp_path) as (migrated, _):
        migrate_to(migrated, "0006")
        with migrated.engine.begin() as connection:
            for statement in BEFORE_POSTS:
                connection.execute(text(statement))
        migrated.migrate()
        with migrated.transaction() as tx:
            booked = tx.allocations.get("a1")
            assert booked is not None
            assert (booked.desk, booked.post, booked.case, booked.sequence) == ("desk_a", "desk_a", "K1", 2)
            spans = tx.allocations.taken(["desk_a"], NOW, later(days=30), NOW)
            assert [span.state for span in spans] == [SpanState.BOOKED, SpanState.HELD, SpanState.ABSENCE]
            assert spans[0].ends_at - booked.ends_at == timedelta(minutes=10)
            assert isinstance(tx.allocations.hold(slot(0), "p3", "k3", NOW), SlotTaken)
            assert isinstance(tx.allocations.hold(slot(24), "p3", "k3", NOW), SlotTaken)
            assert isinstance(tx.allocations.hold(slot(10), "p3", "k3", NOW), Appointment)
            assert isinstance(tx.allocations.confirm("a2", "K2", NOW), Appointment)


def migrate_to(store: Store, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with store.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def test_there_is_one_line_of_migrations() -> None:
    assert len(ScriptDirectory(str(MIGRATIONS)).get_heads()) == 1
