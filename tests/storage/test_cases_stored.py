"""Cases: stored whole, changed by one at a time, found by desk, state and deadline, with their history."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.handoff.case import CaseState, LogEntry
from bot.handoff.ports import Stale
from bot.storage.store import Store
from tests.storage.builders import NOW, a_case, later


def test_a_case_comes_back_as_it_was_added(store: Store) -> None:
    with store.transaction() as tx:
        tx.cases.add(a_case())
    with store.transaction() as tx:
        assert tx.cases.get("K7") == a_case()
        assert tx.cases.get("K8") is None
        assert tx.cases.of("p1") == [a_case()]
        assert tx.cases.of("p2") == []


def test_of_two_who_change_a_case_the_second_is_told(store: Store) -> None:
    with store.transaction() as tx:
        tx.cases.add(a_case())
    accepted = replace(a_case(), state=CaseState.ACCEPTED, version=2)
    declined = replace(a_case(), state=CaseState.DECLINED, version=2)
    with store.transaction() as tx:
        tx.cases.save(accepted, 1)
    with pytest.raises(Stale), store.transaction() as tx:
        tx.cases.save(declined, 1)
    with store.transaction() as tx:
        assert tx.cases.get("K7") == accepted


def test_a_case_that_is_gone_is_not_saved_again(store: Store) -> None:
    with pytest.raises(Stale), store.transaction() as tx:
        tx.cases.save(a_case(), 1)


def test_the_inbox_is_by_desk_and_state_oldest_first(store: Store) -> None:
    young, old = a_case("K1", received_at=later(hours=2)), a_case("K2", received_at=later(hours=1))
    elsewhere = a_case("K3", target_id="desk_b", state=CaseState.ACCEPTED, received_at=later(hours=3))
    received, every = {CaseState.RECEIVED}, set(CaseState)
    with store.transaction() as tx:
        for case in (young, old, elsewhere):
            tx.cases.add(case)
        assert tx.cases.inbox(frozenset({"desk_a"}), every) == [old, young]
        assert tx.cases.inbox(None, every) == [old, young, elsewhere]
        assert tx.cases.inbox(None, received) == [old, young]
        assert tx.cases.inbox(frozenset({"desk_b"}), received) == []
        assert tx.cases.inbox(frozenset(), every) == []


def test_a_case_is_overdue_when_nobody_has_answered_by_its_deadline(store: Store) -> None:
    late, answered = a_case("K1"), a_case("K2", state=CaseState.ACCEPTED)
    with store.transaction() as tx:
        for case in (late, answered, a_case("K3", deadline=later(days=9))):
            tx.cases.add(case)
        assert tx.cases.overdue(later(days=2)) == []
        assert tx.cases.overdue(later(days=3)) == [late]


def test_the_history_of_a_case_is_in_the_order_in_which_it_happened(store: Store) -> None:
    with store.transaction() as tx:
        tx.cases.add(a_case())
        tx.cases.log("K7", NOW, "anna", "read")
        tx.cases.log("K7", later(hours=1), "anna", "declined", "Nicht zuständig")
        assert tx.cases.history("K7") == [
            LogEntry(at=NOW, actor="anna", action="read"),
            LogEntry(at=later(hours=1), actor="anna", action="declined", reason="Nicht zuständig"),
        ]


def test_with_a_persons_cases_their_history_is_gone(store: Store) -> None:
    with store.transaction() as tx:
        tx.cases.add(a_case("K1", person="p1"))
        tx.cases.add(a_case("K2", person="p2"))
        tx.cases.log("K1", NOW, "anna", "read")
        tx.cases.log("K2", NOW, "anna", "read")
        tx.cases.erase_person("p1")
        assert (tx.cases.get("K1"), tx.cases.history("K1")) == (None, [])
        assert len(tx.cases.history("K2")) == 1
