"""Invitations over both databases and a real mail server: each word once, whatever the server and the workers do."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import UTC, datetime, timedelta
from typing import Final, TypeVar

import pytest

from bot.app.inviting import tell_calendars
from bot.booking.appointment import Appointment
from bot.booking.invited import Invited as SaidBefore
from bot.booking.invited import Told
from bot.storage.store import Store, Transaction
from tests.calendars.invited import MAILBOXES, OTHER, Entry, Invited, entry_of, with_mailboxes
from tests.calendars.office import DESK, a_slot, book
from tests.calendars.post_office import DROPS, PostOffice, post_office
from tests.storage.builders import at_once
from tests.storage.conftest import empty
from tests.talk import premises

NOW: Final = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
TUESDAY: Final = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
T = TypeVar("T")
FULL, UNKNOWN = "452 4.2.2 mailbox full", "550 5.1.1 no such mailbox"


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with post_office() as office:
        yield office


@pytest.fixture
def desk(store: Store, office: PostOffice) -> Invited:
    with_mailboxes(store, NOW)
    return Invited(store, office, NOW)


def shorts(entries: list[Entry]) -> list[tuple[str, int]]:
    return [one.short for one in entries]


def move(desk: Invited, date: Appointment, days: int = 1) -> None:
    with desk.store.transaction() as tx:
        moved = tx.allocations.move(date.id, a_slot(date.starts_at + timedelta(days=days)), desk.now)
    assert isinstance(moved, Appointment)


def cancel(desk: Invited, date: Appointment) -> None:
    with desk.store.transaction() as tx:
        tx.allocations.cancel(date.id, desk.now)


def not_arrived(desk: Invited) -> list[Told]:
    with desk.store.transaction() as tx:
        return tx.invited.open_at(DESK, desk.now)


def once_more(desk: Invited) -> None:
    with desk.store.transaction() as tx:
        tx.invited.once_more(DESK)


def test_what_is_refused_for_now_is_tried_later_and_arrives_once(desk: Invited) -> None:
    book(desk.store, TUESDAY)
    desk.office.refuses("rcpt", FULL, FULL)
    for _ in range(2):
        assert desk.hears() == []
        desk.now += timedelta(seconds=30)
    assert shorts(desk.hears()) == [("REQUEST", 0)]
    desk.now += timedelta(hours=1)
    assert desk.hears() == []
    assert not_arrived(desk) == []


def test_what_is_refused_for_ever_is_shown_and_sent_again_on_demand(desk: Invited) -> None:
    book(desk.store, TUESDAY)
    desk.office.refuses("rcpt", UNKNOWN)
    desk.now += timedelta(hours=1)
    assert desk.hears() == []
    desk.now += timedelta(hours=1)
    assert desk.hears() == []
    (told,) = not_arrived(desk)
    assert told.fault == UNKNOWN
    once_more(desk)
    assert not_arrived(desk) == []
    assert shorts(desk.hears()) == [("REQUEST", 1)]
    once_more(desk)
    assert desk.hears() == []
    assert not_arrived(desk) == []


def test_a_cancellation_that_was_refused_can_be_sent_again_too(desk: Invited) -> None:
    date = book(desk.store, TUESDAY)
    desk.hears()
    cancel(desk, date)
    desk.office.refuses("data", "554 5.7.1 we do not like it")
    assert desk.hears() == []
    once_more(desk)
    assert shorts(desk.hears()) == [("CANCEL", 2)]


def test_the_next_change_is_sent_after_a_refusal_without_being_asked(desk: Invited) -> None:
    date = book(desk.store, TUESDAY)
    desk.office.refuses("rcpt", UNKNOWN)
    desk.hears()
    move(desk, date)
    assert shorts(desk.hears()) == [("REQUEST", 1)]
    assert not_arrived(desk) == []


def test_a_server_that_takes_nothing_kills_no_letter_and_is_not_pestered(desk: Invited) -> None:
    for number in range(4):
        book(desk.store, TUESDAY + timedelta(hours=number), f"CASE{number}")
    desk.office.refuses("mail", "550 5.7.1 we do not know you")
    assert desk.works() is False
    assert desk.office.connections == 1
    desk.now += timedelta(minutes=1)
    assert desk.works() is True
    assert len(desk.office.letters) == 4
    assert not_arrived(desk) == []


def test_a_letter_that_may_have_arrived_is_sent_again_byte_for_byte(desk: Invited) -> None:
    """The one window that is left: the server has it, and nobody could say so."""
    book(desk.store, TUESDAY)
    desk.office.refuses("taken", DROPS)
    first = desk.hears()
    desk.now += timedelta(minutes=5)
    again = desk.hears()
    desk.now += timedelta(minutes=5)
    assert desk.hears() == []
    assert shorts(first) == shorts(again) == [("REQUEST", 0)]
    assert [one.letter for one in first] == [one.letter for one in again]


def test_of_several_words_that_waited_the_last_one_is_sent(desk: Invited) -> None:
    date = book(desk.store, TUESDAY)
    mailing = desk.mailing()
    assert mailing.tell() == 1
    move(desk, date)
    assert mailing.tell() == 1
    cancel(desk, date)
    assert shorts(desk.hears()) == [("CANCEL", 2)]


def test_a_change_of_what_nobody_has_heard_of_is_new_to_them(desk: Invited) -> None:
    date = book(desk.store, TUESDAY)
    desk.office.refuses("rcpt", UNKNOWN)
    desk.hears()
    move(desk, date)
    (first,) = desk.hears()
    move(desk, date, days=2)
    (second,) = desk.hears()
    subjects = [one.letter.message["subject"] for one in (first, second)]
    assert subjects == ["Termin K7M4Q2", "Termin K7M4Q2: geändert"]


def test_a_word_about_what_is_over_is_not_sent(desk: Invited) -> None:
    date = book(desk.store, TUESDAY)
    desk.mailing().tell()
    desk.now = date.ends_at
    assert desk.hears() == []
    with desk.store.transaction() as tx:
        assert tx.invited.prune(date.ends_at + timedelta(days=31)) == 1
        assert tx.invited.all() == []


def test_a_date_of_the_past_that_gets_a_new_time_is_the_same_entry(desk: Invited) -> None:
    date = book(desk.store, TUESDAY)
    desk.hears()
    desk.now = date.ends_at + timedelta(days=2)
    move(desk, date, days=7)
    (changed,) = desk.hears()
    assert (changed.short, changed.read.uid) == (("REQUEST", 1), date.uid)


def test_four_workers_at_once_say_each_word_once(desk: Invited) -> None:
    dates = [book(desk.store, TUESDAY + timedelta(hours=number), f"CASE{number}") for number in range(8)]
    dates += [book(desk.store, TUESDAY + timedelta(hours=number), f"OVER{number}", OTHER) for number in range(8)]
    at_once([desk.works] * 4, 4)
    for date in dates[:4]:
        move(desk, date, days=2)
    for date in dates[4:6]:
        cancel(desk, date)
    at_once([desk.works] * 4, 4)
    read = [entry_of(letter) for letter in desk.office.letters]
    said = [(one.letter.recipient, one.read.uid, *one.short) for one in read]
    kuerten, overath = MAILBOXES[DESK], MAILBOXES[OTHER]
    wanted = [(kuerten if one in dates[:8] else overath, one.uid, "REQUEST", 0) for one in dates]
    wanted += [(kuerten, one.uid, "REQUEST", 1) for one in dates[:4]]
    wanted += [(kuerten, one.uid, "CANCEL", 1) for one in dates[4:6]]
    assert sorted(said) == sorted(wanted)


class Interrupted:
    """A transaction in which, after the first of its two reads, somebody else books and tells."""

    def __init__(self, tx: Transaction, meanwhile: Callable[[], object]) -> None:
        self._tx, self._meanwhile = tx, [meanwhile]
        self.desks, self.outbox = tx.desks, tx.outbox
        self.invited = self.allocations = self

    def all(self) -> list[SaidBefore]:
        return self._then(self._tx.invited.all())

    def booked(self, desks: Collection[str], start: datetime, end: datetime) -> list[Appointment]:
        return self._then(self._tx.allocations.booked(desks, start, end))

    def say(self, one: SaidBefore, now: datetime) -> int | None:
        return self._tx.invited.say(one, now)

    def _then(self, found: list[T]) -> list[T]:
        while self._meanwhile:
            self._meanwhile.pop()()
        return found


@pytest.mark.postgres
def test_a_date_that_is_booked_and_told_meanwhile_is_never_taken_out(postgres_url: str) -> None:
    """What was said is read before what is booked; the other way round, this date would look cancelled."""
    empty(postgres_url)
    store = Store(postgres_url)
    with_mailboxes(store, NOW)
    with post_office() as office:
        desk = Invited(store, office, NOW)

        def meanwhile() -> None:
            book(store, TUESDAY)
            desk.works()

        with store.transaction() as tx:
            tell_calendars(Interrupted(tx, meanwhile), premises(), NOW)  # type: ignore[arg-type]  # as much as it needs
        desk.works()
        assert [entry_of(one).short for one in office.letters] == [("REQUEST", 0)]
    store.close()
