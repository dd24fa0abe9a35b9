"""Every row of the overviews of posts (domain part 3.2 to 3.4) is in the tables, with its source."""

from __future__ import annotations

import pytest

from bot.routing.route import route
from bot.routing.target import Target
from bot.vocabulary.facts import County, Facts
from bot.vocabulary.ways import Booking, Suggestion, TargetKind
from tests.tables import COUNTIES, directory, gazetteer, table

RSK_POSTS = {
    "rsk_alfter": (1, 1.0),
    "rsk_bad_honnef": (1, 1.0),
    "rsk_bornheim": (2, 1.5),
    "rsk_eitorf": (1, 0.69),
    "rsk_lohmar": (1, 1.0),
    "rsk_meckenheim": (1, 1.0),
    "rsk_much": (1, 1.0),
    "rsk_niederkassel": (2, 1.5),
    "rsk_rheinbach": (1, 1.0),
    "rsk_sankt_augustin": (2, 1.6),
    "rsk_siegburg": (1, 1.0),
    "rsk_swisttal": (1, 0.76),
    "rsk_troisdorf": (3, 2.51),
    "rsk_wachtberg": (1, 0.82),
    "rsk_windeck": (1, 0.62),
}
RBK_VZAE = {
    "rbk_bergisch_gladbach": 0.77,
    "rbk_burscheid_kja": 0.5,
    "rbk_burscheid_diakonie": 0.5,
    "rbk_kuerten": 1.5,
    "rbk_odenthal": 1.5,
    "rbk_overath": 0.77,
    "rbk_roesrath": 1.0,
    "rbk_wermelskirchen": 2.0,
    "rbk_ki_nord": 1.0,
    "rbk_ki_mitte": 1.5,
    "rbk_ki_sued": 0.5,
}
WITHOUT_CASE_MANAGER = ("rsk_hennef", "rsk_koenigswinter", "rsk_ruppichteroth", "rbk_leichlingen")


@pytest.mark.parametrize(("desk", "posts"), RSK_POSTS.items())
def test_the_posts_of_a_municipality_are_those_of_001_figure_1(desk: str, posts: tuple[int, float]) -> None:
    found = directory().desks_by_id[desk]
    assert (found.posts, found.vzae) == posts


def test_rhein_sieg_has_20_posts_and_17_full_time_equivalents_as_in_001_figure_1() -> None:
    desks = [desk for desk in directory().desks() if desk.county == County.RSK]
    assert sum(desk.posts or 0 for desk in desks) == 20
    assert sum(desk.vzae for desk in desks) == pytest.approx(17.0)


def test_one_post_serves_much_and_neunkirchen_seelscheid_as_in_001_figure_1() -> None:
    assert directory().desks_by_id["rsk_much"].municipalities == ("rsk_much", "rsk_neunkirchen_seelscheid")


@pytest.mark.parametrize(("desk", "vzae"), RBK_VZAE.items())
def test_the_full_time_equivalents_of_a_desk_are_those_of_004_chapter_2(desk: str, vzae: float) -> None:
    assert directory().desks_by_id[desk].vzae == vzae


def test_the_rows_of_rheinisch_berg_add_up_to_11_54_although_004_chapter_2_says_11_91() -> None:
    total = sum(desk.vzae for desk in directory().desks() if desk.county == County.RBK)
    assert total == pytest.approx(11.54)


@pytest.mark.parametrize(
    ("region", "municipalities"),
    [
        ("rbk_ki_nord", {"rbk_burscheid", "rbk_wermelskirchen", "rbk_leichlingen"}),
        ("rbk_ki_mitte", {"rbk_odenthal", "rbk_kuerten", "rbk_bergisch_gladbach"}),
        ("rbk_ki_sued", {"rbk_roesrath", "rbk_overath"}),
    ],
)
def test_a_region_of_the_ki_has_the_municipalities_of_004_chapter_11_1(region: str, municipalities: set[str]) -> None:
    assert {*directory().desks_by_id[region].municipalities} == municipalities


