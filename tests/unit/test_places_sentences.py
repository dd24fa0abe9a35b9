"""All 27 names are found in ordinary sentences of the nine languages, with the endings that these give a name."""

from __future__ import annotations

from collections.abc import Iterator

from bot.places.find import Found, find_place
from bot.places.gazetteer import Municipality
from tests.tables import gazetteer

WANTED = 0.98
SENTENCES = {
    "de": (
        "ich wohne in {name}",
        "Ich lebe seit 2 Jahren in {name} mit meiner Familie",
        "{name}, bei Köln",
        "Wir kommen aus Syrien und wohnen jetzt in {name} in einer Wohnung",
    ),
    "en": ("I live in {name}", "we live in {name} near Cologne", "I am from {name}"),
    "es": ("vivo en {name}", "soy de {name}, cerca de Colonia"),
    "tr": ("{name}'da oturuyorum", "{name} da yaşıyorum", "ben {name}'de yaşıyorum"),
    "pl": ("mieszkam w {name}", "mieszkam w {name}u", "miasto {name}"),
    "ru": ("я живу в {stem}е", "живу в городе {name}", "мы из {stem}а"),
    "uk": ("я живу в {stem}і", "мешкаю у {name}"),
    "ar": ("أسكن في {name}", "أعيش في مدينة {name}", "انا ساكن ب{name}"),
    "fa": ("من در {name} زندگی می‌کنم", "شهر {name}", "ما در شهر {name} هستیم"),
}


def sentences(municipality: Municipality) -> Iterator[str]:
    for language, patterns in SENTENCES.items():
        name = municipality.called(language)
        yield from (pattern.format(name=name, stem=name.removesuffix("ь")) for pattern in patterns)


def test_nearly_every_name_is_found_in_a_sentence_and_none_is_taken_for_another() -> None:
    found = [
        (place, municipality.id, sentence)
        for municipality in gazetteer().municipalities.values()
        for sentence in sentences(municipality)
        if isinstance(place := find_place(sentence, gazetteer()), Found)
    ]
    said = sum(len([*sentences(municipality)]) for municipality in gazetteer().municipalities.values())
    assert [hit for hit in found if hit[0].municipality != hit[1]] == []
    assert len(found) / said >= WANTED
