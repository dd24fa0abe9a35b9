"""A voice message or a picture in Telegram: kept for the card by reference, heard and seen in the console."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.app.console import console
from bot.console.site import console_site
from bot.handoff.recordings import LARGEST, MOST
from bot.handoff.staff import Role, Staff
from tests.pages import Page, Visitor
from tests.storage.test_persons import everything
from tests.talk import premises
from tests.telegram.fake_faults import Fault, ServerError, TooManyRequests
from tests.telegram.telegram_talk import TelegramTalk
from tests.telegram.town import Town

SARA = Staff(id="sara", name="Sara (Beispiel)", role=Role.CASE_MANAGER, desks=frozenset({"rbk_kuerten"}), sample=True)
VOICE, PHOTO = b"OggS" + b"sound" * 40_000, b"\xff\xd8\xff" + b"light" * 1000


@pytest.fixture(scope="module")
def house() -> Iterator[Town]:
    with Town() as town:
        yield town


@pytest.fixture
def town(house: Town) -> Town:
    house.forgets()
    house.bot.files |= {"v1": VOICE, "p1": PHOTO}
    with house.store.transaction() as tx:
        tx.staff.put(SARA)
    return house


def colleague(town: Town) -> Visitor:
    with town.store.transaction() as tx:
        link = tx.staff.new_link(SARA.id, town.clock())
    here = replace(
        console(town.store, premises(), town.clock, secure=False),
        recordings={"telegram": town.residents.recordings()},
    )
    visitor = Visitor(console_site(here))
    visitor.send(visitor.get(f"/anmelden/{link}"))
    return visitor


def tells(town: Town) -> TelegramTalk:
    """Somebody who answers the question for the need with a voice message, and books."""
    talk = TelegramTalk(town)
    talk.consents().lives_in("rbk_kuerten").sends("voice", "v1")
    talk.sees("need.topics").is_told("I keep it for the case manager").is_told("Please choose what it is about")
    talk.taps("housing", "housing_search", "done").sees("need.understood").sends("photo", "p1").sees("need.understood")
    talk.taps("right").answers().taps("go_on").books()
    return talk


def card_of(town: Town, talk: TelegramTalk) -> tuple[Visitor, str]:
    return colleague(town), f"/karten/{talk.cases()[0].code}"


def test_a_voice_message_answers_the_need_and_is_heard_at_the_card(town: Town) -> None:
    visitor, card = card_of(town, tells(town))
    assert "Sprachnachricht 1 anhören Bild 2 ansehen" in visitor.get(card).text
    for number, kind, body in ((1, "audio/ogg", VOICE), (2, "image/jpeg", PHOTO)):
        page = visitor.get(f"{card}/aufnahmen/{number}")
        content = visitor.raw(f"{card}/aufnahmen/{number}/inhalt")
        assert (content.status_code, content.headers["content-type"], content.content) == (200, kind, body)
        assert town.bot.token not in page.html + json.dumps(dict(content.headers))
        assert town.telegram.base not in page.html
    assert "OggS" not in everything(town.store)  # the bytes go through and stay nowhere


def test_what_telegram_no_longer_has_is_said(town: Town) -> None:
    visitor, card = card_of(town, tells(town))
    town.bot.files.clear()
    assert "Telegram hat diese Aufnahme nicht mehr" in visitor.get(f"{card}/aufnahmen/1").text
    assert visitor.raw(f"{card}/aufnahmen/1/inhalt").status_code == 404


@pytest.mark.parametrize("fault", [ServerError(502), TooManyRequests(1)])
def test_while_telegram_is_away_the_colleague_is_told_to_come_again(town: Town, fault: Fault) -> None:
    visitor, card = card_of(town, tells(town))
    town.telegram.world.plan.add("getFile", fault)
    assert "Telegram antwortet gerade nicht" in visitor.get(f"{card}/aufnahmen/1").text
    assert "<audio" in visitor.get(f"{card}/aufnahmen/1").html


@pytest.mark.parametrize(
    ("body", "said"),
    [(b"<html>no sound", "nicht, was sie sein soll"), (b"", "nicht, was sie sein soll"), (b"OggS" * LARGEST, "20 MB")],
    ids=["another kind", "empty", "too large"],
)
def test_what_is_no_recording_is_not_opened(town: Town, body: bytes, said: str) -> None:
    visitor, card = card_of(town, tells(town))
    town.bot.files["v1"] = body[: LARGEST + 1]
    content = visitor.raw(f"{card}/aufnahmen/1/inhalt")
    assert content.status_code == 404
    assert said in content.text


def test_a_voice_message_about_a_case_is_on_its_card_and_unread(town: Town) -> None:
    talk = TelegramTalk(town)
    talk.consents().lives_in("rbk_kuerten").types("I am looking for a flat").taps("right").answers()
    talk.taps("go_on").books()
    talk.sees("mine").sends("voice", "v1").sees("mine").is_told("The desk gets it, for")
    visitor, card = card_of(town, talk)
    page: Page = visitor.get(card)
    assert "Sprachnachricht 1 anhören" in page.text
    assert "🎙️ 1" in page.text
    assert "neu" in page.text
    talk.taps("new").sees("need").types("I have debts").sees("need.understood").sends("voice", "v2")
    assert talk.session.kept == ("telegram:voice:v2",)  # it belongs to the new question


def test_no_more_than_enough_is_kept(town: Town) -> None:
    talk = TelegramTalk(town)
    talk.consents().lives_in("rbk_kuerten").types("I have debts")
    for number in range(MOST):
        talk.sends("voice", f"v{number}").is_told("I keep it for the case manager")
    talk.sends("voice", "one-more").is_told("I have kept enough")
    assert len(talk.session.kept) == MOST
