"""The outbox: each key once, each person in order, nothing before it is due or after it has expired."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from sqlalchemy import select

from bot.storage.outbox import LEASE, Message
from bot.storage.store import Store
from bot.storage.tables import outbox
from tests.storage.builders import NOW, at_once, later


def put(store: Store, key: str, person: str = "p1", **when: Any) -> None:
    with store.transaction() as tx:
        tx.outbox.put(person, {"say": key}, key=key, now=NOW, **when)


def meet(store: Store, person: str = "p1", channel: str = "telegram") -> None:
    with store.transaction() as tx:
        tx.sessions.save(person, channel, f"chat-{person}", "ar", {}, NOW)


def due(store: Store, channel: str = "telegram", **delta: float) -> list[Message]:
    with store.transaction() as tx:
        return tx.outbox.due(channel, later(**delta))


def said(messages: list[Message]) -> list[str]:
    return [message.content["say"] for message in messages]


def settle(store: Store, message: Message) -> None:
    with store.transaction() as tx:
        tx.outbox.sent(message.id, NOW)


def test_a_message_goes_where_the_persons_session_is_now(store: Store) -> None:
    put(store, "hello")
    meet(store, channel="web")
    meet(store, channel="telegram")
    assert due(store, "web") == []
    (message,) = due(store, "telegram")
    assert (message.channel, message.address, message.content) == ("telegram", "chat-p1", {"say": "hello"})


def test_the_same_key_is_sent_once_even_after_the_first_was_sent(store: Store) -> None:
    meet(store)
    put(store, "k")
    put(store, "k")
    (message,) = due(store)
    settle(store, message)
    put(store, "k")
    assert due(store, hours=1) == []


def test_each_person_hears_one_thing_after_the_other(store: Store) -> None:
    for person in ("p1", "p2"):
        meet(store, person)
        for number in (1, 2):
            put(store, f"{person}-{number}", person)
    first = due(store)
    assert said(first) == ["p1-1", "p2-1"]
    assert due(store) == []
    settle(store, first[1])
    assert said(due(store)) == ["p2-2"]


def test_whoever_is_still_at_it_keeps_a_message_and_nobody_else_takes_it(store: Store) -> None:
    meet(store)
    put(store, "slow")
    (slow,) = due(store)
    with store.transaction() as tx:
        tx.outbox.keep([slow], NOW + LEASE / 2)
    assert due(store, seconds=LEASE.total_seconds() + 1) == []
    assert said(due(store, seconds=LEASE.total_seconds() * 1.5)) == ["slow"]


def test_what_was_put_off_meanwhile_is_not_kept(store: Store) -> None:
    meet(store)
    put(store, "told to wait")
    (message,) = due(store)
    with store.transaction() as tx:
        tx.outbox.again(message.id, later(seconds=1), "wait")
        tx.outbox.keep([message], NOW)
    (again,) = due(store, seconds=1)
    assert (said([again]), again.uncertain) == (["told to wait"], False)


def test_a_message_that_may_be_lost_keeps_the_number_that_was_known_before_it_was_first_sent(store: Store) -> None:
    meet(store)
    put(store, "k")

    def taken(newest: int, **delta: float) -> Message:
        with store.transaction() as tx:
            (message,) = tx.outbox.due("telegram", later(**delta), newest=newest)
            return message

    taken(100)
    assert (taken(200, seconds=60).after, taken(300, seconds=120).after) == (100, 100)
    told_to_wait = taken(400, seconds=180).id
    with store.transaction() as tx:
        tx.outbox.again(told_to_wait, NOW, "surely not sent")
    taken(500, seconds=240)
    assert taken(600, seconds=300).after == 500


def test_only_what_may_have_arrived_is_uncertain(store: Store) -> None:
    with store.transaction() as tx:
        tx.sessions.save("p1", "telegram", "1", "en", {}, NOW)
        tx.outbox.put("p1", {"say": "once"}, key="k", now=NOW)
    (first,) = due(store)
    with store.transaction() as tx:
        tx.outbox.again(first.id, NOW, "wait")
    (told_to_wait,) = due(store)
    with store.transaction() as tx:
        tx.outbox.again(first.id, NOW)
    (no_answer,) = due(store)
    (never_said,) = due(store, minutes=2)
    assert [one.uncertain for one in (first, told_to_wait, no_answer, never_said)] == [False, False, True, True]


def test_what_was_taken_and_never_answered_for_is_taken_again(store: Store) -> None:
    meet(store)
    put(store, "hello")
    assert said(due(store)) == ["hello"]
    assert due(store, seconds=LEASE.seconds - 1) == []
    assert said(due(store, seconds=LEASE.seconds)) == ["hello"]


def test_many_senders_never_take_the_same_message(store: Store) -> None:
    for number in range(10):
        meet(store, f"p{number}")
        put(store, f"k{number}", f"p{number}")
    taken = [one for some in at_once([partial(due, store)] * 8, threads=8) for one in said(some)]
    assert sorted(taken) == [f"k{number}" for number in range(10)]


def test_what_one_sender_is_just_taking_no_other_takes_nor_anything_after_it(store: Store) -> None:
    if store.engine.dialect.name == "sqlite":
        pytest.skip("one writer at a time: the second sender waits for the first")
    for person in ("p1", "p2"):
        meet(store, person)
    put(store, "first", "p1")
    put(store, "second", "p1")
    with store.transaction() as one, store.transaction() as other:
        assert said(one.outbox.due("telegram", NOW)) == ["first"]
        assert other.outbox.due("telegram", NOW) == []


def test_a_message_that_must_wait_keeps_its_place(store: Store) -> None:
    meet(store)
    put(store, "first")
    put(store, "second")
    (message,) = due(store)
    with store.transaction() as tx:
        tx.outbox.again(message.id, later(minutes=5))
    assert due(store, minutes=4) == []
    (again,) = due(store, minutes=5)
    assert (again.content["say"], again.attempts) == ("first", 1)


def test_a_message_that_can_never_be_sent_makes_room_and_is_forgotten_but_for_the_reason(store: Store) -> None:
    meet(store)
    put(store, "first")
    put(store, "second")
    (message,) = due(store)
    with store.transaction() as tx:
        tx.outbox.dead(message.id, "Blocked", NOW)
    assert said(due(store)) == ["second"]
    with store.engine.connect() as connection:
        row = connection.execute(select(outbox).where(outbox.c.state == "dead")).one()
    assert (row.content, row.why) == (None, "Blocked")


def test_a_reminder_comes_when_it_is_due_and_keeps_nothing_else_waiting(store: Store) -> None:
    meet(store)
    put(store, "reminder", due=later(days=3))
    put(store, "now")
    (message,) = due(store)
    assert message.content == {"say": "now"}
    settle(store, message)
    assert due(store, days=2) == []
    assert said(due(store, days=3)) == ["reminder"]


def test_what_has_expired_is_not_sent_late(store: Store) -> None:
    meet(store)
    put(store, "reminder", due=later(days=1), expires=later(days=2))
    put(store, "later", due=later(days=2))
    assert said(due(store, days=2)) == ["later"]
    with store.transaction() as tx:
        assert tx.outbox.expire(later(days=2)) == 1
        assert tx.outbox.expire(later(days=2)) == 0


def test_what_was_withdrawn_is_as_if_never_put(store: Store) -> None:
    meet(store)
    put(store, "remind:A_1:day", due=later(days=1))
    put(store, "remind:A_1:hour", due=later(days=2))
    put(store, "remind:AX1:day", due=later(days=1))
    put(store, "REMIND:A_1:day", due=later(days=1))
    with store.transaction() as tx:
        assert tx.outbox.withdraw("remind:A_1:") == 2
    put(store, "remind:A_1:day", due=later(days=1))
    with store.transaction() as tx:
        assert said(tx.outbox.waiting("p1", later(days=9))) == ["remind:AX1:day", "REMIND:A_1:day", "remind:A_1:day"]


def test_a_person_may_fetch_all_their_messages_at_once_until_each_is_acknowledged(store: Store) -> None:
    for key in ("a", "b", "c"):
        put(store, key, "web-1")
    put(store, "other", "web-2")
    with store.transaction() as tx:
        first = tx.outbox.waiting("web-1", NOW)
        assert said(first) == ["a", "b", "c"]
        tx.outbox.sent(first[0].id, NOW)
        assert said(tx.outbox.waiting("web-1", NOW, limit=1)) == ["b"]


def test_nothing_of_a_sent_message_stays_but_that_its_key_was_used(store: Store) -> None:
    with store.transaction() as tx:
        tx.outbox.put("secret-p", {"say": "secret"}, key="secret-k", now=NOW, channel="secret-c", address="secret-a")
        (message,) = tx.outbox.waiting("secret-p", NOW)
        tx.outbox.sent(message.id, NOW)
    with store.engine.connect() as connection:
        (row,) = connection.execute(select(outbox)).all()
    assert "secret" not in repr(row)


def test_a_last_word_reaches_somebody_who_has_just_been_erased(store: Store) -> None:
    meet(store)
    with store.transaction() as tx:
        tx.erase("p1")
        tx.outbox.put("p1", {"say": "gone"}, key="bye", now=NOW, channel="telegram", address="chat-p1")
    (message,) = due(store)
    assert (message.address, message.content) == ("chat-p1", {"say": "gone"})


def test_a_message_settled_twice_stays_as_it_was_settled_first(store: Store) -> None:
    meet(store)
    put(store, "k")
    (message,) = due(store)
    with store.transaction() as tx:
        tx.outbox.sent(message.id, NOW)
        tx.outbox.dead(message.id, "Blocked", NOW)
        tx.outbox.again(message.id, NOW)
    with store.engine.connect() as connection:
        (row,) = connection.execute(select(outbox)).all()
    assert (row.state, row.why, row.attempts) == ("sent", None, 0)


def test_what_was_settled_long_ago_is_pruned_and_nothing_that_waits(store: Store) -> None:
    meet(store)
    put(store, "old")
    put(store, "waiting")
    settle(store, due(store)[0])
    with store.transaction() as tx:
        assert tx.outbox.prune(later(days=90)) == 1
        assert said(tx.outbox.waiting("p1", NOW)) == ["waiting"]


def test_a_message_of_a_transaction_that_failed_is_never_sent(store: Store) -> None:
    meet(store)

    def put_and_fail() -> None:
        with store.transaction() as tx:
            tx.outbox.put("p1", {"say": "booked"}, key="k", now=NOW)
            raise ConnectionError

    with pytest.raises(ConnectionError):
        put_and_fail()
    assert due(store) == []
