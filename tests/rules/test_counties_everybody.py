"""Whoever lives anywhere and needs anything has exactly one way, and it exists."""

from __future__ import annotations

from itertools import product

import pytest

from bot.routing.desks import Desk
from bot.routing.route import Routed, route
from bot.routing.target import Target
from bot.vocabulary.facts import County, Facts, LivingFrom
from bot.vocabulary.ways import Booking, Suggestion, TargetKind
from tests.tables import COUNTIES, TOPICS, directory, table

WAYS = {
    TargetKind.DESK: {Booking.APPOINTMENT, Booking.OPEN_HOURS},
    TargetKind.COORDINATION: {Booking.CLEARING},
    TargetKind.SERVICE: {Booking.NONE},
}


def check(routed: Routed, facts: Facts) -> None:
    assert directory().has(routed.target), routed
    assert routed.booking in WAYS[routed.target.kind], routed
    assert routed.target not in routed.also
    assert all(directory().has(target) for target in routed.also), routed
    assert routed.because.endswith(".")
    if routed.target.kind is TargetKind.DESK:
        desk = directory().desks_by_id[routed.target.id]
        assert facts.municipality in desk.municipalities
        assert not desk.region
        assert has_hours(desk, routed.booking), routed


def has_hours(desk: Desk, booking: Booking) -> bool:
    return ("open" if booking is Booking.OPEN_HOURS else "appointment") in HOURS[desk.id]


HOURS = {
    desk["id"]: {hours["kind"] for hours in desk["hours"]}
    for county in COUNTIES
    for desk in table(f"{county}/desks")["desk"]
}


@pytest.mark.parametrize("municipality", directory().municipalities)
def test_every_topic_and_suggestion_leads_somewhere_from_every_municipality(municipality: str) -> None:
    county = directory().municipalities[municipality]
    for topic, suggestion, source in product(TOPICS, Suggestion, (None, *LivingFrom)):
        facts = Facts(county=county, municipality=municipality, needs=(topic,), living_from=source)
        check(route(facts, suggestion, directory()), facts)


@pytest.mark.parametrize("county", [None, *County])
def test_every_topic_and_suggestion_leads_somewhere_without_a_municipality(county: County | None) -> None:
    for topic, suggestion in product((None, *TOPICS), Suggestion):
        facts = Facts(county=county, needs=None if topic is None else (topic,))
        routed = route(facts, suggestion, directory())
        check(routed, facts)
        assert routed.booking is not Booking.APPOINTMENT


@pytest.mark.parametrize("municipality", directory().municipalities)
def test_all_topics_at_once_name_a_service_for_each_topic_that_has_one(municipality: str) -> None:
    county = directory().municipalities[municipality]
    facts = Facts(county=county, municipality=municipality, needs=TOPICS)
    routed = route(facts, Suggestion.CASE_MANAGEMENT, directory())
    named = {*routed.also, routed.target}
    for topic in TOPICS:
        serving = {
            Target(TargetKind.SERVICE, service.id)
            for service in directory().services.values()
            if service.county == county
            and service.serves(municipality)
            and topic in service.topics
            and not service.documents
        }
        assert serving <= named, topic


def test_every_rule_decides_for_somebody() -> None:
    """A rule that can never decide is a slip in the order."""
    decided = {
        route(facts, suggestion, directory()).rule
        for municipality, county in directory().municipalities.items()
        for needs in ((), *((topic,) for topic in TOPICS))
        for facts in (
            Facts(county=county, municipality=municipality, needs=needs),
            Facts(county=county, municipality=municipality, needs=needs, living_from=LivingFrom.ASYLBLG),
            Facts(county=county, municipality=municipality, needs=needs, living_from=LivingFrom.SGB2),
            Facts(county=county, municipality=municipality, needs=needs, children=2),
            Facts(county=county, municipality=municipality, needs=needs, children_interpret=True),
        )
        for suggestion in Suggestion
    }
    every = {rule.id for rules in directory().rules.values() for rule in rules}
    assert every - decided <= {"ask_where", "rsk_coordination", "rbk_coordination", "rbk_tolerated_person"}
