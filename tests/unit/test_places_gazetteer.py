"""A broken table of places is refused with a sentence that names the row."""

from __future__ import annotations

from typing import Any

import pytest

from bot.places.gazetteer import read_gazetteer
from tests.tables import gazetteer, table


def broken(**changes: Any) -> dict[str, Any]:
    rows = table("rbk/municipalities")
    rows["municipality"][0].update(changes)
    return rows


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"kind": "Dorf"}, "municipality rbk_bergisch_gladbach: kind must be one of Stadt, Gemeinde"),
        ({"postal": ["5146"]}, "municipality rbk_bergisch_gladbach: postal must be codes of five digits, not '5146'"),
        ({"names": None}, "municipality rbk_bergisch_gladbach: names must be a dict"),
        ({"id": "rsk_gladbach"}, "municipality rsk_gladbach: id must begin with rbk_"),
        ({"name": 5}, "municipality rbk_bergisch_gladbach: name must be a str"),
    ],
)
def test_a_broken_row_is_named(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        read_gazetteer([broken(**changes)], table("outside"))


def test_a_range_of_codes_outside_is_checked() -> None:
    outside = table("outside") | {"postal": [{"name": "Köln", "codes": ["50667 bis 51149"]}]}
    with pytest.raises(ValueError, match="postal Köln: codes must be like 50667 or 50667-51149"):
        read_gazetteer([table("rbk/municipalities")], outside)


def test_all_27_municipalities_have_a_name_in_every_script() -> None:
    municipalities = gazetteer().municipalities.values()
    assert len(municipalities) == 27
    assert all({*municipality.names} == {"ar", "fa", "ru", "uk"} for municipality in municipalities)


def test_a_municipality_is_called_by_its_german_name_in_latin_script() -> None:
    kuerten = gazetteer().municipalities["rbk_kuerten"]
    assert (kuerten.called("pl"), kuerten.called("ru")) == ("Kürten", "Кюртен")
