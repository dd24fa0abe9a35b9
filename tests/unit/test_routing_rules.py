"""A rule holds only by what is known: an unknown fact never fulfils a condition."""

from __future__ import annotations

from typing import Any

import pytest

from bot.routing.rules import Known, Rule, read_rule
from bot.vocabulary.facts import Facts, LivingFrom, Office
from bot.vocabulary.rows import Row
from bot.vocabulary.ways import Suggestion, TargetKind

KNOWN = Known(
    topics=("debt", "health_care", "german_course"),
    municipalities=("rbk_kuerten",),
    targets={TargetKind.DESK: ["rbk_kuerten"], TargetKind.COORDINATION: ["rbk_koordination"], TargetKind.SERVICE: []},
)


def rule(**when: Any) -> Rule:
    values = {"id": "r", "when": when, "target": "desk:local", "because": "Weil.", "source": "test"}
    return read_rule(Row("rule r", values), KNOWN)


def holds(when: dict[str, Any], suggestion: Suggestion = Suggestion.REFERRAL, **facts: Any) -> bool:
    return rule(**when).holds(Facts(**facts), suggestion)


def test_a_rule_without_conditions_holds_for_everybody() -> None:
    assert holds({})


@pytest.mark.parametrize(
    "when",
    [
        {"needs_any": ["debt"]},
        {"needs_all": ["debt"]},
        {"needs_only": ["debt"]},
        {"municipality": ["rbk_kuerten"]},
        {"living_from": ["sgb2"]},
        {"offices": ["abh"]},
        {"children_at_least": 1},
        {"children_interpret": True},
        {"children_interpret": False},
        {"suggestion": ["case_management"]},
    ],
)
def test_an_unknown_fact_fulfils_no_condition(when: dict[str, Any]) -> None:
    assert not holds(when)


def test_needs_any_holds_when_one_of_them_is_there() -> None:
    assert holds({"needs_any": ["debt", "health_care"]}, needs=("debt", "german_course"))


def test_needs_all_holds_when_all_of_them_are_there() -> None:
    assert holds({"needs_all": ["debt", "health_care"]}, needs=("debt", "german_course", "health_care"))
    assert not holds({"needs_all": ["debt", "health_care"]}, needs=("debt",))


def test_needs_only_holds_when_there_is_nothing_else() -> None:
    assert holds({"needs_only": ["debt", "health_care"]}, needs=("debt",))
    assert not holds({"needs_only": ["debt"]}, needs=("debt", "german_course"))


def test_a_fact_equals_one_of_the_values() -> None:
    assert holds({"living_from": ["sgb2", "sgb12"]}, living_from=LivingFrom.SGB12)
    assert not holds({"living_from": ["sgb2"]}, living_from=LivingFrom.WAGES)


def test_one_of_the_offices_is_enough() -> None:
    assert holds({"offices": ["abh", "court"]}, offices=(Office.SCHOOL, Office.ABH))


def test_children_are_counted() -> None:
    assert holds({"children_at_least": 3}, children=3)
    assert not holds({"children_at_least": 3}, children=2)


def test_false_is_known_too() -> None:
    assert holds({"children_interpret": False}, children_interpret=False)


def test_every_condition_must_hold() -> None:
    when = {"suggestion": ["referral"], "needs_any": ["debt"]}
    assert holds(when, needs=("debt",))
    assert not holds(when, Suggestion.CASE_MANAGEMENT, needs=("debt",))


def test_a_rule_to_a_desk_books_an_appointment_unless_it_says_otherwise() -> None:
    assert rule().booking == "appointment"
