"""Colleagues sign in by a link that works once; their session ends by idleness, by the clock, or by themselves."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import MetaData, select

from bot.handoff.staff import Role, Staff
from bot.storage.store import Store
from tests.storage.builders import NOW, later

SAMPLE = Staff(id="cm1", name="Muster A", role=Role.CASE_MANAGER, desks=frozenset({"desk_a"}), sample=True)


@pytest.fixture
def staffed(store: Store) -> Store:
    with store.transaction() as tx:
        tx.staff.put(SAMPLE)
    return store


def test_a_colleague_comes_back_as_put_last(staffed: Store) -> None:
    moved = replace(SAMPLE, desks=frozenset({"desk_b", "rsk"}), role=Role.COORDINATOR)
    with staffed.transaction() as tx:
        assert tx.staff.get("cm1") == SAMPLE
        tx.staff.put(moved)
        assert tx.staff.all() == [moved]
        assert tx.staff.get("nobody") is None


def test_a_link_works_once(staffed: Store) -> None:
    with staffed.transaction() as tx:
        token = tx.staff.new_link("cm1", NOW)
        assert tx.staff.use_link(token, later(minutes=29)) == SAMPLE
        assert tx.staff.use_link(token, later(minutes=29)) is None
        assert tx.staff.use_link("guessed", NOW) is None


def test_a_link_expires(staffed: Store) -> None:
    with staffed.transaction() as tx:
        token = tx.staff.new_link("cm1", NOW, minutes=5)
        assert tx.staff.use_link(token, later(minutes=5)) is None
        assert tx.staff.use_link(token, NOW) is None


def test_a_session_ends_after_thirty_idle_minutes(staffed: Store) -> None:
    with staffed.transaction() as tx:
        token = tx.staff.new_session("cm1", NOW)
        assert tx.staff.session(token, later(minutes=29)) == SAMPLE
        assert tx.staff.session(token, later(minutes=58)) == SAMPLE
        assert tx.staff.session(token, later(minutes=88)) is None


def test_a_session_ends_after_twelve_hours_however_busy(staffed: Store) -> None:
    with staffed.transaction() as tx:
        token = tx.staff.new_session("cm1", NOW)
        seen = [tx.staff.session(token, later(minutes=20 * n)) is not None for n in range(1, 37)]
    assert seen == [True] * 35 + [False]


def test_a_session_that_was_ended_is_over(staffed: Store) -> None:
    with staffed.transaction() as tx:
        token, other = tx.staff.new_session("cm1", NOW), tx.staff.new_session("cm1", NOW)
        tx.staff.end_session(token)
        assert tx.staff.session(token, NOW) is None
        assert tx.staff.session(other, NOW) == SAMPLE


def test_a_late_look_does_not_bring_an_ended_session_back(staffed: Store) -> None:
    """A page that began to load before the colleague signed out is served, and the session is over all the same."""
    if staffed.engine.dialect.name == "sqlite":
        pytest.skip("one writer at a time: the late look comes wholly before or wholly after")
    with staffed.transaction() as tx:
        token = tx.staff.new_session("cm1", NOW)
    with staffed.transaction() as page:
        assert page.staff.get("cm1") == SAMPLE
        with staffed.transaction() as tx:
            tx.staff.end_session(token)
        assert page.staff.session(token, NOW) is None
    with staffed.transaction() as tx:
        assert tx.staff.session(token, NOW) is None


def test_whoever_is_removed_is_out_at_once(staffed: Store) -> None:
    with staffed.transaction() as tx:
        session, link = tx.staff.new_session("cm1", NOW), tx.staff.new_link("cm1", NOW)
        tx.staff.remove("cm1")
        assert tx.staff.session(session, NOW) is None
        assert tx.staff.use_link(link, NOW) is None


def test_no_token_is_stored(staffed: Store) -> None:
    with staffed.transaction() as tx:
        tokens = (tx.staff.new_link("cm1", NOW), tx.staff.new_session("cm1", NOW))
    assert all(len(token) >= 32 for token in tokens)
    found = MetaData()
    with staffed.engine.connect() as connection:
        found.reflect(connection)
        stored = repr([connection.execute(select(table)).all() for table in found.tables.values()])
    assert not any(token in stored for token in tokens)


def test_what_no_longer_works_is_pruned(staffed: Store) -> None:
    with staffed.transaction() as tx:
        token = tx.staff.new_session("cm1", NOW)
        fresh = tx.staff.new_session("cm1", later(hours=1))
        tx.staff.prune(later(hours=1))
        assert tx.staff.session(token, NOW) is None
        assert tx.staff.session(fresh, later(hours=1)) == SAMPLE
