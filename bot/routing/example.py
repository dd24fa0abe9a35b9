"""Somebody as a few German words: what is known of them, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from bot.routing.conditions import CHOICES, COUNTS, TRUTHS
from bot.routing.spoken import both
from bot.routing.terms import Terms
from bot.vocabulary.facts import Facts
from bot.vocabulary.german import FACTS, SUGGESTIONS, TRUTH, VALUES
from bot.vocabulary.ways import Suggestion

UNKNOWN_PLACE = "unbekannt"


def told(facts: Facts, suggestion: Suggestion, terms: Terms) -> str:
    """„Wohnort: Odenthal · Vorschlag: Kurzberatung · Anliegen: Schulden und Unterkunft · Kinder: 3“"""
    return " · ".join(f"{what}: {words}" for what, words in _known(facts, suggestion, terms))


def place_name(place: str | None, terms: Terms) -> str:
    return UNKNOWN_PLACE if place is None else terms.municipalities.get(place, place)


def _known(facts: Facts, suggestion: Suggestion, terms: Terms) -> Iterator[tuple[str, str]]:
    yield "Wohnort", place_name(facts.municipality, terms)
    yield "Vorschlag", SUGGESTIONS[suggestion]
    if facts.needs:
        yield "Anliegen", both([terms.topics.get(need, need) for need in facts.needs])
    if facts.offices:
        yield FACTS["offices"], both([VALUES["offices"][office] for office in facts.offices])
    for name in (*CHOICES, *TRUTHS, *COUNTS):
        value = getattr(facts, name)
        if value is not None:
            yield FACTS[name], _word(name, value)


def _word(name: str, value: str | bool | int) -> str:
    match value:
        case bool():
            return TRUTH[value]
        case int():
            return str(value)
        case _:
            return VALUES[name][value]
