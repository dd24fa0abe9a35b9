"""What a calendar must be told follows from what is booked and what was said last, whoever changed it and how often."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from bot.booking.appointment import Appointment, AppointmentState
from bot.booking.calendar_letter import calendar_letter
from bot.booking.invited import DeskCalendar, Invited, Word, to_tell

NOW: Final = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
TUESDAY: Final = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
KUERTEN: Final = DeskCalendar(address="kalender@kuerten.example", name="KIM Kürten", place="Rathaus")
OVERATH: Final = DeskCalendar(address="kalender@overath.example", name="KIM Overath")
CALENDARS: Final = {"kuerten": KUERTEN, "overath": OVERATH}
CARDS: Final = "https://lotse.example/console/karten"
DATE: Final = Appointment(
    id="a1",
    case="RBK-7",
    desk="kuerten",
    starts_at=TUESDAY,
    ends_at=TUESDAY + timedelta(minutes=45),
    state=AppointmentState.BOOKED,
    sequence=0,
    uid="5d0f2f0e-9a3c-4f6b-8f43-0c6a3f4b7a11",
)


def moved(date: Appointment, days: int = 1, desk: str = "kuerten") -> Appointment:
    begins, ends = date.starts_at + timedelta(days=days), date.ends_at + timedelta(days=days)
    return replace(date, starts_at=begins, ends_at=ends, desk=desk, sequence=date.sequence + 1)


class Calendars:
    """What was said until now; `told` says what was said last, in short."""

    def __init__(self) -> None:
        self.known: dict[tuple[str, str], Invited] = {}

    def hear(
        self, *dates: Appointment, calendars: Mapping[str, DeskCalendar] = CALENDARS, now: datetime = NOW
    ) -> list[tuple[str, Word, int]]:
        said = to_tell(dates, calendars, [*self.known.values()], now)
        self.known |= {(one.uid, one.address): one for one in said}
        return [(one.address.partition("@")[2].partition(".")[0], one.word, one.sequence) for one in said]


def test_a_date_is_said_once() -> None:
    calendars = Calendars()
    assert calendars.hear(DATE) == [("kuerten", Word.NEW, 0)]
    assert calendars.hear(DATE) == []


def test_a_move_has_a_higher_number_and_a_cancellation_the_highest() -> None:
    calendars = Calendars()
    calendars.hear(DATE)
    assert calendars.hear(moved(DATE)) == [("kuerten", Word.CHANGED, 1)]
    assert calendars.hear() == [("kuerten", Word.OFF, 2)]
    assert calendars.hear() == []


def test_a_date_that_was_moved_before_anybody_looked_is_simply_new() -> None:
    assert Calendars().hear(moved(DATE)) == [("kuerten", Word.NEW, 1)]


def test_moves_that_nobody_saw_are_one_change() -> None:
    calendars = Calendars()
    calendars.hear(DATE)
    assert calendars.hear(moved(moved(DATE))) == [("kuerten", Word.CHANGED, 2)]
    assert calendars.hear(moved(moved(DATE))) == []


def test_another_desk_hears_of_it_and_the_old_one_is_told_that_it_is_off() -> None:
    calendars = Calendars()
    calendars.hear(DATE)
    there = moved(DATE, 0, "overath")
    assert calendars.hear(there) == [("kuerten", Word.OFF, 1), ("overath", Word.NEW, 1)]
    back = moved(there, 0, "kuerten")
    assert calendars.hear(back) == [("kuerten", Word.NEW, 2), ("overath", Word.OFF, 2)]


def test_two_desks_with_one_mailbox_have_one_entry() -> None:
    calendars, shared = Calendars(), {"kuerten": KUERTEN, "overath": replace(OVERATH, address=KUERTEN.address)}
    calendars.hear(DATE, calendars=shared)
    assert calendars.hear(moved(DATE, 0, "overath"), calendars=shared) == [("kuerten", Word.CHANGED, 1)]


def test_a_new_mailbox_of_the_desk_gets_all_dates_and_the_old_one_none() -> None:
    calendars = Calendars()
    calendars.hear(DATE)
    renamed = {"kuerten": replace(KUERTEN, address="neu@neustadt.example")}
    assert calendars.hear(DATE, calendars=renamed) == [("kuerten", Word.OFF, 1), ("neustadt", Word.NEW, 1)]
    assert calendars.hear(DATE, calendars={}) == [("neustadt", Word.OFF, 2)]
    assert calendars.hear(DATE, calendars=renamed) == [("neustadt", Word.NEW, 3)]


def test_another_place_is_a_change_and_another_colleague_is_none() -> None:
    calendars = Calendars()
    calendars.hear(DATE)
    assert calendars.hear(replace(DATE, post="kuerten/2", sequence=1)) == []
    assert calendars.hear(replace(DATE, place="Märchentreff", sequence=1)) == [("kuerten", Word.CHANGED, 1)]


def test_of_what_is_over_nobody_hears() -> None:
    calendars = Calendars()
    calendars.hear(DATE)
    assert calendars.hear(now=DATE.ends_at) == []
    assert Calendars().hear(DATE, now=DATE.ends_at) == []


def test_a_desk_without_a_mailbox_hears_nothing() -> None:
    assert Calendars().hear(DATE, calendars={"overath": OVERATH}) == []


@given(st.lists(st.tuples(st.sampled_from(["book", "move", "post", "off"]), st.sampled_from(["kuerten", "overath"]))))
def test_whatever_happens_a_calendar_that_hears_every_word_shows_what_is_booked(
    steps: Sequence[tuple[str, str]],
) -> None:
    """Each calendar believes the highest number; two words about a date never have the same one at one address."""
    calendars, date, shown = Calendars(), DATE, dict[str, tuple[int, datetime | None]]()
    booked: list[Appointment] = []
    for act, desk in steps:
        date = moved(date, 1, desk) if act == "move" else replace(date, sequence=date.sequence + (act == "post"))
        booked = [] if act == "off" else [date]
        calendars.hear(*booked)
        for one in calendars.known.values():
            before = shown.get(one.address, (-1, None))
            entry = (one.sequence, None if one.word is Word.OFF else one.starts_at)
            assert entry == before or entry[0] > before[0]
            shown[one.address] = max(before, entry, key=lambda one: one[0])
    wanted = {CALENDARS[one.desk].address: one.starts_at for one in booked}
    assert {address: at for address, (_, at) in shown.items() if at} == wanted


def a_letter(word: Word, code: str = "RBK-7") -> tuple[str, str, bytes]:
    said = to_tell([DATE], CALENDARS, [], NOW)[0]
    letter = calendar_letter(replace(said, word=word), code, sender="lotse@kim.example", stamp=NOW, cards=CARDS)
    return letter.subject, letter.text, letter.calendar


@pytest.mark.parametrize(
    ("word", "subject", "head", "method"),
    [
        (Word.NEW, "Termin RBK-7", "Neu: Termin RBK-7", "REQUEST"),
        (Word.CHANGED, "Termin RBK-7: geändert", "Geändert: Termin RBK-7", "REQUEST"),
        (Word.OFF, "Termin RBK-7: abgesagt", "Abgesagt: Termin RBK-7", "CANCEL"),
    ],
)
def test_a_letter_says_the_same_in_words_and_in_the_file(word: Word, subject: str, head: str, method: str) -> None:
    said, text, file = a_letter(word)
    assert (said, text.splitlines()[0]) == (subject, head)
    assert "Dienstag, 24. November 2026, 10:00 bis 10:45 Uhr\nKIM Kürten, Rathaus" in text
    calendar = Calendar.from_ical(file)
    (event,) = calendar.events
    assert (calendar["METHOD"], event["SUMMARY"], event.start) == (method, "Termin RBK-7", TUESDAY)
    assert event["LOCATION"] == "KIM Kürten, Rathaus"


def test_a_letter_about_somebody_who_had_everything_erased_has_no_code() -> None:
    subject, text, file = a_letter(Word.OFF, "")
    assert subject == "Termin: abgesagt"
    assert "/karten/" not in text
    assert b"SUMMARY:Termin\r\n" in file
