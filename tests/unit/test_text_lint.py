"""The lint of catalogues finds what nobody would see, and leaves good translations alone."""

from __future__ import annotations

import polib
import pytest

from bot.i18n.plurals import HEADERS
from scripts.catalogue_lint import faults_of_catalogue, faults_of_words


@pytest.mark.parametrize(
    ("tag", "english", "translated", "fault"),
    [
        ("de", "Code {code}", "Code {kode}", "placeholders differ (code, kode)"),
        ("de", "Code {code}", "Code {code} }", "placeholders differ (loose brace)"),
        ("pl", "Do you need help?", "Potrzebna pomoc.", "ends with another kind of mark"),
        ("de", "Yes", "Ja ", "spaces at an edge or double"),
        ("de", "One\nTwo", "Eins Zwei", "another number of lines"),
        ("ru", "Call 116 016.", "Звоните 116 061.", "numbers differ"),
        ("ar", "Call 112.", "اتصل على ١١٢.", "digits must be 0 to 9"),
        ("tr", "🏠 Housing", "Konut", "emoji differ"),
        ("ar", "Yes", "\u202bنعم\u202c", "holds an embedding control; only isolates are allowed"),
        ("fa", "Yes", "\u2068بله", "isolates are not balanced"),
        ("es", "Yes", "S\u200bí", "holds an invisible sign"),
        ("ar", "Yes", "نع\u200cم", "holds an invisible sign"),
        ("uk", "Money", "Грoші", "letters of two alphabets in 'Грoші'"),
        ("ar", "Your house", "بیتك", "letters of the other Arabic alphabet"),
        ("fa", "Is it you?", "شما هستید?", "Latin ? , or ; in right-to-left text"),
    ],
)
def test_a_hidden_fault_is_named(tag: str, english: str, translated: str, fault: str) -> None:
    assert fault in faults_of_words(tag, english, translated)


@pytest.mark.parametrize(
    ("tag", "english", "translated"),
    [
        ("ar", "Do you need help?", "هل تحتاج إلى مساعدة؟"),
        ("fa", "I want to go.", "می\u200cخواهم بروم."),
        ("es", "Really?", "¿De verdad?"),
        ("ru", "The Jobcenter answers {name}.", "Jobcenter ответит {name}."),
        ("de", "👪 Family", "👪 Familie"),
        ("ar", "Call {number}.", "اتصل على \u2068{number}\u2069."),
    ],
)
def test_a_good_translation_is_left_alone(tag: str, english: str, translated: str) -> None:
    assert [*faults_of_words(tag, english, translated)] == []


def counted(tag: str, *forms: str) -> list[str]:
    """The faults of a catalogue whose only sentence counts days."""
    entry = polib.POEntry(msgid="{n} day", msgid_plural="{n} days", msgstr_plural=dict(enumerate(forms)))
    file = polib.POFile()
    file.metadata = {"Language": tag, "Plural-Forms": HEADERS[tag]}
    file.append(entry)
    return [*faults_of_catalogue(tag, file, [entry], complete=True)]


def test_a_form_for_one_number_may_say_it_in_a_word() -> None:
    assert counted("ar", "لا أيام", "يوم واحد", "يومان", "{n} أيام", "{n} يومًا", "{n} يوم") == []


def test_a_form_for_many_numbers_must_say_which() -> None:
    assert counted("ru", "день", "{n} дня", "{n} дней") == ["locales/ru: placeholders differ (n): '{n} day'"]


def test_a_complete_language_must_fill_every_form() -> None:
    assert counted("de", "{n} Tag", "") == ["locales/de: not translated: '{n} day'"]
