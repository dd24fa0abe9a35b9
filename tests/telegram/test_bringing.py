"""Somebody in Telegram brings somebody to the web chat, and the other way round, each over their own real channel."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

import pytest

from bot.booking.hours import BERLIN
from bot.handoff.invitations import token_digest
from tests.scenarios.test_bring import DEAD, books, nothing_new_for
from tests.talk import Talk
from tests.telegram.quarter import Quarter
from tests.telegram.telegram_talk import TelegramTalk
from tests.telegram.web_talk import WebTalk

#: How somebody comes with a token, by the channel that they come to.
Comes = Callable[[Quarter, str], Talk]
_MARKS: Final = re.compile("[\u2066-\u2069\u200e\u200f]")


def to_telegram(quarter: Quarter, token: str) -> Talk:
    """They tap the link and Start."""
    guest = TelegramTalk(quarter, on=f"{quarter.clock().astimezone(BERLIN):%Y-%m-%dT%H:%M}", start=token)
    assert guest.ada.chat[0].text == f"/start {token}"
    return guest


def to_the_web(quarter: Quarter, token: str) -> Talk:
    """They open the page and press its button."""
    return WebTalk(quarter, token)


WAYS: Final = {
    "from Telegram to the web chat": (TelegramTalk, to_the_web),
    "from the web chat to Telegram": (WebTalk, to_telegram),
    "from Telegram to Telegram": (TelegramTalk, to_telegram),
}
both_ways = pytest.mark.parametrize(("makes", "comes"), WAYS.values(), ids=WAYS.keys())


@pytest.fixture(scope="module")
def quarter() -> Iterator[Quarter]:
    with Quarter() as quarter:
        yield quarter


def volunteer(quarter: Quarter, makes: Callable[[Quarter], Talk]) -> Talk:
    quarter.forgets()
    return makes(quarter).taps("en", "help").sees("bring")


def links(maker: Talk) -> tuple[str, str]:
    """The links to the web chat and to Telegram that the maker is shown."""
    lines = [_MARKS.sub("", line) for line in maker.text().splitlines() if "http" in line]
    found = [line[line.index("http") :] for line in lines]
    return found[0], found[1]


def invites(quarter: Quarter, maker: Talk, language: str = "en") -> str:
    """The token of a new invitation, which both links carry."""
    maker.types("/bring").taps("make").sees("bring.language").taps(language).sees("bring.made")
    web, telegram = links(maker)
    token = web.removeprefix(f"{quarter.web}/chat/invited/")
    assert telegram == f"https://t.me/lotse_test_bot?start={token}"
    return token


def hears_of(maker: Talk, act: Callable[[], object]) -> Talk:
    """What the maker hears of what somebody else does: in Telegram it comes by itself."""
    if not isinstance(maker, TelegramTalk):
        act()
        return maker.hears()
    maker.looks()
    act()
    maker.town.settles(maker.ada)
    return maker


@both_ways
def test_a_person_comes_over_goes_the_usual_way_and_the_maker_learns_what_they_allow(
    quarter: Quarter, makes: Callable[[Quarter], Talk], comes: Comes
) -> None:
    maker = volunteer(quarter, makes)
    guest = comes(quarter, invites(quarter, maker)).sees("invited").is_told("Somebody who is helping you")
    guest.taps("go_on").sees("welcome").taps("go_on", "agree").sees("invited.tell")
    hears_of(maker, partial(guest.taps, "booked")).is_told("was opened. The person wants you to know")
    hears_of(maker, partial(books, guest)).is_told("has an appointment now")
    assert all(word not in maker.text() for word in (guest.cases()[0].code, "Kürten", "flat"))


@both_ways
def test_without_permission_the_maker_learns_nothing(
    quarter: Quarter, makes: Callable[[Quarter], Talk], comes: Comes
) -> None:
    maker = volunteer(quarter, makes)
    token = invites(quarter, maker)
    guest = comes(quarter, token).taps("go_on", "go_on", "agree").sees("invited.tell")
    with nothing_new_for(maker):
        before = maker.text()
        hears_of(maker, partial(guest.taps, "nothing"))
        hears_of(maker, partial(books, guest))
        assert maker.text() == ("" if isinstance(maker, TelegramTalk) else before)


@both_ways
def test_opened_twice_late_revoked_or_made_up_a_link_says_the_same_and_gives_nothing_away(
    quarter: Quarter, makes: Callable[[Quarter], Talk], comes: Comes
) -> None:
    maker = volunteer(quarter, makes)
    used, revoked, late = (invites(quarter, maker) for _ in range(3))
    comes(quarter, used).sees("invited")
    with quarter.store.transaction() as tx:
        number = tx.invitations.open_of(maker.person, quarter.clock())[1].id
    maker.taps("mine", f"revoke.{number}").is_told("nobody can do so any more")
    said = {comes(quarter, token).sees("language").is_told(DEAD).text() for token in (used, revoked, "f" * 36)}
    quarter.sets_clock(quarter.clock().replace(year=2027))
    said.add(comes(quarter, late).sees("language").text())
    assert len(said) == 1
    quarter.sets_clock(quarter.clock().replace(year=2026))


def test_its_maker_opens_a_link_for_nothing_in_either_channel_and_it_still_works(quarter: Quarter) -> None:
    maker = volunteer(quarter, TelegramTalk)
    token = invites(quarter, maker)
    maker.says({"text": f"/start {token}"}).sees("bring.made").is_told(DEAD)
    to_the_web(quarter, token).sees("invited")
    other = volunteer(quarter, WebTalk)
    token = invites(quarter, other)
    other.says({"invited": token}).sees("bring.made").is_told(DEAD)
    to_telegram(quarter, token).sees("invited")


def test_the_code_and_the_sheet_come_as_a_picture_and_a_document(quarter: Quarter) -> None:
    maker = volunteer(quarter, TelegramTalk)
    assert isinstance(maker, TelegramTalk)
    token = invites(quarter, maker, "uk")
    (_, code), (_, sheet) = maker.ada.files
    assert (code[:4], sheet[:5]) == (b"\x89PNG", b"%PDF-")
    other = volunteer(quarter, WebTalk)
    assert isinstance(other, WebTalk)
    invites(quarter, other, "uk")
    assert other.last.picture is not None
    assert other.last.file is not None
    assert other.file(other.last.picture.id).content[:4] == b"\x89PNG"
    assert other.file(other.last.file.id).content[:5] == b"%PDF-"
    assert other.file(f"qr.{token}").status_code == 404


def test_no_token_is_stored_and_neither_is_on_record_with_the_other(quarter: Quarter) -> None:
    maker = volunteer(quarter, TelegramTalk)
    token = invites(quarter, maker)
    guest = to_the_web(quarter, token)
    with quarter.store.transaction() as tx:
        exported = repr((tx.export(maker.person), tx.export(guest.person)))
    assert token not in exported
    assert token_digest(token) not in repr(guest.stored())
    assert guest.person not in repr(maker.stored())
