"""A question is asked only where its answer can lead somewhere else, and then always."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.routing.route import route
from bot.routing.ruleset import RuleSet
from bot.routing.still_open import still_open
from bot.rulework.hints import hints
from bot.vocabulary.facts import County, Facts
from bot.vocabulary.ways import Suggestion
from tests.small_county import PLACES, RBK, TOPICS, VALUES, complete, small_directory
from tests.tables import directory, ruleset

DIRECTORY = small_directory()
ASKED = ("living_from", "children")


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(complete(), st.sampled_from((*PLACES, None)), st.sets(st.sampled_from(TOPICS)), st.sampled_from([*Suggestion]))
def test_where_nothing_is_open_no_answer_leads_elsewhere(
    rules: RuleSet, place: str | None, needs: set[str], suggestion: Suggestion
) -> None:
    ruled = DIRECTORY.ruled_by(RBK, rules.rules, 1)
    facts = Facts(county=RBK, municipality=place, needs=tuple(sorted(needs)))
    ways = set()
    for values in product(*(VALUES[name] for name in ASKED)):
        routed = route(replace(facts, **dict(zip(ASKED, values, strict=True))), suggestion, ruled)
        ways.add((routed.target, routed.booking))
    open_ = still_open(facts, suggestion, ruled, ASKED)
    assert set(open_) <= set(ASKED)
    if len(ways) > 1:
        assert open_


def test_who_pays_is_asked_where_it_decides_between_two_offices() -> None:
    def open_for(need: str, **known: object) -> tuple[str, ...]:
        facts = Facts(county=County.RSK, municipality="rsk_lohmar", needs=(need,), **known)  # type: ignore[arg-type]
        return still_open(facts, Suggestion.REFERRAL, directory(), ["living_from", "tried"])

    assert open_for("livelihood_benefits") == ("living_from",)
    assert open_for("livelihood_benefits", living_from="wages") == ()
    assert open_for("debt") == ()


def test_what_cannot_be_learnt_is_not_asked() -> None:
    facts = Facts(county=County.RSK, municipality="rsk_lohmar", needs=("livelihood_benefits",))
    assert still_open(facts, Suggestion.REFERRAL, directory(), ["tried"]) == ()


def test_a_rule_that_waits_for_what_nobody_is_asked_is_pointed_out() -> None:
    said = hints(ruleset("rbk"))
    assert len(said) == 3
    assert said[0].startswith("Regel rbk_burscheid_children wartet auf „Kinder“. Danach fragt Lotse im Gespräch nicht")
    assert hints(ruleset("rsk")) == ()
