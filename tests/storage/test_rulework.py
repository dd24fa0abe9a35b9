"""Draft, check, publish, roll back: what a coordinator does with the rules, on both databases."""

from __future__ import annotations

from dataclasses import replace
from functools import cache, partial

import pytest

from bot.handoff.staff import Role, Staff
from bot.routing import edits
from bot.routing.edits import Edited
from bot.routing.faults import Faulty
from bot.routing.findings import Kind
from bot.routing.ruleset import RuleSet
from bot.routing.versions import Draft, Version
from bot.rulework.answers import (
    FOUR_EYES,
    NO_CHANGE,
    NO_DRAFT,
    NOT_YOURS,
    NOTHING_BACK,
    Asked,
    Overtaken,
    Refused,
)  # fmt: skip
from bot.rulework.work import RuleWork
from bot.storage.store import Store
from bot.vocabulary.facts import County
from tests.storage.builders import NOW, at_once
from tests.tables import ruleset
from tests.talk import premises

RBK = County.RBK
DEBT, LAST = "rbk_debt", "rbk_coordination"


def colleague(name: str, role: Role = Role.COORDINATOR, desks: str = "rbk") -> Staff:
    return Staff(id=name, name=name.title(), role=role, desks=frozenset({desks}))


ANNA, BERT, CARO = colleague("anna"), colleague("bert"), colleague("caro")


@cache
def work(*, four_eyes: bool = False) -> RuleWork:
    of = premises().rulework
    county = replace(of.directory.counties[RBK], four_eyes=four_eyes)
    return replace(of, directory=replace(of.directory, counties={**of.directory.counties, RBK: county}))


def asked(by: Staff = ANNA, revision: int = 1) -> Asked:
    return Asked(county=RBK, revision=revision, by=by, now=NOW)


def off(rule_id: str, rules: RuleSet) -> Edited:
    return edits.switch(rules, rule_id, active=False)


def begin(store: Store, by: Staff = ANNA) -> Draft:
    with store.transaction() as tx:
        draft = work().begin(tx, RBK, by, NOW)
    assert isinstance(draft, Draft)
    return draft


def switch_off(store: Store, rule_id: str = DEBT, by: Staff = ANNA, revision: int = 1) -> Draft:
    with store.transaction() as tx:
        draft = work().edit(tx, asked(by, revision), partial(off, rule_id))
    assert isinstance(draft, Draft), draft
    return draft


def publish(
    store: Store, by: Staff = ANNA, revision: int = 2, published: int = 0, *, four_eyes: bool = False
) -> Version | Overtaken | Refused:
    with store.transaction() as tx:
        return work(four_eyes=four_eyes).publish(tx, asked(by, revision), published, "Schulden anders.")


def published(store: Store) -> Version:
    with store.transaction() as tx:
        return work().published(tx, RBK)


def test_at_first_the_rules_of_the_tables_count_as_version_0(store: Store) -> None:
    assert (published(store).number, published(store).rules) == (0, ruleset("rbk"))


def test_a_draft_is_published_with_its_author_reason_and_difference(store: Store) -> None:
    begin(store)
    switch_off(store)
    done = publish(store)
    assert isinstance(done, Version)
    with store.transaction() as tx:
        newest, oldest = work().history(tx, RBK)
        assert work().draft(tx, RBK) is None
    assert (newest.version.author, newest.version.at, newest.version.reason) == ("anna", NOW, "Schulden anders.")
    assert [change.german for change in newest.changes] == ["Regel rbk_debt, Aktiv: jetzt „nein“, vorher „ja“."]
    assert (oldest.version.number, oldest.changes) == (0, ())
    assert published(store) == done


def test_the_draft_says_what_it_would_change(store: Store) -> None:
    begin(store)
    draft = switch_off(store)
    with store.transaction() as tx:
        assert [change.rule for change in work().changes(tx, draft)] == [DEBT]


def test_what_the_proof_refuses_is_not_published_and_after_mending_it_is(store: Store) -> None:
    begin(store)
    switch_off(store, LAST)
    refused = publish(store)
    assert isinstance(refused, Refused)
    assert refused.proof is not None
    assert Kind.NO_OUTCOME in {finding.kind for finding in refused.proof.findings}
    assert published(store).number == 0
    with store.transaction() as tx:
        mended = work().edit(tx, asked(revision=2), lambda rules: edits.switch(rules, LAST, active=True))
    assert isinstance(mended, Draft)
    switch_off(store, revision=3)
    assert isinstance(publish(store, revision=4), Version)


