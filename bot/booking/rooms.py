"""Rooms that desks share: each date at such a desk needs one of them, and no room is promised twice."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final

from bot.vocabulary.rows import Row, ids_of, rows

KEYS: Final = ("id", "name", "desks", "source", "sample")


def read_rooms(table: Mapping[str, Any], desks: Collection[str]) -> Mapping[str, tuple[str, ...]]:
    """The rooms of each desk of `counties/<id>/rooms.toml`, by their ids; a table without rows names none.

    Raises `ValueError` naming the row, the key and what is allowed.
    """
    found: dict[str, tuple[str, ...]] = {}
    if not table:
        return found
    ids_of(table, "room", "rooms")
    for values in rows(table, "room", "rooms"):
        row = Row(f"room {values['id']}", values)
        row.only(KEYS)
        row.words("name")
        row.words("source")
        row.truth("sample")
        if values["id"] in desks:
            raise row.wrong("id", "a name that no desk has")
        for desk in row.some_of("desks", desks) or _nobody(row):
            found[desk] = (*found.get(desk, ()), values["id"])
    return found


def room_names(table: Mapping[str, Any]) -> Mapping[str, str]:
    """What the rooms of a table that was read are called, by their ids."""
    return {row["id"]: row["name"] for row in table.get("room", ())}


def _nobody(row: Row) -> tuple[str, ...]:
    raise row.wrong("desks", "a list of at least one desk of the county")
