"""Migrations lead to exactly the tables that the program expects, on an empty database and on one in use."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from bot.storage import overlap
from bot.storage.store import MIGRATIONS, Store
from bot.storage.tables import metadata
from tests import servers
from tests.storage.builders import NOW, at_once, book, slot

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


def test_there_is_one_line_of_migrations() -> None:
    assert len(ScriptDirectory(str(MIGRATIONS)).get_heads()) == 1
