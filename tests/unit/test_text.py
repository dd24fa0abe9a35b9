"""A sentence, its values and its language."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from bot.i18n.catalogs import Catalogue, read_catalogue, read_catalogues
from bot.i18n.plurals import HEADERS
from bot.i18n.text import Near, _, data, n_
from bot.i18n.written import read_text, write_text

NUMBER = "+4922021300"


def catalogue(tag: str, entries: str = "") -> Catalogue:
    header = f'msgid ""\nmsgstr ""\n"Language: {tag}\\n"\n"Plural-Forms: {HEADERS[tag]}\\n"\n'
    return read_catalogue(tag, f"{header}\n{entries}")


def entry(source: str, translated: str, *above: str) -> str:
    return "\n".join((*above, f'msgid "{source}"', f'msgstr "{translated}"', ""))


def counted(one: str, many: str, *forms: str) -> str:
    return "\n".join(
        (f'msgid "{one}"', f'msgid_plural "{many}"', *(f'msgstr[{n}] "{form}"' for n, form in enumerate(forms)), "")
    )


def test_a_sentence_is_said_in_the_language_of_its_catalogue() -> None:
    assert catalogue("de", entry("Good day.", "Guten Tag.")).render(_("Good day.")) == "Guten Tag."


def test_a_sentence_without_translation_is_said_in_english() -> None:
    assert catalogue("de").render(_("Good day.")) == "Good day."


def test_a_fuzzy_translation_is_no_translation() -> None:
    german = catalogue("de", entry("Good day.", "Gute Nacht.", "#, fuzzy"))
    assert german.render(_("Good day.")) == "Good day."
    assert not german.knows(_("Good day."))


def test_english_needs_no_catalogue() -> None:
    english = read_catalogues({})["en"]
    assert english.knows(_("Good day."))
    assert [english.render(n_("{n} day", "{n} days", n)) for n in (0, 1, 2)] == ["0 days", "1 day", "2 days"]


def test_arabic_counts_in_six_forms() -> None:
    arabic = catalogue("ar", counted("{n} day", "{n} days", *(f"{form}:{{n}}" for form in "abcdef")))
    said = [arabic.render(n_("{n} day", "{n} days", n)) for n in (0, 1, 2, 3, 11, 100)]
    assert said == ["a:0", "b:1", "c:2", "d:3", "e:11", "f:100"]


def test_a_form_that_is_empty_makes_the_whole_sentence_english() -> None:
    polish = catalogue("pl", counted("{n} day", "{n} days", "{n} dzień", "", "{n} dni"))
    assert polish.render(n_("{n} day", "{n} days", 5)) == "5 days"


def test_braces_in_what_a_person_typed_stay_as_they_are() -> None:
    assert catalogue("de").render(_("You wrote: {words}", words="{x} {words} {")) == "You wrote: {x} {words} {"


def test_a_placeholder_without_a_value_breaks_nothing() -> None:
    german = catalogue("de", entry("Code {code}", "Code {kode}"))
    assert german.render(_("Code {code}", code="K7")) == "Code {kode}"


def test_a_sentence_inside_a_sentence_is_translated_with_it() -> None:
    german = catalogue("de", entry("You need: {what}", "Sie brauchen: {what}") + "\n" + entry("a flat", "eine Wohnung"))
    assert german.render(_("You need: {what}", what=_("a flat"))) == "Sie brauchen: eine Wohnung"


def test_data_is_never_translated() -> None:
    german = catalogue("de", entry("Home", "Zuhause"))
    assert german.render(data("Home")) == "Home"
    assert german.render(_("{desk}", desk=data("Home"))) == "Home"


def test_a_phone_number_stands_isolated_in_arabic() -> None:
    assert catalogue("ar").render(_("Call {number}", number=NUMBER)) == f"Call \u2068{NUMBER}\u2069"


def test_a_phone_number_stands_isolated_in_every_language_so_that_it_can_be_tapped() -> None:
    assert catalogue("tr").render(_("Call {number}", number=NUMBER)) == f"Call \u2068{NUMBER}\u2069"


def test_nothing_is_isolated_where_nothing_could_turn() -> None:
    assert catalogue("tr").render(_("Go to {desk}", desk=data("Rathaus"))) == "Go to Rathaus"


def test_an_arabic_name_stands_isolated_in_german() -> None:
    assert catalogue("de").render(_("Name: {name}", name="سارة")) == "Name: \u2068سارة\u2069"


def test_what_a_person_typed_cannot_turn_the_sentence_round() -> None:
    assert catalogue("ar").render(_("Name: {name}", name="a\u202eb\u2069c")) == "Name: \u2068abc\u2069"


def test_each_line_begins_from_the_right_where_the_language_does() -> None:
    assert catalogue("fa").render(_("One\n\nTwo"), with_mark=True) == "\u200fOne\n\n\u200fTwo"
    assert catalogue("pl").render(_("One\n\nTwo"), with_mark=True) == "One\n\nTwo"


def test_words_leave_in_composed_letters() -> None:
    assert catalogue("de").render(_("{place}", place="Ko\u0308nigswinter")) == "Königswinter"


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("de", "Freitag, 20. November 2026"),
        ("ar", "الجمعة 20 تشرين الثاني/نوفمبر 2026 (20.11.2026)"),
        ("en", "Friday 20 November 2026"),
        ("es", "viernes, 20 de noviembre de 2026"),
        ("fa", "جمعه 20 نومبر/نوامبر 2026 (20.11.2026)"),
        ("pl", "piątek, 20 listopada 2026"),
        ("ru", "пятница, 20 ноября 2026"),
        ("tr", "20 Kasım 2026 Cuma"),
        ("uk", "пʼятниця, 20 листопада 2026"),
    ],
)
def test_a_date_is_said_as_people_of_the_language_say_it(tag: str, said: str) -> None:
    assert catalogue(tag).render(_("{day}", day=date(2026, 11, 20))) == said


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("de", "Freitag, 20. November"),
        ("ar", "الجمعة 20 تشرين الثاني/نوفمبر"),
        ("es", "viernes, 20 de noviembre"),
        ("tr", "20 Kasım Cuma"),
        ("uk", "пʼятниця, 20 листопада"),
    ],
)
def test_on_a_button_a_day_needs_no_year_also_when_it_was_kept_meanwhile(tag: str, said: str) -> None:
    kept = read_text(write_text(_("{day}", day=Near(date(2026, 11, 20)))))
    assert catalogue(tag).render(kept) == said


@pytest.mark.parametrize("tag", HEADERS)
def test_a_moment_is_told_on_the_clock_of_the_counties_in_latin_digits(tag: str) -> None:
    said = catalogue(tag).render(_("{at}", at=datetime(2026, 7, 1, 14, 30, tzinfo=UTC)))
    assert said.endswith("16:30")
    assert "2026" in said


def test_a_time_is_told_on_a_clock_of_24_hours() -> None:
    assert catalogue("ar").render(_("{at}", at=time(16, 5))) == "16:05"


def test_a_catalogue_with_another_plural_rule_is_refused() -> None:
    shifted = 'msgid ""\nmsgstr ""\n"Plural-Forms: nplurals=2; plural=(n > 1);\\n"\n'
    with pytest.raises(ValueError, match="locales/de: Plural-Forms must be"):
        read_catalogue("de", shifted)


def test_a_counted_sentence_with_a_form_too_many_is_refused() -> None:
    with pytest.raises(ValueError, match="locales/de"):
        catalogue("de", counted("{n} day", "{n} days", "a", "b", "c"))


def test_a_catalogue_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(ValueError, match="locales/de"):
        catalogue("de", 'msgid "open\n')


def test_a_catalogue_of_a_language_that_is_not_offered_is_refused() -> None:
    with pytest.raises(ValueError, match="locales/fr"):
        read_catalogues({"fr": ""})
