"""What people write in Polish gives their needs and tells an emergency from what only sounds like one."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

import pytest

from bot.app.recogniser import read_known_languages
from bot.understanding.lexicon import Urgent, read_lexicon
from bot.understanding.recognise import Recogniser

TABLES = Path(__file__).resolve().parents[2] / "bot" / "understanding" / "tables"


@cache
def a_recogniser() -> Recogniser:
    tables = {name: tomllib.loads((TABLES / f"{name}.toml").read_text("utf-8")) for name in ("de", "pl")}
    return Recogniser(read_lexicon(tables), read_known_languages())


def needs(text: str) -> set[str]:
    return {need.topic for need in a_recogniser().recognise(text, "pl").needs}


def urgent(text: str) -> Urgent | None:
    return a_recogniser().recognise(text, "pl").urgent


@pytest.mark.parametrize(
    ("told", "topic"),
    [
        ("siedzimy w piatke w jednym pokoju, grzyb na scianie", "housing_search"),
        ("Kindergeld nie przyszedł już trzeci miesiąc", "livelihood_benefits"),
        ("sozialamt juz nie placi a jobcenter mowi ze jeszcze nie", "benefit_transition"),
        ("właściciel nie chce dać papieru do meldunku", "identity_documents_account"),
        ("szef nie wyplacil pensji", "work_employment"),
        ("nie mam z kim zostawić małego", "childcare_early_education"),
        ("wyzywaja nas od cyganow na ulicy", "discrimination"),
    ],
)
def test_what_is_told_to_a_neighbour_gives_the_topic(told: str, topic: str) -> None:
    assert topic in needs(told)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Jestem z Syrii, mam rodzinę, chcę zostać kierowcą autobusu, niemiecki B1 mam. "
            "Marzymy o mieszkaniu dla rodziny.",
            {"work_employment", "housing_search"},
        ),
        (
            "Jestem z Ukrainy, z zawodu nauczycielka, pracuję na pół etatu. Chcę uznać moje dyplomy.",
            {"recognition_qualifications"},
        ),
        (
            "Jestem z Konga, po sądzie dostałem pobyt i od tego czasu sozialamt nie daje pieniędzy. Co się zmienia?",
            {"benefit_transition"},
        ),
        (
            "Mąż mieszka w innym mieście, na przeniesienie czekamy pół roku. Najmłodsze dziecko niedosłyszy "
            "i nie ma miejsca w przedszkolu. Nie ma kursu niemieckiego.",
            {"residence_permit", "childcare_early_education", "disability_care_needs", "german_course"},
        ),
        (
            "Mam 23 lata, prawie nie mówię po niemiecku. Chcę pomagać i poznać ludzi. "
            "W heimie boję się, bo jestem gejem.",
            {"violence_protection", "german_course", "social_participation"},
        ),
        (
            "Po więzieniu nie śpię, obstawiam zakłady sportowe, mam duże długi. "
            "Listy z jobcentera budzą we mnie strach.",
            {"mental_health_addiction", "debt", "livelihood_benefits"},
        ),
    ],
)
def test_a_story_gives_its_needs(text: str, wanted: set[str]) -> None:
    assert wanted <= needs(text)


@pytest.mark.parametrize("text", ["dzień dobry", "jaka jutro pogoda", "przepis na pierogi ruskie"])
def test_small_talk_gives_no_need(text: str) -> None:
    assert needs(text) == set()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("mama nie oddycha", Urgent.MEDICAL),
        ("mąż mnie bije i zabrał klucze", Urgent.VIOLENCE),
        ("nie chce mi się żyć", Urgent.SELF_HARM),
        ("umieram z nudów", None),
        ("deszcz bije w okna", None),
    ],
)
def test_an_emergency_is_told_from_what_only_sounds_like_one(text: str, kind: Urgent | None) -> None:
    assert urgent(text) is kind
