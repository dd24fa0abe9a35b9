"""The rules that the sources state (domain part 3.6), each with the source in its name."""

from __future__ import annotations

from typing import Any

import pytest

from bot.routing.route import Routed, route
from bot.vocabulary.facts import County, Facts, LivingFrom, ResidenceDocument
from bot.vocabulary.ways import Booking, Suggestion, TargetKind
from tests.tables import directory


def routed(municipality: str, *needs: str, suggestion: str = "referral", **facts: Any) -> Routed:
    known = Facts(county=County(municipality[:3]), municipality=municipality, needs=needs, **facts)
    return route(known, Suggestion(suggestion), directory())


def goes(way: Routed) -> tuple[str, str]:
    return way.target.id, way.booking.value


def also(way: Routed) -> list[str]:
    return [target.id for target in way.also]


@pytest.mark.parametrize("municipality", ["rbk_kuerten", "rbk_leichlingen", "rbk_bergisch_gladbach"])
def test_naturalisation_goes_to_the_county_office_004_4(municipality: str) -> None:
    assert goes(routed(municipality, "naturalisation")) == ("rbk_abh_einbuergerung", "none")


def test_naturalisation_goes_to_the_naturalisation_office_001_2_3() -> None:
    assert goes(routed("rsk_alfter", "naturalisation")) == ("rsk_ebh", "none")


def test_naturalisation_in_troisdorf_begins_with_welfare_counselling_001_2_3() -> None:
    way = routed("rsk_troisdorf", "naturalisation")
    assert goes(way) == ("rsk_troisdorf_wohlfahrt", "none")
    assert also(way)[0] == "rsk_troisdorf_ebh"
    assert "rsk_ebh" not in also(way)


def test_family_reunification_goes_to_caritas_and_diakonie_004_10() -> None:
    way = routed("rbk_odenthal", "family_reunification")
    assert goes(way) == ("rbk_fim_caritas", "none")
    assert also(way)[0] == "rbk_diakonie_koeln"


def test_family_reunification_in_rhein_sieg_goes_to_migration_counselling_own_default() -> None:
    assert goes(routed("rsk_windeck", "family_reunification")) == ("rsk_migrationsberatung", "none")


def test_voluntary_return_goes_to_the_diakonie_or_the_foreigners_office_004_10() -> None:
    way = routed("rbk_overath", "voluntary_return")
    assert goes(way) == ("rbk_diakonie_koeln", "none")
    assert also(way)[0] == "rbk_abh"


def test_accommodation_goes_to_the_town_s_social_work_004_10() -> None:
    assert goes(routed("rbk_kuerten", "accommodation_issues")) == ("rbk_fluechtlingssozialarbeit", "none")
    assert goes(routed("rsk_lohmar", "accommodation_issues")) == ("rsk_fluechtlingssozialarbeit", "none")


@pytest.mark.parametrize("suggestion", [*Suggestion])
def test_accommodation_in_odenthal_stays_at_its_desk_004_11_3(suggestion: str) -> None:
    way = routed("rbk_odenthal", "accommodation_issues", suggestion=suggestion)
    assert goes(way) == ("rbk_odenthal", "appointment")


def test_accommodation_in_troisdorf_goes_to_its_social_work_001_2_5() -> None:
    assert goes(routed("rsk_troisdorf", "accommodation_issues")) == ("rsk_troisdorf_soziale_arbeit", "none")


def test_forms_go_to_abu_awo_gl_service_and_career_advice_004_10() -> None:
    way = routed("rbk_kuerten", "official_letters_forms")
    assert goes(way) == ("rbk_abu", "none")
    assert also(way)[:3] == ["rbk_awo", "rbk_gl_service", "rbk_berufsberatung"]


@pytest.mark.parametrize("municipality", ["rbk_wermelskirchen", "rbk_roesrath"])
def test_forms_in_wermelskirchen_and_roesrath_go_to_open_hours_004_11_6_11_8(municipality: str) -> None:
    assert goes(routed(municipality, "official_letters_forms")) == (municipality, "open_hours")


def test_forms_in_rhein_sieg_go_to_the_jobcenter_000() -> None:
    assert goes(routed("rsk_siegburg", "official_letters_forms")) == ("rsk_jobcenter", "none")


def test_forms_of_somebody_without_a_jobcenter_go_to_migration_counselling_own_default() -> None:
    way = routed("rsk_siegburg", "official_letters_forms", living_from=LivingFrom.ASYLBLG)
    assert goes(way) == ("rsk_migrationsberatung", "none")


def test_legal_questions_go_to_the_law_clinic_and_refugee_counselling_004_10() -> None:
    way = routed("rbk_roesrath", "asylum_procedure_legal")
    assert goes(way) == ("rbk_refugees_law_clinic", "none")
    assert also(way)[:2] == ["rbk_fim_caritas", "rbk_diakonie_koeln"]
    assert goes(routed("rsk_much", "asylum_procedure_legal")) == ("rsk_fluechtlingsberatung", "none")


@pytest.mark.parametrize("county", ["rbk_kuerten", "rsk_much"])
def test_debts_go_to_debt_counselling_004_10_003_3_2(county: str) -> None:
    assert goes(routed(county, "debt")) == (f"{county[:3]}_schuldnerberatung", "none")


