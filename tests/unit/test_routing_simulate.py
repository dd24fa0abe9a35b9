"""Other rules are tried on intakes: who goes elsewhere is counted and drawn; everybody else stays."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.routing import edits
from bot.routing.intakes import Intake, coarse, first_kept_week, intake_of, read_intake, week_of, write_intake
from bot.routing.route import route
from bot.routing.ruleset import RuleSet
from bot.routing.sankey import LOWEST, OTHERS, picture
from bot.routing.simulate import Flow, simulate
from bot.routing.target import Target
from bot.vocabulary.facts import County, Facts
from bot.vocabulary.ways import Suggestion, TargetKind
from tests.tables import TOPICS, directory, german_topics, ruleset
from tests.talk import premises

RBK = County.RBK
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


def debts(place: str = "rbk_kuerten", count: int = 1) -> Intake:
    facts = Facts(county=RBK, municipality=place, needs=("debt",))
    return Intake(facts=facts, suggestion=Suggestion.REFERRAL, count=count)


def without(rule_id: str) -> RuleSet:
    edited = edits.switch(ruleset("rbk"), rule_id, active=False)
    assert isinstance(edited, RuleSet)
    return edited


AFTER = directory().ruled_by(RBK, without("rbk_livelihood_sozialamt").rules, 1)
MONEY = Intake(
    facts=Facts(county=RBK, municipality="rbk_kuerten", needs=("livelihood_benefits",), living_from="asylblg"),  # type: ignore[arg-type]  # its word
    suggestion=Suggestion.REFERRAL,
    count=3,
)


def test_whoever_goes_elsewhere_is_listed_with_where_from_and_where_to() -> None:
    simulated = simulate([debts(), MONEY, debts("rbk_overath", 2)], directory(), AFTER)
    assert (simulated.total, simulated.moved, len(simulated.elsewhere)) == (6, 3, 1)
    (moved,) = simulated.elsewhere
    assert (moved.before.rule, moved.after.rule) == ("rbk_livelihood_sozialamt", "rbk_livelihood")
    assert (moved.before.target.id, moved.after.target.id) == ("rbk_sozialamt", "rbk_jobcenter")


def test_the_same_rules_move_nobody_and_every_person_is_in_a_flow() -> None:
    sample = premises().rulework.sample()
    simulated = simulate(sample, directory(), directory())
    assert (simulated.moved, simulated.elsewhere, simulated.sample) == (0, (), True)
    assert sum(flow.count for flow in simulated.flows) == simulated.total == len(sample)
    assert all(flow.before == flow.after for flow in simulated.flows)


@settings(max_examples=20, deadline=None)
@given(st.sampled_from([rule.id for rule in ruleset("rbk")][:-1]))
def test_flows_and_lists_count_the_same_people(rule_id: str) -> None:
    sample = [one for one in premises().rulework.sample() if one.facts.county == RBK]
    after = directory().ruled_by(RBK, without(rule_id).rules, 1)
    simulated = simulate(sample, directory(), after)
    elsewhere = Counter(
        (one.before.target, one.after.target) for one in simulated.elsewhere if one.before.target != one.after.target
    )
    assert {(f.before, f.after): f.count for f in simulated.flows if f.before != f.after} == elsewhere


def test_the_sample_has_every_topic_in_every_municipality_and_is_marked() -> None:
    sample = premises().rulework.sample()
    assert all(one.sample for one in sample)
    seen = {(one.facts.municipality, (one.facts.needs or ("",))[0]) for one in sample}
    assert seen == {(place, topic) for place in directory().municipalities for topic in TOPICS}
    assert {one.suggestion for one in sample} == {*Suggestion}


def test_the_topics_of_the_sample_have_the_shares_of_the_seed() -> None:
    sample = premises().rulework.sample()
    often = Counter((one.facts.needs or ("",))[0] for one in sample)
    percent = {topic: round(100 * often[topic] / len(sample)) for topic in german_topics()}
    for topic, share in {
        "livelihood_benefits": 16,
        "german_course": 15,
        "health_care": 13,
        "housing_search": 11,
        "residence_permit": 7,
        "naturalisation": 7,
    }.items():
        assert percent[topic] == share, topic


def test_the_sample_is_always_the_same() -> None:
    assert premises().rulework.sample.__wrapped__() == premises().rulework.sample()  # type: ignore[attr-defined]  # made anew


def test_nothing_of_a_person_is_in_an_intake_and_large_numbers_are_cut() -> None:
    facts = Facts(county=RBK, municipality="rbk_kuerten", needs=("debt",), children=11, waiting_months=40)
    intake = intake_of(facts, Suggestion.REFERRAL, route(facts, Suggestion.REFERRAL, directory()), NOW)
    assert (intake.facts.children, intake.facts.waiting_months) == (5, 12)
    assert write_intake(intake).keys() == {
        "facts", "suggestion", "week", "target_kind", "target_id", "booking", "rule", "version",
    }  # fmt: skip
    assert read_intake(write_intake(intake), RBK, 1) == intake
    assert coarse(intake.facts) == intake.facts


@pytest.mark.parametrize(
    ("moment", "week"),
    [
        (datetime(2026, 11, 20, 9, tzinfo=UTC), "2026-W47"),
        (datetime(2027, 1, 1, 9, tzinfo=UTC), "2026-W53"),
        (datetime(2026, 11, 22, 23, 30, tzinfo=UTC), "2026-W48"),
    ],
)
def test_a_week_is_that_of_the_german_calendar(moment: datetime, week: str) -> None:
    assert week_of(moment) == week


def test_half_a_year_is_kept() -> None:
    assert first_kept_week(NOW) == "2026-W21"


def desk(id_: str) -> Target:
    return Target(TargetKind.DESK, id_)


def test_the_picture_has_a_bar_for_each_end_and_a_ribbon_for_each_flow() -> None:
    flows = [Flow(desk("a"), desk("a"), 60), Flow(desk("a"), desk("b"), 30), Flow(desk("c"), desk("b"), 10)]
    drawn = picture(flows, lambda target: target.id.upper())
    assert [(bar.label, bar.count) for bar in drawn.before] == [("A", 90), ("C", 10)]
    assert [(bar.label, bar.count) for bar in drawn.after] == [("A", 60), ("B", 40)]
    assert [(ribbon.title, ribbon.moved) for ribbon in drawn.ribbons] == [
        ("A → A: 60", False),
        ("A → B: 30", True),
        ("C → B: 10", True),
    ]
    assert drawn.before[0].height == pytest.approx(9 * drawn.before[1].height, rel=0.01)


def test_many_small_targets_are_put_together_and_who_moves_is_seen() -> None:
    flows = [Flow(desk(f"d{n}"), desk(f"d{n}"), 100 - n) for n in range(40)] + [Flow(desk("d39"), desk("new"), 1)]
    drawn = picture(flows, lambda target: target.id)
    assert OTHERS in {bar.label for bar in drawn.before}
    assert len(drawn.before) <= 14
    assert "d39 → new: 1" in {ribbon.title for ribbon in drawn.ribbons}
    assert all(bar.height >= LOWEST for bar in (*drawn.before, *drawn.after))


@settings(max_examples=50, deadline=None)
@given(st.dictionaries(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")), st.integers(1, 500)))
def test_bars_never_overlap_and_every_ribbon_is_a_path(found: dict[tuple[str, str], int]) -> None:
    drawn = picture([Flow(desk(a), desk(b), n) for (a, b), n in found.items()], lambda target: target.id)
    for bars in (drawn.before, drawn.after):
        for upper, lower in pairwise(bars):
            assert upper.y + upper.height < lower.y
        assert all(bar.y + bar.height <= drawn.height for bar in bars)
        assert sum(bar.count for bar in bars) == sum(found.values())
    assert all(re.fullmatch(r"M[-\d., CLZ]+Z", ribbon.d) for ribbon in drawn.ribbons)
    assert len(drawn.ribbons) == len(found)
