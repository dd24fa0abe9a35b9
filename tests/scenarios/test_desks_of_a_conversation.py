"""The next resident comes to the desks of this moment: one that was added, one that stands in for another."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from bot.handoff.case import Case
from bot.handoff.roster import Absence, DeskVersion
from bot.routing.edits import remove
from bot.routing.ruleset import RuleSet
from bot.routing.versions import Version
from bot.storage.store import Store
from bot.vocabulary.facts import County
from tests.tables import ruleset
from tests.talk import Talk, new_store

NOW = datetime(2026, 11, 20, 8, tzinfo=UTC)
TODAY = NOW.date()
HARD = "I am looking for a flat, I have debts and my residence permit ends soon"
LEICHLINGEN: dict[str, Any] = {
    "id": "rbk_leichlingen",
    "name": "KIM Case Management Leichlingen",
    "municipalities": ["rbk_leichlingen"],
    "employer": "Stadt Leichlingen",
    "posts": 1,
    "vzae": 0.5,
    "source": "Koordination",
    "hours": [{"weekday": "tue", "opens": "09:00", "closes": "12:00", "kind": "appointment", "source": "Koordination"}],
}


def adds(store: Store, number: int = 1, **other: Any) -> None:
    """The desk, with rules that no longer send its town to the coordination."""
    rules = remove(ruleset("rbk"), "rbk_leichlingen")
    assert isinstance(rules, RuleSet)
    document = LEICHLINGEN | other
    with store.transaction() as tx:
        tx.desks.put(
            DeskVersion(desk=document["id"], number=number, county=County.RBK, document=document, author="ko", at=NOW)
        )
        tx.rules.publish(Version(number=number, rules=rules, author="ko", at=NOW, reason="Test."))


def is_away(store: Store, desk: str, substitute: str | None, first: date = TODAY) -> None:
    last = date(2026, 12, 4)
    with store.transaction() as tx:
        tx.desks.be_away(Absence(desk=desk, first=first, last=last, substitute=substitute, author="ko", at=NOW))


def asks_from(store: Store, municipality: str, person: str = "anna") -> Talk:
    """Somebody for whom the bot suggests case management, and who hears where that is."""
    talk = Talk(store, person).consents().lives_in(municipality)
    talk.types(HARD).taps("right").answers(tried="no_service", next_steps_alone="no")
    return talk.taps("go_on").sees("how")


def comes_from(store: Store, municipality: str, person: str = "anna") -> Case:
    """The card of somebody for whom the bot suggests case management."""
    (case,) = asks_from(store, municipality, person).books().cases()
    return case


def test_a_desk_that_was_added_takes_the_next_resident_of_its_town_and_has_dates() -> None:
    with new_store() as store:
        adds(store)
        case = comes_from(store, "rbk_leichlingen")
    assert (case.target_id, case.appointment is not None) == ("rbk_leichlingen", True)


def test_a_desk_that_is_closed_takes_nobody_new() -> None:
    with new_store() as store:
        adds(store)
        adds(store, 2, closed=True)
        asks_from(store, "rbk_leichlingen").is_not_told("KIM Case Management Leichlingen")


def test_while_nobody_is_there_the_next_resident_comes_to_the_substitute_and_the_card_says_why() -> None:
    with new_store() as store:
        is_away(store, "rbk_kuerten", "rbk_overath")
        case = comes_from(store, "rbk_kuerten")
    assert case.target_id == "rbk_overath"
    assert case.because.endswith(
        "„KIM Case Management Kürten“ ist bis 04.12.2026 nicht besetzt; diese Stelle vertritt."
    )


def test_whoever_is_sent_to_another_towns_desk_hears_whose_place_it_takes_and_until_when() -> None:
    with new_store() as store:
        is_away(store, "rbk_kuerten", "rbk_overath")
        talk = asks_from(store, "rbk_kuerten")
        talk.is_told("The right place for you: KIM Case Management Overath.")
        talk.is_told("The place that usually helps you: KIM Case Management Kürten.")
        talk.is_told("Nobody is there up to and including Friday 4 December 2026.")
        asks_from(store, "rbk_odenthal", "berta").is_not_told("usually helps")


def test_an_absence_that_has_not_begun_changes_nothing() -> None:
    with new_store() as store:
        is_away(store, "rbk_kuerten", "rbk_overath", first=date(2026, 11, 21))
        assert comes_from(store, "rbk_kuerten").target_id == "rbk_kuerten"


def test_a_substitute_who_is_away_too_is_stood_in_for_by_theirs() -> None:
    with new_store() as store:
        is_away(store, "rbk_kuerten", "rbk_overath")
        is_away(store, "rbk_overath", "rbk_odenthal")
        assert comes_from(store, "rbk_kuerten").target_id == "rbk_odenthal"


def test_two_who_would_stand_in_for_each_other_leave_everybody_where_they_belong() -> None:
    with new_store() as store:
        is_away(store, "rbk_kuerten", "rbk_overath")
        is_away(store, "rbk_overath", "rbk_kuerten")
        assert comes_from(store, "rbk_kuerten").target_id == "rbk_kuerten"


def test_what_was_said_about_desks_in_one_database_is_not_heard_in_another() -> None:
    with new_store() as store, new_store() as other:
        adds(store)
        assert comes_from(store, "rbk_leichlingen").target_id == "rbk_leichlingen"
        asks_from(other, "rbk_leichlingen").is_not_told("KIM Case Management Leichlingen")
