"""Whatever happens with a date, in the chat or in the console, the calendar of the desk hears of it by e-mail."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest

from bot.booking.away import Away
from bot.cases import Asked
from bot.handoff.acts import Acted, Outcome
from bot.rebooking import NewDate, Rebooking
from bot.storage.store import Store, Transaction
from tests.calendars.invited import MAILBOXES, OTHER, SARA, SENDER, Invited, asked, booked_in_chat, with_mailboxes
from tests.calendars.office import DESK, book
from tests.calendars.post_office import PostOffice, post_office
from tests.talk import Talk, new_store, premises

CONSOLE = "http://127.0.0.1:8000/console/karten"
WORK = premises().casework


@pytest.fixture
def store() -> Iterator[Store]:
    with new_store() as store:
        yield store


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with post_office() as office:
        yield office


@pytest.fixture
def talk(store: Store) -> Talk:
    """Somebody has booked in the chat; the desks have mailboxes."""
    talk = booked_in_chat(store)
    with_mailboxes(store, talk.now)
    return talk


@pytest.fixture
def desk(store: Store, office: PostOffice, talk: Talk) -> Invited:
    return Invited(store, office, talk.now)


def acts(talk: Talk, act: Callable[[Transaction, Asked], Outcome]) -> None:
    """A colleague does something with the card, and may."""
    wish = asked(talk)
    with talk.store.transaction() as tx:
        assert isinstance(act(tx, wish), Acted)


def free(talk: Talk) -> list[datetime]:
    """When the case could have a date at its desk."""
    (case,) = talk.cases()
    with talk.store.transaction() as tx:
        return [one.starts_at for one in WORK.dates_for(tx, case, talk.now)]


def test_booked_moved_and_cancelled_in_the_chat(talk: Talk, desk: Invited) -> None:
    code, before = talk.cases()[0].code, talk.date()
    (new,) = desk.hears()
    assert (new.short, new.read.uid) == (("REQUEST", 0), before.uid)
    assert (new.letter.sender, new.letter.recipient) == (SENDER, MAILBOXES[DESK])
    assert (new.read.summary, new.read.starts_at, new.read.ends_at) == (
        f"Termin {code}",
        before.starts_at,
        before.ends_at,
    )

    talk.taps(f"move.{code}").sees("slots").taps(talk.last.choices[2].id).is_told("new date")
    (changed,) = desk.hears()
    assert (changed.short, changed.read.uid) == (("REQUEST", 1), before.uid)
    assert changed.read.starts_at == talk.date().starts_at != before.starts_at

    talk.taps(f"cancel.{code}", "yes")
    (off,) = desk.hears()
    assert (off.short, off.read.uid, off.read.status) == (("CANCEL", 2), before.uid, "CANCELLED")
    assert desk.hears() == []


def test_a_letter_names_nobody_and_no_need(talk: Talk, desk: Invited) -> None:
    (new,) = desk.hears()
    code = talk.cases()[0].code
    assert new.letter.message["subject"] == f"Termin {code}"
    assert f"{CONSOLE}/{code}" in new.letter.text
    assert (new.letter.message["auto-submitted"], new.letter.message["from"].addresses[0].display_name) == (
        "auto-generated",
        "Lotse",
    )
    whole = new.letter.body.decode() + new.letter.text + new.letter.calendar.decode()
    for secret in (talk.person, "flat", "housing", "Wohnung", "Kurzberatung", "Case Management:"):
        assert secret not in whole


def test_a_colleague_moves_the_date_and_closes_the_case(talk: Talk, desk: Invited) -> None:
    desk.hears()
    later = free(talk)[3]
    acts(talk, lambda tx, wish: WORK.propose_date(tx, wish, later))
    (changed,) = desk.hears()
    assert (changed.short, changed.read.starts_at) == (("REQUEST", 1), later)
    acts(talk, lambda tx, wish: WORK.decline(tx, wish, "Bitte an die Migrationsberatung."))
    assert [one.short for one in desk.hears()] == [("CANCEL", 2)]


def test_a_date_in_an_absence_is_moved_in_the_calendar_too(talk: Talk, desk: Invited) -> None:
    desk.hears()
    rebooking, date = Rebooking(casework=WORK), talk.date()
    times = (date.starts_at - timedelta(hours=1), date.ends_at + timedelta(hours=1))
    with talk.store.transaction() as tx:
        away = rebooking.begin(tx, SARA, DESK, (), times, talk.now)
        assert isinstance(away, Away)
        (listed,) = rebooking.listed(tx, SARA, away, talk.now)
    assert desk.hears() == []
    new = next(one for one in listed.instead if isinstance(one, NewDate))
    with talk.store.transaction() as tx:
        assert isinstance(rebooking.rebook(tx, SARA, away, date.id, new, talk.now), Acted)
    (changed,) = desk.hears()
    assert (changed.short, changed.read.starts_at) == (("REQUEST", 1), new.starts_at)


def test_the_case_goes_to_another_desk_and_gets_a_date_there(talk: Talk, desk: Invited) -> None:
    desk.hears()
    acts(talk, lambda tx, wish: WORK.hand_to_desk(tx, wish, OTHER, "Die Familie ist umgezogen."))
    (off,) = desk.hears()
    assert (off.short, off.letter.recipient) == (("CANCEL", 1), MAILBOXES[DESK])
    there = free(talk)[0]
    acts(talk, lambda tx, wish: WORK.propose_date(tx, wish, there))
    (new,) = desk.hears()
    assert (new.short, new.letter.recipient, new.read.starts_at) == (("REQUEST", 0), MAILBOXES[OTHER], there)


def test_whoever_has_everything_erased_is_taken_out_of_the_calendar(talk: Talk, desk: Invited) -> None:
    (new,) = desk.hears()
    code = talk.cases()[0].code
    with talk.store.transaction() as tx:
        tx.erase(talk.person)
    (off,) = desk.hears()
    assert (off.short, off.read.uid, off.read.summary) == (("CANCEL", 1), new.read.uid, "Termin")
    assert code not in off.letter.body.decode() + off.letter.text
    with talk.store.engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT * FROM invited").all()
    assert code not in str(rows)


def test_a_new_mailbox_gets_what_is_booked_and_the_old_one_is_emptied(talk: Talk, desk: Invited) -> None:
    (first,) = desk.hears()
    with_mailboxes(talk.store, talk.now, {DESK: "neu@kuerten.example"})
    letters = {one.letter.recipient: one for one in desk.hears()}
    assert {to: one.short for to, one in letters.items()} == {
        MAILBOXES[DESK]: ("CANCEL", 1),
        "neu@kuerten.example": ("REQUEST", 1),
    }
    assert {one.read.uid for one in letters.values()} == {first.read.uid}


def test_dates_that_were_there_before_are_said_once_the_desk_has_a_mailbox(store: Store, office: PostOffice) -> None:
    talk = booked_in_chat(store)
    book(store, talk.now + timedelta(days=9), "OVER22", OTHER)
    desk = Invited(store, office, talk.now)
    assert desk.hears() == []
    with_mailboxes(store, talk.now, {OTHER: MAILBOXES[OTHER]})
    assert [one.read.summary for one in desk.hears()] == ["Termin OVER22"]