def test_of_two_who_edit_the_later_is_told_and_sees_what_the_other_did(store: Store) -> None:
    begin(store)
    switch_off(store, DEBT, ANNA)
    with store.transaction() as tx:
        late = work().edit(tx, asked(BERT, revision=1), partial(off, "rbk_legal"))
    assert isinstance(late, Overtaken)
    assert late.draft is not None
    assert (late.draft.changed_by, late.draft.revision) == ("anna", 2)
    kept = switch_off(store, "rbk_legal", BERT, revision=2)
    assert [rule.id for rule in kept.rules if not rule.active] == ["rbk_legal", DEBT]


def test_an_edit_that_is_faulty_changes_nothing(store: Store) -> None:
    begin(store)
    with store.transaction() as tx:
        assert isinstance(work().edit(tx, asked(), partial(off, "nobody")), Faulty)
        draft = work().draft(tx, RBK)
    assert draft is not None
    assert draft.revision == 1


def test_a_second_draft_does_not_overwrite_the_first(store: Store) -> None:
    begin(store)
    mine = switch_off(store)
    with store.transaction() as tx:
        late = work().begin(tx, RBK, BERT, NOW)
    assert isinstance(late, Overtaken)
    assert late.draft == mine


def test_whoever_changed_the_draft_does_not_publish_it_alone_where_four_eyes_are_wanted(store: Store) -> None:
    begin(store)
    switch_off(store)
    assert publish(store, ANNA, four_eyes=True) == FOUR_EYES
    assert isinstance(publish(store, BERT, four_eyes=True), Version)


def test_two_who_both_changed_it_publish_when_the_other_has_released_this_very_revision(store: Store) -> None:
    begin(store)
    switch_off(store, DEBT, ANNA)
    switch_off(store, "rbk_legal", BERT, revision=2)
    assert publish(store, BERT, 3, four_eyes=True) == FOUR_EYES
    with store.transaction() as tx:
        assert isinstance(work().release(tx, asked(ANNA, 3)), Draft)
    assert isinstance(publish(store, BERT, 3, four_eyes=True), Version)


def test_a_release_does_not_count_for_what_was_changed_afterwards(store: Store) -> None:
    begin(store)
    switch_off(store, DEBT, ANNA)
    with store.transaction() as tx:
        work().release(tx, asked(BERT, 2))
    switch_off(store, "rbk_legal", ANNA, revision=2)
    assert publish(store, ANNA, 3, four_eyes=True) == FOUR_EYES


def test_rolling_back_publishes_the_older_rules_under_a_new_number(store: Store) -> None:
    begin(store)
    switch_off(store)
    publish(store)
    with store.transaction() as tx:
        back = work().roll_back(tx, asked(BERT), 0, 1, "Das war zu früh.")
    assert isinstance(back, Version)
    assert (back.number, back.restores, back.rules) == (2, 0, ruleset("rbk"))
    assert published(store) == back
    with store.transaction() as tx:
        assert isinstance(work().roll_back(tx, asked(BERT), 0, 2, "Noch einmal."), Refused)
        assert isinstance(work().roll_back(tx, asked(BERT), 7, 2, "Noch einmal."), Refused)
        again = work().roll_back(tx, asked(BERT), 1, 2, "Doch wieder.")
        assert isinstance(again, Version)
        assert [entry.version.number for entry in work().history(tx, RBK)] == [3, 2, 1, 0]


def test_whoever_publishes_over_a_version_that_they_have_not_seen_is_told(store: Store) -> None:
    begin(store)
    switch_off(store)
    publish(store)
    again = begin(store, BERT).revision
    switch_off(store, "rbk_legal", BERT, again)
    late = publish(store, BERT, again + 1, published=0)
    assert isinstance(late, Overtaken)
    assert "Inzwischen gilt Fassung 1." in late.german
    assert isinstance(publish(store, BERT, again + 1, published=1), Version)


