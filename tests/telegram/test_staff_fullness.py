"""When there is no room left the coordination hears it once a week, and nobody else does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.app.colleagues import desk_of
from bot.colleagues.fullness import announce_fullness
from bot.handoff.staff import Role, Staff
from bot.storage.store import Store, Transaction
from bot.vocabulary.facts import County
from tests.talk import new_store, premises

MORNING = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
DESK = desk_of(premises(), "https://lotse.example")
COORDINATOR = Staff(id="koordination", name="Koordination", role=Role.COORDINATOR, desks=frozenset({"rsk"}))
WORKER = Staff(id="kuerten", name="Kürten", role=Role.CASE_MANAGER, desks=frozenset({"rsk_alfter"}))


def test_a_county_without_a_free_date_is_told_once_a_week() -> None:
    with new_store() as store:
        everybody_is_linked(store)
        with store.transaction() as tx:
            close(tx, [desk.id for desk in premises().house.know.directory.desks() if desk.county == County.RSK])
        for hours in (0, 1, 5):
            with store.transaction() as tx:
                announce_fullness(tx, DESK, MORNING + timedelta(hours=hours))
        assert heard(store, COORDINATOR) == [
            "Im ganzen Kreis hat keine Stelle mehr einen freien Termin.\n"
            "Mehr dazu: https://lotse.example/console/auslastung"
        ]
        assert heard(store, WORKER) == []
        with store.transaction() as tx:
            announce_fullness(tx, DESK, MORNING + timedelta(days=4))
        assert len(heard(store, COORDINATOR)) == 2


def test_one_town_without_a_free_date_is_named() -> None:
    with new_store() as store:
        everybody_is_linked(store)
        with store.transaction() as tx:
            close(tx, ["rsk_alfter"])
            announce_fullness(tx, DESK, MORNING)
        assert [note.splitlines()[0] for note in heard(store, COORDINATOR)] == [
            "Für Alfter hat keine Stelle mehr einen freien Termin."
        ]


def test_nobody_is_rung_at_night_and_nobody_while_there_is_room() -> None:
    with new_store() as store:
        everybody_is_linked(store)
        with store.transaction() as tx:
            announce_fullness(tx, DESK, MORNING)
            close(tx, ["rsk_alfter"])
            announce_fullness(tx, DESK, MORNING + timedelta(hours=14))
        assert heard(store, COORDINATOR) == []


def everybody_is_linked(store: Store) -> None:
    with store.transaction() as tx:
        for colleague in (COORDINATOR, WORKER):
            tx.staff.put(colleague)
            code = tx.lines.new_code(colleague.id, MORNING)
            tx.lines.redeem(code, f"account of {colleague.id}", "4711", MORNING)


def close(tx: Transaction, desks: list[str]) -> None:
    """Nobody is there for the next three months."""
    for desk in desks:
        calendar = DESK.casework.calendars[desk]
        for post in calendar.posts or (desk,):
            tx.allocations.absence(desk, MORNING, MORNING + timedelta(days=92), f"away:{post}", MORNING, posts=(post,))


def heard(store: Store, colleague: Staff) -> list[str]:
    with store.transaction() as tx:
        waiting = tx.outbox.waiting(f"account of {colleague.id}", MORNING + timedelta(days=9))
    return [message.content["note"]["text"] for message in waiting]
