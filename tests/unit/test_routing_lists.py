"""Regular services and emergency numbers for people who go on without a case."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.i18n.languages import LANGUAGES
from bot.routing.hotlines import Hotline
from bot.routing.lists import hotlines_for, services_for
from bot.routing.target import Target
from bot.vocabulary.facts import County
from bot.vocabulary.ways import TargetKind
from tests.tables import TOPICS, directory

BERLIN = ZoneInfo("Europe/Berlin")
TUESDAY_AFTERNOON = datetime(2026, 6, 2, 15, 0, tzinfo=BERLIN)
TUESDAY_NIGHT = datetime(2026, 6, 2, 23, 0, tzinfo=BERLIN)
SUNDAY = datetime(2026, 6, 7, 15, 0, tzinfo=BERLIN)


def services(municipality: str | None, *topics: str, county: County = County.RBK) -> list[str]:
    return [service.id for service in services_for(directory(), county, municipality, topics)]


def numbers(kind: str | None, language: str, now: datetime = TUESDAY_NIGHT) -> list[str]:
    return [hotline.id for hotline in hotlines_for(directory(), kind, language, now)]


def test_the_first_topic_s_services_come_first_and_local_ones_before_all() -> None:
    found = services("rbk_burscheid", "debt", "naturalisation")
    assert found == ["rbk_buedchen", "rbk_schuldnerberatung", "rbk_abh_einbuergerung"]


def test_a_service_of_another_town_is_not_named() -> None:
    assert "rbk_fluchtpunkt" in services("rbk_kuerten", "social_participation")
    assert "rbk_fluchtpunkt" not in services("rbk_odenthal", "social_participation")
    assert "rbk_fluchtpunkt" not in services(None, "social_participation")


def test_a_topic_without_a_service_brings_general_counselling() -> None:
    assert services("rsk_lohmar", "mental_health_addiction", county=County.RSK)[0] == "rsk_migrationsberatung"


def test_nobody_gets_an_empty_list() -> None:
    for municipality, county in directory().municipalities.items():
        assert services(municipality, county=county)
        assert all(services(municipality, topic, county=county) for topic in TOPICS)


@pytest.mark.parametrize(
    ("kind", "first"), [("medical", "emergency_112"), ("violence", "police_110"), ("self_harm", "emergency_112")]
)
@pytest.mark.parametrize("language", [language.tag for language in LANGUAGES])
def test_danger_to_life_comes_first_and_at_most_three_others_follow(kind: str, first: str, language: str) -> None:
    found = hotlines_for(directory(), kind, language, TUESDAY_AFTERNOON)
    assert found[0].id == first
    assert len([hotline for hotline in found if "danger" not in hotline.kinds]) <= 3


@pytest.mark.parametrize("language", [language.tag for language in LANGUAGES])
def test_violence_against_women_has_116_016_in_every_language(language: str) -> None:
    assert numbers("violence", language)[1] == "violence_women_116016"
    assert language in directory().hotlines["violence_women_116016"].languages


@pytest.mark.parametrize(
    ("language", "now", "expected"),
    [
        ("uk", TUESDAY_AFTERNOON, ["helpline_ukraine", "doweria_ru", "telefonseelsorge"]),
        ("uk", TUESDAY_NIGHT, ["doweria_ru", "telefonseelsorge"]),
        ("uk", SUNDAY, ["doweria_ru", "telefonseelsorge"]),
        ("ru", TUESDAY_NIGHT, ["doweria_ru", "telefonseelsorge"]),
        ("tr", TUESDAY_NIGHT, ["mutes", "telefonseelsorge"]),
        ("ar", TUESDAY_NIGHT, ["mutes", "telefonseelsorge"]),
        ("fa", TUESDAY_NIGHT, ["medical_116117", "telefonseelsorge"]),
        ("pl", TUESDAY_NIGHT, ["medical_116117", "telefonseelsorge"]),
        ("es", TUESDAY_NIGHT, ["medical_116117", "telefonseelsorge"]),
        ("en", TUESDAY_NIGHT, ["medical_116117", "telefonseelsorge"]),
    ],
)
def test_a_crisis_of_the_soul_has_its_first_line_in_each_language(
    language: str, now: datetime, expected: list[str]
) -> None:
    assert numbers("self_harm", language, now) == ["emergency_112", *expected]


def test_without_a_kind_the_most_important_numbers_are_shown() -> None:
    assert numbers(None, "pl") == [
        "emergency_112",
        "police_110",
        "medical_116117",
        "violence_women_116016",
        "telefonseelsorge",
    ]


def test_a_line_opens_at_its_hour_and_closes_at_its_hour() -> None:
    line = directory().hotlines["helpline_ukraine"]
    assert line.answers(TUESDAY_AFTERNOON.replace(hour=14))
    assert not line.answers(TUESDAY_AFTERNOON.replace(hour=17))


def test_no_number_is_marked_as_checked_before_somebody_has_called_it() -> None:
    assert not any(hotline.checked for hotline in directory().hotlines.values())


def test_a_number_whose_hours_nobody_verified_is_shown() -> None:
    line = Hotline(id="x", number="1", name="x", kinds=(), source="test")
    assert line.answers(SUNDAY)


@pytest.mark.parametrize(
    ("target", "name", "address"),
    [
        (Target(TargetKind.DESK, "rbk_roesrath"), "KIM Case Management Rösrath", "Rathaus Rösrath"),
        (
            Target(TargetKind.COORDINATION, "rbk_koordination"),
            "KIM-Koordination des Rheinisch-Bergischen Kreises, Kommunales Integrationszentrum",
            "Am Rübezahlwald 7, 51469 Bergisch Gladbach",
        ),
        (Target(TargetKind.SERVICE, "rbk_schuldnerberatung"), "Schuldnerberatung", None),
    ],
)
def test_a_target_has_a_name_and_an_address_where_a_source_states_one(
    target: Target, name: str, address: str | None
) -> None:
    assert (directory().name(target), directory().address(target)) == (name, address)


@pytest.mark.parametrize("language", [language.tag for language in LANGUAGES])
def test_who_is_beaten_by_her_husband_sees_the_numbers_for_women_and_children_and_not_the_one_for_men(
    language: str,
) -> None:
    assert numbers("violence_by_husband", language, TUESDAY_AFTERNOON) == [
        "police_110", "violence_women_116016", "children_116111",
    ]  # fmt: skip
    assert "men_violence" in numbers("violence", language, TUESDAY_AFTERNOON)