def test_nothing_is_published_without_a_reason_a_change_or_a_draft(store: Store) -> None:
    assert publish(store) == NO_DRAFT
    begin(store)
    assert publish(store, revision=1) == NO_CHANGE
    switch_off(store)
    with store.transaction() as tx:
        refused = work().publish(tx, asked(revision=2), 0, " ")
    assert refused == Refused("Bitte geben Sie eine Begründung ein.")


@pytest.mark.parametrize("other", [colleague("eva", Role.CASE_MANAGER), colleague("rosa", desks="rsk")])
def test_only_the_county_s_coordination_changes_its_rules(store: Store, other: Staff) -> None:
    begin(store)
    with store.transaction() as tx:
        assert work().begin(tx, RBK, other, NOW) == NOT_YOURS
        assert work().edit(tx, asked(other), partial(off, DEBT)) == NOT_YOURS
        assert work().release(tx, asked(other)) == NOT_YOURS
        assert work().discard(tx, asked(other)) == NOT_YOURS
        assert work().publish(tx, asked(other), 0, "Weil.") == NOT_YOURS
        assert work().roll_back(tx, asked(other), 0, 0, "Weil.") == NOT_YOURS


def test_a_draft_that_is_thrown_away_leaves_what_is_published(store: Store) -> None:
    begin(store)
    switch_off(store)
    with store.transaction() as tx:
        assert work().discard(tx, asked(revision=2)) is None
        assert work().draft(tx, RBK) is None
    assert published(store).number == 0


def test_of_many_who_edit_at_once_each_is_kept_or_told(store: Store) -> None:
    begin(store)
    rules = [rule.id for rule in ruleset("rbk").rules[:8]]

    def edit(rule_id: str) -> bool:
        with store.transaction() as tx:
            return isinstance(work().edit(tx, asked(CARO), partial(off, rule_id)), Draft)

    assert sum(at_once([partial(edit, rule_id) for rule_id in rules], threads=4)) == 1
    with store.transaction() as tx:
        draft = work().draft(tx, RBK)
    assert draft is not None
    assert len([rule for rule in draft.rules if not rule.active]) == 1


def undo(store: Store, revision: int, by: Staff = ANNA) -> Draft | Overtaken | Refused:
    with store.transaction() as tx:
        return work().undo(tx, asked(by, revision))


def test_the_last_changes_of_a_draft_are_taken_back_one_after_the_other(store: Store) -> None:
    first = begin(store)
    once = switch_off(store)
    switch_off(store, "rbk_forms", revision=2)
    back = undo(store, 3)
    assert isinstance(back, Draft)
    assert back.rules == once.rules
    again = undo(store, 4, BERT)
    assert isinstance(again, Draft)
    assert (again.rules, again.changed_by) == (first.rules, "bert")
    assert undo(store, 5) is NOTHING_BACK


def test_what_would_be_taken_back_is_said_in_words(store: Store) -> None:
    begin(store)
    draft = switch_off(store)
    with store.transaction() as tx:
        (change,) = work().last_change(tx, draft)
    assert change.german == "Regel rbk_debt, Aktiv: jetzt „nein“, vorher „ja“."


def test_a_new_change_after_an_undo_is_taken_back_to_where_it_began(store: Store) -> None:
    first = begin(store)
    switch_off(store)
    undo(store, 2)
    switch_off(store, "rbk_forms", revision=3)
    back = undo(store, 4)
    assert isinstance(back, Draft)
    assert back.rules == first.rules
    assert undo(store, 5) is NOTHING_BACK


def test_who_was_second_hears_what_the_other_has_changed(store: Store) -> None:
    begin(store)
    switch_off(store, by=BERT)
    with store.transaction() as tx:
        late = work().edit(tx, asked(ANNA, 1), partial(off, "rbk_forms"))
    assert isinstance(late, Overtaken)
    assert [change.german for change in late.changes] == ["Regel rbk_debt, Aktiv: jetzt „nein“, vorher „ja“."]


def test_a_form_of_a_draft_that_is_gone_does_not_fit_the_next_draft(store: Store) -> None:
    begin(store)
    switch_off(store)
    with store.transaction() as tx:
        assert work().discard(tx, asked(revision=2)) is None
    draft = begin(store)
    assert draft.revision == 3
    with store.transaction() as tx:
        assert isinstance(work().edit(tx, asked(revision=2), partial(off, "rbk_forms")), Overtaken)
    assert undo(store, 3) is NOTHING_BACK
