"""After booking: an earlier date in turn, coming later, a missed date without harm, a second short consultation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.app.counter import offered_file
from bot.booking.happened import Happened, What
from bot.booking.slot import Consultation
from bot.handoff.interpreting import confirm
from bot.storage.store import Store
from bot.turns.ask_earlier import ask_who_waits
from tests.scenarios.test_waiting import DESK, WORK, needs_a_flat
from tests.talk import Talk, new_store, premises


@pytest.fixture
def store() -> Iterator[Store]:
    with new_store() as opened:
        yield opened


def booked(store: Store, person: str) -> Talk:
    """Books the last date that is offered, so that earlier ones are free."""
    talk = needs_a_flat(store, person).taps("appointment", "yes", "chat", "without").sees("slots")
    dates = [one.id for one in talk.last.choices if one.id.endswith("Z")]
    return talk.taps(dates[-1], "confirm").sees("mine")


def chores(talk: Talk) -> int:
    with talk.store.transaction() as tx:
        return ask_who_waits(tx, WORK.calendars, talk.now)


def offered(talk: Talk, answer: str) -> str:
    return next(one.id for one in talk.hears().last.choices if one.id.startswith(f"{answer}."))


def test_whoever_waits_is_asked_once_and_a_yes_moves_the_same_appointment(store: Store) -> None:
    talk = booked(store, "a")
    before = talk.date()
    talk.taps(f"earlier.{before.case}").is_told("You are on the list")
    assert [chores(talk), chores(talk)] == [1, 0]
    talk.hears().is_told("An earlier date has become free").is_told("it may be too late to find an interpreter")
    talk.taps(offered(talk, "take")).is_told("has a new date")
    after = talk.date()
    assert (after.id, after.uid, after.sequence) == (before.id, before.uid, before.sequence + 1)
    assert after.starts_at < before.starts_at


def test_a_no_keeps_the_date_and_the_place_in_the_list(store: Store) -> None:
    talk = booked(store, "a")
    before = talk.date()
    talk.taps(f"earlier.{before.case}")
    chores(talk)
    talk.taps(offered(talk, "leave")).is_told("you keep your date").is_offered(f"no_earlier.{before.case}")
    assert talk.date() == before


def test_silence_passes_the_date_on_and_says_so(store: Store) -> None:
    talk = booked(store, "a")
    before = talk.date()
    talk.taps(f"earlier.{before.case}")
    chores(talk)
    gone = offered(talk, "take")
    talk.now += timedelta(hours=20)
    chores(talk)
    talk.hears().is_told("is no longer kept for you")
    assert gone not in {one.id for one in talk.last.choices}
    assert talk.date() == before


def test_nobody_takes_what_was_offered_to_somebody_else(store: Store) -> None:
    talk, other = booked(store, "a"), booked(store, "b")
    talk.taps(f"earlier.{talk.date().case}")
    other.taps(f"earlier.{other.date().case}")
    chores(talk)
    foreign, before = offered(talk, "take"), other.date()
    other.hears().says({"tap": foreign, "on": "mine"})
    assert other.date() == before


def test_whoever_left_the_list_is_not_asked(store: Store) -> None:
    talk = booked(store, "a")
    code = talk.date().case
    talk.taps(f"earlier.{code}", f"no_earlier.{code}").is_told("no longer on the list")
    assert chores(talk) == 0


def test_coming_later_is_on_the_card_and_answered_kindly(store: Store) -> None:
    talk = booked(store, "a")
    date = talk.date()
    talk.now = date.starts_at - timedelta(minutes=20)
    talk.taps("nav.help").types("/appointment").taps(f"late.{date.case}", "late20").is_told("Please come anyway")
    with store.transaction() as tx:
        assert [(one.what, one.minutes) for one in tx.happened.of(date.id)] == [(What.LATE, 20)]
        assert tx.messages.unread({date.case}) == {date.case: 1}


def test_coming_later_is_not_asked_on_another_day(store: Store) -> None:
    talk = booked(store, "a")
    assert f"late.{talk.date().case}" not in {one.id for one in talk.last.choices}


def test_whoever_missed_a_date_chooses_a_new_one_and_what_happened_stays_with_the_old(store: Store) -> None:
    talk = booked(store, "a")
    old = talk.date()
    talk.now = old.ends_at + timedelta(hours=1)
    with store.transaction() as tx:
        tx.happened.note("a", Happened(appointment=old.id, what=What.NO_SHOW, at=talk.now, actor="sara"))
    talk.types("/appointment").is_told("It was on").taps(f"date.{old.case}").sees("slots").is_not_told("Your old date")
    talk.is_offered("interpreted").taps(talk.last.choices[0].id).sees("mine").is_not_told("It was on")
    talk.is_told("Your appointment is booked").is_told("There is no answer yet")
    new = talk.date()
    assert new.id != old.id
    assert new.starts_at > talk.now
    with store.transaction() as tx:
        assert tx.happened.of(new.id) == []


def test_a_short_consultation_has_a_second_date_and_no_third(store: Store) -> None:
    talk = needs_a_flat(store, "a").books()
    for another in (True, False):
        date = talk.date()
        assert date.kind is Consultation.SHORT
        talk.now = date.ends_at + timedelta(hours=1)
        talk.types("/appointment")
        assert (f"date.{date.case}" in {one.id for one in talk.last.choices}) is another
        if another:
            talk.taps(f"date.{date.case}").sees("slots").taps(talk.last.choices[0].id).sees("mine")


def test_another_date_is_asked_about_an_interpreter_anew(store: Store) -> None:
    talk = booked(store, "a").is_told("I have asked for an interpreter")
    case, date = talk.cases()[0], talk.date()
    said = confirm(case, date.starts_at, "kim", talk.now)
    with store.transaction() as tx:
        tx.cases.log(case.code, talk.now, "kim", said.entry.action)  # type: ignore[union-attr]  # it is open
    talk.types("/appointment").is_told("somebody comes to the meeting")
    talk.taps(f"move.{case.code}").taps(talk.last.choices[0].id).is_told("There is no answer yet")


def test_a_date_too_soon_for_an_interpreter_says_so_before_it_is_booked(store: Store) -> None:
    talk = needs_a_flat(store, "a").taps("appointment", "yes", "chat", "without").sees("slots")
    talk.taps(talk.last.choices[0].id).sees("summary").is_told("it may be too late to find an interpreter")
    talk.taps("other_date", "interpreted").taps(talk.last.choices[0].id).sees("summary").is_not_told("too late")
    assert talk.taps("confirm").date().desk == DESK


def test_a_date_at_another_place_than_the_desks_says_so_wherever_it_is_named(store: Store) -> None:
    with store.transaction() as tx:
        version = premises().house.rosters.version(tx.desks, DESK)
        assert version is not None
        hours = [{**row, "place": "Begegnungscafé"} for row in version.document["hours"]]
        tx.desks.put(
            replace(
                version,
                number=1,
                author="c",
                at=datetime(2026, 11, 20, tzinfo=UTC),
                document={**version.document, "hours": hours},
            )
        )
    talk = needs_a_flat(store, "a").taps("appointment", "yes", "chat", "without").sees("slots")
    talk.taps(talk.last.choices[0].id).sees("summary").is_told("📍 Begegnungscafé")
    talk.taps("confirm").sees("mine").is_told("📍 Begegnungscafé").is_not_told("Rathaus Kürten")
    date = talk.date()
    with store.transaction() as tx:
        found = offered_file(tx, "a", date.id, premises(), talk.now)
    assert found is not None
    assert "Begegnungscafé" in found[1].decode()
    talk.now = date.starts_at - timedelta(hours=2)
    talk.hears().sees("reminder").is_told("📍 Begegnungscafé").is_not_told("Rathaus Kürten")
