"""`route`, row by row: each row of the overviews of posts and services, with its source in the name of its case."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from bot.routing.route import Routed, route
from bot.routing.target import Target
from bot.vocabulary.facts import Facts
from bot.vocabulary.ways import Suggestion, TargetKind
from tests.tables import directory

CLEARING = "clearing"


class Post(NamedTuple):
    """A municipality: who is in charge of case management and of a short consultation, how it begins, who says so."""

    municipality: str
    target: str
    case_management: str
    short_consultation: str
    source: str


def post(municipality: str, source: str, target: str = "", short: str = "appointment") -> Post:
    return Post(municipality, target or municipality, "appointment", short, source)


def nobody(municipality: str, source: str) -> Post:
    return Post(municipality, f"{municipality[:3]}_koordination", CLEARING, CLEARING, source)


POSTS = (
    post("rsk_alfter", "001_figure_1"),
    post("rsk_bad_honnef", "001_figure_1"),
    post("rsk_bornheim", "001_figure_1"),
    post("rsk_eitorf", "001_figure_1"),
    nobody("rsk_hennef", "001_2"),
    nobody("rsk_koenigswinter", "001_2"),
    post("rsk_lohmar", "001_figure_1"),
    post("rsk_meckenheim", "001_figure_1"),
    post("rsk_much", "001_figure_1"),
    post("rsk_neunkirchen_seelscheid", "001_figure_1", "rsk_much"),
    post("rsk_niederkassel", "001_figure_1"),
    post("rsk_rheinbach", "001_figure_1"),
    nobody("rsk_ruppichteroth", "001_2"),
    post("rsk_sankt_augustin", "001_figure_1"),
    post("rsk_siegburg", "001_figure_1"),
    post("rsk_swisttal", "001_figure_1"),
    post("rsk_troisdorf", "001_figure_1_and_2_5"),
    post("rsk_wachtberg", "001_figure_1"),
    post("rsk_windeck", "001_figure_1"),
    post("rbk_bergisch_gladbach", "004_11_4"),
    post("rbk_burscheid", "004_11_5", "rbk_burscheid_kja"),
    post("rbk_kuerten", "004_11_2"),
    nobody("rbk_leichlingen", "004_11_1"),
    post("rbk_odenthal", "004_11_3"),
    post("rbk_overath", "004_11_7"),
    post("rbk_roesrath", "004_11_8"),
    post("rbk_wermelskirchen", "004_11_6", short="open_hours"),
)


def routed(municipality: str, suggestion: Suggestion, *needs: str) -> Routed:
    return route(Facts(municipality=municipality, needs=needs or ("health_care",)), suggestion, directory())


@pytest.mark.parametrize("row", POSTS, ids=lambda row: f"{row.municipality}_{row.source}")
def test_case_management_is_where_the_overview_of_posts_says(row: Post) -> None:
    way = routed(row.municipality, Suggestion.CASE_MANAGEMENT)
    assert (way.target.id, way.booking.value) == (row.target, row.case_management)


@pytest.mark.parametrize("row", POSTS, ids=lambda row: f"{row.municipality}_{row.source}")
def test_a_short_consultation_is_where_the_overview_of_posts_says(row: Post) -> None:
    way = routed(row.municipality, Suggestion.SHORT_CONSULTATION)
    assert (way.target.id, way.booking.value) == (row.target, row.short_consultation)


def test_every_municipality_has_its_row() -> None:
    assert [row.municipality for row in POSTS] == sorted(
        directory().municipalities, key=lambda place: (place[:3] != "rsk", place)
    )


class Named(NamedTuple):
    """A regular service, a topic that it is named for, a place from which it is reached, and who names it."""

    service: str
    topic: str
    municipality: str
    source: str


RBK, RSK, TROISDORF = "rbk_kuerten", "rsk_lohmar", "rsk_troisdorf"
GLADBACH, BURSCHEID, WERMELSKIRCHEN = "rbk_bergisch_gladbach", "rbk_burscheid", "rbk_wermelskirchen"
SERVICES = (
    Named("rbk_jobcenter", "livelihood_benefits", RBK, "004_10"),
    Named("rbk_jobcenter", "work_employment", RBK, "004_10"),
    Named("rbk_jobcenter", "school_education", RBK, "004_11_5"),
    Named("rsk_jobcenter", "livelihood_benefits", RSK, "001_4_4"),
    Named("rsk_jobcenter", "official_letters_forms", RSK, "000"),
    Named("rbk_agentur_fuer_arbeit", "work_employment", RBK, "004_10"),
    Named("rbk_agentur_fuer_arbeit", "training_study", RBK, "004_11_6"),
    Named("rsk_agentur_fuer_arbeit", "work_employment", RSK, "001_4_1"),
    Named("rbk_berufsberatung", "training_study", RBK, "004_10"),
    Named("rsk_integration_point", "work_employment", RSK, "003_3_2"),
    Named("rsk_integration_point", "tolerated_stay_prospects", RSK, "001_2_3"),
    Named("rbk_sozialamt", "benefit_transition", RBK, "004_11_2"),
    Named("rsk_sozialamt", "benefit_transition", RSK, "001_4_4"),
    Named("rsk_kreissozialamt", "livelihood_benefits", RSK, "001_4_4"),
    Named("rbk_familienkasse", "livelihood_benefits", RBK, "004_11_4"),
    Named("rbk_jugendamt", "family_parenting_youth", RBK, "004_10"),
    Named("rsk_jugendamt", "childcare_early_education", RSK, "001_2"),
    Named("rbk_abh", "residence_permit", RBK, "004_4"),
    Named("rbk_abh", "voluntary_return", RBK, "004_10"),
    Named("rbk_abh_einbuergerung", "naturalisation", RBK, "004_4"),
    Named("rsk_abh", "tolerated_stay_prospects", RSK, "001_2_3"),
    Named("rsk_ebh", "naturalisation", RSK, "001_2_3"),
    Named("rsk_troisdorf_abh", "residence_permit", TROISDORF, "001_2_3"),
    Named("rsk_troisdorf_ebh", "naturalisation", TROISDORF, "001_2_3"),
    Named("rsk_meldeamt", "identity_documents_account", RSK, "003_3_2"),
    Named("rbk_meldeamt", "identity_documents_account", RBK, "004_11_3"),
    Named("rbk_fim_caritas", "family_reunification", RBK, "004_10"),
    Named("rbk_fim_caritas", "asylum_procedure_legal", RBK, "004_10"),
    Named("rbk_diakonie_koeln", "family_reunification", RBK, "004_10"),
    Named("rbk_diakonie_koeln", "voluntary_return", RBK, "004_10"),
    Named("rbk_jmd", "training_study", RBK, "004_10"),
    Named("rbk_awo", "official_letters_forms", RBK, "004_10"),
    Named("rbk_abu", "official_letters_forms", RBK, "004_10"),
    Named("rbk_gl_service", "work_employment", RBK, "004_10"),
    Named("rbk_gl_service", "official_letters_forms", RBK, "004_10"),
    Named("rbk_refugees_law_clinic", "asylum_procedure_legal", RBK, "004_10"),
    Named("rbk_schuldnerberatung", "debt", RBK, "004_10"),
    Named("rsk_schuldnerberatung", "debt", RSK, "003_3_2"),
    Named("rbk_netzwerk_wohnungsnot", "housing_search", RBK, "004_11_3"),
    Named("rbk_habitat", "housing_search", RBK, "004_11_4"),
    Named("rbk_die_kette", "mental_health_addiction", GLADBACH, "004_11_4"),
    Named("rbk_sozialpsychiatrisches_zentrum", "mental_health_addiction", WERMELSKIRCHEN, "004_11_6"),
    Named("rbk_betreuungsbehoerde", "disability_care_needs", GLADBACH, "004_11_4"),
    Named("rbk_pflegeberatung", "disability_care_needs", RBK, "004_11_3"),
    Named("rbk_schwangerschaftsberatung", "family_parenting_youth", RBK, "004_11_7"),
    Named("rbk_familienberatung", "family_parenting_youth", RBK, "004_11_8"),
    Named("rbk_spz", "disability_care_needs", RBK, "004_11_7"),
    Named("rbk_ihk_koeln", "recognition_qualifications", RBK, "004_11_7"),
    Named("rbk_vhs", "german_course", RBK, "004_11_6"),
    Named("rbk_ki_seiteneinstieg", "school_education", RBK, "004_11_1"),
    Named("rbk_ki_elementarberatung", "childcare_early_education", RBK, "004_11_1"),
    Named("rbk_ki_deutsch", "german_course", RBK, "004_11_1"),
    Named("rbk_sor_smc", "discrimination", RBK, "004_11_1"),
    Named("rbk_schulpsychologie", "discrimination", RBK, "004_11_1"),
    Named("rbk_antidiskriminierung", "discrimination", WERMELSKIRCHEN, "004_11_6"),
    Named("rsk_troisdorf_wohlfahrt", "naturalisation", TROISDORF, "001_3_2"),
    Named("rsk_migrationsberatung", "residence_permit", RSK, "001_3"),
    Named("rsk_fluechtlingsberatung", "asylum_procedure_legal", RSK, "001_3"),
    Named("rsk_jmd", "training_study", RSK, "001_3"),
    Named("rsk_vhs_troisdorf", "german_course", TROISDORF, "001_3_3"),
    Named("rsk_spanische_akademie", "german_course", TROISDORF, "001_3_3"),
    Named("rsk_kitaportal", "childcare_early_education", RSK, "000"),
    Named("rsk_gesundheitsamt", "health_care", RSK, "003_3_1"),
    Named("rsk_fruehfoerderung", "disability_care_needs", RSK, "003_3_1"),
    Named("rsk_mimi", "health_care", RSK, "001_4_3"),
    Named("rsk_pflegeberatung", "disability_care_needs", RSK, "001_4_3"),
    Named("rsk_rucksack", "childcare_early_education", RSK, "001_3_5"),
    Named("rsk_healing_classrooms", "school_education", RSK, "001_3_5"),
    Named("rsk_sor_smc", "discrimination", RSK, "001_3_5"),
    Named("rsk_muki_s", "childcare_early_education", RSK, "000_003_3_1"),
    Named("rsk_mehrgenerationenhaus", "social_participation", TROISDORF, "001_2_5"),
    Named("rsk_jugendbuero", "training_study", TROISDORF, "001_2_5"),
    Named("rbk_buedchen", "debt", BURSCHEID, "004_11_5"),
    Named("rbk_jugendbuero", "training_study", BURSCHEID, "004_11_5"),
    Named("rbk_megafon", "school_education", BURSCHEID, "004_11_5"),
    Named("rbk_fluchtpunkt", "social_participation", RBK, "004_11_2"),
    Named("rbk_ehrenamt_odenthal", "housing_search", "rbk_odenthal", "004_11_3"),
    Named("rbk_begegnungscafe", "social_participation", "rbk_roesrath", "004_11_8"),
    Named("rbk_willkommen_wermelskirchen", "social_participation", WERMELSKIRCHEN, "004_11_6"),
)


@pytest.mark.parametrize("row", SERVICES, ids=lambda row: f"{row.service}_{row.topic}_{row.source}")
@pytest.mark.parametrize("suggestion", [*Suggestion])
def test_a_service_is_named_for_its_topic_whatever_is_suggested(row: Named, suggestion: Suggestion) -> None:
    way = routed(row.municipality, suggestion, row.topic)
    assert Target(TargetKind.SERVICE, row.service) in (way.target, *way.also)


@pytest.mark.parametrize(
    "service",
    sorted({row.service for row in SERVICES}),
)
def test_a_service_is_nobody_s_outside_of_its_area(service: str) -> None:
    found = directory().services[service]
    for municipality, county in directory().municipalities.items():
        if county != found.county or not found.serves(municipality):
            way = routed(municipality, Suggestion.REFERRAL, *(found.topics or ("debt",)))
            assert Target(TargetKind.SERVICE, service) not in (way.target, *way.also)


def test_voluntary_return_in_rhein_sieg_goes_to_migration_counselling_own_default() -> None:
    way = routed(RSK, Suggestion.REFERRAL, "voluntary_return")
    assert (way.target.id, way.booking.value) == ("rsk_migrationsberatung", "none")


@pytest.mark.parametrize(
    ("municipality", "region"),
    [
        ("rbk_burscheid", "rbk_ki_nord"),
        ("rbk_wermelskirchen", "rbk_ki_nord"),
        ("rbk_odenthal", "rbk_ki_mitte"),
        ("rbk_kuerten", "rbk_ki_mitte"),
        ("rbk_bergisch_gladbach", "rbk_ki_mitte"),
        ("rbk_roesrath", "rbk_ki_sued"),
        ("rbk_overath", "rbk_ki_sued"),
    ],
)
def test_a_region_of_the_ki_is_named_beside_the_local_desk_for_toleration_004_11_1(
    municipality: str, region: str
) -> None:
    way = routed(municipality, Suggestion.CASE_MANAGEMENT, "tolerated_stay_prospects")
    assert not directory().desks_by_id[way.target.id].region
    named = {target.id for target in way.also if target.kind is TargetKind.DESK and target.id.startswith("rbk_ki_")}
    assert named == {region}
