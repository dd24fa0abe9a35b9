"""Whatever Telegram does, each message arrives, in order, and nobody sees one twice."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from threading import Event
from typing import Any

import pytest
from sqlalchemy import select

from bot.app.metrics import REGISTRY
from bot.app.pace import Limits
from bot.app.settling import TRIES
from bot.channels.telegram_lost import LOOK_FOR
from bot.i18n.text import data
from bot.storage.store import Store
from bot.storage.tables import outbox
from bot.turns.messages import Button, FileToTake, Outgoing, write_message
from tests.mortal import mortal_postgres
from tests.telegram.city import laid
from tests.telegram.fake_faults import TROUBLE, Fault, Refusal, ServerError, Slow, TooManyRequests
from tests.telegram.person import Person
from tests.telegram.town import Town

GO_ON = (Button(id="go_on", label=data("Go on")),)


@pytest.fixture(scope="module")
def sending() -> Iterator[Town]:
    """A town in which messages are put into the outbox by hand."""
    with Town(works=False) as town:
        yield town


@pytest.fixture
def town(sending: Town) -> Town:
    with sending.store.engine.begin() as connection:
        connection.execute(outbox.delete())
    sending.telegram.world.plan.planned.clear()
    sending.bot.impatient = 0
    return sending


def known(town: Town) -> Person:
    """Somebody who has begun the chat and has a session."""
    ada = town.person()
    ada.starts()
    with town.store.transaction() as tx:
        tx.sessions.save(town.name(ada), "telegram", str(ada.id), "en", {}, town.clock())
    return ada


def puts(town: Town, ada: Person, *words: str, **more: Any) -> None:
    with town.store.transaction() as tx:
        for word in words:
            message = Outgoing(screen="need", says=(data(word),), nav=GO_ON, language="en", **more)
            content = {**write_message(message), "under": {"message": ada.chat[0].id}}
            tx.outbox.put(town.name(ada), content, key=f"{ada.id}:{word}", now=town.clock())
    town.bells.ring("somebody")


def sent_all(town: Town, seconds: float = 60.0) -> None:
    town.waits(lambda: "waiting" not in town.states(outbox), seconds)


def words(ada: Person) -> list[str]:
    return [message.text for message in ada.heard if not message.file]


def test_one_persons_messages_arrive_in_order_and_only_the_last_has_buttons(town: Town) -> None:
    ada, bo = known(town), known(town)
    puts(town, ada, "one", "two", "three")
    puts(town, bo, "other")
    sent_all(town)
    assert (words(ada), words(bo)) == (["one", "two", "three"], ["other"])
    assert [len(message.buttons) for message in ada.heard] == [0, 0, 1]


@pytest.mark.parametrize("fault", TROUBLE.values(), ids=TROUBLE.keys())
def test_trouble_loses_nothing_and_shows_nothing_twice(town: Town, fault: Fault) -> None:
    ada, bo = known(town), known(town)
    town.telegram.world.plan.add("sendMessage", fault, times=2, chat=ada.id)
    puts(town, ada, "one", "two", "three")
    puts(town, bo, "other")
    sent_all(town)
    assert (words(ada), words(bo)) == (["one", "two", "three"], ["other"])
    assert town.bot.impatient == 0


def test_a_file_that_was_accepted_without_an_answer_is_not_sent_twice(town: Town) -> None:
    ada = known(town)
    town.telegram.world.plan.add("sendDocument", ServerError(502, accepted=True), chat=ada.id)
    town.telegram.world.plan.add("sendMessage", ServerError(502, accepted=True), chat=ada.id)
    puts(town, ada, "with a file", file=FileToTake(id="export", name="x.json"))
    sent_all(town)
    assert ([name for name, _ in ada.files], words(ada)) == (["lotse-daten.json"], ["with a file"])


def test_a_file_that_arrived_is_not_sent_again_when_its_words_must_wait(town: Town) -> None:
    ada = known(town)
    town.telegram.world.plan.add("sendMessage", TooManyRequests(1), chat=ada.id)
    puts(town, ada, "with a file", file=FileToTake(id="export", name="x.json"))
    sent_all(town)
    assert (len(ada.files), words(ada)) == (1, ["with a file"])


def crashes(town: Town, ada: Person) -> None:
    """The last message that arrived was never noted, as when a process dies between sending and committing."""
    with town.store.engine.begin() as connection:
        content = write_message(Outgoing(screen="need", says=(data("one"),), nav=GO_ON, language="en"))
        again = {"person": town.name(ada), "content": {**content, "under": {"message": ada.chat[0].id}}, "key": "k"}
        connection.execute(
            outbox.update().values(**again, state="waiting", wait_until=town.clock(), settled_at=None, after=None)
        )
        connection.exec_driver_sql("DELETE FROM shown")
    town.bells.ring("somebody")


def repeated() -> float:
    return REGISTRY.get_sample_value("lotse_sends_uncertain_total") or 0.0


def test_a_crash_between_sending_and_noting_shows_nothing_twice_and_is_counted(town: Town) -> None:
    ada, before = known(town), repeated()
    puts(town, ada, "one")
    sent_all(town)
    assert repeated() == before
    crashes(town, ada)
    sent_all(town)
    assert (words(ada), repeated()) == (["one"], before + 1)


def much_is_said(town: Town, times: int = LOOK_FOR + 1) -> None:
    """Each message in any chat of the bot takes a number."""
    for _ in range(times):
        town.person().starts()


def test_a_message_that_was_accepted_without_an_answer_is_found_among_much_traffic(town: Town) -> None:
    ada, bo = known(town), known(town)
    much_is_said(town)
    puts(town, bo, "how far the numbers are")
    bo.waits(lambda person: len(person.heard) == 1)
    town.telegram.world.plan.add("sendMessage", ServerError(502, accepted=True), chat=ada.id)
    much_is_said(town, LOOK_FOR - 1)
    puts(town, ada, "one")
    ada.waits(lambda person: len(person.heard) == 1)
    much_is_said(town)
    sent_all(town)
    assert words(ada) == ["one"]


def test_the_one_duplicate_that_is_allowed_is_counted() -> None:
    """A process that has just begun knows of no numbers; the lost message lies farther away than it looks."""
    with Town(works=False, sends=False) as town:
        ada, before, stop = known(town), repeated(), Event()
        much_is_said(town)
        first = town.starts(town.residents.sender().run, stop)
        puts(town, ada, "one")
        sent_all(town)
        stop.set()
        first.join(5)
        crashes(town, ada)
        town.starts(town.residents.sender().run)
        sent_all(town)
        assert (words(ada), repeated()) == (["one", "one"], before + 1)


def test_a_message_that_takes_long_to_send_is_taken_by_nobody_else() -> None:
    """Whoever sends it says that it is still at it; only the dead say nothing."""
    with Town(works=False, sends=False) as town:
        ada, before, lease = known(town), repeated(), timedelta(seconds=0.6)
        town.telegram.world.plan.add("sendMessage", Slow(1.5))
        for _ in range(2):
            town.starts(town.new_residents(lease).sender().run)
        puts(town, ada, "slow")
        sent_all(town)
        assert (words(ada), repeated()) == (["slow"], before)


def test_what_a_dead_process_had_taken_is_sent_by_another_when_its_lease_is_over() -> None:
    with Town(works=False, sends=False) as town:
        ada, lease = known(town), timedelta(seconds=0.3)
        puts(town, ada, "one", "two")
        with town.store.transaction() as tx:
            assert len(tx.outbox.due("telegram", town.clock(), lease=lease)) == 1  # and never says what became of it
        town.starts(town.new_residents(lease).sender().run)
        sent_all(town)
        assert words(ada) == ["one", "two"]


@pytest.mark.postgres
def test_a_database_that_dies_while_a_message_is_sent_is_no_fault_of_the_message() -> None:
    """Its last try was under way; it is neither put aside nor seen twice."""
    with (
        mortal_postgres(laid) as database,
        closing(Store(database.url)) as store,
        Town(works=False, sends=False, store=store) as town,
    ):
        ada, plan = known(town), town.telegram.world.plan
        plan.add("sendMessage", Slow(1.0))
        puts(town, ada, "one")
        with town.store.engine.begin() as connection:
            connection.execute(outbox.update().values(attempts=TRIES - 1))
        town.starts(town.new_residents(timedelta(seconds=1)).sender().run)
        town.waits(lambda: plan.hits == 1)
        database.dies()
        time.sleep(2.5)
        database.comes_back()
        sent_all(town)
        assert (words(ada), town.states(outbox)) == (["one"], {"sent": 1})


def test_nobody_else_waits_while_one_chat_must(town: Town) -> None:
    ada, bo = known(town), known(town)
    town.telegram.world.plan.add("sendMessage", TooManyRequests(3), chat=ada.id)
    puts(town, ada, "late")
    puts(town, bo, "at once")
    sent_all(town)
    arrived = [call.params["text"] for call in town.telegram.calls("sendMessage") if call.answer["ok"]]
    assert arrived[-2:] == ["at once", "late"]
    assert town.bot.impatient == 0


@pytest.mark.parametrize("why", ["blocks", "deactivated", "unknown"])
def test_who_cannot_be_reached_is_marked_and_comes_back_with_their_next_message(town: Town, why: str) -> None:
    ada = known(town)
    match why:
        case "blocks":
            ada.blocks()
        case "deactivated":
            town.bot.deactivated.add(ada.id)
        case _:
            town.bot.chats.pop(ada.id)
    with town.store.transaction() as tx:
        tx.outbox.put(
            town.name(ada),
            write_message(Outgoing(screen="need", says=(data("x"),), language="en")),
            key="k1",
            now=town.clock(),
        )
        tx.outbox.put(
            town.name(ada),
            write_message(Outgoing(screen="need", says=(data("y"),), language="en")),
            key="k2",
            now=town.clock(),
        )
    town.bells.ring("somebody")
    sent_all(town)
    assert town.states(outbox) == {"dead": 2}
    assert len([c for c in town.telegram.calls("sendMessage") if c.params["chat_id"] == str(ada.id)]) == 1
    with town.store.transaction() as tx:
        stored = tx.sessions.load(town.name(ada))
    assert stored is not None
    assert stored.address is None


def test_markup_that_telegram_finds_is_sent_once_more_as_plain_text(town: Town) -> None:
    ada = known(town)
    town.telegram.world.plan.add("sendMessage", Refusal("Bad Request: can't parse entities: odd"), chat=ada.id)
    puts(town, ada, "a < b *c _d [e](f)")
    sent_all(town)
    assert words(ada) == ["a < b *c _d [e](f)"]
    assert not [call for call in town.telegram.calls("sendMessage") if "parse_mode" in call.params]


def test_what_telegram_will_never_take_is_put_aside_and_the_next_one_goes(town: Town) -> None:
    ada = known(town)
    town.telegram.world.plan.add("sendMessage", Refusal("Bad Request: something new"), chat=ada.id)
    puts(town, ada, "refused", "next")
    sent_all(town)
    assert words(ada) == ["next"]
    with town.store.engine.connect() as connection:
        assert connection.execute(select(outbox.c.why).where(outbox.c.state == "dead")).scalar_one().endswith("new")
    with town.store.transaction() as tx:
        (refused,) = tx.given_up.all(town.clock())
        tx.given_up.try_again(refused.id, town.clock())
    sent_all(town)
    assert words(ada) == ["next", "refused"]


def test_a_message_that_we_cannot_put_together_blocks_nobody_for_ever(town: Town) -> None:
    ada = known(town)
    with town.store.transaction() as tx:
        tx.outbox.put(town.name(ada), {"nonsense": 1}, key="bad", now=town.clock())
    puts(town, ada, "next")
    sent_all(town)
    assert (words(ada), town.states(outbox)) == (["next"], {"dead": 1, "sent": 1})


def test_two_senders_send_each_message_once(town: Town) -> None:
    stop = Event()
    thread = town.starts(town.new_residents().sender().run, stop)
    people = [known(town) for _ in range(6)]
    for ada in people:
        puts(town, ada, "one", "two", "three")
    sent_all(town)
    stop.set()
    thread.join(5)
    assert [words(ada) for ada in people] == [["one", "two", "three"]] * 6


def test_what_is_under_way_is_finished_when_the_process_is_told_to_end() -> None:
    with Town(works=False, sends=False) as town:
        ada, stop, plan = known(town), Event(), town.telegram.world.plan
        plan.add("sendMessage", Slow(0.6))
        puts(town, ada, "one", "two")
        thread = town.starts(town.residents.sender().run, stop)
        town.waits(lambda: plan.hits == 1)
        stop.set()
        thread.join(10)
        assert (words(ada), town.states(outbox)) == (["one"], {"sent": 1, "waiting": 1})
        town.starts(town.residents.sender().run)
        sent_all(town)
        assert words(ada) == ["one", "two"]


def test_a_chat_gets_one_message_a_second_after_a_short_burst() -> None:
    with Town(works=False, limits=Limits(per_second=30, burst=30, per_chat=2, chat_burst=2)) as town:
        ada, bo = known(town), known(town)
        begun = time.monotonic()
        puts(town, ada, "1", "2", "3", "4")
        puts(town, bo, "1")
        sent_all(town)
        assert words(ada) == ["1", "2", "3", "4"]
        order = [(call.params["chat_id"], call.params["text"]) for call in town.telegram.calls("sendMessage")]
        assert order.index((str(bo.id), "1")) < order.index((str(ada.id), "4"))
        assert time.monotonic() - begun >= 0.9
