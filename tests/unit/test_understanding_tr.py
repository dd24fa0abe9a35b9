"""What people write in Turkish gives their needs and tells an emergency from what only sounds like one."""

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
    tables = {name: tomllib.loads((TABLES / f"{name}.toml").read_text("utf-8")) for name in ("de", "tr")}
    return Recogniser(read_lexicon(tables), read_known_languages())


def needs(text: str) -> set[str]:
    return {need.topic for need in a_recogniser().recognise(text, "tr").needs}


def urgent(text: str) -> Urgent | None:
    return a_recogniser().recognise(text, "tr").urgent


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Suriyeliyim, evliyim. Otobüs şoförü olmak istiyorum, almancam B1. Ailem için bir ev arıyoruz",
            {"work_employment", "housing_search"},
        ),
        (
            "Ukrayna'dan geldim, evim ve yarım gün işim var. Öğretmenim, belgelerimin tanınmasını istiyorum",
            {"recognition_qualifications"},
        ),
        (
            "Üç çocuğum var, kocam başka şehirde, nakil başvurusu altı aydır bekliyor. En küçük zor duyuyor "
            "ve kreş yeri yok. Kursum da yok",
            {"residence_permit", "childcare_early_education", "disability_care_needs", "german_course"},
        ),
        (
            "Bahis oynuyorum, çok borcum var. Jobcenter'den mektup gelince korkuyorum",
            {"mental_health_addiction", "debt", "livelihood_benefits"},
        ),
        ("6 kisi 1 odada kaliyoruz, ev sahibi cevap vermiyo", {"housing_search"}),
        ("Termin alamıyorum, oturumum bitiyo, Ausländerbehörde'ye ulaşamıyom", {"residence_permit"}),
        ("kita yeri bulamadik", {"childcare_early_education"}),
        ("dişim çok ağrıyo, krankenkasse kartım gelmedi", {"health_care"}),
    ],
)
def test_a_story_gives_its_needs(text: str, wanted: set[str]) -> None:
    assert wanted <= needs(text)


@pytest.mark.parametrize("text", ["merhaba", "yardım lazım", "bugün hava çok güzel", "mercimek çorbası tarifi"])
def test_small_talk_gives_no_need(text: str) -> None:
    assert needs(text) == set()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("babam yere yığıldı, nefes almıyor", Urgent.MEDICAL),
        ("kocam bicak cekti bana", Urgent.VIOLENCE),
        ("sabah uyanmak istemiyorum bir daha", Urgent.SELF_HARM),
        ("gülmekten öldüm", None),
        ("kızım bu yıl öğretmen oluyor", None),
        ("ev sahibi bizi çıkarmakla tehdit ediyor", None),
        ("eskiden eşim beni döverdi, boşandım", None),
    ],
)
def test_an_emergency_is_told_from_what_only_sounds_like_one(text: str, kind: Urgent | None) -> None:
    assert urgent(text) is kind
