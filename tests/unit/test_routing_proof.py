"""The proof over the real tables: what each slip of a coordinator is told, with somebody whom it concerns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

import pytest

from bot.routing import edits
from bot.routing.conditions import CONDITIONS
from bot.routing.findings import Finding, Kind
from bot.routing.route import NO_RULE, route
from bot.routing.rules import BY_NEED, LOCAL, REGION, Rule
from bot.routing.ruleset import RuleSet
from bot.routing.spoken import numbered
from bot.routing.target import Target
from bot.vocabulary.facts import County
from bot.vocabulary.ways import Booking, TargetKind
from tests.tables import COUNTIES, directory, ruleset
from tests.talk import premises

NEED, TOWN = "needs_any", "municipality"


def proven(rules: RuleSet) -> tuple[Finding, ...]:
    return premises().rulework.prove(rules).findings


def broken(county: str, edit: Callable[[RuleSet], edits.Edited]) -> tuple[Finding, ...]:
    edited = edit(ruleset(county))
    assert isinstance(edited, RuleSet), edited
    return proven(edited)


def one(findings: tuple[Finding, ...], kind: Kind) -> Finding:
    (found,) = [finding for finding in findings if finding.kind is kind]
    return found


def first(county: str, target: Target, booking: Booking, **when: frozenset[str] | bool | int) -> Callable[..., object]:
    """An edit that puts such a rule before all others."""
    known = tuple((name, when[name]) for name in CONDITIONS if name in when)
    rule = Rule(id="neu", when=known, target=target, booking=booking, because="Weil.", source="test")
    return lambda rules: edits.add(rules, rule, 1)


def test_the_rules_of_the_tables_are_proven() -> None:
    for county in COUNTIES:
        assert proven(ruleset(county)) == ()


def test_without_its_last_rule_somebody_is_lost_and_the_proof_names_them() -> None:
    findings = broken("rbk", lambda rules: edits.remove(rules, "rbk_coordination"))
    lost = one(findings, Kind.NO_OUTCOME)
    assert lost.places == (None,)
    assert lost.example is not None
    assert lost.example.german == "Wohnort: unbekannt · Vorschlag: Case Management"
    assert "Die letzte Regel, rbk_short_consultation, muss" in one(findings, Kind.NO_LAST_RULE).german


def test_a_rule_behind_a_wider_one_is_named_with_the_one_that_shadows_it() -> None:
    findings = broken("rbk", lambda rules: edits.move(rules, "rbk_forms_roesrath", 8))
    never = one(findings, Kind.NEVER)
    assert (never.rule, never.others) == ("rbk_forms_roesrath", ("rbk_forms",))
    assert never.german == "Regel rbk_forms_roesrath trifft nie zu, denn vorher entscheidet immer rbk_forms."
    assert never.example is not None
    assert never.example.german == (
        "Wohnort: Rösrath · Vorschlag: Verweis an die zuständige Stelle · Anliegen: Behördenpost und Anträge"
    )


def test_a_desk_of_another_town_is_outside_of_its_area() -> None:
    desk = Target(TargetKind.DESK, "rbk_kuerten")
    edit = first("rbk", desk, Booking.APPOINTMENT, municipality=frozenset({"rbk_kuerten", "rbk_overath"}))
    outside = one(broken("rbk", edit), Kind.OUTSIDE)  # type: ignore[arg-type]  # the edit is what it says
    assert outside.places == ("rbk_overath",)
    assert outside.german == (
        "Regel neu führt zu „KIM Case Management Kürten“, auch von dort, wo diese Stelle nicht zuständig ist. "
        "Wohnort: Overath."
    )


@pytest.mark.parametrize(
    ("county", "desk", "town", "name"),
    [("rsk", "rsk_lohmar", "rsk_hennef", "Hennef"), ("rbk", "rbk_ki_nord", "rbk_leichlingen", "Leichlingen")],
)
def test_there_is_no_appointment_where_no_case_manager_is(county: str, desk: str, town: str, name: str) -> None:
    edit = first(county, Target(TargetKind.DESK, desk), Booking.APPOINTMENT, municipality=frozenset({town}))
    found = one(broken(county, edit), Kind.NO_CASE_MANAGER)  # type: ignore[arg-type]  # the edit is what it says
    assert found.german.endswith(f"wo kein Case Management ihn anbietet. Wohnort: {name}.")


def test_open_hours_that_a_desk_does_not_have_are_found() -> None:
    odenthal = Target(TargetKind.DESK, "rbk_odenthal")
    edit = first("rbk", odenthal, Booking.OPEN_HOURS, municipality=frozenset({"rbk_odenthal"}))
    assert one(broken("rbk", edit), Kind.NO_HOURS).rule == "neu"  # type: ignore[arg-type]  # the edit is what it says


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        ({"needs_all": frozenset({"debt"}), "needs_only": frozenset({"health_care"})}, "schließen einander aus"),
        ({"target": Target(TargetKind.SERVICE, "rbk_gone")}, "ihr Ziel gibt es nicht mehr"),
        ({"target": LOCAL, TOWN: frozenset({"rbk_leichlingen"})}, "wo sie gilt, gibt es ihr Ziel nicht"),
    ],
)
def test_a_rule_that_cannot_hold_says_why(rule: dict[str, object], why: str) -> None:
    target = rule.pop("target", BY_NEED)
    assert isinstance(target, Target)
    booking = Booking.APPOINTMENT if target == LOCAL else Booking.NONE
    edit = first("rbk", target, booking, **rule)  # type: ignore[arg-type]  # conditions of the case
    assert why in one(broken("rbk", edit), Kind.NEVER).german  # type: ignore[arg-type]  # the edit is what it says


def test_a_service_that_serves_only_some_towns_is_not_for_the_others() -> None:
    edit = first("rsk", Target(TargetKind.SERVICE, "rsk_troisdorf_abh"), Booking.NONE, **{NEED: frozenset({"debt"})})
    findings = broken("rsk", edit)  # type: ignore[arg-type]  # the edit is what it says
    assert "rsk_lohmar" in one(findings, Kind.OUTSIDE).places
    assert "rsk_troisdorf" not in one(findings, Kind.OUTSIDE).places
    alone = one(findings, Kind.TOPIC_WITHOUT_WAY)
    assert "Schulden" in alone.german
    assert alone.example
    assert alone.example.facts.needs == ("debt",)


def test_a_finding_can_name_rules_by_their_place() -> None:
    rules = edits.move(ruleset("rbk"), "rbk_forms", 1)
    assert isinstance(rules, RuleSet)
    said = numbered(next(found.german for found in proven(rules) if found.rule == "rbk_forms_roesrath"), rules)
    assert said == "Regel 7 (rbk_forms_roesrath) trifft nie zu, denn vorher entscheidet immer Regel 1 (rbk_forms)."


def test_a_switched_off_rule_is_not_missed() -> None:
    findings = broken("rbk", lambda rules: edits.switch(rules, "rbk_debt", active=False))
    assert findings == ()


def test_conditions_that_cross_too_often_are_refused_and_not_waited_for() -> None:
    """Each of the rules asks for five other topics: more regions than anybody could look through."""
    chance, topics = Random(2), tuple(premises().house.know.topics)
    rules = tuple(
        Rule(
            id=f"r{number}",
            when=(("needs_all", frozenset(chance.sample(topics, 5))),),
            target=REGION,
            booking=Booking.APPOINTMENT,
            because="Weil.",
            source="test",
        )
        for number in range(60)
    )
    assert [finding.kind for finding in proven(RuleSet(County.RBK, rules))] == [Kind.TOO_TANGLED]


def test_the_example_of_a_finding_is_routed_as_the_finding_says() -> None:
    rules = edits.remove(ruleset("rbk"), "rbk_coordination")
    assert isinstance(rules, RuleSet)
    lost = one(proven(rules), Kind.NO_OUTCOME)
    assert lost.example is not None
    ruled = directory().ruled_by(County.RBK, rules.rules, 1)
    assert route(lost.example.facts, lost.example.suggestion, ruled).rule == NO_RULE


def test_a_rule_set_of_another_order_of_names_is_the_same() -> None:
    rule = ruleset("rbk").rules[0]
    assert replace(rule, comment="") == rule
