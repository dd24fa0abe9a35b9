"""Deadlines of laws are reminders for colleagues (domain part 6.2): with source, day of reading, and an end."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.routing.laws import laws_for, read_laws
from bot.routing.route import route
from bot.vocabulary.facts import Facts, ResidenceDocument
from bot.vocabulary.ways import Suggestion
from tests.tables import TOPICS, directory, table

TODAY = date(2026, 11, 20)
LAWS = read_laws(table("laws"), TOPICS)


def ids(facts: Facts, today: date = TODAY) -> list[str]:
    return [law.id for law in laws_for(LAWS, facts, today)]


def test_a_running_chancen_aufenthalt_is_asked_for_its_end_and_nobody_is_told_to_apply_domain_6_2() -> None:
    (law,) = laws_for(LAWS, Facts(needs=("tolerated_stay_prospects",)), TODAY)
    assert "nicht mehr möglich" in law.says
    assert "bevor der Titel abläuft" in law.says
    assert law.until == date(2027, 6, 30)


def test_after_its_end_a_deadline_is_no_longer_shown() -> None:
    needs = Facts(needs=("tolerated_stay_prospects",))
    assert ids(needs, date(2027, 6, 30)) == ["chancen_aufenthalt"]
    assert ids(needs, date(2027, 7, 1)) == []


def test_what_concerns_one_document_is_shown_only_where_it_is_known() -> None:
    money = ("livelihood_benefits",)
    assert ids(Facts(needs=money)) == ["sgb2_name"]
    known = Facts(needs=money, residence_document=ResidenceDocument.SECTION_24)
    assert ids(known) == ["sgb2_name", "ukraine_seit_april_2025"]
    assert ids(Facts(needs=("debt",))) == []


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.id)
def test_every_deadline_names_where_and_when_it_was_read_and_is_not_confirmed_yet(law: object) -> None:
    found = next(one for one in LAWS if one is law)
    assert found.source.startswith("https://")
    assert TODAY - found.read_on < timedelta(days=365)
    assert not found.checked


@pytest.mark.parametrize("key", ["topics", "read_on"])
def test_a_row_without_what_it_needs_is_named(key: str) -> None:
    row = {"id": "x", "topics": ["debt"], "says": "x.", "source": "x", "read_on": "2026-11-20"}
    del row[key]
    with pytest.raises(ValueError, match=f"law x, {key}"):
        read_laws({"law": [row]}, TOPICS)


@pytest.mark.parametrize("municipality", ["rsk_troisdorf", "rsk_lohmar"])
def test_ehap_is_named_to_eu_citizens_and_to_nobody_else_001_3_2(municipality: str) -> None:
    for document, named in ((ResidenceDocument.EU, True), (ResidenceDocument.PERMIT, False), (None, False)):
        facts = Facts(municipality=municipality, needs=("work_employment",), residence_document=document)
        for suggestion in Suggestion:
            way = route(facts, suggestion, directory())
            assert ("rsk_ehap" in [target.id for target in way.also]) is named
            assert way.target.id != "rsk_ehap"
