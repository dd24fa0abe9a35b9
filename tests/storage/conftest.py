"""Every test here runs on both databases: an SQLite file and a PostgreSQL, each new and migrated."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.storage.store import Store
from tests import servers

DATABASES = ("sqlite", pytest.param("postgresql", marks=pytest.mark.postgres))


@pytest.fixture(scope="session")
def laid(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy."""
    file = tmp_path_factory.mktemp("laid") / "lotse.db"
    migrate(f"sqlite:///{file}")
    return file


@pytest.fixture(params=DATABASES)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A new database with the tables of the newest version."""
    if request.param == "sqlite":
        file = shutil.copy(request.getfixturevalue("laid"), tmp_path / "lotse.db")
        yield f"sqlite:///{file}"
    else:
        where = servers.postgres().copy_of("migrated", migrate)
        yield where
        servers.postgres().drop(where)


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    opened = Store(url)
    yield opened
    opened.close()


def migrate(url: str) -> None:
    store = Store(url)
    store.migrate()
    store.close()
