"""A colleague writes in the console or the staff bot; the resident reads it in Telegram and answers to the card."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.handoff.messages import REPLIES, THINGS, Reply, Thing
from bot.i18n.text import Text, _, data
from tests.scenarios.test_resident import has_booked
from tests.talk import premises
from tests.telegram.person import Person
from tests.telegram.quarter import Console, Quarter
from tests.telegram.telegram_talk import TelegramTalk


@pytest.fixture(scope="module")
def quarter() -> Iterator[Quarter]:
    with Quarter() as quarter:
        yield quarter


@pytest.fixture(scope="module")
def anna(quarter: Quarter) -> Console:
    return quarter.console()


@pytest.fixture(scope="module")
def phone(quarter: Quarter) -> Person:
    return quarter.colleague()


def books(quarter: Quarter, language: str) -> tuple[TelegramTalk, str]:
    """Somebody with an appointment in Kürten, who speaks this language, and the code of their case."""
    talk = TelegramTalk(quarter)
    has_booked(talk)
    talk.types("/language").taps(language)
    return talk, talk.cases()[0].code


def spoken(language: str, sentence: Text) -> str:
    return premises().catalogues[language].render(sentence)


def reads(talk: TelegramTalk, words: str) -> TelegramTalk:
    """It comes by itself, and says who wrote it."""
    talk.ada.waits(lambda one: words in one.last.text)
    talk.town.settles(talk.ada)
    return talk


def test_own_words_come_with_a_note_that_a_person_wrote_them_in_german_and_the_answer_is_on_the_card(
    quarter: Quarter, anna: Console
) -> None:
    talk, code = books(quarter, "en")
    anna.writes(code, nachricht="Guten Tag.\r\nBitte bringen Sie den Bescheid mit.")
    reads(talk, "Guten Tag.\n\nBitte bringen Sie den Bescheid mit.")
    talk.is_told("A person from the desk has written this to you in German").is_told("It is not translated")
    talk.taps(f"nav.answer.{code}").sees("relay.answer").types("Yes, I bring it.").is_told("with the desk")
    assert "Yes, I bring it." in anna.card(code)


def test_arabic_keeps_its_direction_around_the_german_words(quarter: Quarter, anna: Console) -> None:
    talk, code = books(quarter, "ar")
    anna.writes(code, nachricht="Bis Montag um 9 Uhr.")
    reads(talk, "\u2068Bis Montag um 9 Uhr.\u2069")
    note = _(
        "A person from the desk has written this to you in German, about {code}. It is not translated.", code=data(code)
    )
    assert spoken("ar", note) in talk.ada.last.text


def test_a_quick_reply_is_read_in_the_language_of_the_person(quarter: Quarter, anna: Console) -> None:
    for language in ("fa", "uk"):
        talk, code = books(quarter, language)
        anna.writes(code, antwort="bring", mit_passport="ja")
        reads(talk, spoken(language, REPLIES[Reply.BRING].says))
        assert spoken(language, THINGS[Thing.PASSPORT].says) in talk.ada.last.text
        assert "auf Deutsch" not in talk.ada.last.text


def test_a_colleague_writes_from_the_staff_bot_and_the_answer_is_on_the_card(
    quarter: Quarter, anna: Console, phone: Person
) -> None:
    talk, code = books(quarter, "tr")
    phone.waits(lambda one: f"Karte {code} (neu)" in one.last.text, 15).taps("Nachricht schreiben")
    phone.waits(lambda one: "Kurzantworten werden übersetzt" in one.last.text).taps("Der Termin passt.")
    reads(talk, spoken("tr", REPLIES[Reply.DATE_IS_FINE].says))
    talk.taps(f"nav.answer.{code}").types("Teşekkür ederim")
    assert "Teşekkür ederim" in anna.card(code)
    assert all("Teşekkür" not in message.text for message in phone.heard)


def test_own_words_from_the_staff_bot_carry_the_note_too(quarter: Quarter, phone: Person) -> None:
    talk, code = books(quarter, "en")
    phone.waits(lambda one: f"Karte {code} (neu)" in one.last.text, 15).taps("Nachricht schreiben")
    phone.waits(lambda one: "Kurzantworten werden übersetzt" in one.last.text)
    phone.taps(next(label for label in phone.labels if "igene" in label))
    phone.waits(lambda one: "auf Deutsch" in one.last.text).types("Wir freuen uns auf Sie.")
    reads(talk, "Wir freuen uns auf Sie.").is_told("has written this to you in German")


def test_a_message_between_two_screens_leaves_the_conversation_where_it_is(quarter: Quarter, anna: Console) -> None:
    talk, code = books(quarter, "en")
    talk.taps("new").sees("need")
    anna.writes(code, nachricht="Guten Tag.")
    reads(talk, "Guten Tag.").types("I have debts").sees("need.understood")
