"""What coordinators say about desks stays as it was said; of two who write at once, one is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

import pytest

from bot.handoff.roster import Absence, DeskVersion, Overtaken
from bot.storage.store import Store
from bot.vocabulary.facts import County
from tests.storage.builders import NOW, at_once, later

MONDAY, FRIDAY = date(2026, 6, 8), date(2026, 6, 12)


def a_version(number: int = 1, desk: str = "rbk_leichlingen", **other: Any) -> DeskVersion:
    given: dict[str, Any] = {"author": "ko", "at": NOW, "reason": "Neu.", "document": {"id": desk, "name": "Stelle"}}
    return DeskVersion(desk=desk, number=number, county=County.RBK, **(given | other))


def an_absence(**other: Any) -> Absence:
    given: dict[str, Any] = {"first": MONDAY, "last": FRIDAY, "substitute": "rbk_overath", "author": "ko", "at": NOW}
    return Absence(desk="rbk_kuerten", **(given | other))


def test_nothing_is_said_at_first(store: Store) -> None:
    with store.transaction() as tx:
        assert (tx.desks.state(), tx.desks.current(), tx.desks.absences(MONDAY)) == (0, [], [])
        assert tx.desks.versions("rbk_kuerten") == []


def test_the_newest_version_of_each_desk_counts_and_older_ones_stay_readable(store: Store) -> None:
    newer = a_version(2, at=later(days=1), document={"id": "rbk_leichlingen", "name": "Umbenannt"})
    with store.transaction() as tx:
        tx.desks.put(a_version())
        first = tx.desks.state()
        tx.desks.put(a_version(desk="rbk_kuerten"))
        tx.desks.put(newer)
    with store.transaction() as tx:
        assert tx.desks.state() != first
        assert tx.desks.current() == [a_version(desk="rbk_kuerten"), newer]
        assert tx.desks.versions("rbk_leichlingen") == [newer, a_version()]


def test_of_two_who_change_a_desk_at_once_one_is_told(store: Store) -> None:
    def change(author: str) -> bool:
        try:
            with store.transaction() as tx:
                tx.desks.put(a_version(author=author))
        except Overtaken:
            return False
        return True

    assert sorted(at_once([partial(change, author) for author in ("a", "b")], threads=2)) == [False, True]


def test_an_absence_stands_until_its_last_day_or_until_it_is_taken_back(store: Store) -> None:
    with store.transaction() as tx:
        first = tx.desks.be_away(an_absence())
        second = tx.desks.be_away(an_absence(last=MONDAY, substitute=None))
    with store.transaction() as tx:
        assert tx.desks.absences(MONDAY) == [
            replace(an_absence(), number=first),
            an_absence(last=MONDAY, substitute=None, number=second),
        ]
        assert [one.number for one in tx.desks.absences(FRIDAY)] == [first]
        tx.desks.be_back(first, "anna", later(days=1))
        assert tx.desks.absence(first) is None
        assert tx.desks.absences(FRIDAY) == []


@pytest.mark.parametrize("day", [MONDAY, FRIDAY])
def test_both_ends_of_an_absence_belong_to_it(day: date) -> None:
    assert an_absence().covers(day)
    assert not an_absence().covers(date(2026, 6, 13))
