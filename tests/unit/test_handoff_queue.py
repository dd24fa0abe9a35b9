"""Deadlines count working days; the table says whose number it is."""

from __future__ import annotations

import tomllib
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from bot.handoff.queue import BERLIN, Deadlines, deadline, read_deadlines
from bot.vocabulary.ways import TargetKind

TABLE = Path(__file__).parents[2] / "bot" / "handoff" / "tables" / "deadlines.toml"


def the_table() -> dict[str, Any]:
    return tomllib.loads(TABLE.read_text(encoding="utf-8"))


def deadlines() -> Deadlines:
    return read_deadlines(the_table())


def due(received: str, closed: frozenset[date] = frozenset()) -> str:
    received_at = datetime.fromisoformat(received).replace(tzinfo=BERLIN)
    return f"{deadline(received_at, TargetKind.DESK, closed, deadlines()).astimezone(BERLIN):%Y-%m-%d %H:%M}"


def test_a_card_of_monday_is_due_on_thursday_evening() -> None:
    assert due("2026-08-10T08:00") == "2026-08-13 17:00"


def test_the_weekend_does_not_count() -> None:
    assert due("2026-08-13T23:59") == "2026-08-18 17:00"


def test_a_card_of_saturday_is_as_old_as_one_of_friday() -> None:
    assert due("2026-08-15T12:00") == due("2026-08-14T12:00") == "2026-08-19 17:00"


def test_a_closed_day_does_not_count() -> None:
    assert due("2026-12-23T12:00", frozenset({date(2026, 12, 24), date(2026, 12, 25)})) == "2026-12-30 17:00"


def test_the_end_of_the_day_is_meant_by_the_clock_of_berlin_also_when_it_changes() -> None:
    before = datetime(2026, 10, 23, 10, tzinfo=UTC)
    assert deadline(before, TargetKind.DESK, frozenset(), deadlines()) == datetime(2026, 10, 28, 16, tzinfo=UTC)


def test_a_card_of_shortly_after_midnight_in_berlin_counts_for_the_new_day() -> None:
    late = datetime(2026, 8, 10, 22, 30, tzinfo=UTC)
    assert deadline(late, TargetKind.DESK, frozenset(), deadlines()).date() == date(2026, 8, 14)


def test_every_number_of_the_table_says_that_it_is_our_own() -> None:
    assert all(row.own_default and row.source for row in deadlines().values())
    assert deadlines()[TargetKind.DESK].closes == time(17)


@pytest.mark.parametrize(
    ("key", "value", "complaint"),
    [
        ("kind", "nobody", "desk, coordination, service"),
        ("working_days", 0, "from 1 to 60"),
        ("working_days", True, "from 1 to 60"),
        ("closes", "17:00", "17:00:00"),
        ("own_default", "yes", "true or false"),
        ("source", "", "must be named"),
    ],
)
def test_a_bad_row_is_named_with_what_is_allowed(key: str, value: object, complaint: str) -> None:
    table = the_table()
    table["deadline"][0][key] = value
    with pytest.raises(ValueError, match=complaint):
        read_deadlines(table)


def test_a_kind_without_a_row_is_named() -> None:
    with pytest.raises(ValueError, match="no row for the kind desk"):
        read_deadlines({"deadline": the_table()["deadline"][1:]})
