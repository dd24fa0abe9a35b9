"""Barriers are kept in their groups, once, and forgotten after their time."""

from __future__ import annotations

from bot.barriers.barrier import Origin, Status, Step
from bot.barriers.report import Reported, report
from bot.storage.store import Store
from bot.vocabulary.facts import County
from tests.barrier_reports import KITA, LATE, LATE_TOO, a_draft, rules
from tests.storage.builders import NOW, later


def test_a_report_is_read_as_it_was_written(store: Store) -> None:
    bare = a_draft(KITA, office=None, topic=None, municipality=None, origin=Origin.CARD, by="anna")
    with store.transaction() as tx:
        for key, draft in (("a", a_draft()), ("b", bare)):
            report(tx, rules(), draft, key, NOW)
        groups = tx.barriers.groups({County.RBK})
    assert [barrier.draft for group in groups for barrier in group.barriers] == [a_draft(), bare]


def test_alike_reports_come_together_and_each_county_has_its_own(store: Store) -> None:
    with store.transaction() as tx:
        for key, draft in (("a", a_draft(LATE)), ("b", a_draft(LATE_TOO)), ("c", a_draft(LATE, county=County.RSK))):
            report(tx, rules(), draft, key, NOW)
        assert [len(group.barriers) for group in tx.barriers.groups({County.RBK})] == [2]
        assert [len(group.barriers) for group in tx.barriers.groups({*County})] == [2, 1]
        assert tx.barriers.groups(()) == []


def test_the_same_form_reports_once(store: Store) -> None:
    for _ in range(2):
        with store.transaction() as tx:
            assert isinstance(report(tx, rules(), a_draft(), "key", NOW), Reported)
    with store.transaction() as tx:
        (group,) = tx.barriers.groups({County.RBK})
        assert len(group.barriers) == 1
        assert not tx.barriers.add(group.number, a_draft(), "key", NOW)


def test_steps_and_the_title_stay_with_the_group(store: Store) -> None:
    step = Step(at=later(hours=1), by="kim", status=Status.DECISION, note="Sitzung im Herbst")
    with store.transaction() as tx:
        number = tx.barriers.begin(County.RBK, "Wartezeit", NOW)
        tx.barriers.add(number, a_draft(), "a", NOW)
        tx.barriers.step(number, step)
        tx.barriers.rename(number, "Wartezeit im Jobcenter")
        group = tx.barriers.group(number)
    assert group is not None
    assert (group.title, group.status, group.steps) == ("Wartezeit im Jobcenter", Status.DECISION, (step,))


def test_an_empty_group_is_gone_with_its_last_report(store: Store) -> None:
    with store.transaction() as tx:
        one, other = (tx.barriers.begin(County.RBK, title, NOW) for title in ("a", "b"))
        tx.barriers.add(one, a_draft(), "a", NOW)
        tx.barriers.add(other, a_draft(), "b", NOW)
        (second,) = (barrier.number for barrier in tx.barriers.group(other).barriers)  # type: ignore[union-attr]  # begun
        tx.barriers.move(second, one)
        assert tx.barriers.group(other) is None
        tx.barriers.remove(second)
        assert [len(group.barriers) for group in tx.barriers.groups({County.RBK})] == [1]


def test_reports_of_the_public_form_are_counted_and_old_ones_forgotten(store: Store) -> None:
    with store.transaction() as tx:
        number = tx.barriers.begin(County.RBK, "a", NOW)
        tx.barriers.add(number, a_draft(), "a", NOW)
        tx.barriers.add(number, a_draft(), "b", later(hours=2))
        tx.barriers.add(number, a_draft(origin=Origin.CARD), "c", later(hours=2))
        assert tx.barriers.since(later(hours=1)) == 1
        tx.barriers.prune(later(hours=1))
        assert [len(group.barriers) for group in tx.barriers.groups({County.RBK})] == [2]
        tx.barriers.prune(later(hours=3))
        assert tx.barriers.groups({County.RBK}) == []
