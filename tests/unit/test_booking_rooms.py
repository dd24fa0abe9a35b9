"""Rooms belong to desks of their county, each by a name of its own."""

from __future__ import annotations

from typing import Any

import pytest

from bot.booking.rooms import read_rooms, room_names
from tests.tables import table

DESKS = ("d1", "d2")


def room(**other: Any) -> dict[str, Any]:
    return {"id": "r1", "name": "Raum 1", "desks": ["d1", "d2"], "source": "own sample", **other}


def test_each_desk_knows_its_rooms_in_the_order_of_the_table() -> None:
    rooms = read_rooms({"room": [room(), room(id="r2", desks=["d2"])]}, DESKS)
    assert rooms == {"d1": ("r1",), "d2": ("r1", "r2")}


def test_rooms_have_names_that_people_use() -> None:
    assert room_names({"room": [room(), room(id="r2", name="Saal")]}) == {"r1": "Raum 1", "r2": "Saal"}


def test_a_county_need_not_name_rooms() -> None:
    assert read_rooms({}, DESKS) == {}
    assert room_names({}) == {}


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (room(desks=[]), "room r1, desks: allowed is a list of at least one desk"),
        (room(desks=["d3"]), "room r1, desks: allowed is a list of d1, d2"),
        (room(id="d1"), "room d1, id: allowed is a name that no desk has"),
        (room(source=" "), "room r1, source: allowed is a text that is not empty"),
        (room(seats=4), "room r1, seats: allowed is one of id, name"),
    ],
)
def test_a_row_that_is_wrong_is_named_with_its_key_and_what_is_allowed(row: dict[str, Any], fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        read_rooms({"room": [row]}, DESKS)


def test_the_rooms_of_the_county_can_be_read() -> None:
    desks = [row["id"] for row in table("rbk/desks")["desk"]]
    assert set(read_rooms(table("rbk/rooms"), desks)) <= set(desks)
