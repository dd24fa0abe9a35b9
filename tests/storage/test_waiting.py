"""An earlier date is offered to one person at a time, kept for them, and theirs in one step."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from functools import partial

from bot.booking.appointment import Appointment, AppointmentState, SlotTaken
from bot.booking.happened import Happened, What
from bot.booking.hours import Calendar, HoursKind, Weekly
from bot.booking.offer import Wish
from bot.booking.resources import Need, Role
from bot.booking.slot import Consultation, SpanState
from bot.booking.waiting import Offer, OfferGone, Waiting
from bot.storage.store import Store
from bot.turns.earlier import offer_earlier_dates
from tests.storage.builders import NOW, at_once, book, later, slot

#: From 7 to 17 by UTC on every weekday, as `slot` counts them.
CALENDAR = Calendar(
    desk="desk_a",
    weekly=tuple(
        Weekly(weekday=day, opens=time(9), closes=time(19), kind=HoursKind.APPOINTMENT, source="own sample")
        for day in range(5)
    ),
    minutes=dict.fromkeys(Consultation, 60),
    lead_days=2,
    horizon=timedelta(days=28),
)
#: A Tuesday, 8 June is the first Monday with slots.
MORNING = NOW


def waits(store: Store, number: int, day: int = 7, joined: datetime = NOW) -> Appointment:
    """The n-th person has the n-th slot so many days later, and would like an earlier one."""
    mine = book(store, slot(24 * day + number), f"p{number}", f"K{number}")
    with store.transaction() as tx:
        assert isinstance(tx.waiting.join(mine.id, f"p{number}", joined), Waiting)
    return mine


def give(store: Store, now: datetime = MORNING) -> list[Offer]:
    """Ask whoever's turn it is; the desk is absent until the second morning."""
    with store.transaction() as tx:
        tx.allocations.absence("desk_a", NOW, slot(24).starts_at, "full", now)
        return list(offer_earlier_dates(tx, {"desk_a": CALENDAR}, "desk_a", now))


def test_who_came_first_is_asked_first_and_everybody_about_another_date(store: Store) -> None:
    second, first = waits(store, 1, joined=later(hours=1)), waits(store, 2)
    offers = give(store)
    assert [(one.appointment, one.starts_at) for one in offers] == [
        (first.id, slot(24).starts_at),
        (second.id, slot(25).starts_at),
    ]
    assert give(store) == []


def test_the_first_dates_are_for_people_who_have_none_yet(store: Store) -> None:
    mine = waits(store, 1)
    with store.transaction() as tx:
        tx.allocations.absence("desk_a", NOW, slot(24).starts_at, "full", MORNING)
        (offer,) = offer_earlier_dates(tx, {"desk_a": CALENDAR}, "desk_a", MORNING, kept=2)
    assert (offer.appointment, offer.starts_at) == (mine.id, slot(26).starts_at)


def test_what_is_offered_is_kept_from_everybody_else_until_the_time_to_answer_is_over(store: Store) -> None:
    waits(store, 1)
    (offer,) = give(store)
    with store.transaction() as tx:
        assert isinstance(tx.allocations.hold(slot(24), "rival", "r", MORNING), SlotTaken)
        (span, *_) = tx.allocations.taken(["desk_a"], slot(24).starts_at, slot(25).starts_at, MORNING)
        assert span.state is SpanState.OFFERED
        assert tx.waiting.offers_to("p1", MORNING) == [offer]
        assert tx.waiting.offers_to("p1", offer.until) == []
        assert isinstance(tx.allocations.hold(slot(24), "rival", "r", offer.until), Appointment)
        assert tx.waiting.accept(offer.id, offer.until) == OfferGone(offer.id)


