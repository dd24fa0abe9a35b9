"""Facts in, suggestion with its reasons out: the six examples, each criterion, and what unknown facts may do."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.app.tables import BadTable, read_table
from bot.triage.criteria import CRITERIA
from bot.triage.evaluate import Assessment, assess
from bot.triage.finding import Fails, Finding, Holds, Unknown
from bot.triage.rules import read_rules
from bot.vocabulary.facts import BadFact, Facts, LivingFrom, NextSteps, Office, StatusChange, Tried, read_facts
from bot.vocabulary.ways import Suggestion
from tests.talk import premises

GOLDEN = yaml.safe_load((Path(__file__).parents[1] / "scenarios" / "golden_cases.yaml").read_text(encoding="utf-8"))
KNOW = premises().house.know
TABLE = Path(__file__).parents[2] / "bot" / "triage" / "tables" / "criteria.toml"


def facts(**given: Any) -> Facts:
    return read_facts(given, frozenset(KNOW.topics), KNOW.gazetteer.counties())


def judged(facts: Facts) -> Assessment:
    return assess(facts, KNOW.rules)


def finding(criterion: str, facts: Facts) -> Finding:
    return next(one.finding for one in judged(facts).judged if one.criterion.id == criterion)


@pytest.mark.parametrize("case", GOLDEN, ids=[case["id"] for case in GOLDEN])
def test_each_example_of_the_concept_comes_out_exactly(case: dict[str, Any]) -> None:
    assessed = judged(facts(**case["facts"]))
    assert assessed.suggestion == case["suggestion"]
    assert set(assessed.met) >= set(case.get("holds", ()))
    assert not set(assessed.met) & set(case.get("not", ()))


#: For every criterion: facts in which it holds, fails, and is not known yet (with the fact that would tell).
EXAMPLES: dict[str, tuple[dict[str, Any], dict[str, Any], tuple[dict[str, Any], str]]] = {
    "multiple_needs": (
        {"needs": ["housing_search", "debt", "health_care"]},
        {"needs": ["housing_search", "debt"]},
        ({"needs": ["benefit_transition", "residence_permit", "debt", "housing_search"], "status_change": "none"}, ""),
    ),
    "many_actors": (
        {"offices": ["jobcenter", "abh", "health"]},
        {"offices": ["jobcenter"]},
        ({"offices": ["jobcenter", "abh"]}, "contradictory_demands"),
    ),
    "cross_legal": (
        {"needs": ["childcare_early_education", "german_course"]},
        {"needs": ["german_course", "residence_permit"], "status_change": "none"},
        ({"needs": ["german_course"]}, "status_change"),
    ),
    "limited_self_help": ({"next_steps_alone": "no"}, {"next_steps_alone": "with_support"}, ({}, "next_steps_alone")),
    "regular_system_insufficient": (
        {"tried": "waiting", "waiting_months": 3},
        {"tried": "waiting", "waiting_months": 2},
        ({"tried": "waiting"}, "waiting_months"),
    ),
}


def test_every_criterion_has_its_three_examples() -> None:
    assert EXAMPLES.keys() == {criterion.id for criterion in CRITERIA}


@pytest.mark.parametrize("criterion", EXAMPLES)
def test_a_criterion_holds_fails_and_asks_for_the_fact_that_is_missing(criterion: str) -> None:
    holds, fails, (unknown, missing) = EXAMPLES[criterion]
    assert isinstance(finding(criterion, facts(**holds)), Holds)
    assert isinstance(finding(criterion, facts(**fails)), Fails)
    if missing:
        answer = finding(criterion, facts(**unknown))
        assert isinstance(answer, Unknown)
        assert missing in answer.missing


def test_whether_two_needs_are_one_problem_may_be_the_open_question() -> None:
    answer = finding("multiple_needs", facts(needs=["benefit_transition", "residence_permit", "debt"]))
    assert isinstance(answer, Unknown)
    assert set(answer.missing) == {"status_change", "offices"}


def test_money_from_the_jobcenter_makes_work_and_rent_one_area_of_law() -> None:
    needs = ["work_employment", "housing_search"]
    assert isinstance(finding("cross_legal", facts(needs=needs, living_from="sgb2", status_change="none")), Fails)
    assert isinstance(finding("cross_legal", facts(needs=needs, living_from="wages", status_change="none")), Holds)
    assert finding("cross_legal", facts(needs=needs)) == Unknown(("living_from",), _because("cross_legal", needs))


def test_letters_are_only_the_channel_of_another_need() -> None:
    assert isinstance(
        finding("multiple_needs", facts(needs=["official_letters_forms", "debt", "school_education"])), Fails
    )


def test_a_single_need_with_a_service_of_its_own_is_referred() -> None:
    assert judged(facts(needs=["naturalisation"])).suggestion is Suggestion.REFERRAL
    assert judged(facts(needs=["german_course"])).suggestion is Suggestion.SHORT_CONSULTATION


def test_without_any_need_the_need_is_what_is_missing() -> None:
    assert judged(Facts()).missing == ("needs",)


UNKNOWN: dict[str, st.SearchStrategy[Any]] = {
    "offices": st.lists(st.sampled_from(Office), max_size=4, unique=True).map(tuple),
    "contradictory_demands": st.booleans(),
    "living_from": st.sampled_from(LivingFrom),
    "status_change": st.sampled_from(StatusChange),
    "next_steps_alone": st.sampled_from(NextSteps),
    "tried": st.sampled_from(Tried),
    "waiting_months": st.integers(0, 12),
}
partly_known = st.fixed_dictionaries(
    {"needs": st.lists(st.sampled_from(sorted(KNOW.topics)), min_size=1, max_size=5, unique=True).map(tuple)},
    optional=UNKNOWN,
).map(lambda known: _known(known))


def _known(known: dict[str, Any]) -> Facts:
    return Facts(**known)


@given(partly_known, st.fixed_dictionaries(UNKNOWN))
def test_when_nothing_is_missing_no_answer_changes_the_suggestion(known: Facts, answers: dict[str, Any]) -> None:
    assessed = judged(known)
    if not assessed.missing:
        rest = {name: value for name, value in answers.items() if getattr(known, name) is None}
        assert judged(replace(known, **rest)).suggestion is assessed.suggestion


@given(partly_known)
def test_what_is_missing_is_always_a_fact_that_is_not_known(known: Facts) -> None:
    assert all(getattr(known, fact) is None for fact in judged(known).missing)


@given(partly_known)
def test_three_criteria_and_only_they_suggest_case_management(known: Facts) -> None:
    assessed = judged(known)
    assert (assessed.suggestion is Suggestion.CASE_MANAGEMENT) == (len(assessed.met) >= 3)


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ({"need": ["debt"]}, "need: allowed is one of county"),
        ({"needs": "debt"}, "needs: allowed is a list of"),
        ({"needs": ["money"]}, "needs: allowed is a list of"),
        ({"tried": "often"}, "tried: allowed is one of not_yet"),
        ({"waiting_months": -1}, "waiting_months: allowed is a whole number"),
        ({"children": True}, "children: allowed is a whole number"),
        ({"newly_assigned": "yes"}, "newly_assigned: allowed is true or false"),
        ({"municipality": "koeln"}, "municipality: allowed is one of rbk_"),
        ({"municipality": "rbk_kuerten", "county": "rsk"}, "county: allowed is rbk"),
    ],
)
def test_a_fact_outside_the_vocabulary_names_the_key_and_what_is_allowed(row: dict[str, Any], says: str) -> None:
    with pytest.raises(BadFact) as error:
        facts(**row)
    assert says in str(error.value)


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda table: table.pop("many_actors"), "the section [many_actors] is missing"),
        (lambda table: table["multiple_needs"].update(least_needs=0), "least_needs: a whole number from 1"),
        (lambda table: table["decision"].pop("source"), "[decision]: source (text)"),
        (lambda table: table["absorbs"].append({"need": "x", "takes": "debt"}), "'x' is not a topic"),
        (lambda table: table["cross_legal"]["by_status"].update(gold={}), "by_status.gold"),
    ],
)
def test_a_broken_table_of_criteria_names_section_and_key(spoil: Any, says: str) -> None:
    table = read_table(TABLE)
    spoil(table)
    with pytest.raises(ValueError, match=r"criteria\.toml") as error:
        read_rules(table, KNOW.topics)
    assert says in str(error.value)


def test_a_table_that_is_not_toml_names_the_line(tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_text("a = \n", encoding="utf-8")
    with pytest.raises(BadTable, match=r"bad\.toml.*line 1"):
        read_table(tmp_path / "bad.toml")


def _because(criterion: str, needs: list[str]) -> Any:
    answer = finding(criterion, facts(needs=needs))
    assert isinstance(answer, Unknown)
    return answer.because
