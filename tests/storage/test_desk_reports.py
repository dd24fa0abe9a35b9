"""Counts of cases that desks report: the last one counts, older ones stay until they are forgotten."""

from __future__ import annotations

from bot.handoff.load import Report
from bot.storage.store import Store
from tests.storage.builders import NOW, later


def a_report(desk: str = "desk_a", cases: int = 40, managed: int | None = None) -> Report:
    return Report(desk=desk, cases=cases, case_management=managed, counted_on=NOW.date(), by="anna")


def test_the_last_report_of_a_desk_counts(store: Store) -> None:
    with store.transaction() as tx:
        tx.reports.add(a_report(cases=40), NOW)
        tx.reports.add(a_report(cases=44, managed=12), later(days=1))
        tx.reports.add(a_report("desk_b", 9), NOW)
        assert tx.reports.newest({"desk_a", "desk_c"}) == {"desk_a": a_report(cases=44, managed=12)}
        assert tx.reports.newest(()) == {}


def test_old_reports_are_forgotten(store: Store) -> None:
    with store.transaction() as tx:
        tx.reports.add(a_report(), NOW)
        tx.reports.add(a_report("desk_b"), later(days=2))
        tx.reports.prune(later(days=1))
        assert tx.reports.newest({"desk_a", "desk_b"}).keys() == {"desk_b"}