@pytest.mark.parametrize("municipality", WITHOUT_CASE_MANAGER)
def test_a_municipality_without_a_case_manager_goes_to_the_coordination_001_figure_1_004_11_1(
    municipality: str,
) -> None:
    for suggestion in (Suggestion.CASE_MANAGEMENT, Suggestion.SHORT_CONSULTATION):
        county = directory().municipalities[municipality]
        routed = route(Facts(county=county, municipality=municipality, needs=("debt",)), suggestion, directory())
        assert routed.target == Target(TargetKind.COORDINATION, f"{county}_koordination")
        assert routed.booking is Booking.CLEARING
        assert Target(TargetKind.SERVICE, f"{county}_schuldnerberatung") in routed.also


@pytest.mark.parametrize(
    "municipality",
    [place for place in directory().municipalities if place not in (*WITHOUT_CASE_MANAGER, "rbk_wermelskirchen")],
)
@pytest.mark.parametrize("suggestion", [Suggestion.CASE_MANAGEMENT, Suggestion.SHORT_CONSULTATION])
def test_a_municipality_with_a_case_manager_gives_an_appointment_001_2_2_004_11(
    municipality: str, suggestion: Suggestion
) -> None:
    county = directory().municipalities[municipality]
    routed = route(Facts(county=county, municipality=municipality), suggestion, directory())
    desk = directory().desk(routed.target.id)
    assert routed.booking is Booking.APPOINTMENT
    assert desk is not None
    assert municipality in desk.municipalities
    assert not desk.region


def test_gazetteer_and_directory_know_the_same_27_municipalities() -> None:
    assert gazetteer().counties() == dict(directory().municipalities)
    assert len(directory().municipalities) == 27


@pytest.mark.parametrize("county", COUNTIES)
def test_hours_that_no_source_states_are_marked_as_samples(county: str) -> None:
    stated = {
        (desk["id"], row["kind"])
        for desk in table(f"{county}/desks")["desk"]
        for row in desk.get("hours", ())
        if not row.get("sample")
    }
    assert (
        stated
        == {
            "rsk": set(),
            "rbk": {("rbk_burscheid_kja", "appointment"), ("rbk_wermelskirchen", "open"), ("rbk_roesrath", "open")},
        }[county]
    )


@pytest.mark.parametrize("county", COUNTIES)
def test_every_desk_has_hours_to_book_and_says_what_the_county_must_still_supply(county: str) -> None:
    for desk in table(f"{county}/desks")["desk"]:
        assert any(row["kind"] == "appointment" for row in desk["hours"]), desk["id"]
        assert desk["open"], desk["id"]


def test_the_stated_open_hours_are_those_of_004_11_6_and_11_8() -> None:
    desks = {desk["id"]: desk for desk in table("rbk/desks")["desk"]}
    wermelskirchen = [row for row in desks["rbk_wermelskirchen"]["hours"] if row["kind"] == "open"]
    assert {(row["weekday"], row["opens"], row["closes"]) for row in wermelskirchen} == {
        (day, "08:30", "12:00") for day in ("mon", "tue", "wed", "thu", "fri")
    }
    roesrath = [row for row in desks["rbk_roesrath"]["hours"] if row["kind"] == "open"]
    assert [(row["weekday"], row["opens"], row["closes"]) for row in roesrath] == [("tue", "16:00", "18:00")]


@pytest.mark.parametrize("desk", ["rbk_odenthal", "rbk_ki_nord", "rbk_ki_mitte", "rbk_ki_sued"])
def test_where_004_says_appointment_only_there_are_no_open_hours(desk: str) -> None:
    rows = {row["id"]: row for row in table("rbk/desks")["desk"]}
    assert all(hours["kind"] in ("appointment", "home_office") for hours in rows[desk]["hours"])
