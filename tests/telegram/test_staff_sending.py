"""Whatever Telegram does, a colleague reads each note once and in order; the one permitted repetition is counted."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Final

import pytest
from telegram import Bot
from telegram.request import HTTPXRequest

from bot.app.metrics import REGISTRY
from bot.channels.telegram_lost import LOOK_FOR
from bot.channels.telegram_person import Persons
from bot.channels.telegram_port import Delivered, Key, Parcel, Unknown, Words
from bot.channels.telegram_staff_post import StaffPostman
from bot.colleagues.handle import put
from bot.colleagues.lines import Line
from bot.colleagues.notes import Act, Note, write_note
from bot.storage.tables import outbox, shown
from tests.telegram.fake_api import FakeTelegram
from tests.telegram.fake_faults import TROUBLE, Fault, Slow
from tests.telegram.person import Person
from tests.telegram.quarter import KEY_OF_STAFF, Quarter

NOTES: Final = ("one", "two", "three")


@pytest.fixture(scope="module")
def office() -> Iterator[tuple[Quarter, Person]]:
    with Quarter() as quarter:
        yield quarter, quarter.colleague()


def account(phone: Person) -> str:
    return Persons(KEY_OF_STAFF, "staff").name(phone.id)


def told(quarter: Quarter, phone: Person, *notes: str) -> None:
    """Notes wait for the colleague, each with a button."""
    line = Line(person=account(phone), staff="anna", address=str(phone.id))
    with quarter.store.transaction() as tx:
        for note in notes:
            put(tx, line, Note(note, (Act("Karte", "card:RBK-1"),)), f"{phone.id}:{note}", quarter.clock())
    quarter.bells.ring("staff")


def settled(quarter: Quarter, phone: Person) -> None:
    quarter.waits(lambda: not quarter.staff_bot.awaits(phone.id) and not quarter.open_work())


def uncertain() -> float:
    return REGISTRY.get_sample_value("lotse_sends_uncertain_total") or 0.0


@pytest.mark.parametrize("fault", TROUBLE.values(), ids=TROUBLE.keys())
def test_trouble_loses_no_note_and_shows_none_twice(office: tuple[Quarter, Person], fault: Fault) -> None:
    quarter, ole = office
    had = len(ole.heard)
    quarter.telegram.world.plan.add("sendMessage", fault, times=2, chat=ole.id)
    told(quarter, ole, *(f"{note} {fault}" for note in NOTES))
    settled(quarter, ole)
    assert [message.text for message in ole.heard[had:]] == [f"{note} {fault}" for note in NOTES]
    assert quarter.staff_bot.impatient == 0


@pytest.mark.parametrize("fault", TROUBLE.values(), ids=TROUBLE.keys())
def test_an_answer_to_what_a_colleague_types_comes_once(office: tuple[Quarter, Person], fault: Fault) -> None:
    """Also the first of all, before any of our messages has a number: it comes after the one that it answers."""
    quarter, _ = office
    stranger = quarter.telegram.person(quarter.staff_bot, "de")
    quarter.telegram.world.plan.add("sendMessage", fault, times=2, chat=stranger.id)
    stranger.types("/inbox")
    settled(quarter, stranger)
    (refusal,) = stranger.heard
    assert "nur für Kolleginnen und Kollegen" in refusal.text


def crashes(quarter: Quarter, phone: Person, note: str, known: int) -> None:
    """The note that arrived was never noted as sent, as when a process dies between sending and committing.

    Of the chat nothing is known after the message `known`.
    """
    with quarter.store.engine.begin() as connection:
        again = {"person": account(phone), "content": write_note(Note(note)), "address": str(phone.id), "key": "k"}
        last = outbox.c.id == connection.exec_driver_sql("SELECT max(id) FROM outbox").scalar_one()
        values = {"channel": "staff", "state": "waiting", "wait_until": quarter.clock(), "after": None}
        connection.execute(outbox.update().where(last).values(**again, **values, settled_at=None))
        connection.execute(shown.update().where(shown.c.person == account(phone)).values(message=known))
    quarter.bells.ring("staff")


def test_a_crash_between_sending_and_noting_shows_a_colleague_nothing_twice(office: tuple[Quarter, Person]) -> None:
    quarter, ole = office
    settled(quarter, ole)
    known = ole.heard[-1].id
    told(quarter, ole, "before the crash")
    settled(quarter, ole)
    had, before = len(ole.heard), uncertain()
    crashes(quarter, ole, "before the crash", known)
    settled(quarter, ole)
    assert (len(ole.heard), uncertain()) == (had, before + 1)


def test_the_one_repetition_that_is_allowed_is_counted(office: tuple[Quarter, Person]) -> None:
    """Nothing is known of the chat any more, and the lost note lies farther away than anybody looks."""
    quarter, ole = office
    told(quarter, ole, "lost")
    settled(quarter, ole)
    before = uncertain()
    for _ in range(LOOK_FOR + 1):
        quarter.telegram.person(quarter.staff_bot, "de").types("far")
    crashes(quarter, ole, "lost", 1)
    settled(quarter, ole)
    assert [message.text for message in ole.heard].count("lost") == 2
    assert uncertain() == before + 1


def test_a_note_that_came_although_nobody_answered_in_time_is_found() -> None:
    words = Words(text="Karte RBK-1", rows=((Key("Annehmen", "acc:RBK-1:1"),),), guarded=True)
    with FakeTelegram() as telegram:
        bot = telegram.new_bot("lotse_staff_test_bot")
        phone = telegram.person(bot, "de")
        phone.types("/start")
        known = phone.chat[-1].id
        telegram.world.plan.add("sendMessage", Slow(1.5))
        first = Parcel(chat=phone.id, parts=(words,), after=known)
        impatient = HTTPXRequest(read_timeout=0.4)

        async def twice() -> None:
            post = StaffPostman(Bot(bot.token, base_url=f"{telegram.base}/bot", request=impatient))
            assert isinstance(await post.deliver(first), Unknown)
            phone.waits(lambda one: len(one.heard) == 1)
            again = Parcel(chat=phone.id, parts=(words,), after=known, uncertain=True)
            assert await post.deliver(again) == Delivered(phone.heard[0].id)
            await post.close()

        asyncio.run(twice())
        assert [message.text for message in phone.heard] == ["Karte RBK-1"]
