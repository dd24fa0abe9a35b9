"""People type their language in the letters at hand: Russian, Ukrainian, Arabic and Persian in Latin ones."""

from __future__ import annotations

import pytest

from bot.app.recogniser import read_recogniser
from bot.understanding.cyrillic import in_cyrillic
from bot.understanding.normalise import tokens
from bot.understanding.phrases import Notation
from bot.understanding.recognise import Recogniser


@pytest.fixture(scope="module")
def recogniser() -> Recogniser:
    return read_recogniser()


@pytest.mark.parametrize(
    ("text", "language", "wanted"),
    [
        ("ne mogu naiti kvartiru", "ru", {"housing_search"}),
        ("zhena beremenna, nuzhen vrach", "ru", {"family_parenting_youth", "health_care"}),
        ("netu deneg na edu", "ru", {"livelihood_benefits"}),
        ("u menya dolgi i pisma ot kollektorov", "ru", {"debt"}),
        ("ne maiu hroshei na yizhu", "uk", {"livelihood_benefits"}),
        ("khoone nadarim", "fa", {"housing_search"}),
        ("pool nadaram baraye ghaza", "fa", {"livelihood_benefits"}),
        ("mafi beit la3anna", "ar", {"housing_search"}),
    ],
)
def test_a_need_in_latin_letters_is_found(recogniser: Recogniser, text: str, language: str, wanted: set[str]) -> None:
    assert wanted <= {need.topic for need in recogniser.recognise(text, language).needs}


@pytest.mark.parametrize(
    ("text", "language", "wanted"),
    [
        ("Ich suche eine Wohnung", "ru", {"housing_search"}),
        ("I look for work", "ar", {"work_employment"}),
        ("I need a flat for my family", "uk", {"housing_search"}),
    ],
)
def test_german_and_english_are_read_as_such(
    recogniser: Recogniser, text: str, language: str, wanted: set[str]
) -> None:
    assert wanted <= {need.topic for need in recogniser.recognise(text, language).needs}


@pytest.mark.parametrize(
    ("language", "typed", "meant"),
    [
        ("ru", "zhena nuzhen vrach dlya rebyonka", "жена нужен врач для ребенка"),
        ("ru", "schkola jdem otvet", "школа ждем ответ"),
        ("uk", "shcho robyty, nichoho ne zrozumila", "що робити нічого не зрозуміла"),
    ],
)
def test_latin_letters_are_put_back_into_cyrillic_ones(language: str, typed: str, meant: str) -> None:
    assert " ".join(token.folded for token in in_cyrillic(language, tokens(typed))) == meant


def test_every_word_of_a_group_is_tied() -> None:
    notation = Notation({"child": "kind|sohn"})
    runs = [tuple(slot[0].text for slot in pattern.slots) for pattern in notation.read("{child}-krank")]
    assert runs == [("kind", "krank"), ("sohn", "krank")]
