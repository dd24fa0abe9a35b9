"""What people write in Spanish gives their needs and tells an emergency from what only sounds like one."""

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
    tables = {name: tomllib.loads((TABLES / f"{name}.toml").read_text("utf-8")) for name in ("de", "es")}
    return Recogniser(read_lexicon(tables), read_known_languages())


def needs(text: str) -> set[str]:
    return {need.topic for need in a_recogniser().recognise(text, "es").needs}


def urgent(text: str) -> Urgent | None:
    return a_recogniser().recognise(text, "es").urgent


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Soy de Siria, padre de familia. Quiero ser conductor de autobús, tengo B1. Buscamos un piso",
            {"work_employment", "housing_search"},
        ),
        ("Era maestra en Ucrania y quiero que me reconozcan los títulos", {"recognition_qualifications"}),
        ("somos cinco en un cuarto y el dueño no contesta", {"housing_search"}),
        ("q hago, no me llego la plata del jobcenter", {"livelihood_benefits"}),
        ("tengo q llenar un formulario y no lo entiendo", {"official_letters_forms"}),
        ("la kita no tiene cupo para mi hija", {"childcare_early_education"}),
        ("quiero aprender aleman", {"german_course"}),
        ("no duermo, siempre tengo pesadillas", {"mental_health_addiction"}),
    ],
)
def test_what_is_told_indirectly_gives_the_needs(text: str, wanted: set[str]) -> None:
    assert needs(text) == wanted


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("mi bebe no respira", Urgent.MEDICAL),
        ("mi marido me golpea otra vez", Urgent.VIOLENCE),
        ("ya no quiero vivir", Urgent.SELF_HARM),
    ],
)
def test_an_emergency_is_told_apart_from_other_emergencies(text: str, kind: Urgent) -> None:
    assert urgent(text) is kind


@pytest.mark.parametrize(
    "text", ["me muero de hambre jaja", "se me murió el celular", "este calor me mata", "vi una película de asesinos"]
)
def test_what_only_sounds_like_an_emergency_is_none(text: str) -> None:
    assert urgent(text) is None
