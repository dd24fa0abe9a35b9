"""A coordinator's work with desks on both databases: of two at once one is told; an absence leaves no date behind."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

from bot.booking.appointment import Appointment, SlotTaken
from bot.booking.offer import free_slots
from bot.booking.slot import Slot
from bot.handoff.roster import Absence, DeskVersion
from bot.handoff.staff import Role, Staff
from bot.rulework.absences import Begun, begin_absence, end_absence, end_times
from bot.rulework.desks import DeskWork, Late, Refused, new_desk
from bot.storage.store import Store, Transaction
from bot.vocabulary.facts import County
from tests.storage.builders import at_once
from tests.talk import premises

NOW = datetime(2026, 11, 20, 8, tzinfo=UTC)
MONDAY, FRIDAY = date(2026, 11, 23), date(2026, 12, 4)
KUERTEN, OVERATH = "rbk_kuerten", "rbk_overath"
ANNA = Staff(id="anna", name="Anna", role=Role.COORDINATOR, desks=frozenset({"rbk"}))


def work(tx: Transaction) -> DeskWork:
    roster = premises().house.rosters.at(tx.desks, NOW)
    rules = premises().rulework.at(roster)
    return premises().deskwork.at(roster, rules)


def renames(store: Store, name: str, by: Staff = ANNA) -> DeskVersion | Late | Refused:
    """As somebody does who has just opened the form of version 0."""
    seen = premises().house.rosters.embedded(KUERTEN)
    assert seen is not None
    with store.transaction() as tx:
        return work(tx).save(tx, seen, {**seen.document, "name": name}, "Neuer Name.", by, NOW)


def an_absence(**other: Any) -> Absence:
    given: dict[str, Any] = {"first": MONDAY, "last": FRIDAY, "substitute": OVERATH, "author": "anna", "at": NOW}
    return Absence(desk=KUERTEN, **(given | other))


def begins(store: Store, absence: Absence) -> Begun | Refused:
    with store.transaction() as tx:
        return begin_absence(work(tx), tx, absence, ANNA, NOW)


def first_date(store: Store, desk: str = KUERTEN) -> Slot:
    with store.transaction() as tx:
        calendar = work(tx).roster.calendars[desk]
        return free_slots(calendar, tx.allocations.taken({desk}, NOW, NOW + calendar.horizon, NOW), NOW)[0]


def test_of_two_who_change_a_desk_at_once_one_hears_what_the_other_said(store: Store) -> None:
    answers = at_once([partial(renames, store, name) for name in ("Stelle A", "Stelle B")], threads=2)
    kept = [one for one in answers if isinstance(one, DeskVersion)]
    late = [one for one in answers if isinstance(one, Late)]
    assert (len(kept), len(late)) == (1, 1)
    assert late[0].changes[0].startswith(f"Name: jetzt „{kept[0].document['name']}“")


def test_the_desk_of_another_county_is_not_this_colleagues_to_change(store: Store) -> None:
    elsewhere = replace(ANNA, desks=frozenset({"rsk"}))
    manager = replace(ANNA, role=Role.CASE_MANAGER, desks=frozenset({KUERTEN}))
    for nobody in (elsewhere, manager):
        answer = renames(store, "Anders", nobody)
        assert isinstance(answer, Refused)
        assert "ändert nur seine Koordination" in answer.german


def test_a_new_desk_takes_no_id_that_another_table_has(store: Store) -> None:
    document = {"id": "rbk_koordination", "name": "X", "municipalities": ["rbk_kuerten"], "employer": "X", "vzae": 1.0}
    with store.transaction() as tx:
        seen = new_desk(County.RBK, "rbk_koordination")
        answer = work(tx).save(tx, seen, {**document, "source": "X"}, "Test.", ANNA, NOW)
    assert isinstance(answer, Refused)
    assert answer.key == "id"


def test_while_nobody_is_there_no_date_is_free_and_afterwards_there_is(store: Store) -> None:
    assert first_date(store).starts_at.date() <= FRIDAY
    kept = begins(store, an_absence())
    assert isinstance(kept, Begun)
    assert first_date(store).starts_at.date() > FRIDAY
    with store.transaction() as tx:
        assert end_absence(work(tx), tx, kept.absence.number, ANNA, NOW) is None
        assert tx.desks.absences(MONDAY) == []
    assert first_date(store).starts_at.date() <= FRIDAY


def test_a_date_that_is_booked_stays_in_the_absence_until_somebody_moves_it(store: Store) -> None:
    slot = first_date(store)
    with store.transaction() as tx:
        held = tx.allocations.hold(slot, "p1", "k1", NOW)
        assert isinstance(held, Appointment)
        tx.allocations.confirm(held.id, "RBK-AAAAA", NOW)
    begun = begins(store, an_absence())
    assert isinstance(begun, Begun)
    with store.transaction() as tx:
        assert [one.case for one in tx.away.dates_in(begun.times, NOW)] == ["RBK-AAAAA"]
    assert first_date(store).starts_at.date() > FRIDAY


def test_the_absence_is_over_for_both_when_its_times_are_taken_back(store: Store) -> None:
    begun = begins(store, an_absence())
    assert isinstance(begun, Begun)
    with store.transaction() as tx:
        end_times(tx, begun.times, ANNA, NOW)
        assert (tx.desks.absences(MONDAY), tx.away.standing({KUERTEN}, NOW)) == ([], [])
    assert first_date(store).starts_at.date() <= FRIDAY


def test_whoever_books_while_the_desk_goes_away_has_lost_or_is_listed(store: Store) -> None:
    slot = first_date(store)

    def books() -> bool:
        with store.transaction() as tx:
            won = tx.allocations.hold(slot, "p1", "k1", NOW)
            return not isinstance(won, SlotTaken) and bool(tx.allocations.confirm(won.id, "RBK-AAAAA", NOW))

    def leaves() -> bool:
        return isinstance(begins(store, an_absence()), Begun)

    booked, left = at_once([books, leaves], threads=2)
    with store.transaction() as tx:
        (times,) = tx.away.standing({KUERTEN}, NOW)
        assert (left, len(tx.away.dates_in(times, NOW))) == (True, int(booked))
