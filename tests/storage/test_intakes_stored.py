"""Intakes are counted by kind and week; nothing in the table leads to anybody, and it is not kept for long."""

from __future__ import annotations

from functools import partial

from bot.routing.intakes import Intake, intake_of
from bot.routing.route import route
from bot.storage.store import Store
from bot.storage.tables import intake as table
from bot.vocabulary.facts import County, Facts
from bot.vocabulary.ways import Suggestion
from tests.storage.builders import NOW, at_once, later
from tests.tables import directory

RBK = County.RBK


def an_intake(need: str = "debt", days: float = 0) -> Intake:
    facts = Facts(county=RBK, municipality="rbk_kuerten", needs=(need,), children=2)
    return intake_of(facts, Suggestion.REFERRAL, route(facts, Suggestion.REFERRAL, directory()), later(days=days))


def note(store: Store, *intakes: Intake) -> None:
    with store.transaction() as tx:
        for intake in intakes:
            tx.intakes.note(RBK, intake)


def last(store: Store, most: int = 100, county: County = RBK) -> list[tuple[str, int]]:
    with store.transaction() as tx:
        return [((one.facts.needs or ("",))[0], one.count) for one in tx.intakes.last(county, most)]


def test_an_intake_comes_back_as_it_was_noted(store: Store) -> None:
    note(store, an_intake())
    with store.transaction() as tx:
        assert tx.intakes.last(RBK, 10) == [an_intake()]
        assert tx.intakes.last(County.RSK, 10) == []


def test_people_with_the_same_facts_in_one_week_are_one_row(store: Store) -> None:
    note(store, an_intake(), an_intake("health_care"), an_intake(days=1), an_intake(days=7))
    assert sorted(last(store)) == [("debt", 1), ("debt", 2), ("health_care", 1)]


def test_the_newest_weeks_come_first_until_there_are_enough(store: Store) -> None:
    note(store, an_intake("debt"), an_intake("health_care", days=7), an_intake("naturalisation", days=14))
    assert last(store, most=2) == [("naturalisation", 1), ("health_care", 1)]


def test_many_at_once_are_all_counted(store: Store) -> None:
    at_once([partial(note, store, an_intake()) for _ in range(20)], threads=4)
    assert last(store) == [("debt", 20)]


def test_half_a_year_later_it_is_gone(store: Store) -> None:
    note(store, an_intake(), an_intake("health_care", days=14))
    with store.transaction() as tx:
        tx.intakes.prune(later(weeks=27))
    assert last(store) == [("health_care", 1)]


def test_the_table_has_no_column_for_a_person_a_case_or_a_moment() -> None:
    assert {column.name for column in table.columns} == {"digest", "county", "week", "document", "people"}
    assert NOW.isoformat()[:10] not in str(an_intake())
