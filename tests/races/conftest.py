"""Races run on the databases of the storage's tests."""

from __future__ import annotations

from tests.storage.conftest import postgres_url, sqlite_file, store, url

__all__ = ("postgres_url", "sqlite_file", "store", "url")