@pytest.mark.parametrize("county", ["rbk", "rsk"])
@pytest.mark.parametrize(
    ("need", "living_from", "service"),
    [
        ("livelihood_benefits", "sgb2", "jobcenter"),
        ("livelihood_benefits", "asylblg", "sozialamt"),
        ("work_employment", "sgb2", "jobcenter"),
        ("work_employment", "wages", "agentur_fuer_arbeit"),
        ("training_study", "wages", "agentur_fuer_arbeit"),
    ],
)
def test_sgb_ii_and_iii_are_referred_004_10(county: str, need: str, living_from: str, service: str) -> None:
    town = {"rbk": "rbk_kuerten", "rsk": "rsk_lohmar"}[county]
    assert goes(routed(town, need, living_from=LivingFrom(living_from))) == (f"{county}_{service}", "none")


@pytest.mark.parametrize(
    ("municipality", "service"),
    [
        ("rbk_overath", "rbk_jugendamt"),
        ("rsk_alfter", "rsk_kreisjugendamt"),
        ("rsk_eitorf", "rsk_kreisjugendamt"),
        ("rsk_much", "rsk_kreisjugendamt"),
        ("rsk_neunkirchen_seelscheid", "rsk_kreisjugendamt"),
        ("rsk_ruppichteroth", "rsk_kreisjugendamt"),
        ("rsk_wachtberg", "rsk_kreisjugendamt"),
        ("rsk_windeck", "rsk_kreisjugendamt"),
        ("rsk_troisdorf", "rsk_jugendamt"),
        ("rsk_siegburg", "rsk_jugendamt"),
        ("rsk_swisttal", "rsk_jugendamt_swisttal"),
    ],
)
def test_sgb_viii_is_referred_to_the_youth_office_in_charge_004_10(municipality: str, service: str) -> None:
    assert goes(routed(municipality, "childcare_early_education")) == (service, "none")


def test_residence_goes_to_the_foreigners_office_and_troisdorf_has_its_own_001_2_3() -> None:
    assert goes(routed("rsk_alfter", "residence_permit")) == ("rsk_abh", "none")
    assert goes(routed("rsk_troisdorf", "residence_permit")) == ("rsk_troisdorf_abh", "none")
    assert goes(routed("rbk_leichlingen", "residence_permit")) == ("rbk_abh", "none")


def test_a_short_consultation_in_wermelskirchen_is_in_open_hours_004_11_6() -> None:
    way = routed("rbk_wermelskirchen", "health_care", suggestion="short_consultation")
    assert goes(way) == ("rbk_wermelskirchen", "open_hours")


def test_case_management_in_wermelskirchen_is_by_appointment_004_11_6() -> None:
    way = routed("rbk_wermelskirchen", "health_care", suggestion="case_management")
    assert goes(way) == ("rbk_wermelskirchen", "appointment")


@pytest.mark.parametrize("facts", [{"children": 4}, {"children_interpret": True}, {"needs": ("school_education",)}, {}])
def test_burscheid_begins_at_the_youth_agency_and_names_the_diakonie_004_11_5(facts: dict[str, Any]) -> None:
    known = Facts(county=County.RBK, municipality="rbk_burscheid", **facts)
    way = route(known, Suggestion.CASE_MANAGEMENT, directory())
    assert goes(way) == ("rbk_burscheid_kja", "appointment")
    assert also(way)[0] == "rbk_burscheid_diakonie"


def test_toleration_names_the_coordination_and_the_ki_beside_the_local_desk_004_6_11_1() -> None:
    way = routed("rbk_kuerten", "tolerated_stay_prospects", suggestion="case_management")
    assert goes(way) == ("rbk_kuerten", "appointment")
    assert also(way)[:2] == ["rbk_koordination", "rbk_ki_mitte"]


def test_a_tolerated_person_is_known_by_the_document_too_004_6() -> None:
    way = routed(
        "rbk_overath", "work_employment", suggestion="case_management", residence_document=ResidenceDocument.TOLERATED
    )
    assert way.rule == "rbk_tolerated_person"
    assert also(way)[:2] == ["rbk_koordination", "rbk_ki_sued"]


def test_toleration_in_rhein_sieg_names_migration_counselling_and_integration_point_001_2_3() -> None:
    way = routed("rsk_bornheim", "tolerated_stay_prospects", suggestion="case_management")
    assert goes(way) == ("rsk_bornheim", "appointment")
    assert also(way)[:2] == ["rsk_migrationsberatung", "rsk_integration_point"]


@pytest.mark.parametrize("municipality", ["rbk_kuerten", "rsk_siegburg"])
def test_somebody_in_need_of_protection_is_never_only_referred_own_default(municipality: str) -> None:
    assert goes(routed(municipality, "violence_protection")) == (municipality, "appointment")


def test_protection_where_no_case_manager_is_goes_to_the_coordination_own_default() -> None:
    assert goes(routed("rsk_hennef", "violence_protection")) == ("rsk_koordination", "clearing")


@pytest.mark.parametrize("county", [*County])
def test_an_unknown_municipality_goes_to_the_coordination_004_11_1_001_2_1(county: County) -> None:
    way = route(Facts(county=county), Suggestion.CASE_MANAGEMENT, directory())
    assert goes(way) == (f"{county}_koordination", "clearing")


def test_an_unknown_county_asks_where_the_person_lives_own_default() -> None:
    way = route(Facts(needs=("debt",)), Suggestion.CASE_MANAGEMENT, directory())
    assert (way.rule, way.target.kind, way.booking) == ("ask_where", TargetKind.SERVICE, Booking.NONE)
    assert also(way) == ["rsk_koordination", "rbk_koordination"]


def test_a_municipality_brings_its_county_along() -> None:
    way = route(Facts(municipality="rsk_siegburg"), Suggestion.CASE_MANAGEMENT, directory())
    assert goes(way) == ("rsk_siegburg", "appointment")
