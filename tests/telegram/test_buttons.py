"""A button works for the person it was made for, on the screen it was made for, and for nobody else."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cases import Asked
from bot.channels.telegram_callbacks import NOBODYS, Callbacks, Pressed, TooLong
from bot.dialogs.screens.every import SCREENS
from bot.handoff.messages import Draft
from tests.rules.test_every_screen import pages
from tests.scenarios.test_relay import ANNA
from tests.scenarios.test_resident import has_booked
from tests.talk import premises
from tests.telegram.telegram_talk import TelegramTalk
from tests.telegram.town import KEY, Town

OURS = Callbacks(KEY, (*SCREENS, "reminder"))


@pytest.fixture(scope="module")
def town() -> Iterator[Town]:
    with Town() as town:
        yield town


@pytest.mark.parametrize("screen", sorted(SCREENS))
def test_every_button_of_every_screen_fits_and_comes_back_as_it_was(screen: str) -> None:
    for _, shown in pages(screen):
        for choice in (*shown.choices, *shown.nav):
            pressed = Pressed(choice.id, screen)
            data = OURS.write("ada", pressed)
            assert len(data.encode()) <= 64
            assert (OURS.read("ada", data), OURS.read("bo", data)) == (pressed, NOBODYS)


@given(st.text(max_size=70))
@settings(max_examples=40)
def test_made_up_data_is_nobodys_button(data: str) -> None:
    assert OURS.read("ada", data) == NOBODYS


@given(st.integers(0, 23), st.characters())
@settings(max_examples=40)
def test_one_other_letter_makes_it_nobodys(at: int, letter: str) -> None:
    data = OURS.write("ada", Pressed("agree", "consent"))
    forged = data[:at] + letter + data[at + 1 :]
    assert forged == data or OURS.read("ada", forged) == NOBODYS


def test_a_choice_that_does_not_fit_is_a_fault_of_ours() -> None:
    with pytest.raises(TooLong):
        OURS.write("ada", Pressed("x" * 64, "need"))


def test_another_key_makes_all_old_buttons_nobodys() -> None:
    data = OURS.write("ada", Pressed("agree", "consent"))
    assert Callbacks(b"another key", SCREENS).read("ada", data) == NOBODYS


def test_every_button_that_one_person_ever_got_does_nothing_in_the_hands_of_another(town: Town) -> None:
    ada, bo = TelegramTalk(town), TelegramTalk(town)
    has_booked(ada)
    has_booked(bo)
    (mine,), (theirs,) = ada.cases(), bo.cases()
    emitted = {
        button["callback_data"]
        for call in town.telegram.calls()
        if call.params.get("chat_id") == str(ada.ada.id) and call.params.get("reply_markup")
        for row in json.loads(call.params["reply_markup"])["inline_keyboard"]
        for button in row
    }
    assert len(emitted) > 60
    before = (ada.stored(), bo.session)
    for data in sorted(emitted)[:: len(emitted) // 15]:
        bo.ada.presses(data)
    town.settles()
    assert "This button belongs to an earlier message" in bo.ada.last.text
    for data in emitted:
        assert OURS.read(bo.person, data) == NOBODYS
    assert (ada.stored(), bo.session) == before
    assert (*ada.cases(), *bo.cases()) == (mine, theirs)


def test_an_own_button_of_long_ago_says_that_it_is_old(town: Town) -> None:
    talk = TelegramTalk(town)
    talk.consents()
    first = talk.ada.heard[0]
    assert first.keyboard == []  # its buttons are gone
    talk.ada.presses(OURS.write(talk.person, Pressed("agree", "consent")), first)
    town.settles()
    assert "This button belongs to an earlier message" in talk.ada.last.text


def test_only_the_newest_screen_has_buttons_and_marks_are_set_in_place(town: Town) -> None:
    talk = TelegramTalk(town)
    talk.consents().lives_in("rbk_kuerten").types("I am looking for a flat, I have debts and I am ill").taps("right")
    talk.sees("ask.offices")
    count, number = len(talk.ada.heard), talk.ada.last.id
    talk.taps("jobcenter", "school", "jobcenter")
    assert (len(talk.ada.heard), talk.ada.last.id, talk.ada.last.edits) == (count, number, 3)
    assert [label for label in talk.ada.labels if label.startswith("✅")] == ["✅ School or Kita"]
    assert [message.id for message in talk.ada.heard if message.keyboard] == [number]


def with_buttons(talk: TelegramTalk) -> list[int]:
    return [message.id for message in talk.ada.heard if message.keyboard]


def asks_something_new(town: Town) -> TelegramTalk:
    """Somebody with an appointment who has begun another question and is choosing topics."""
    town.forgets()
    talk = TelegramTalk(town)
    has_booked(talk)
    talk.taps("new").sees("need").types("I have debts").sees("need.understood").taps("topics", "money")
    return talk


def test_a_reminder_between_two_screens_takes_no_buttons_away(town: Town) -> None:
    talk = asks_something_new(town)
    page = talk.ada.last.id
    talk.on("2026-11-24T17:00").hears().sees("reminder")
    assert with_buttons(talk) == [page, talk.ada.last.id]


def test_a_mark_above_a_reminder_is_set_in_place(town: Town) -> None:
    talk = asks_something_new(town)
    page = talk.ada.last
    talk.on("2026-11-24T17:00").hears().sees("reminder")
    reminder, edits = talk.ada.last.id, page.edits
    talk.presses_under(page, "benefit_transition")
    assert (talk.ada.last.id, page.edits, with_buttons(talk)) == (reminder, edits + 1, [page.id, reminder])
    assert len([label for label in page.labels if label.startswith("✅")]) == 2  # debts were named before


def test_the_screen_above_a_reminder_loses_its_buttons_when_the_next_one_comes(town: Town) -> None:
    talk = asks_something_new(town)
    page = talk.ada.last
    talk.on("2026-11-24T17:00").hears().sees("reminder")
    reminder = talk.ada.last.id
    talk.types("I am looking for a flat").sees("need.understood")
    assert page.keyboard == []
    assert with_buttons(talk) == [reminder, talk.ada.last.id]  # the reminder's own button works later too


def test_what_is_tapped_under_a_reminder_brings_the_case_below_it(town: Town) -> None:
    talk = asks_something_new(town)
    talk.on("2026-11-24T17:00").hears().sees("reminder").taps("nav.appointment").sees("mine")
    assert with_buttons(talk) == [talk.ada.last.id]


def test_a_colleagues_message_can_be_answered_later_from_another_screen(town: Town) -> None:
    talk = asks_something_new(town)
    (case,) = talk.cases()
    asked = Asked(code=case.code, version=case.version, by=ANNA, now=talk.now)
    with town.store.transaction() as tx:
        assert premises().casework.write(tx, asked, Draft(words="Passt der Termin?"), "k1") is None
    talk.hears()
    letter = talk.ada.last
    talk.types("I am looking for a flat").sees("need.understood")
    assert with_buttons(talk) == [letter.id, talk.ada.last.id]
    talk.presses_under(letter, f"nav.answer.{case.code}").sees("relay.answer")
    assert with_buttons(talk) == [talk.ada.last.id]
