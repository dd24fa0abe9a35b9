"""What could not be delivered is seen by somebody, sent once more or thrown away; nothing else is kept of it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from bot.storage.given_up import GivenUp
from bot.storage.store import Store
from bot.storage.tables import outbox
from tests.storage.builders import NOW, later


def put(store: Store, key: str, **when: Any) -> int:
    """A message that a sender has taken, as number."""
    with store.transaction() as tx:
        tx.sessions.save("p1", "telegram", "chat-p1", "ar", {}, NOW)
        tx.outbox.put("p1", {"say": key}, key=key, now=NOW, **when)
        (message,) = tx.outbox.due("telegram", NOW)
        return message.id


def given_up(store: Store, **delta: float) -> list[GivenUp]:
    with store.transaction() as tx:
        return tx.given_up.all(later(**delta))


def test_what_our_fault_kept_from_going_out_can_be_sent_once_more_with_all_its_tries(store: Store) -> None:
    number = put(store, "refused")
    with store.transaction() as tx:
        tx.outbox.again(number, NOW)
        tx.outbox.aside(number, "BadRequest", NOW)
    assert given_up(store) == [GivenUp(id=number, channel="telegram", why="BadRequest", since=NOW, is_kept=True)]
    with store.transaction() as tx:
        tx.given_up.try_again(number, NOW)
        assert tx.given_up.all(NOW) == []
        (message,) = tx.outbox.due("telegram", NOW)
    assert (message.content, message.attempts, message.uncertain) == ({"say": "refused"}, 0, False)


def test_of_whoever_cannot_be_reached_nothing_is_left_to_send(store: Store) -> None:
    number = put(store, "gone")
    with store.transaction() as tx:
        tx.outbox.dead(number, "blocked", NOW)
        tx.given_up.try_again(number, NOW)
    assert [one.is_kept for one in given_up(store)] == [False]


def test_a_reminder_whose_time_has_passed_meanwhile_is_not_sent_late(store: Store) -> None:
    number = put(store, "reminder", expires=later(hours=1))
    with store.transaction() as tx:
        tx.outbox.aside(number, "KeyError", NOW)
    assert [one.is_kept for one in given_up(store, hours=2)] == [False]
    with store.transaction() as tx:
        tx.given_up.try_again(number, later(hours=2))
    assert len(given_up(store, hours=2)) == 1


def test_what_expired_or_was_dismissed_is_nobodys_trouble(store: Store) -> None:
    late = put(store, "late", expires=later(hours=1))
    with store.transaction() as tx:
        tx.outbox.expire(later(hours=2))
    refused = put(store, "refused")
    with store.transaction() as tx:
        tx.outbox.aside(refused, "BadRequest", NOW)
        tx.given_up.dismiss(refused)
        tx.given_up.dismiss(late)
    assert given_up(store) == []
    with store.engine.connect() as connection:
        rows = connection.execute(select(outbox.c.why, outbox.c.content).order_by(outbox.c.id)).all()
    assert [tuple(row) for row in rows] == [("expired", None), ("dismissed", None)]


def test_what_was_sent_can_be_neither_dismissed_nor_sent_again(store: Store) -> None:
    number = put(store, "fine")
    with store.transaction() as tx:
        tx.outbox.sent(number, NOW)
        tx.given_up.try_again(number, NOW)
        tx.given_up.dismiss(number)
    with store.engine.connect() as connection:
        assert connection.execute(select(outbox.c.state, outbox.c.why)).one() == ("sent", None)


def test_it_is_there_for_whoever_looks_and_forgotten_in_the_end(store: Store) -> None:
    number = put(store, "refused")
    with store.transaction() as tx:
        tx.outbox.aside(number, "BadRequest", NOW)
        assert tx.outbox.prune(later(days=7)) == 0
        assert tx.given_up.prune(NOW) == 0
        assert tx.given_up.prune(later(days=7)) == 1
        assert tx.given_up.all(NOW) == []


def test_it_goes_with_the_person(store: Store) -> None:
    number = put(store, "refused")
    with store.transaction() as tx:
        tx.outbox.aside(number, "BadRequest", NOW)
        assert "refused" in repr(tx.export("p1"))
        tx.erase("p1")
    assert given_up(store) == []
