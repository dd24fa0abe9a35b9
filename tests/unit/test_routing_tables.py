"""A broken table is refused with a sentence that names the row, the key and what is allowed."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from bot.routing.directory import read_directory
from tests.tables import TOPICS, directory, tables

Tables = dict[str, Any]
Break = Callable[[Tables], Any]


def first(tables: Tables, county: str, name: str, row: str) -> dict[str, Any]:
    found: dict[str, Any] = tables[county][name][row][0]
    return found


def rule(**changes: Any) -> Break:
    return lambda given: first(given, "rbk", "routing", "rule").update(changes)


def desk(**changes: Any) -> Break:
    return lambda given: first(given, "rbk", "desks", "desk").update(changes)


def service(**changes: Any) -> Break:
    return lambda given: first(given, "rsk", "services", "service").update(changes)


def hotline(**changes: Any) -> Break:
    return lambda given: given["hotlines"]["hotline"][0].update(changes)


BROKEN: dict[str, tuple[Break, str]] = {
    "a rule to a desk that is not there": (
        rule(target="desk:rbk_koeln"),
        "routing rbk, rule rbk_protection, target: allowed is desk: and one of local, region, ",
    ),
    "a rule to nowhere": (
        rule(target="rbk_kuerten"),
        "routing rbk, rule rbk_protection, target: allowed is desk:, coordination: or service: and an id",
    ),
    "an appointment with the coordination": (
        rule(target="coordination:rbk_koordination", booking="appointment"),
        "routing rbk, rule rbk_protection, booking: allowed is one of clearing",
    ),
    "a condition that nobody knows": (
        rule(when={"religion": ["any"]}),
        "routing rbk, rule rbk_protection, when, religion: allowed is one of suggestion, municipality, needs_any",
    ),
    "a topic that is not in the list": (
        rule(when={"needs_any": ["money"]}),
        "routing rbk, rule rbk_protection, when, needs_any: allowed is a list of livelihood_benefits",
    ),
    "a fact with a value that it cannot have": (
        rule(when={"living_from": ["sgb3"]}),
        "routing rbk, rule rbk_protection, when, living_from: allowed is a list of asylblg, sgb2",
    ),
    "a number of children that is a word": (
        rule(when={"children_at_least": "many"}),
        "routing rbk, rule rbk_protection, when, children_at_least: allowed is a number from 0 to 1200",
    ),
    "a yes that is a word": (
        rule(when={"children_interpret": "yes"}),
        "routing rbk, rule rbk_protection, when, children_interpret: allowed is true or false",
    ),
    "a rule without a reason": (
        rule(because=" "),
        "routing rbk, rule rbk_protection, because: allowed is a text that is not empty",
    ),
    "a rule that hides all others": (
        rule(when={}, target="coordination:rbk_koordination", booking="clearing"),
        "routing rbk, rule rbk_protection: no rule after it could ever hold",
    ),
    "a last rule with a condition": (
        lambda given: given["rbk"]["routing"]["rule"].pop(),
        "routing rbk, rule rbk_short_consultation: the last rule must have no `when`",
    ),
    "two rules with one id": (
        rule(id="rbk_legal"),
        "rbk, rule rbk_legal: this id is there twice",
    ),
    "no rules at all": (
        lambda given: given["rbk"]["routing"].clear(),
        "rbk: it needs at least one row [[rule]]",
    ),
    "a desk for a municipality of the other county": (
        desk(municipalities=["rsk_lohmar"]),
        "desk rbk_bergisch_gladbach, municipalities: allowed is a list of rbk_bergisch_gladbach",
    ),
    "a desk for nobody": (
        desk(municipalities=[]),
        "desk rbk_bergisch_gladbach, municipalities: allowed is a list of at least one of rbk_bergisch_gladbach",
    ),
    "a desk with a key that nobody reads": (
        desk(telefon="1"),
        "desk rbk_bergisch_gladbach, telefon: allowed is one of id, name",
    ),
    "a desk with too many posts": (
        desk(posts=400),
        "desk rbk_bergisch_gladbach, posts: allowed is a number from 0 to 50",
    ),
    "a desk without a source": (
        lambda given: first(given, "rbk", "desks", "desk").pop("source"),
        "desk rbk_bergisch_gladbach, source: allowed is a text that is not empty",
    ),
    "access ways that are not a list": (
        desk(access="call"),
        "desk rbk_bergisch_gladbach, access: allowed is a list of texts",
    ),
    "a desk without an id": (
        lambda given: first(given, "rbk", "desks", "desk").pop("id"),
        "rbk, desk 1, id: allowed is a text that is not empty",
    ),
    "a row that is only a word": (
        lambda given: given["rbk"]["desks"]["desk"].append("desk"),
        "rbk, desk 12: allowed is a row of keys and values",
    ),
    "a service for an unknown topic": (
        service(topics=["money"]),
        "service rsk_jobcenter, topics: allowed is a list of livelihood_benefits",
    ),
    "a service with the id of a desk": (
        service(id="rsk_alfter"),
        "rsk_alfter: two rows of different tables have this id",
    ),
    "a county with another name": (
        lambda given: given["rsk"]["county"]["county"].update(id="rbk"),
        "county rsk, id: allowed is one of rsk",
    ),
    "a hotline of an unknown kind": (
        hotline(kinds=["fun"]),
        "hotline emergency_112, kinds: allowed is a list of danger, medical",
    ),
    "a hotline that closes before it opens": (
        hotline(hours=[{"weekdays": ["mon"], "opens": "12:00", "closes": "09:00"}]),
        "hotline emergency_112, hours, closes: allowed is a time after 12:00",
    ),
    "a hotline with a time that is none": (
        hotline(hours=[{"weekdays": ["mon"], "opens": "noon", "closes": "19:00"}]),
        'hotline emergency_112, hours, opens: allowed is a time such as "09:00"',
    ),
    "a first line that is not there": (
        lambda given: given["hotlines"]["first"]["violence"].update({"*": ["fire_123"]}),
        "hotlines, first.violence, *: allowed is a list of emergency_112",
    ),
    "first lines without other languages": (
        lambda given: given["hotlines"]["first"]["self_harm"].pop("*"),
        "hotlines, first.self_harm, *: allowed is a list of hotlines for all other languages",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_table_is_named(name: str) -> None:
    spoil, said = BROKEN[name]
    given = tables()
    spoil(given)
    with pytest.raises(ValueError, match=re.escape(said)):
        read_directory(given, TOPICS)


def test_the_tables_as_they_are_can_be_read() -> None:
    assert len(directory().desks()) == 26
    assert directory().desk("nobody") is None
