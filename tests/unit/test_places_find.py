"""Places as people type them."""

from __future__ import annotations

import pytest

from bot.places.find import Choose, Found, NotFound, Outside, Place, find_place
from bot.vocabulary.facts import County
from tests.tables import gazetteer


def place(text: str, county: County | None = None) -> Place:
    return find_place(text, gazetteer(), county)


@pytest.mark.parametrize(
    ("typed", "municipality"),
    [
        ("Kürten", "rbk_kuerten"),
        ("kurten", "rbk_kuerten"),
        ("KUERTEN", "rbk_kuerten"),
        ("Koenigswinter", "rsk_koenigswinter"),
        ("бергиш гладбах", "rbk_bergisch_gladbach"),
        ("كورتن", "rbk_kuerten"),
        ("بورشايد", "rbk_burscheid"),
        ("سيجبورج", "rsk_siegburg"),
        ("زیگبورگ", "rsk_siegburg"),
        ("Bergish Gladbah", "rbk_bergisch_gladbach"),
        ("kenigsvinter", "rsk_koenigswinter"),
        ("Raynbakh", "rsk_rheinbach"),
        ("Gennef", "rsk_hennef"),
        ("St. Augustin", "rsk_sankt_augustin"),
        ("Hennef (Sieg)", "rsk_hennef"),
        ("GL", "rbk_bergisch_gladbach"),
        ("Bensberg", "rbk_bergisch_gladbach"),
        ("Bergisch Gladbach - Refrath", "rbk_bergisch_gladbach"),
        ("Troisdorf-Bergheim", "rsk_troisdorf"),
        ("Merten (Sieg)", "rsk_eitorf"),
    ],
)
def test_a_name_is_found_in_any_script_and_spelling(typed: str, municipality: str) -> None:
    assert place(typed) == Found(municipality, sure=True)


@pytest.mark.parametrize(
    ("typed", "municipality"),
    [
        ("Bergich Gladbach", "rbk_bergisch_gladbach"),
        ("Troisdrof", "rsk_troisdorf"),
        ("wermelskirhen", "rbk_wermelskirchen"),
        ("Rosrad", "rbk_roesrath"),
        ("Тройздорф", "rsk_troisdorf"),
    ],
)
def test_a_name_with_slips_is_found_but_not_sure(typed: str, municipality: str) -> None:
    assert place(typed) == Found(municipality, sure=False)


@pytest.mark.parametrize(
    ("typed", "municipality"),
    [
        ("ich wohne in Kürten", "rbk_kuerten"),
        ("I live in Much", "rsk_much"),
        ("أسكن في روسراث", "rbk_roesrath"),
        ("أسكن بروسرات", "rbk_roesrath"),
        ("من در زیگبورگ زندگی می‌کنم", "rsk_siegburg"),
        ("mieszkam w Siegburgu", "rsk_siegburg"),
        ("w Muchu", "rsk_much"),
        ("живу в Бергиш-Гладбахе", "rbk_bergisch_gladbach"),
        ("в Мухе", "rsk_much"),
        ("я живу у Зігбурзі", "rsk_siegburg"),
        ("vivo en Lohmar", "rsk_lohmar"),
        ("Siegburg'da oturuyorum", "rsk_siegburg"),
        ("Siegburgta yaşıyorum", "rsk_siegburg"),
        ("Ich komme aus Damaskus und wohne in Siegburg", "rsk_siegburg"),
        ("Lohmar bei Köln", "rsk_lohmar"),
    ],
)
def test_a_name_is_found_inside_a_sentence(typed: str, municipality: str) -> None:
    assert place(typed) == Found(municipality, sure=True)


@pytest.mark.parametrize("typed", ["53721", "D-53721 Siegburg", "۵۳۷۲۱", "٥٣٧٢١", "Siegburg 53721"])
def test_a_postal_code_is_found_in_any_digits(typed: str) -> None:
    assert place(typed) == Found("rsk_siegburg", sure=True)


def test_a_postal_code_of_a_known_town_outside_names_the_town() -> None:
    assert place("50667") == Outside("Köln")


def test_any_other_valid_postal_code_is_outside() -> None:
    assert place("99084") == Outside("99084")


@pytest.mark.parametrize("typed", ["00000", "99999", "5372", "537211", "0176 51515123"])
def test_a_number_that_is_no_postal_code_is_not_found(typed: str) -> None:
    assert place(typed) == NotFound()


def test_a_postal_code_that_contradicts_the_name_is_asked_about() -> None:
    assert place("53721 Lohmar") == Choose(("rsk_siegburg", "rsk_lohmar"))
    assert place("50667 Siegburg") == Choose(("rsk_siegburg",))


def test_a_part_of_two_towns_is_a_choice() -> None:
    assert place("Merten") == Choose(("rsk_bornheim", "rsk_eitorf"))
    assert place("Pohlhausen") == Choose(("rsk_neunkirchen_seelscheid", "rbk_wermelskirchen"))


def test_the_county_settles_a_choice() -> None:
    assert place("Pohlhausen", County.RBK) == Found("rbk_wermelskirchen", sure=True)


@pytest.mark.parametrize("typed", ["Neunkirchen", "Olpe", "Bergheim", "Gladbach", "Heiligenhaus"])
def test_a_name_that_also_is_a_town_outside_is_asked_about(typed: str) -> None:
    assert isinstance(place(typed), Choose)


@pytest.mark.parametrize(
    "typed",
    ["hallo", "ich weiß nicht", "thank you very much", "very much", "Syrien", "سوريا", "Karten", "Alter", "", "?!"],
)
def test_what_is_no_place_is_not_found(typed: str) -> None:
    assert place(typed) == NotFound()


def test_living_near_a_town_outside_says_nothing_yet() -> None:
    assert place("Ich wohne in der Nähe von Köln") == NotFound()


def test_a_street_named_after_a_town_is_not_the_town() -> None:
    assert place("Bergisch Gladbacher Straße 5, Köln") == Outside("Köln")
    assert not isinstance(place("Bensberger Straße 12"), Found)
