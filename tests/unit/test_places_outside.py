"""A place outside is never taken for one inside."""

from __future__ import annotations

import pytest

from bot.places.find import Choose, Found, Outside, find_place
from tests.slips import slips
from tests.tables import gazetteer, table

LOOKALIKES = (
    "Neunkirchen/Saar", "Neunkirchen (Saar)", "Oberhausen", "München", "Muenchen", "Munchen", "Muchen", "Windhoek",
    "Rheinbreitbach", "Königslutter", "Siegen", "Burtscheid", "Dornheim", "Kärnten", "Mönchengladbach", "Rheydt",
    "Leverkusen", "Remscheid", "ميونخ", "Мюнхен", "Düsseldorf-Niederkassel", "Frankfurt-Bornheim",
)  # fmt: skip
#: A slip that is itself the exact name of a municipality or of one of its parts.
REAL_NAMES_INSIDE = {"Burscheid", "wlsdorf", "GGladbach"}


def outside_names() -> list[str]:
    rows = table("outside")
    return [*(name for known in rows["known"] for name in known), *rows["named"].split()]


def test_at_least_two_hundred_places_outside_are_known() -> None:
    assert len(table("outside")["known"]) + len(table("outside")["named"].split()) >= 200


@pytest.mark.parametrize("typed", LOOKALIKES)
def test_a_name_that_resembles_one_inside_stays_outside(typed: str) -> None:
    assert isinstance(find_place(typed, gazetteer()), Outside)


def test_every_place_outside_stays_outside_or_is_asked_about() -> None:
    for name in outside_names():
        found = find_place(name, gazetteer())
        assert isinstance(found, Outside | Choose), (name, found)


def test_a_place_outside_with_a_slip_never_comes_out_inside() -> None:
    known = [name for row in table("outside")["known"] for name in row]
    wrong = {
        slip for name in known for slip in slips(name) if isinstance(find_place(slip, gazetteer()), Found)
    } - REAL_NAMES_INSIDE
    assert not wrong


@pytest.mark.parametrize("typed", ["Lohmarn", "Alter", "Munch", "Hürten", "Garten"])
def test_a_short_word_that_is_nearly_a_name_is_not_taken_for_it(typed: str) -> None:
    assert not isinstance(find_place(typed, gazetteer()), Found)
