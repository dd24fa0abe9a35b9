"""Rules are edited by making new sets; what cannot be done is said in German."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.routing import edits
from bot.routing.edits import Edited
from bot.routing.faults import Faulty
from bot.routing.rules import Rule
from bot.routing.ruleset import RuleSet, read_ruleset, read_stored, write_ruleset
from bot.vocabulary.facts import County
from tests.tables import COUNTIES, ruleset, terms

RULES = ruleset("rbk")
FIRST, SECOND, *_ = (rule.id for rule in RULES)
NEW = replace(RULES.rules[0], id="rbk_neu", because="Neu.")


def ids(edited: Edited) -> list[str]:
    assert isinstance(edited, RuleSet), edited
    return [rule.id for rule in edited]


def said(edited: Edited) -> str:
    assert isinstance(edited, Faulty), edited
    return " ".join(edited.german)


def rule(edited: Edited, rule_id: str) -> Rule:
    assert isinstance(edited, RuleSet), edited
    found = edited.find(rule_id)
    assert found is not None
    return found


def test_a_new_rule_stands_where_it_was_put() -> None:
    before = ids(RULES)
    assert ids(edits.add(RULES, NEW, 1)) == ["rbk_neu", *before]
    assert ids(edits.add(RULES, NEW, 2)) == [FIRST, "rbk_neu", *before[1:]]
    assert ids(edits.add(RULES, NEW, len(RULES) + 1)) == [*before, "rbk_neu"]
    assert ids(RULES) == before


def test_a_rule_moves_up_and_down_and_the_others_keep_their_order() -> None:
    before = ids(RULES)
    assert ids(edits.move(RULES, FIRST, 2)) == [SECOND, FIRST, *before[2:]]
    assert ids(edits.move(RULES, before[-1], 1)) == [before[-1], *before[:-1]]
    assert ids(edits.move(RULES, FIRST, 1)) == before


def test_a_changed_rule_stands_where_it_stood() -> None:
    changed = edits.change(RULES, SECOND, NEW)
    assert ids(changed) == [FIRST, "rbk_neu", *ids(RULES)[2:]]
    assert rule(changed, "rbk_neu").because == "Neu."


def test_a_rule_is_switched_off_and_on_again() -> None:
    off = edits.switch(RULES, FIRST, active=False)
    assert not rule(off, FIRST).active
    assert isinstance(off, RuleSet)
    assert edits.switch(off, FIRST, active=True) == RULES


def test_a_comment_is_kept_and_taken_away() -> None:
    noted = edits.comment(RULES, FIRST, "  bis   Juni ")
    assert rule(noted, FIRST).comment == "bis Juni"
    assert isinstance(noted, RuleSet)
    assert edits.comment(noted, FIRST, "") == RULES


def test_a_removed_rule_is_gone() -> None:
    assert ids(edits.remove(RULES, FIRST)) == ids(RULES)[1:]


def test_a_new_id_is_one_that_nobody_has() -> None:
    taken = edits.add(RULES, replace(NEW, id=edits.new_id(RULES)), 1)
    assert isinstance(taken, RuleSet)
    assert taken.find(edits.new_id(taken)) is None


@pytest.mark.parametrize(
    ("edited", "words"),
    [
        (edits.add(RULES, replace(NEW, id=FIRST), 1), "Spalte „Regel“: erlaubt ist eine Kennung, die noch keine Regel"),
        (edits.add(RULES, NEW, 0), "Spalte „Platz“: erlaubt ist eine Zahl von 1 bis"),
        (edits.add(RULES, NEW, len(RULES) + 2), "Spalte „Platz“"),
        (edits.move(RULES, FIRST, len(RULES) + 1), "Spalte „Platz“"),
        (edits.move(RULES, "nobody", 1), "Regel nobody: Diese Regel gibt es nicht mehr."),
        (edits.change(RULES, "nobody", NEW), "Regel nobody: Diese Regel gibt es nicht mehr."),
        (edits.change(RULES, FIRST, replace(NEW, id=SECOND)), "Spalte „Regel“"),
        (edits.switch(RULES, "nobody", active=False), "gibt es nicht mehr"),
        (edits.comment(RULES, "nobody", ""), "gibt es nicht mehr"),
        (edits.comment(RULES, FIRST, "x" * 501), "Spalte „Kommentar“: erlaubt ist ein Text bis 500 Zeichen"),
        (edits.remove(RULES, "nobody"), "gibt es nicht mehr"),
        (edits.remove(RuleSet(County.RBK, (NEW,)), "rbk_neu"), "Eine Regel muss bleiben."),
        (edits.add(RuleSet(County.RBK, (NEW,) * 300), replace(NEW, id="x1"), 1), "höchstens 300"),
    ],
)
def test_what_cannot_be_done_is_said_with_row_and_column(edited: Edited, words: str) -> None:
    assert words in said(edited)


@pytest.mark.parametrize("county", COUNTIES)
def test_rules_survive_being_written_down(county: str) -> None:
    rules = ruleset(county)
    assert read_ruleset(County(county), write_ruleset(rules), terms(county).known) == rules
    assert read_stored(County(county), write_ruleset(rules)) == rules
