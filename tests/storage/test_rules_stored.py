"""Published rules stay as they were; of two who write at once, one is told."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings

from bot.routing.edits import switch
from bot.routing.route import route
from bot.routing.ruleset import RuleSet
from bot.routing.versions import Draft, Overtaken, Version, first_draft
from bot.storage.store import Store
from bot.vocabulary.facts import County
from tests.small_county import complete, everybody, small_directory
from tests.storage.builders import NOW, at_once, later
from tests.tables import COUNTIES, ruleset

RBK = County.RBK


def a_version(number: int = 1, county: str = "rbk", rules: RuleSet | None = None, author: str = "ko") -> Version:
    return Version(number=number, rules=rules or ruleset(county), author=author, at=NOW, reason="Neu geordnet.")


def without_first() -> RuleSet:
    rules = ruleset("rbk")
    edited = switch(rules, rules.rules[0].id, active=False)
    assert isinstance(edited, RuleSet)
    return edited


def a_draft() -> Draft:
    return first_draft(a_version(), "ko", NOW)


def test_nothing_is_published_at_first(store: Store) -> None:
    with store.transaction() as tx:
        assert tx.rules.current() == {}
        assert tx.rules.version(RBK, 1) is None
        assert tx.rules.versions(RBK) == []
        assert tx.rules.draft(RBK) is None


@pytest.mark.parametrize("county", COUNTIES)
def test_a_version_comes_back_as_it_was_published(store: Store, county: str) -> None:
    with store.transaction() as tx:
        tx.rules.publish(a_version(county=county))
    with store.transaction() as tx:
        assert tx.rules.version(County(county), 1) == a_version(county=county)


def test_the_newest_number_counts_and_older_ones_stay_readable(store: Store) -> None:
    newer = replace(a_version(2, rules=without_first()), at=later(days=1), restores=None)
    with store.transaction() as tx:
        tx.rules.publish(a_version(1))
        tx.rules.publish(newer)
        tx.rules.publish(a_version(1, "rsk"))
    with store.transaction() as tx:
        assert tx.rules.current() == {"rbk": 2, "rsk": 1}
        assert tx.rules.versions(RBK) == [newer, a_version(1)]
        assert tx.rules.version(RBK, 1) == a_version(1)


def test_of_two_who_publish_at_once_one_is_told(store: Store) -> None:
    def publish(author: str) -> bool:
        try:
            with store.transaction() as tx:
                tx.rules.publish(a_version(author=author))
        except Overtaken:
            return False
        return True

    assert sorted(at_once([partial(publish, author) for author in ("a", "b")], threads=2)) == [False, True]


def test_a_draft_comes_back_as_it_was_left_and_can_be_thrown_away(store: Store) -> None:
    draft = a_draft().edited(without_first(), "anna", later(hours=1)).released("bert")
    with store.transaction() as tx:
        tx.rules.begin(a_draft())
        tx.rules.save(draft, 1)
    with store.transaction() as tx:
        assert tx.rules.draft(RBK) == draft
        tx.rules.discard(RBK, 2)
        assert tx.rules.draft(RBK) is None


def test_a_county_has_one_draft_at_a_time(store: Store) -> None:
    with store.transaction() as tx:
        tx.rules.begin(a_draft())
    with store.transaction() as tx, pytest.raises(Overtaken):
        tx.rules.begin(a_draft())


def test_whoever_saves_what_somebody_else_has_changed_is_told(store: Store) -> None:
    with store.transaction() as tx:
        tx.rules.begin(a_draft())
        tx.rules.save(a_draft().edited(without_first(), "anna", NOW), 1)
    with store.transaction() as tx, pytest.raises(Overtaken):
        tx.rules.save(a_draft().edited(ruleset("rbk"), "bert", NOW), 1)
    with store.transaction() as tx, pytest.raises(Overtaken):
        tx.rules.discard(RBK, 1)
    with store.transaction() as tx:
        kept = tx.rules.draft(RBK)
    assert kept is not None
    assert kept.changed_by == "anna"


def test_two_who_edit_at_once_lose_nothing(store: Store) -> None:
    with store.transaction() as tx:
        tx.rules.begin(a_draft())

    def edit(by: str) -> bool:
        try:
            with store.transaction() as tx:
                draft = tx.rules.draft(RBK)
                assert draft is not None
                tx.rules.save(draft.edited(draft.rules, by, NOW), draft.revision)
        except Overtaken:
            return False
        return True

    worked = sum(at_once([partial(edit, f"k{number}") for number in range(8)], threads=4))
    with store.transaction() as tx:
        draft = tx.rules.draft(RBK)
    assert draft is not None
    assert (draft.revision, len(draft.editors)) == (1 + worked, worked)
    assert worked == 8


@settings(max_examples=40, deadline=None, suppress_health_check=[*HealthCheck])
@given(complete())
def test_random_rules_lead_everybody_to_the_same_place_after_they_were_stored(store: Store, rules: RuleSet) -> None:
    with store.transaction() as tx:
        number = tx.rules.current().get(RBK, 0) + 1
        tx.rules.publish(Version(number=number, rules=rules, author="ko", at=NOW, reason="Probe."))
    with store.transaction() as tx:
        stored = tx.rules.version(RBK, number)
    assert stored is not None
    assert stored.rules == rules
    directory = small_directory()
    before, after = (directory.ruled_by(RBK, one.rules, number) for one in (rules, stored.rules))
    for facts, suggestion in everybody(rules):
        was, is_now = route(facts, suggestion, before), route(facts, suggestion, after)
        assert was == is_now
        assert is_now.version == number
        assert rules.find(is_now.rule)
        assert is_now.because
