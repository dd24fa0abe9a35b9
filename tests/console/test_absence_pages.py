"""An absence over dates that are booked: it is entered, its dates are listed, then moved with notice, or left alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.booking.appointment import AppointmentState
from bot.console.pages.absence import read_way, way_words
from bot.console.pages.absences import ENDED, NO_DAY, NO_TIME, SAVED
from bot.handoff.case import CaseState
from bot.rebooking import NewDate, OtherPost
from tests.casework import KUERTEN, NOW, OVERATH, a_case
from tests.console.desk_work import DeskWork
from tests.pages import Page

THURSDAY_9 = datetime(2026, 8, 13, 7, 0, tzinfo=UTC)
SECOND = f"{KUERTEN}#2"


def some_work() -> DeskWork:
    """Two dates on a Thursday morning."""
    work = DeskWork(a_case(), a_case("ZWEI22", language="uk"))
    work.store.book("K7M4Q2", KUERTEN, THURSDAY_9)
    work.store.book("ZWEI22", KUERTEN, THURSDAY_9.replace(hour=8))
    return work


def with_two_posts(work: DeskWork) -> DeskWork:
    calendars = dict(work.console.casework.calendars)
    calendars[KUERTEN] = replace(calendars[KUERTEN], posts=(KUERTEN, SECOND))
    casework = replace(work.console.casework, calendars=calendars)
    work.site.state.console = replace(work.console, casework=casework)
    return work


def absent(work: DeskWork, staff: str = "sara", **fields: str) -> Page:
    """What a colleague sees after entering Thursday the 13th."""
    visitor = work.signed_in(staff)
    form = visitor.get(f"/abwesenheiten/neu?stelle={KUERTEN}&tag=2026-08-13")
    return visitor.send(form, **{"bis_tag": "2026-08-13", **fields})


def test_the_dates_of_an_absence_are_listed_with_suggestions_and_nothing_is_changed_yet() -> None:
    work = some_work()
    page = absent(work)
    assert "Abwesend Do 13.08." in page.text
    assert SAVED in page.text
    assert "2 Termine sind in dieser Zeit gebucht." in page.text
    assert "Do 13.08., 09:00 –09:45 · K7M4Q2 · Arabisch" in page.text
    assert "Di 18.08., 09:00 (Vorschlag)" in page.text
    assert "Di 18.08., 10:00 (Vorschlag)" in page.text
    assert [one.starts_at for one in work.store.rows.appointments.values()] == [THURSDAY_9, THURSDAY_9.replace(hour=8)]
    assert not work.store.news


def test_both_are_moved_and_told_in_the_second_step() -> None:
    work = some_work()
    sara = work.signed_in("sara")
    absent(work)
    page = sara.send(sara.get("/abwesenheiten/1"))
    assert "2 Termine sind umgelegt." in page.text
    assert "Es ist nichts zu tun." in page.text
    assert [(news["kind"], news["case"], news["starts_at"][:16]) for news in work.store.news] == [
        ("date_proposed", "K7M4Q2", "2026-08-18T07:00"),
        ("date_proposed", "ZWEI22", "2026-08-18T08:00"),
    ]
    assert work.case().state is CaseState.DATE_PROPOSED
    assert "Anderen Termin genannt" in sara.get("/karten/K7M4Q2").text


def test_one_can_be_left_for_later_and_the_inbox_says_so() -> None:
    work = some_work()
    sara = work.signed_in("sara")
    absent(work)
    page = sara.send(sara.get("/abwesenheiten/1"), **{"neu_a-ZWEI22": ""})
    assert "1 Termin ist umgelegt." in page.text
    assert "1 Termin ist in dieser Zeit gebucht." in page.text
    assert "1 Termin ist noch umzulegen" in sara.get("/abwesenheiten").text
    assert "1 Termin in einer Abwesenheit" in sara.get("/posteingang").text
    assert work.store.rows.appointments["a-ZWEI22"].starts_at == THURSDAY_9.replace(hour=8)


def test_a_time_that_was_taken_meanwhile_holds_up_only_its_own_date() -> None:
    work = some_work()
    sara = work.signed_in("sara")
    absent(work)
    form = sara.get("/abwesenheiten/1")
    work.store.rows.cases["DREI33"] = a_case("DREI33")
    work.store.book("DREI33", KUERTEN, datetime(2026, 8, 18, 7, 0, tzinfo=UTC))
    page = sara.send(form)
    assert page.status == 422
    assert "1 umgelegt, 1 noch nicht" in page.text
    assert "Dieser Termin ist inzwischen vergeben." in page.text
    assert work.store.rows.appointments["a-K7M4Q2"].starts_at == THURSDAY_9
    assert "1 Termin ist umgelegt." in sara.send(page).text


def test_somebody_else_of_the_desk_takes_over_and_the_person_notices_nothing() -> None:
    work = with_two_posts(some_work())
    sara = work.signed_in("sara")
    page = absent(work, fachkraft_1="1")
    assert "Case Management Kürten: Fachkraft 1" in page.text
    assert "gleiche Zeit, Fachkraft 2 (Vorschlag)" in page.text
    assert "2 Termine sind umgelegt." in sara.send(sara.get("/abwesenheiten/1")).text
    assert [one.post for one in work.store.rows.appointments.values()] == [SECOND, SECOND]
    assert not work.store.news
    assert "an einen anderen Platz der Stelle gegeben" in sara.get("/karten/K7M4Q2").text


def test_without_anything_booked_there_is_no_second_step() -> None:
    work = DeskWork(a_case())
    page = absent(work)
    assert SAVED in page.text
    assert "Do 13.08." in page.text


def test_an_absence_is_taken_back() -> None:
    work = some_work()
    sara = work.signed_in("sara")
    absent(work)
    assert ENDED in sara.send(sara.get("/abwesenheiten/1/beenden")).text
    assert sara.get("/abwesenheiten/1").status == 404
    assert "Es ist keine Abwesenheit eingetragen." in sara.get("/abwesenheiten").text


@pytest.mark.parametrize("staff", ["ole", "nil"])
def test_an_absence_of_a_foreign_desk_does_not_exist(staff: str) -> None:
    work = some_work()
    absent(work)
    visitor = work.signed_in(staff)
    for path in ("/abwesenheiten/1", "/abwesenheiten/1/beenden", "/abwesenheiten/2", "/abwesenheiten/²"):
        assert visitor.get(path).status == 404
    form = visitor.get(f"/abwesenheiten/neu?stelle={KUERTEN}")
    assert "Kürten" not in form.text
    foreign = form.form.fields | {"von_tag": "2026-08-13"}
    visitor.post(f"/abwesenheiten/neu?stelle={KUERTEN}", foreign)
    assert [one.desk for one in work.store.rows.times_away if one.desk == KUERTEN] == [KUERTEN]


def test_a_date_of_a_case_that_is_elsewhere_is_shown_and_left_to_the_coordination() -> None:
    work = some_work()
    work.store.rows.cases["ZWEI22"] = replace(work.case("ZWEI22"), target_id=OVERATH)
    page = absent(work)
    assert "Die Koordination kann den Termin umlegen." in page.text
    assert "ZWEI22" not in page.html


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"von_tag": ""}, NO_DAY),
        ({"von_tag": "31.02.2026"}, NO_DAY),
        ({"von_zeit": "25:00"}, NO_TIME),
        ({"bis_tag": "2026-08-12"}, "Das Ende liegt nicht nach dem Beginn."),
        ({"von_tag": "2026-01-02", "bis_tag": "2026-01-03"}, "Diese Zeit ist schon vorbei."),
        ({"bis_tag": "2028-08-13"}, "höchstens ein Jahr"),
    ],
)
def test_what_is_wrong_with_the_times_is_said_and_kept_in_the_form(fields: dict[str, str], sentence: str) -> None:
    work = DeskWork()
    page = absent(work, **fields)
    assert page.status == 422
    assert sentence in page.text
    assert not work.store.rows.times_away
    assert page.form.fields["bis_tag"] == fields.get("bis_tag", "2026-08-13")


def test_hours_of_a_day_are_those_of_the_clock_on_the_wall() -> None:
    work = DeskWork()
    page = absent(work, von_tag="13.08.2026", von_zeit="9.30", bis_zeit="11:00")
    assert "Do 13.08., 09:30 bis 11:00" in page.text
    (one,) = work.store.rows.times_away
    assert one.starts_at == datetime(2026, 8, 13, 7, 30, tzinfo=UTC)
    assert one.author == "sara"


def test_who_is_choosing_at_the_moment_is_mentioned_without_a_word_about_them() -> None:
    work = some_work()
    held = replace(work.store.rows.appointments["a-ZWEI22"], case="", state=AppointmentState.HELD)
    work.store.rows.appointments["a-ZWEI22"] = held
    assert "Eine Person wählt gerade eine Zeit in dieser Abwesenheit." in absent(work).text


@pytest.mark.parametrize("words", ["zeit:gestern", "zeit:2026-08-18T09:00:00", "quatsch"])
def test_what_no_form_of_ours_sends_is_refused(words: str) -> None:
    assert read_way(words) is None
    work = some_work()
    sara = work.signed_in("sara")
    absent(work)
    page = sara.send(sara.get("/abwesenheiten/1"), **{"neu_a-K7M4Q2": words, "neu_a-ZWEI22": ""})
    assert page.status == 422
    assert not work.store.news


def test_a_way_is_read_as_it_was_written() -> None:
    for way in (NewDate(NOW), OtherPost(SECOND)):
        assert read_way(way_words(way)) == way
