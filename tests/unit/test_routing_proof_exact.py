"""The proof says of random rules exactly what trying out everybody says."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import HealthCheck, given, settings

from bot.routing.desks import Directory
from bot.routing.findings import Kind, Proof
from bot.routing.proof import prove
from bot.routing.route import NO_RULE, Routed, route
from bot.routing.ruleset import RuleSet
from bot.routing.target import Target
from bot.vocabulary.facts import Facts
from bot.vocabulary.ways import Booking, Suggestion, TargetKind
from tests.small_county import BOOKABLE, RBK, complete, drafts, everybody, small_directory, small_terms

THOROUGH = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
WITH_GENERAL, WITHOUT_GENERAL = small_directory(), small_directory(general=False)
Tried = Mapping[tuple[str | None, str], list[tuple[Facts, Suggestion, Routed]]]


def proven(rules: RuleSet, directory: Directory) -> Proof:
    return prove(rules, directory, small_terms(directory), BOOKABLE)


def tried(rules: RuleSet, directory: Directory) -> Tried:
    """Everybody, by place and deciding rule."""
    ruled = directory.ruled_by(RBK, rules.rules, 1)
    found: dict[tuple[str | None, str], list[tuple[Facts, Suggestion, Routed]]] = {}
    for facts, suggestion in everybody(rules):
        routed = route(facts, suggestion, ruled)
        found.setdefault((facts.municipality, routed.rule), []).append((facts, suggestion, routed))
    return found


def in_charge(target: Target, place: str | None, directory: Directory) -> bool:
    match target.kind:
        case TargetKind.DESK:
            return place in directory.desks_by_id[target.id].municipalities
        case TargetKind.SERVICE:
            return place is None or directory.services[target.id].serves(place)
        case TargetKind.COORDINATION:
            return True


def can_be_booked(routed: Routed, directory: Directory) -> bool:
    if routed.target.kind is not TargetKind.DESK:
        return True
    return not directory.desks_by_id[routed.target.id].region and routed.booking in BOOKABLE[routed.target.id]


@THOROUGH
@given(drafts())
@pytest.mark.parametrize("directory", [WITH_GENERAL, WITHOUT_GENERAL])
def test_nobody_is_without_an_outcome_exactly_where_the_proof_says_so(directory: Directory, rules: RuleSet) -> None:
    found = [one for one in proven(rules, directory).findings if one.kind is Kind.NO_OUTCOME]
    lost = {place for place, rule in tried(rules, directory) if rule == NO_RULE}
    assert {place for one in found for place in one.places} == lost
    for one in found:
        assert one.example is not None
        example = route(one.example.facts, one.example.suggestion, directory.ruled_by(RBK, rules.rules, 1))
        assert example.rule == NO_RULE


@THOROUGH
@given(complete())
@pytest.mark.parametrize("directory", [WITH_GENERAL, WITHOUT_GENERAL])
def test_a_rule_never_decides_exactly_where_the_proof_says_so(directory: Directory, rules: RuleSet) -> None:
    found = [one for one in proven(rules, directory).findings if one.kind is Kind.NEVER]
    busy = {rule for _, rule in tried(rules, directory)}
    assert {one.rule for one in found} == {rule.id for rule in rules if rule.active} - busy
    ids = [rule.id for rule in rules]
    for one in found:
        assert all(ids.index(other) < ids.index(one.rule) for other in one.others)
        if one.others:
            _is_shadowed(one.rule, one.others, rules, directory)


def _is_shadowed(rule_id: str, others: tuple[str, ...], rules: RuleSet, directory: Directory) -> None:
    """Without any one of the others it would decide for somebody; with them alone it does not."""
    kept = RuleSet(RBK, tuple(rule for rule in rules if rule.id in (rule_id, *others)))
    assert rule_id not in {rule for _, rule in tried(kept, directory)}
    for other in others:
        fewer = RuleSet(RBK, tuple(rule for rule in kept if rule.id != other))
        assert rule_id in {rule for _, rule in tried(fewer, directory)}


@THOROUGH
@given(complete())
def test_a_way_is_wrong_exactly_where_the_proof_says_so(rules: RuleSet) -> None:
    directory = WITH_GENERAL
    findings = proven(rules, directory).findings
    wrong_kinds = {Kind.OUTSIDE, Kind.NO_CASE_MANAGER, Kind.NO_HOURS}
    said = {(one.rule, place) for one in findings if one.kind in wrong_kinds for place in one.places}
    wrong = set()
    for (place, rule_id), somebody in tried(rules, directory).items():
        for _, _, routed in somebody:
            ways = (routed.target, *routed.also)
            if not all(in_charge(way, place, directory) for way in ways) or not can_be_booked(routed, directory):
                wrong.add((rule_id, place))
    assert said == wrong


@THOROUGH
@given(drafts())
def test_a_single_topic_reaches_nobody_exactly_where_the_proof_says_so(rules: RuleSet) -> None:
    directory = WITH_GENERAL
    found = [one for one in proven(rules, directory).findings if one.kind is Kind.TOPIC_WITHOUT_WAY]
    lost = {
        place
        for (place, rule), somebody in tried(rules, directory).items()
        for facts, _, routed in somebody
        if len(facts.needs or ()) == 1
        and (rule == NO_RULE or not in_charge(routed.target, place, directory) or not can_be_booked(routed, directory))
    }
    assert {place for one in found for place in one.places} == lost


@THOROUGH
@given(complete())
def test_whoever_comes_has_exactly_one_way_with_a_reason_that_exists(rules: RuleSet) -> None:
    ruled = WITH_GENERAL.ruled_by(RBK, rules.rules, 1)
    for facts, suggestion in everybody(rules):
        routed = route(facts, suggestion, ruled)
        assert rules.find(routed.rule), routed
        assert ruled.has(routed.target)
        assert routed.because.endswith(".")
        assert routed.booking in {Booking.APPOINTMENT, Booking.OPEN_HOURS, Booking.CLEARING, Booking.NONE}
        assert routed.target not in routed.also
