"""How long it takes is said honestly; whoever waits keeps their turn; a kept promise or a new day, never silence."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from bot.booking.slot import Consultation
from bot.storage.store import Store
from bot.turns.free_dates import FreeDates, tell_who_waits
from tests.talk import Talk, new_store, premises

WORK = premises().casework
DESK = "rbk_kuerten"


@pytest.fixture
def store() -> Iterator[Store]:
    with new_store() as opened:
        yield opened


def needs_a_flat(store: Store, person: str, on: str = "2026-11-20T10:00", town: str = DESK) -> Talk:
    talk = Talk(store, person=person, on=on).consents().lives_in(town).types("I am looking for a flat")
    return talk.taps("right").answers().taps("go_on").sees("how")


def waits_for_a_date(talk: Talk) -> Talk:
    """Passes the question on although no date is free."""
    talk.taps("appointment", "yes", "chat", "without").sees("slots.none").taps("call_me")
    return talk.sees("summary").taps("confirm").sees("mine")


def full(store: Store, now: datetime, desk: str = DESK) -> None:
    """Nobody of the desk is there as far as one can book."""
    with store.transaction() as tx:
        for post in WORK.calendars[desk].posts or (desk,):
            tx.allocations.absence(desk, now, now + timedelta(days=40), f"away:{post}", now, posts=(post,))


def back(store: Store, desk: str = DESK) -> None:
    with store.transaction() as tx:
        for post in WORK.calendars[desk].posts or (desk,):
            tx.allocations.present(f"away:{post}")


def chores(store: Store, now: datetime) -> int:
    with store.transaction() as tx:
        return tell_who_waits(tx, WORK.calendars, now)


def test_the_next_free_date_is_said_before_anybody_decides(store: Store) -> None:
    needs_a_flat(store, "a").is_told("The next free date is on")


def test_a_full_desk_is_said_to_be_full_and_nobody_promises_a_day(store: Store) -> None:
    first = Talk(store, person="a")
    full(store, first.now)
    needs_a_flat(store, "a").is_told("No date is free there before").is_told("I do not know yet when").is_not_told(
        "have been waiting"
    )


def test_whoever_asks_for_a_date_where_none_is_free_reads_so_and_can_still_be_called(store: Store) -> None:
    """Also when the last one was taken while they answered, so that nobody had told them before."""
    talk = needs_a_flat(store, "a").is_told("The next free date is on").taps("appointment", "yes", "chat")
    full(store, talk.now)
    talk.taps("without").sees("slots.none").is_told("No date is free there at the moment.")
    talk.is_told("I can pass on your question without a date.").taps("again").sees("slots.none")
    talk.taps("call_me").sees("summary").taps("confirm").sees("mine")
    assert [case.appointment for case in talk.cases()] == [None]


def test_whoever_comes_second_hears_how_many_wait_longer(store: Store) -> None:
    full(store, Talk(store, person="a").now)
    waits_for_a_date(needs_a_flat(store, "a"))
    needs_a_flat(store, "b", "2026-11-20T11:00").is_told("1 person has been waiting longer than you.")


def test_the_first_free_date_is_kept_for_whoever_waited_and_a_newcomer_gets_the_next(store: Store) -> None:
    full(store, Talk(store, person="a").now)
    waited = waits_for_a_date(needs_a_flat(store, "a"))
    back(store)
    newcomer = needs_a_flat(store, "b", "2026-11-20T11:00").taps("appointment", "yes", "chat", "without").sees("slots")
    first = waited.on("2026-11-20T11:05").taps(f"date.{waited.cases()[0].code}").sees("slots").last.choices[0].id
    assert newcomer.last.choices[0].id > first


def test_whoever_waited_is_told_once_that_a_date_is_free_and_chooses_it(store: Store) -> None:
    full(store, Talk(store, person="a").now)
    waited = waits_for_a_date(needs_a_flat(store, "a"))
    assert chores(store, waited.now) == 0
    back(store)
    assert [chores(store, waited.now + timedelta(minutes=minute)) for minute in (1, 2)] == [1, 0]
    waited.on("2026-11-20T10:05").hears().is_told("there are free dates again at").is_told("is kept for you until")
    waited.taps(f"date.{waited.cases()[0].code}").sees("slots").taps(waited.last.choices[0].id).sees("mine")
    assert waited.cases()[0].appointment


def test_a_date_is_kept_for_three_days_and_then_others_may_have_it(store: Store) -> None:
    full(store, Talk(store, person="a").now)
    waits_for_a_date(needs_a_flat(store, "a"))
    back(store)
    chores(store, Talk(store, person="c", on="2026-11-20T10:10").now)
    early = needs_a_flat(store, "b", "2026-11-22T11:00").taps("appointment", "yes", "chat", "without").sees("slots")
    late = needs_a_flat(store, "d", "2026-11-23T11:00").taps("appointment", "yes", "chat", "without").sees("slots")
    with store.transaction() as tx:
        dates = FreeDates(tx=tx, calendars=WORK.calendars, person="d", now=late.now)
        free = [slot.starts_at for slot in dates.all(DESK, Consultation.SHORT)]
    assert late.last.choices[0].id == f"{free[0]:%Y%m%dT%H%MZ}"
    assert early.last.choices[0].id != f"{free[0]:%Y%m%dT%H%MZ}"


def passed(store: Store, code: str) -> list[tuple[str, str]]:
    """What the history of a case says of whose turn it was."""
    with store.transaction() as tx:
        return [
            (entry.action, entry.reason)
            for entry in tx.cases.history(code)
            if entry.action in ("served_first", "overtaken")
        ]


def test_a_date_chosen_before_somebody_who_waits_for_a_call_is_kept_in_both_histories(store: Store) -> None:
    called = needs_a_flat(store, "a").taps("call_me", "yes", "chat", "without").sees("summary").taps("confirm")
    newcomer = needs_a_flat(store, "b", "2026-11-20T11:00").books()
    assert passed(store, newcomer.cases()[0].code) == [
        (
            "served_first",
            "Vor 1 Wartenden: Im Chat einen freien Termin gewählt; wer hier länger wartet, wollte angerufen werden.",
        )
    ]
    overtaken = ("overtaken", "Ein Fall, der später kam, wurde vorgezogen.")
    assert passed(store, called.cases()[0].code) == [overtaken]


def test_whoever_waits_for_a_call_and_chooses_a_date_later_passes_only_those_who_came_before(store: Store) -> None:
    first, second, third = (
        needs_a_flat(store, person, on).taps("call_me", "yes", "chat", "without").sees("summary").taps("confirm")
        for person, on in (("a", "2026-11-20T10:00"), ("b", "2026-11-20T10:30"), ("c", "2026-11-20T11:00"))
    )
    second.on("2026-11-20T12:00").taps(f"date.{second.cases()[0].code}").sees("slots")
    second.taps(second.last.choices[0].id).sees("mine")
    assert [action for action, _ in passed(store, second.cases()[0].code)] == ["served_first"]
    assert [action for action, _ in passed(store, first.cases()[0].code)] == ["overtaken"]
    assert passed(store, third.cases()[0].code) == []


def test_nobody_is_passed_for_whom_a_date_is_kept_until_they_let_it_go(store: Store) -> None:
    full(store, Talk(store, person="a").now)
    waited = waits_for_a_date(needs_a_flat(store, "a"))
    back(store)
    chores(store, Talk(store, person="c", on="2026-11-20T10:10").now)
    early = needs_a_flat(store, "b", "2026-11-22T11:00").books()
    assert passed(store, early.cases()[0].code) == passed(store, waited.cases()[0].code) == []
    late = needs_a_flat(store, "d", "2026-11-23T11:00").books()
    ((action, why),) = passed(store, late.cases()[0].code)
    assert action == "served_first"
    assert why.endswith("war ein Termin freigehalten und wurde nicht gewählt.")
    assert [action for action, _ in passed(store, waited.cases()[0].code)] == ["overtaken"]


def test_where_the_coordination_clears_the_day_of_the_answer_is_said_and_a_new_one_if_it_is_missed(
    store: Store,
) -> None:
    talk = needs_a_flat(store, "a", town="rbk_leichlingen").is_told("New questions are shared out once a week.")
    talk.taps("pass_on", "yes", "chat", "without").sees("summary").taps("confirm").sees("mine")
    promised = talk.cases()[0].deadline
    with store.transaction() as tx:
        assert WORK.escalate_overdue(tx, promised + timedelta(minutes=1)) == 1
    talk.on("2026-11-28T10:00").hears().is_told("it takes longer than I said").is_told("They want to answer by")
    assert talk.cases()[0].deadline > promised


def test_whose_paper_may_end_soon_is_asked_to_look_at_its_date(store: Store) -> None:
    talk = Talk(store, person="a").consents().lives_in(DESK).types("I have a Duldung and want to stay in Germany")
    talk.taps("right").answers().taps("go_on").sees("how").is_told("Please look at the date on your residence paper.")
    needs_a_flat(store, "b").is_not_told("residence paper")
