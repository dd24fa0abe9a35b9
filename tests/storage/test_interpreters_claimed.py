"""Whoever was promised as an interpreter is claimed with the date, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

from bot.booking.appointment import Appointment, SlotTaken
from bot.booking.interpreters import Pool
from bot.booking.slot import Slot
from bot.handoff.acts import Acted, Outcome, Refused
from bot.interpreters import GONE, Comes, Interpreters, Nobody
from bot.storage.store import Store
from tests.casework import KIM, KUERTEN, NOW, OVERATH, a_case, a_casework
from tests.storage.builders import at_once, book_case

POOL = Pool(id="pool", name="Pool im Test", notice_days=7, source="Test")
WORK = Interpreters(casework=a_casework(), pools={"rbk": (POOL,)})
THURSDAY_9 = datetime(2026, 8, 27, 7, 0, tzinfo=UTC)
QUARTER = timedelta(minutes=15)


def at(starts_at: datetime, desk: str = KUERTEN) -> Slot:
    """A date with a quarter of an hour kept free after it, as it is offered."""
    return Slot(desk=desk, starts_at=starts_at, ends_at=starts_at + 3 * QUARTER, buffer=QUARTER)


def wished(store: Store, code: str, slot: Slot) -> Appointment:
    """A case with a date and the wish for an interpreter."""
    return book_case(store, a_case(code, interpreter=True, target_id=slot.desk), slot)


def comes(store: Store, code: str, date: datetime, sign: str) -> Outcome:
    return store.run(lambda tx: WORK.answer(tx, code, KIM, date, Comes("pool", sign), NOW))


def nobody_comes(store: Store, code: str, date: datetime) -> Outcome:
    return store.run(lambda tx: WORK.answer(tx, code, KIM, date, Nobody("Alle im Urlaub"), NOW))


def now_is(store: Store, date: Appointment) -> Appointment:
    with store.transaction() as tx:
        found = tx.allocations.get(date.id)
    assert found is not None
    return found


def test_who_comes_is_claimed_and_is_nobody_elses_then(store: Store) -> None:
    mine, other = wished(store, "A1", at(THURSDAY_9)), wished(store, "B2", at(THURSDAY_9 + 3 * QUARTER, OVERATH))
    assert isinstance(comes(store, "A1", mine.starts_at, "07"), Acted)
    assert now_is(store, mine).interpreter == "pool:07"
    refused = comes(store, "B2", other.starts_at, " 07 ")
    assert isinstance(refused, Refused)
    assert "07 ist zu dieser Zeit schon für einen anderen Termin zugesagt (A1, 09:00 bis 09:45 Uhr)" in refused.why
    assert now_is(store, other).interpreter is None
    assert isinstance(comes(store, "B2", other.starts_at, "08"), Acted)


def test_of_ten_promises_at_once_one_is_kept(store: Store) -> None:
    codes = [f"C{number}" for number in range(10)]
    for code in codes:
        wished(store, code, at(THURSDAY_9, f"desk_{code}"))
    with store.transaction() as tx:
        for code in codes:
            case = tx.cases.get(code)
            assert case is not None
            tx.cases.save(replace(case, target_id=KUERTEN, version=2), 1)
    outcomes = at_once([partial(comes, store, code, THURSDAY_9, "07") for code in codes])
    assert sum(isinstance(outcome, Acted) for outcome in outcomes) == 1
    assert all("zugesagt" in outcome.why for outcome in outcomes if isinstance(outcome, Refused))
    with store.transaction() as tx:
        assert len(tx.allocations.taken(["pool:07"], NOW, THURSDAY_9 + timedelta(days=1), NOW)) == 1


def test_said_again_nothing_changes_and_somebody_else_takes_the_place(store: Store) -> None:
    mine = wished(store, "A1", at(THURSDAY_9))
    for sign in ("07", "07", "08"):
        assert isinstance(comes(store, "A1", mine.starts_at, sign), Acted)
    assert now_is(store, mine).interpreter == "pool:08"
    with store.transaction() as tx:
        assert tx.inbox.pending() == 1
        assert tx.allocations.taken(["pool:07"], NOW, THURSDAY_9 + timedelta(days=1), NOW) == []


def test_who_does_not_come_after_all_is_free_for_others(store: Store) -> None:
    mine, other = wished(store, "A1", at(THURSDAY_9)), wished(store, "B2", at(THURSDAY_9, OVERATH))
    comes(store, "A1", mine.starts_at, "07")
    assert isinstance(nobody_comes(store, "A1", mine.starts_at), Acted)
    assert isinstance(comes(store, "B2", other.starts_at, "07"), Acted)


def test_a_date_that_is_moved_takes_its_interpreter_along_or_goes_without(store: Store) -> None:
    mine = wished(store, "A1", at(THURSDAY_9))
    other = wished(store, "B2", at(THURSDAY_9 + timedelta(days=1), OVERATH))
    comes(store, "A1", mine.starts_at, "07")
    comes(store, "B2", other.starts_at, "07")
    with store.transaction() as tx:
        along = tx.allocations.move(mine.id, at(THURSDAY_9 + timedelta(hours=2)), NOW)
        without = tx.allocations.move(mine.id, at(THURSDAY_9 + timedelta(days=1)), NOW)
    assert isinstance(along, Appointment)
    assert isinstance(without, Appointment)
    assert (along.interpreter, without.interpreter) == ("pool:07", None)
    assert comes(store, "A1", mine.starts_at, "07") is GONE


def test_a_date_that_was_cancelled_frees_its_interpreter(store: Store) -> None:
    mine, other = wished(store, "A1", at(THURSDAY_9)), wished(store, "B2", at(THURSDAY_9, OVERATH))
    comes(store, "A1", mine.starts_at, "07")
    with store.transaction() as tx:
        tx.allocations.cancel(mine.id, NOW)
    assert isinstance(comes(store, "B2", other.starts_at, "07"), Acted)


def test_a_post_that_is_taken_is_not_won_by_leaving_the_interpreter_behind(store: Store) -> None:
    mine = wished(store, "A1", at(THURSDAY_9))
    wished(store, "B2", at(THURSDAY_9 + timedelta(days=1)))
    comes(store, "A1", mine.starts_at, "07")
    with store.transaction() as tx:
        assert isinstance(tx.allocations.move(mine.id, at(THURSDAY_9 + timedelta(days=1)), NOW), SlotTaken)
    assert (now_is(store, mine).starts_at, now_is(store, mine).interpreter) == (THURSDAY_9, "pool:07")
