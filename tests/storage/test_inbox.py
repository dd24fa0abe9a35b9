"""The inbox: one effect for many deliveries, one worker for one person, five tries, then quarantine."""

from __future__ import annotations

import random
import threading
import time
from collections import defaultdict
from functools import partial

import pytest
from sqlalchemy import select, text

from bot.storage.inbox import LANES, TRIES
from bot.storage.store import Store
from bot.storage.tables import inbox, lane
from tests.storage.builders import NOW, at_once, later


def put(store: Store, key: str, person: str = "p1", words: str = "salam") -> bool:
    with store.transaction() as tx:
        return tx.inbox.put(key, person, {"text": words}, NOW)


def handle_one(store: Store) -> str | None:
    with store.transaction() as tx:
        update = tx.inbox.claim()
        if update is None:
            return None
        tx.inbox.handled(update.seq, NOW)
        return update.key


def fail(store: Store, times: int = 1) -> None:
    for _ in range(times):
        with store.transaction() as tx:
            update = tx.inbox.claim()
        assert update is not None
        with store.transaction() as tx:
            tx.inbox.failed(update.seq, "KeyError", NOW)


def test_an_update_that_comes_again_is_not_stored_again(store: Store) -> None:
    assert [put(store, "u1") for _ in range(3)] == [True, False, False]
    assert handle_one(store) == "u1"
    assert put(store, "u1") is False
    assert handle_one(store) is None


def test_an_update_delivered_ten_times_at_once_has_one_effect(store: Store) -> None:
    assert sum(at_once([partial(put, store, "u1")] * 10)) == 1
    with store.transaction() as tx:
        assert tx.inbox.pending() == 1


def test_a_persons_updates_come_in_the_order_in_which_they_were_stored(store: Store) -> None:
    for key in ("a", "b", "c"):
        put(store, key)
    assert [handle_one(store) for _ in range(4)] == ["a", "b", "c", None]


def test_an_update_comes_back_as_it_was_given(store: Store) -> None:
    words = "سلام \u0000 \ud800 'x' 🙂"
    put(store, "u1", "p1", words)
    with store.transaction() as tx:
        update = tx.inbox.claim()
    assert update is not None
    assert (update.key, update.person, update.content, update.attempts) == ("u1", "p1", {"text": words}, 0)


def test_while_one_worker_serves_a_person_no_other_does(store: Store) -> None:
    if store.engine.dialect.name == "sqlite":
        pytest.skip("one writer at a time: the second worker waits for the first")
    put(store, "a1", "a")
    put(store, "a2", "a")
    put(store, "b1", "b")
    with store.transaction() as first, store.transaction() as second, store.transaction() as third:
        claimed = [tx.inbox.claim() for tx in (first, second, third)]
    assert [update and update.key for update in claimed] == ["a1", "b1", None]


def test_a_worker_that_dies_leaves_the_update_to_the_next(store: Store) -> None:
    def handle_and_die() -> None:
        with store.transaction() as tx:
            update = tx.inbox.claim()
            assert update is not None
            tx.inbox.handled(update.seq, NOW)
            raise ConnectionError

    put(store, "u1")
    with pytest.raises(ConnectionError):
        handle_and_die()
    assert handle_one(store) == "u1"


def test_many_workers_handle_all_updates_once_in_order_and_never_two_of_one_person(store: Store) -> None:
    persons = [f"p{number}" for number in range(12)]
    keys = [(person, turn) for turn in range(8) for person in persons]
    for person, turn in keys:
        put(store, f"{person}:{turn}", person)
    seen: dict[str, list[int]] = defaultdict(list)
    busy: set[str] = set()
    clashes: list[str] = []
    guard = threading.Lock()

    def work(_: int) -> None:
        while True:
            with store.transaction() as tx:
                update = tx.inbox.claim()
                if update is None:
                    return
                with guard:
                    clashes.extend({update.person} & busy)
                    busy.add(update.person)
                    seen[update.person].append(int(update.key.split(":")[1]))
                time.sleep(random.uniform(0, 0.002))
                tx.inbox.handled(update.seq, NOW)
                with guard:
                    # Just before the commit: the next worker comes later still.
                    busy.discard(update.person)

    at_once([partial(work, number) for number in range(8)], threads=8)
    assert clashes == []
    assert {person: sorted(turns) for person, turns in seen.items()} == {person: list(range(8)) for person in persons}
    assert all(turns == list(range(8)) for turns in seen.values())


