"""Every row of the overview of posts (domain part 3.2 to 3.4), column by column, with the source in its name."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from bot.routing.conditions import fulfilled
from bot.routing.desks import Desk
from bot.vocabulary.facts import Facts, ResidenceDocument
from bot.vocabulary.ways import Suggestion
from tests.tables import COUNTIES, directory, table


class Said(NamedTuple):
    """What a source says of a desk: the column, and words that must stand in it."""

    desk: str
    column: str
    words: str
    source: str


SAID = (
    Said("rbk_bergisch_gladbach", "employer", "Integration und sozialräumliche Netzwerkarbeit", "004_11_4"),
    Said("rbk_bergisch_gladbach", "place", "Stadthaus An der Gohrsmühle", "004_11_4"),
    Said("rbk_bergisch_gladbach", "focus", "alle Menschen mit Zuwanderungsgeschichte", "004_11_4"),
    Said("rbk_bergisch_gladbach", "access", "WhatsApp", "004_11_4"),
    Said("rbk_bergisch_gladbach", "access", "Heidkamp (Tag und Uhrzeit nicht genannt)", "004_11_4"),
    Said("rbk_bergisch_gladbach", "access", "Ukraine-Sprechstunde in Bensberg", "004_11_4"),
    Said("rbk_bergisch_gladbach", "access", "sechs Sozialarbeitende der Stadt", "004_11_4"),
    Said("rbk_bergisch_gladbach", "clearing", "Die Case Managerin selbst", "004_11_4"),
    Said("rbk_bergisch_gladbach", "load", "19 Einzelpersonen und Familien", "004_11_4"),
    Said("rbk_burscheid_kja", "employer", "Katholische Jugendagentur Leverkusen", "004_11_5"),
    Said("rbk_burscheid_kja", "place", "Altes Rathaus", "004_11_5"),
    Said("rbk_burscheid_kja", "focus", "Große Familien mit Fluchtgeschichte", "004_11_5"),
    Said("rbk_burscheid_kja", "focus", "Kinder entlasten", "004_11_5"),
    Said("rbk_burscheid_kja", "access", "zwischen 9 und 16 Uhr", "004_11_5"),
    Said("rbk_burscheid_kja", "access", "Neuzuweisungen", "004_11_5"),
    Said("rbk_burscheid_kja", "interpreters", "Laien-Sprachmittlungspool des KI oder Ehrenamtliche", "004_11_5"),
    Said("rbk_burscheid_kja", "load", "123 Klientinnen und Klienten, davon 26", "004_11_5"),
    Said("rbk_burscheid_kja", "deviations", "Unterkunft, Post und Beschwerden: Stadt", "004_11_5"),
    Said("rbk_burscheid_kja", "notes", "zur Hälfte Schulsozialarbeiter", "004_11_5"),
    Said("rbk_burscheid_diakonie", "employer", "Kirchenkreises Leverkusen", "004_11_5"),
    Said("rbk_burscheid_diakonie", "open", "Schwerpunkte (werden noch erarbeitet)", "004_11_5"),
    Said("rbk_kuerten", "employer", "Sozialamt, Sachgebiet Soziales", "004_11_2"),
    Said("rbk_kuerten", "place", "Unterkünfte (täglich verschieden)", "004_11_2"),
    Said("rbk_kuerten", "focus", "Duldung oder Aufenthaltsgestattung", "004_11_2"),
    Said("rbk_kuerten", "focus", "Sprache, Schule und Ausbildung, Arbeit", "004_11_2"),
    Said("rbk_kuerten", "access", "gleich nach der Ankunft", "004_11_2"),
    Said("rbk_kuerten", "access", "Aufsuchend in den Unterkünften", "004_11_2"),
    Said("rbk_kuerten", "clearing", "gemeinsam mit der Flüchtlingssozialarbeit", "004_11_2"),
    Said("rbk_kuerten", "load", "19 Familien (85 Personen) und 46", "004_11_2"),
    Said("rbk_kuerten", "deviations", "auch Kurzberatung, weil Dienste fehlen", "004_11_2"),
    Said("rbk_odenthal", "employer", "Stabsstelle Integration", "004_11_3"),
    Said("rbk_odenthal", "place", "zwischen Sozialamt und Einwohnermeldeamt", "004_11_3"),
    Said("rbk_odenthal", "access", "Keine offene Sprechstunde mehr", "004_11_3"),
    Said("rbk_odenthal", "access", "Tag der Zuweisung", "004_11_3"),
    Said("rbk_odenthal", "clearing", "Team Integration", "004_11_3"),
    Said("rbk_odenthal", "load", "209 Personen", "004_11_3"),
    Said("rbk_odenthal", "deviations", "Belegung der Unterkünfte", "004_11_3"),
    Said("rbk_odenthal", "notes", "„Wohnen“ und Bewerbungstraining jede Woche", "004_11_3"),
    Said("rbk_overath", "employer", "Diakonisches Werk Köln und Region", "004_11_7"),
    Said("rbk_overath", "place", "Räume der evangelischen Kirche", "004_11_7"),
    Said("rbk_overath", "access", "zwischen 8 und 12 Uhr (Wochentage nicht genannt)", "004_11_7"),
    Said("rbk_overath", "clearing", "große Familien und erkrankte Personen direkt", "004_11_7"),
    Said("rbk_overath", "load", "19 Familien und 7 Einzelpersonen", "004_11_7"),
    Said("rbk_overath", "notes", "30 Stunden in der Woche seit Oktober 2025", "004_11_7"),
    Said("rbk_roesrath", "employer", "Fachbereich 7, Bereich Asyl", "004_11_8"),
    Said("rbk_roesrath", "focus", "nicht eingebürgert", "004_11_8"),
    Said("rbk_roesrath", "access", "dienstags, mittwochs und freitags", "004_11_8"),
    Said("rbk_roesrath", "access", "Jeden Dienstag 16–18 Uhr", "004_11_8"),
    Said("rbk_roesrath", "interpreters", "Fremdsprachenkenntnisse", "004_11_8"),
    Said("rbk_roesrath", "load", "34 Familien (137 Personen) und 37", "004_11_8"),
    Said("rbk_roesrath", "deviations", "Hilft teilweise bei Anträgen", "004_11_8"),
    Said("rbk_wermelskirchen", "employer", "Fachbereich Soziales und Inklusion", "004_11_6"),
    Said("rbk_wermelskirchen", "focus", "Duldung, Chancenaufenthalt, neu Zugewiesene", "004_11_6"),
    Said("rbk_wermelskirchen", "access", "Montag bis Freitag 8:30–12:00 Uhr", "004_11_6"),
    Said("rbk_wermelskirchen", "access", "Nachmittags Termine im Rathaus", "004_11_6"),
    Said("rbk_wermelskirchen", "interpreters", "Laien-Sprachmittlungspool des KI", "004_11_6"),
    Said("rbk_wermelskirchen", "load", "48 und 59 im Case Management", "004_11_6"),
    Said("rbk_wermelskirchen", "deviations", "Hilft auch bei Formularen, wenn es eilt", "004_11_6"),
    *(
        Said(f"rbk_ki_{region}", column, words, "004_11_1")
        for region in ("nord", "mitte", "sued")
        for column, words in (
            ("employer", "Kommunales Integrationszentrum"),
            ("address", "Am Rübezahlwald 7, 51469 Bergisch Gladbach"),
            ("access", "Keine offene Sprechstunde, nur mit Termin"),
            ("access", "Erstberatung immer persönlich im KI"),
            ("access", "allgemeinen Öffnungszeiten"),
            ("clearing", "wöchentlich im Team verteilt"),
            ("load", "54 Personen und ihre Familien"),
            ("focus", "Chancenaufenthalt (seit 2023)"),
        )
    ),
    Said("rsk_troisdorf", "employer", "Amt für Soziales, Wohnen und Integration, Sachbereich 50.33", "001_2_5"),
    Said("rsk_troisdorf", "access", "Bonner Straße (etwa 130 Personen) und Brüsseler", "001_2_5"),
    Said("rsk_troisdorf", "access", "Wöchentliche Abstimmung", "001_2_5"),
    Said("rsk_troisdorf", "deviations", "seit 01.07.2025 eine Einheit", "001_2_5"),
    Said("rsk_troisdorf", "deviations", "eigenes Jugendamt", "001_2"),
    Said("rsk_troisdorf", "notes", "Kurdische Gemeinschaft Rhein-Sieg/Bonn", "001_3_2"),
    Said("rsk_much", "employer", "eine gemeinsame Stelle", "001_figure_1"),
    *(
        Said(desk, "notes", "Lenkungsgruppe KIM", "001_2_4")
        for desk in ("rsk_eitorf", "rsk_meckenheim", "rsk_much", "rsk_windeck", "rsk_troisdorf")
    ),
)  # fmt: skip


@pytest.mark.parametrize("row", SAID, ids=lambda row: f"{row.desk}_{row.column}_{row.source}")
def test_a_desk_says_what_the_source_says(row: Said) -> None:
    value = getattr(directory().desks_by_id[row.desk], row.column)
    assert row.words in ("\n".join(value) if isinstance(value, tuple) else value)


COUNTED = {
    "rbk_bergisch_gladbach_004_11_4": 19,
    "rbk_burscheid_kja_004_11_5": 26,
    "rbk_kuerten_004_11_2": 19 + 46,
    "rbk_overath_004_11_7": 19 + 7,
    "rbk_roesrath_004_11_8": 34 + 37,
    "rbk_wermelskirchen_004_11_6": 48 + 59,
}


@pytest.mark.parametrize("row", COUNTED)
def test_cases_are_counted_as_the_source_counts_them_and_short_consultations_are_missing(row: str) -> None:
    counted = directory().desks_by_id[row.rpartition("_004")[0]].counted
    assert counted is not None
    assert (counted.cases, counted.complete) == (COUNTED[row], False)
    assert "004 §" in counted.source


def test_where_a_source_counts_persons_or_a_whole_office_no_desk_has_a_number() -> None:
    counted = {desk.id for desk in directory().desks() if desk.counted}
    assert counted == {row.rpartition("_004")[0] for row in COUNTED}


FITS = (
    ("rbk_burscheid_kja", Facts(children=4), "004_11_5"),
    ("rbk_burscheid_kja", Facts(children_interpret=True), "004_11_5"),
    ("rbk_kuerten", Facts(residence_document=ResidenceDocument.ASYLUM_PROCEDURE), "004_11_2"),
    ("rbk_odenthal", Facts(newly_assigned=True), "004_11_3"),
    ("rbk_overath", Facts(ill_or_disabled=True), "004_11_7"),
    ("rbk_overath", Facts(children=3), "004_11_7"),
    ("rbk_roesrath", Facts(needs=("work_employment",)), "004_11_8"),
    ("rbk_wermelskirchen", Facts(residence_document=ResidenceDocument.TOLERATED), "004_11_6"),
    ("rbk_ki_nord", Facts(needs=("tolerated_stay_prospects",)), "004_11_1"),
    ("rbk_bergisch_gladbach", Facts(newly_assigned=True), "004_11_4"),
)


@pytest.mark.parametrize(("desk", "facts", "source"), FITS, ids=[f"{desk}_{source}" for desk, _, source in FITS])
def test_a_focus_group_of_the_source_is_seen_in_the_facts(desk: str, facts: Facts, source: str) -> None:
    assert _fits(directory().desks_by_id[desk], facts)
    assert not _fits(directory().desks_by_id[desk], Facts())


def _fits(desk: Desk, facts: Facts) -> bool:
    way = Suggestion.SHORT_CONSULTATION
    return any(all(fulfilled(name, wanted, facts, way) for name, wanted in focus.when) for focus in desk.fits)


@pytest.mark.parametrize("county", COUNTIES)
def test_every_row_names_its_source_and_no_name_of_a_person_or_invented_number_stands_in_it(county: str) -> None:
    for desk in table(f"{county}/desks")["desk"]:
        assert desk["source"].startswith(("001", "004")), desk["id"]
        assert desk.get("phone") in (None, "02202 13-0"), desk["id"]
        assert "Ansprechperson" in " ".join(desk["open"]), desk["id"]


@pytest.mark.parametrize("desk", ["rbk_odenthal", "rbk_wermelskirchen"])
def test_two_people_work_where_the_source_says_two_004_11_3_11_6(desk: str) -> None:
    assert directory().desks_by_id[desk].posts == 2
