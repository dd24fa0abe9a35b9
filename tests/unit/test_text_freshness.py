"""What of a catalogue is missing, unread, read."""

from __future__ import annotations

from datetime import date

from bot.i18n.freshness import Freshness, freshness, reading

TEMPLATE = 'msgid "Yes"\nmsgstr ""\n'
DAY = date(2026, 11, 20)


def state(*lines: str) -> Freshness:
    return freshness(TEMPLATE, "\n".join((*lines, "")))


def test_a_sentence_without_translation_is_missing() -> None:
    assert state('msgid "Yes"', 'msgstr ""').missing == ("Yes",)
    assert state('msgid "No"', 'msgstr "Nein"').missing == ("Yes",)


def test_a_translation_that_nobody_has_read_is_unread() -> None:
    assert state('msgid "Yes"', 'msgstr "Ja"').unread == ("Yes",)


def test_a_translation_that_a_person_has_read_is_read() -> None:
    now = state(f"# {reading('Yes', ['Ja'], DAY)}", 'msgid "Yes"', 'msgstr "Ja"')
    assert (now.read, now.latest_reading) == (("Yes",), DAY)


def test_a_reading_ends_when_the_translation_changes() -> None:
    now = state(f"# {reading('Yes', ['Ja'], DAY)}", 'msgid "Yes"', 'msgstr "Jawohl"')
    assert (now.unread, now.latest_reading) == (("Yes",), None)


def test_a_reading_of_another_sentence_does_not_count() -> None:
    assert state(f"# {reading('Yes!', ['Ja'], DAY)}", 'msgid "Yes"', 'msgstr "Ja"').unread == ("Yes",)
