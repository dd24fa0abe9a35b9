"""The tables beside the code, and what is wrong with one in words."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeVar

T = TypeVar("T")
PACKAGE: Final = Path(__file__).resolve().parents[1]


class BadTable(ValueError):
    """A table or catalogue cannot be used; the message names the file and what is allowed."""


def read_table(path: Path) -> dict[str, Any]:
    """A TOML file; raises `BadTable` with the line where it cannot be read."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise BadTable(f"{path.name}: the file is missing in {path.parent.name}/") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadTable(f"{path.parent.name}/{path.name}: {error}") from error


def checked(name: str, read: Callable[[], T]) -> T:
    """What `read` gives; a fault in the table becomes `BadTable`, with the name of the table."""
    try:
        return read()
    except (ValueError, KeyError, TypeError) as error:
        missing = f"the key {error} is missing" if isinstance(error, KeyError) else str(error)
        raise BadTable(f"{name}: {missing}") from error
