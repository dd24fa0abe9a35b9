"""Telegram can send the person's own number where it is asked for, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.dialogs.session import Reach
from tests.storage.test_persons import everything
from tests.telegram.fake_faults import ServerError
from tests.telegram.telegram_talk import TelegramTalk
from tests.telegram.town import Town

OWN, OTHERS = "491517777777", "+49 151 8888888"


@pytest.fixture(scope="module")
def house() -> Iterator[Town]:
    with Town() as town:
        yield town


@pytest.fixture
def town(house: Town) -> Town:
    house.forgets()
    return house


def is_asked(town: Town) -> TelegramTalk:
    """Somebody who wants to be called and is asked for the number."""
    talk = TelegramTalk(town)
    talk.consents().lives_in("rbk_kuerten").types("I am looking for a flat").taps("right").answers()
    talk.taps("go_on", "appointment", "no", "phone").sees("reach.phone")
    return talk


def test_the_button_stands_there_while_the_number_is_asked_for_and_goes_afterwards(town: Town) -> None:
    talk = is_asked(town)
    assert [button["text"] for button in talk.ada.keyboard] == ["📱 Send my phone number"]
    assert "Please write your phone number." in talk.ada.last.text  # with its own buttons below
    talk.ada.taps_send_contact(OWN)
    town.settles()
    assert talk.sees("name").session.reach == Reach("phone", f"+{OWN}")
    assert talk.ada.keyboard == []


def test_the_number_can_be_typed_and_the_button_is_not_sent_again_after_a_slip(town: Town) -> None:
    talk = is_asked(town)
    talk.types("call me").sees("reach.phone")
    assert len([one for one in talk.ada.heard if "with the button below" in one.text]) == 1
    assert len(talk.ada.keyboard) == 1
    talk.types("0151 23456789").sees("name")
    assert (talk.ada.keyboard, talk.session.reach) == ([], Reach("phone", "0151 23456789"))


@pytest.mark.parametrize("way", ["nav.back", "chat", "nav.emergency"])
def test_every_way_off_the_screen_takes_the_button_along(town: Town, way: str) -> None:
    talk = is_asked(town)
    talk.taps(way)
    assert talk.ada.keyboard == []
    assert talk.ada.last.keyboard != []


def test_somebody_elses_number_is_refused_in_words_and_not_stored(town: Town) -> None:
    talk = is_asked(town)
    talk.looks()
    talk.ada.shares_contact(OTHERS, own=False)
    town.settles()
    talk.sees("reach.phone").is_told("This is not your own number")
    assert (talk.session.reach, len(talk.ada.keyboard)) == (None, 1)
    assert "8888888" not in everything(town.store)


@pytest.mark.parametrize("own", [True, False])
def test_a_number_that_nobody_asked_for_is_not_stored(town: Town, own: bool) -> None:
    talk = TelegramTalk(town)
    talk.consents().lives_in("rbk_kuerten")
    talk.looks()
    talk.ada.shares_contact(OTHERS, own=own)
    town.settles()
    talk.sees("need").is_told("I have not stored this phone number")
    assert "8888888" not in everything(town.store)


def test_somebody_elses_number_at_bring_becomes_an_invitation(town: Town) -> None:
    talk = TelegramTalk(town)
    talk.taps("en").types("/bring").sees("bring")
    talk.ada.shares_contact(OTHERS, own=False)
    town.settles()
    talk.sees("bring.language")
    assert "8888888" not in everything(town.store)


def test_a_reminder_leaves_the_button_where_it_is(town: Town) -> None:
    talk = is_asked(town)
    talk.taps("chat", "without").sees("slots").taps(talk.last.choices[0].id, "confirm").sees("mine")
    talk.taps("new").types("I am looking for a flat").taps("right").answers()
    talk.taps("go_on", "appointment", "no", "phone").sees("reach.phone")
    talk.on("2026-11-24T17:00").hears().sees("reminder")
    assert len(talk.ada.keyboard) == 1
    talk.ada.taps_send_contact(OWN)
    town.settles()
    talk.sees("name")
    assert talk.ada.keyboard == []


@pytest.mark.parametrize("hits", [1, 2])
def test_a_button_that_arrived_without_an_answer_is_not_sent_twice(town: Town, hits: int) -> None:
    talk = TelegramTalk(town)
    talk.consents().lives_in("rbk_kuerten").types("I am looking for a flat").taps("right").answers()
    talk.taps("go_on", "appointment", "no").sees("reach")
    town.telegram.world.plan.add("sendMessage", ServerError(502, accepted=True), times=hits, chat=talk.ada.id)
    talk.taps("phone").sees("reach.phone")
    said = [one.text for one in talk.ada.heard][-2:]
    assert ["with the button below" in said[0], "Please write your phone number." in said[1]] == [True, True]
    assert len([one for one in talk.ada.heard if "with the button below" in one.text]) == 1
