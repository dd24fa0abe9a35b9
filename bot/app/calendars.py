"""Which calendars of colleagues are read: a table beside the settings, because it says where passwords are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from bot.app.caldav import Source
from bot.app.house import Premises
from bot.app.settings_check import HERE
from bot.app.tables import BadTable, read_table
from bot.vocabulary.rows import Row, rows

KEYS: Final = ("post", "address", "user", "password_file")
#: Names that only this machine knows: what is sent there, nobody else reads.


def read_sources(path: Path | None) -> tuple[Source, ...]:
    """The calendars of the table; raises `BadTable` naming the row, the key and what is allowed."""
    if path is None:
        return ()
    table = read_table(path)
    try:
        return tuple(_sources(table, path.parent))
    except ValueError as error:
        raise BadTable(f"{path.name}: {error}") from error


def of_nobody(sources: Iterable[Source], premises: Premises) -> Iterator[str]:
    """Posts that the counties' tables do not know: a slip of the keyboard, or a desk that was made in the console."""
    known = premises.casework.calendars
    posts = {post for calendar in known.values() for post in calendar.lanes}
    for source in sources:
        if source.post not in posts:
            yield f"calendars: {source.post} is a post of no desk in counties/; check it, unless the console made it"


def _sources(table: Mapping[str, Any], folder: Path) -> Iterator[Source]:
    for number, values in enumerate(rows(table, "calendar", "calendars"), start=1):
        row = Row(f"calendar {number}", values)
        row.only(KEYS)
        file = _password_file(row, folder)
        yield Source(post=row.words("post"), address=_address(row), user=row.words("user"), password_file=file)


def _address(row: Row) -> str:
    """A password is only sent where nobody in between can read it, and is no part of an address."""
    words = row.words("address")
    url = urlsplit(words)
    if url.username is not None or url.password is not None:
        raise row.wrong("address", "an address without a user or a password in it")
    if not url.hostname or url.scheme not in ("http", "https") or (url.scheme == "http" and url.hostname not in HERE):
        raise row.wrong("address", "the address of one calendar, beginning with https://")
    return words


def _password_file(row: Row, folder: Path) -> Path:
    """A path that is not absolute lies beside the table."""
    file = folder / row.words("password_file")
    if not file.is_file():
        raise row.wrong("password_file", "the path of a file that holds the password and nothing else")
    return file