def test_an_update_that_fails_waits_a_moment_and_its_person_with_it_but_nobody_else(store: Store) -> None:
    put(store, "a1", "a")
    put(store, "a2", "a")
    put(store, "b1", "b")
    fail(store)
    with store.transaction() as tx:
        other = tx.inbox.claim(NOW)
        assert other is not None
        assert other.key == "b1"
        tx.inbox.handled(other.seq, NOW)
    with store.transaction() as tx:
        assert tx.inbox.claim(NOW) is None
        again = tx.inbox.claim(later(seconds=2))
    assert again is not None
    assert (again.key, again.attempts) == ("a1", 1)


def test_the_fifth_failure_puts_an_update_aside_and_the_persons_next_one_comes(store: Store) -> None:
    put(store, "a1", "a", "poison")
    put(store, "a2", "a")
    fail(store, TRIES)
    assert handle_one(store) == "a2"
    assert handle_one(store) is None
    with store.transaction() as tx:
        (aside,) = tx.inbox.quarantined()
    assert (aside.person, aside.content, aside.fault) == ("a", {"text": "poison"}, "KeyError")


def test_an_update_in_quarantine_can_be_tried_again(store: Store) -> None:
    put(store, "a1")
    fail(store, TRIES)
    with store.transaction() as tx:
        tx.inbox.try_again(tx.inbox.quarantined()[0].seq)
    fail(store, TRIES - 1)
    assert handle_one(store) == "a1"
    with store.transaction() as tx:
        assert tx.inbox.quarantined() == []


def test_nothing_of_a_handled_update_stays_but_that_its_key_was_seen(store: Store) -> None:
    put(store, "secret-key", "secret-person", "secret-words")
    handle_one(store)
    with store.engine.connect() as connection:
        (row,) = connection.execute(select(inbox)).all()
    assert "secret" not in repr(row)
    assert put(store, "secret-key", "secret-person") is False


def test_not_even_by_hand_can_a_handled_update_keep_its_content(store: Store) -> None:
    put(store, "u1")
    with pytest.raises(Exception, match="ck_inbox_forgotten"), store.engine.begin() as connection:
        connection.execute(text("UPDATE inbox SET state = 'handled'"))


def test_old_keys_are_pruned_but_nothing_that_waits(store: Store) -> None:
    put(store, "old")
    handle_one(store)
    put(store, "waiting")
    with store.transaction() as tx:
        assert tx.inbox.prune(later(days=7)) == 1
        assert tx.inbox.pending() == 1


def test_what_was_put_aside_long_ago_is_gone_with_all_that_it_quotes(store: Store) -> None:
    with store.transaction() as tx:
        tx.inbox.put_aside("odd", "p2", {"unreadable": "salam"}, "ValidationError", NOW)
        tx.inbox.put_aside("new", "p3", {"unreadable": "salam"}, "ValidationError", later(days=8))
    put(store, "failed")
    fail(store, TRIES)
    put(store, "waiting", "p4")
    with store.transaction() as tx:
        assert tx.inbox.prune(later(days=7)) == 0
        assert tx.inbox.prune_quarantined(later(days=7)) == 2
        assert [aside.person for aside in tx.inbox.quarantined()] == ["p3"]
        assert tx.inbox.pending() == 1


def test_every_person_has_a_lane(store: Store) -> None:
    with store.engine.connect() as connection:
        assert sorted(connection.execute(select(lane.c.number)).scalars()) == list(range(LANES))


def test_a_person_is_served_while_another_is_being_written_to(store: Store) -> None:
    """A colleague's news for a person, not committed yet, keeps neither that person nor others waiting."""
    if store.engine.dialect.name == "sqlite":
        pytest.skip("one writer at a time")
    put(store, "a1", "a")
    with store.transaction() as writer:
        writer.inbox.put("news", "a", {"news": 1}, NOW)
        assert handle_one(store) == "a1"
    assert handle_one(store) == "news"