def test_an_accepted_offer_moves_the_date_in_one_step_and_the_old_time_is_free(store: Store) -> None:
    mine = waits(store, 1)
    (offer,) = give(store)
    with store.transaction() as tx:
        moved = tx.waiting.accept(offer.id, MORNING)
        assert isinstance(moved, Appointment)
        assert moved == tx.allocations.get(mine.id) == tx.allocations.of_case("K1")
        assert tx.waiting.of(mine.id) is None
        assert tx.waiting.accept(offer.id, MORNING) == OfferGone(offer.id)
        assert len(tx.allocations.booked(["desk_a"], NOW, later(days=60))) == 1
    when = slot(24)
    assert moved == replace(mine, starts_at=when.starts_at, ends_at=when.ends_at, sequence=1)
    assert isinstance(book(store, slot(24 * 7 + 1), "p9", "K9"), Appointment)


def test_who_says_no_keeps_date_and_place_and_the_next_one_is_asked(store: Store) -> None:
    first, second = waits(store, 1), waits(store, 2, joined=later(hours=1))
    with store.transaction() as tx:
        tx.allocations.absence("desk_a", slot(25).starts_at, slot(24 * 7).starts_at, "rest", NOW)
    (offer,) = give(store)
    assert offer.appointment == first.id
    with store.transaction() as tx:
        tx.waiting.decline(offer.id)
        assert tx.allocations.get(first.id) == first
    (offer,) = give(store)
    assert offer.appointment == second.id
    with store.transaction() as tx:
        tx.waiting.decline(offer.id)
        assert [one.person for one in tx.waiting.line("desk_a", MORNING)] == ["p1", "p2"]
    assert give(store) == []


def test_an_offer_that_nobody_answers_is_told_of_once_and_goes_to_the_next_one(store: Store) -> None:
    waits(store, 1)
    waits(store, 2, joined=later(hours=1))
    with store.transaction() as tx:
        tx.allocations.absence("desk_a", slot(25).starts_at, slot(24 * 7).starts_at, "rest", NOW)
    (offer,) = give(store)
    with store.transaction() as tx:
        assert tx.waiting.expire(later(hours=2)) == []
        assert tx.allocations.expire(offer.until) == 1  # whoever tidies first
        assert tx.waiting.expire(offer.until) == [offer]
        assert tx.waiting.expire(offer.until) == []
    (after,) = give(store, offer.until)
    assert (after.person, after.starts_at) == ("p2", offer.starts_at)


def test_without_a_given_time_an_offer_runs_by_the_clock_of_the_database(store: Store) -> None:
    mine = waits(store, 1)
    with store.transaction() as tx:
        (one,) = tx.waiting.line("desk_a")
        late = tx.waiting.offer(one, slot(24), later(days=-400), NOW)
        assert isinstance(late, Offer)
        assert tx.waiting.accept(late.id) == OfferGone(late.id)
        assert tx.allocations.get(mine.id) == mine


def test_who_cancels_waits_no_longer_and_what_was_kept_for_them_is_free(store: Store) -> None:
    mine = waits(store, 1)
    (offer,) = give(store)
    with store.transaction() as tx:
        tx.allocations.cancel(mine.id, MORNING)
        assert tx.waiting.line("desk_a", MORNING) == []
        assert tx.waiting.accept(offer.id, MORNING) == OfferGone(offer.id)
        assert isinstance(tx.allocations.hold(slot(24), "rival", "r", MORNING), Appointment)


def test_who_asks_twice_keeps_the_place_and_may_change_the_wish(store: Store) -> None:
    mine = waits(store, 1)
    with store.transaction() as tx:
        first = tx.waiting.of(mine.id)
        assert first is not None
        again = tx.waiting.join(mine.id, "p1", later(hours=3), Wish.MORNINGS)
        assert again == replace(first, wish=Wish.MORNINGS)
        assert tx.waiting.join("unknown", "p1", NOW) is None
        tx.waiting.leave(mine.id, NOW)
        assert tx.waiting.desks() == []


