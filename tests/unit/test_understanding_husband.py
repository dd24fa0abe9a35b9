"""Who is beaten by her husband is not shown the number for men; everybody else still is."""

from __future__ import annotations

import pytest

from bot.understanding.husband import read_husband
from bot.understanding.lexicon import Urgent
from tests.talk import premises

BY_HIM = [
    ("de", "Mein Mann schlägt mich"), ("de", "ich habe Angst vor meinem Mann, er schlägt mich"),
    ("en", "My husband hits me"), ("en", "I am beaten by my husband"), ("en", "my boyfriend threatens to kill me"),
    ("es", "mi marido me pega"), ("es", "Tengo miedo de mi esposo, me golpea"),
    ("pl", "Mąż mnie bije"), ("pl", "jestem bita przez męża"),
    ("ru", "муж меня бьёт"), ("ru", "мой муж избивает меня каждый день"), ("ru", "muzh menya izbivaet"),
    ("uk", "мій чоловік б'є мене"), ("uk", "Мій чоловік мене побив"),
    ("tr", "kocam beni dövüyor"), ("tr", "Kocamdan şiddet görüyorum"),
    ("ar", "زوجي يضربني"), ("ar", "ضربني زوجي"),
    ("fa", "شوهرم مرا می‌زند"), ("fa", "شوهرم کتکم میزنه"),
]  # fmt: skip
BY_OTHERS = [
    ("de", "Ein Mann hat mich geschlagen"), ("de", "Meine Frau schlägt mich"), ("de", "Mein Vater schlägt mich"),
    ("en", "My wife hits me"), ("en", "They beat my husband in the camp"), ("en", "I am being beaten at home"),
    ("es", "mi mujer me pega"), ("ru", "жена меня бьёт"), ("ru", "Соседи избили моего мужа"),
    ("uk", "незнайомий чоловік мене побив"), ("tr", "karım beni dövüyor"), ("ar", "زوجتي تضربني"),
    ("fa", "زنم مرا می‌زند"), ("pl", "żona mnie bije"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text"), BY_HIM)
def test_violence_by_the_husband_is_told_in_every_language(language: str, text: str) -> None:
    found = premises().house.recogniser.recognise(text, language)
    assert (found.urgent, found.by_husband) == (Urgent.VIOLENCE, True)


@pytest.mark.parametrize(("language", "text"), BY_OTHERS)
def test_violence_by_anybody_else_or_against_a_husband_is_not(language: str, text: str) -> None:
    found = premises().house.recogniser.recognise(text, language)
    assert found.urgent is Urgent.VIOLENCE
    assert not found.by_husband


def test_a_husband_without_an_emergency_says_nothing() -> None:
    assert not premises().house.recogniser.recognise("My husband drives me to the course", "en").by_husband


def test_an_empty_row_is_named() -> None:
    with pytest.raises(ValueError, match="en: whom must be"):
        read_husband({"en": {"husband": ["husband"], "whom": [], "from_him": ["of my husband"]}})
