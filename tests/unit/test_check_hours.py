"""`check` names nonsense in the tables of hours by file, row and key, before anybody is offered a date."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from shutil import copytree

import pytest

from bot.app.check import faults

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("file", "right", "wrong", "fault"),
    [
        (
            "rbk/desks.toml",
            'weekday = "wed", opens = "08:00", closes = "12:00", kind = "open", place = "Büro der Stadt Overath"',
            'weekday = "tue", opens = "15:00", closes = "18:00", kind = "appointment"',
            "counties/rbk/desks.toml: desk rbk_overath, hours 3, opens: allowed is a time at which this post is not"
            " booked already by desk rbk_overath, hours 2",
        ),
        (
            "closures.toml",
            "month = 12\nday = 24",
            "month = 12\nday = 32",
            "counties/closures.toml: closed 2, day: allowed is a whole number from 1 to 31",
        ),
        (
            "rbk/rooms.toml",
            'id = "rbk_ki_raum_2"\nname = "Beratungsraum 2 im Kreishaus"\ndesks = ["rbk_ki_nord"',
            'id = "rbk_ki_raum_2"\nname = "Beratungsraum 2 im Kreishaus"\ndesks = ["rbk_ki_west"',
            "counties/rbk/rooms.toml: room rbk_ki_raum_2, desks: allowed is a list of rbk_bergisch_gladbach, ",
        ),
    ],
)
def test_a_slip_in_a_table_is_named_by_file_row_and_key(
    tmp_path: Path, file: str, right: str, wrong: str, fault: str
) -> None:
    for folder in ("counties", "locales"):
        copytree(ROOT / folder, tmp_path / folder)
    table = tmp_path / "counties" / file
    words = table.read_text(encoding="utf-8")
    assert words.count(right) == 1
    table.write_text(words.replace(right, wrong), encoding="utf-8")
    (found,) = faults(tmp_path, datetime(2026, 6, 2, tzinfo=UTC)).faults
    assert found.startswith(fault)