def test_a_held_slot_does_not_let_an_offer_go(store: Store) -> None:
    waits(store, 1)
    (offer,) = give(store)
    with store.transaction() as tx:
        assert isinstance(tx.allocations.hold(slot(30), "p1", "another", MORNING), Appointment)
        assert tx.waiting.offers_to("p1", MORNING) == [offer]


def test_an_interpreter_comes_along_or_the_date_goes_to_the_next_one(store: Store) -> None:
    first = waits(store, 1)
    second = waits(store, 2, joined=later(hours=1))
    busy = replace(slot(24, desk="desk_b"), interpreters=("i1",))
    with store.transaction() as tx:
        tx.allocations.add(first.id, Need(Role.INTERPRETER, ("i1",)), NOW)
        tx.allocations.hold(busy, "somebody", "s", MORNING)
    asked = {offer.appointment: offer for offer in give(store)}
    assert asked[second.id].starts_at == slot(24).starts_at
    assert asked[first.id].starts_at == slot(25).starts_at
    with store.transaction() as tx:
        moved = tx.waiting.accept(asked[first.id].id, MORNING)
    assert isinstance(moved, Appointment)
    assert moved.interpreter == "i1"


def test_ten_workers_at_once_ask_nobody_twice_and_pass_over_nobody(store: Store) -> None:
    mine = [waits(store, number, joined=later(minutes=number)).id for number in range(4)]
    with store.transaction() as tx:
        tx.allocations.absence("desk_a", NOW, slot(24).starts_at, "full", NOW)
    made = at_once(
        [partial(store.run, lambda tx: offer_earlier_dates(tx, {"desk_a": CALENDAR}, "desk_a", MORNING))] * 10
    )
    asked = [offer for offers in made for offer in offers]
    assert sorted(offer.appointment for offer in asked) == sorted(mine)
    assert [offer.appointment for offer in sorted(asked, key=lambda one: one.starts_at)] == mine


def test_an_offer_accepted_and_the_date_cancelled_at_once_leaves_one_truth(store: Store) -> None:
    mine = [waits(store, number).id for number in range(8)]
    offers = give(store)
    assert len(offers) == 8

    def accept(number: int) -> None:
        store.run(lambda tx: tx.waiting.accept(offers[number].id, MORNING))

    def cancel(number: int) -> None:
        store.run(lambda tx: tx.allocations.cancel(offers[number].appointment, MORNING))

    at_once([partial(work, number) for number in range(8) for work in (accept, cancel)])
    with store.transaction() as tx:
        left = [tx.allocations.get(name) for name in mine]
        assert tx.allocations.taken(["desk_a"], slot(24).starts_at, later(days=60), MORNING) == []
    assert all(one and one.state is AppointmentState.CANCELLED for one in left)


def test_what_happened_with_a_date_is_noted_once_can_be_taken_back_and_has_no_consequence(store: Store) -> None:
    mine = book(store, slot(0))
    late = Happened(appointment=mine.id, what=What.LATE, at=NOW, actor="resident", minutes=10)
    missed = Happened(appointment=mine.id, what=What.NO_SHOW, at=later(hours=2), actor="anna")
    with store.transaction() as tx:
        tx.happened.note("p1", late)
        tx.happened.note("p1", replace(late, minutes=20))
        tx.happened.note("p1", missed)
        assert tx.happened.of(mine.id) == [replace(late, minutes=20), missed]
        tx.happened.undo(mine.id, What.NO_SHOW, later(hours=3))
        assert tx.happened.of(mine.id) == [replace(late, minutes=20)]
        tx.happened.note("p1", missed)
        assert tx.allocations.get(mine.id) == mine
        assert isinstance(tx.allocations.hold(slot(5), "p1", "again", NOW), Appointment)


def test_a_list_whose_dates_are_past_is_forgotten(store: Store) -> None:
    waits(store, 1)
    with store.transaction() as tx:
        assert tx.waiting.prune(later(days=1)) == 0
        assert tx.waiting.prune(later(days=60)) == 1
        assert tx.waiting.desks() == []
