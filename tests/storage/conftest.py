"""Every test here runs on both databases: an SQLite file and a PostgreSQL, both migrated and empty."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import delete

from bot.storage.store import Store
from bot.storage.tables import lane, metadata
from tests import servers

DATABASES = ("sqlite", pytest.param("postgresql", marks=pytest.mark.postgres))


@pytest.fixture(scope="session")
def sqlite_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file to copy."""
    file = tmp_path_factory.mktemp("laid") / "lotse.db"
    migrate(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """One migrated database for all tests: emptying it is much quicker than making another."""
    url = servers.postgres().fresh()
    migrate(url)
    yield url
    servers.postgres().drop(url)


@pytest.fixture(params=DATABASES)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database with the tables of the newest version and no rows."""
    if request.param == "sqlite":
        file = shutil.copy(request.getfixturevalue("sqlite_file"), tmp_path / "lotse.db")
        return f"sqlite:///{file}"
    shared: str = request.getfixturevalue("postgres_url")
    empty(shared)
    return shared


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    opened = Store(url)
    yield opened
    opened.close()


def migrate(url: str) -> None:
    store = Store(url)
    store.migrate()
    store.close()


def empty(url: str) -> None:
    store = Store(url)
    with store.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE IF EXISTS unruled")
        for table in reversed(metadata.sorted_tables):
            if table is not lane:
                connection.execute(delete(table))
    store.close()
