"""The resident's way through the conversation, and the ways out of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.app.counter import offered_file
from bot.cases import Asked
from bot.dialogs.answers import Understood
from bot.dialogs.engine import respond
from bot.dialogs.screen import View
from bot.dialogs.session import Purpose, Session
from bot.handoff.case import CaseState
from bot.handoff.staff import Role, Staff
from bot.understanding.lexicon import Urgent
from bot.understanding.recognise import Recognition
from bot.understanding.weighing import NeedFound
from tests.talk import Talk, new_store, premises


@pytest.fixture
def talk() -> Iterator[Talk]:
    with new_store() as store:
        yield Talk(store)


def has_booked(talk: Talk) -> Talk:
    talk.consents().lives_in("rbk_kuerten").types("I am looking for a flat").taps("right").answers().taps("go_on")
    return talk.books()


def test_nothing_about_the_person_is_stored_before_consent(talk: Talk) -> None:
    talk.taps("en", "go_on", "read").types("I have debts and I live in Kürten")
    assert talk.stored().keys() == {"language", "screen", "turn"}


def test_refusing_still_gives_the_regular_services_and_stores_nothing(talk: Talk) -> None:
    talk.taps("en", "go_on", "refuse").sees("refused").taps("rbk", "housing").is_told("These places help with it")
    assert talk.stored() == {"language": "en", "screen": "refused.rbk.housing", "turn": talk.stored()["turn"]}
    talk.taps("agree_after_all", "agree").sees("place")


def test_each_purpose_can_be_agreed_to_for_itself(talk: Talk) -> None:
    talk.taps("en", "go_on", "one_by_one").sees("consent.contact").taps("yes").sees("consent.pass_on").taps("no")
    talk.sees("consent.reminders").taps("no").sees("place")
    with talk.store.transaction() as tx:
        assert tx.consents.of(talk.person).keys() == {"contact"}
    talk.lives_in("rbk_kuerten").types("I am looking for a flat").taps("right").answers().taps("go_on", "appointment")
    talk.sees("how.permission").taps("yes").sees("interpreter")


def test_back_goes_through_the_screens_that_were_passed(talk: Talk) -> None:
    talk.consents().lives_in("rbk_kuerten").types("I am looking for a flat").sees("need.understood")
    talk.taps("nav.back").sees("need").taps("nav.back").sees("place.list.rbk").taps("nav.back").sees("place")


def test_the_language_can_be_changed_at_any_time_and_one_goes_on_where_one_was(talk: Talk) -> None:
    talk.consents().lives_in("rbk_kuerten").taps("nav.language", "ar").sees("need")
    assert talk.last.language == "ar"


def test_a_message_in_another_language_offers_to_switch_and_never_switches_by_itself(talk: Talk) -> None:
    talk.consents().lives_in("rbk_kuerten").types("Ich suche eine Wohnung für meine Familie").sees("need.understood")
    assert talk.last.language == "en"
    talk.is_offered("speak.de").taps("speak.de").sees("need.understood")
    assert talk.last.language == "de"


def test_what_was_understood_can_be_corrected(talk: Talk) -> None:
    talk.consents().lives_in("rbk_kuerten").types("I am looking for a flat and I have debts").sees("need.understood")
    talk.is_offered("remove.debt").taps("remove.debt").is_not_told("Debts").taps("add").types("I need a German course")
    assert talk.session.facts.needs == ("housing_search", "german_course")


def test_only_questions_that_can_still_change_the_suggestion_are_asked(talk: Talk) -> None:
    talk.consents().lives_in("rbk_kuerten").taps("topics", "status", "naturalisation", "done", "right")
    talk.sees("ask.offices").taps("none").sees("ask.status_change").taps("none")
    # Two criteria have failed: no answer could bring three any more.
    talk.sees("suggestion").is_told("I suggest the office or counselling centre")


def test_every_question_can_be_left_open(talk: Talk) -> None:
    talk.consents().lives_in("rbk_kuerten").types("I am looking for a flat, I have debts and I am ill").taps("right")
    asked = []
    while talk.last.screen.startswith("ask."):
        asked.append(talk.last.screen)
        talk.taps("skip" if len(asked) % 2 else "dont_know")
    assert len(asked) == len(set(asked)) > 1
    talk.sees("suggestion")


def test_distress_brings_the_numbers_first_and_the_need_is_not_forgotten(talk: Talk) -> None:
    talk.consents().lives_in("rbk_kuerten").types("My husband beats me and I am afraid of him")
    talk.sees("urgent.violence_by_husband").is_not_told("for men").is_told("110").is_told("116 016").taps("go_on").sees(
        "need.understood"
    )
    assert "violence_protection" in (talk.session.facts.needs or ())


def test_a_message_that_only_leans_to_distress_is_answered_with_the_way_to_help_above_it() -> None:
    worried = Recognition(needs=(NeedFound("debt", 0.9, lambda: ("debts",)),), worry=Urgent.SELF_HARM, vague=False)
    session = Session(language="en", screen="need", agreed=frozenset(Purpose))
    view = View(session=session, know=premises().house.know, now=datetime(2026, 11, 20, 9, tzinfo=UTC))
    step = respond(view, Understood("I have debts and see no end", worried))
    assert step.session.screen == "need.understood"
    assert "If somebody is in danger" in str(step.events[0])


def test_distress_is_heard_before_consent_too_and_nothing_of_it_is_stored(talk: Talk) -> None:
    talk.taps("en").types("I want to kill myself").sees("urgent.self_harm").is_told("112").taps("go_on").sees("welcome")
    assert talk.stored().keys() == {"language", "screen", "turn"}


def test_in_a_town_without_case_manager_the_coordination_is_asked(talk: Talk) -> None:
    talk.consents().lives_in("rsk_hennef").types("I am looking for a flat").taps("right").answers().taps("go_on")
    talk.sees("how").is_told("no case manager of its own").is_offered("pass_on").taps(
        "pass_on", "yes", "chat", "without"
    )
    talk.sees("summary").taps("confirm").sees("mine")
    (case,) = talk.cases()
    assert (case.target_kind, case.target_id, case.booking) == ("coordination", "rsk_koordination", "clearing")


def test_the_person_may_prefer_another_way(talk: Talk) -> None:
    talk.consents().lives_in("rbk_kuerten").taps("topics", "work", "work_employment", "done", "right").answers()
    talk.taps("other_way", "short_consultation").sees("how").is_offered("appointment")


def test_an_appointment_is_moved_and_cancelled(talk: Talk) -> None:
    has_booked(talk)
    (case,) = talk.cases()
    assert talk.last.file is not None
    old = talk.stored()
    talk.taps(f"move.{case.code}").sees("slots").taps(talk.last.choices[1].id).sees("mine").is_told("new date")
    talk.taps(f"cancel.{case.code}").sees("mine.cancel").taps("no").sees("mine").is_told("everything stays")
    talk.taps(f"cancel.{case.code}", "yes").is_told("nothing bad happens").is_told("no open question")
    assert talk.cases()[0].state is CaseState.CANCELLED
    assert old != talk.stored()


def test_the_person_is_reminded_on_the_afternoon_before_and_two_hours_before(talk: Talk) -> None:
    has_booked(talk.on("2026-11-20T10:00"))
    (case,) = talk.cases()
    with talk.store.transaction() as tx:
        date = tx.allocations.get(case.appointment or "")
    assert date is not None
    assert date.starts_at.isoformat() == "2026-11-25T08:00:00+00:00"
    assert talk.on("2026-11-24T16:59").hears().last.screen == "mine"
    talk.on("2026-11-24T17:00").hears().sees("reminder").is_told("Wednesday 25 November 2026, 09:00")
    talk.taps("nav.appointment").sees("mine")
    assert talk.on("2026-11-25T06:59").hears().last.screen == "mine"
    talk.on("2026-11-25T07:00").hears().sees("reminder")


def test_nobody_is_reminded_of_a_cancelled_date_or_of_the_old_date_of_a_moved_one(talk: Talk) -> None:
    has_booked(talk)
    (case,) = talk.cases()
    talk.taps(f"move.{case.code}").taps(talk.last.choices[3].id).sees("mine")
    assert talk.on("2026-11-22T18:00").hears().last.screen == "mine"
    talk.on("2026-11-20T10:00").taps(f"cancel.{case.code}", "yes")
    assert talk.on("2026-12-24T10:00").hears().last.screen == "mine"


def test_a_case_at_another_desk_gets_a_new_date_there(talk: Talk) -> None:
    has_booked(talk)
    (case,) = talk.cases()
    colleague = Staff(id="c", name="Sample", role=Role.COORDINATOR, desks=frozenset({"rbk"}), sample=True)
    asked = Asked(code=case.code, version=case.version, by=colleague, now=talk.now)
    with talk.store.transaction() as tx:
        premises().casework.hand_to_desk(tx, asked, "rbk_overath", "Sample reason")
    talk.hears().is_told("no longer valid").taps(f"date.{case.code}").sees("slots").taps(talk.last.choices[0].id)
    talk.sees("mine").is_told("Your appointment is booked")
    with talk.store.transaction() as tx:
        (moved,) = tx.cases.of(talk.person)
        date = tx.allocations.of_case(case.code)
    assert date is not None
    assert (moved.appointment, date.desk) == (date.id, "rbk_overath")


def test_whoever_cancels_gets_a_file_that_takes_the_date_out_of_their_calendar(talk: Talk) -> None:
    has_booked(talk)
    (case,) = talk.cases()
    talk.taps(f"cancel.{case.code}", "yes").is_told("this file takes it out again")
    assert talk.last.file is not None
    now = talk.now
    with talk.store.transaction() as tx:
        name, body = offered_file(tx, talk.person, case.appointment or "", premises(), now) or ("", b"")
    assert name == "lotse-termin.ics"
    assert b"STATUS:CANCELLED" in body
    assert b"SEQUENCE:1" in body


def test_reminders_follow_a_date_that_a_colleague_has_moved(talk: Talk) -> None:
    has_booked(talk)
    (case,) = talk.cases()
    colleague = Staff(id="c", name="Sample", role=Role.CASE_MANAGER, desks=frozenset({"rbk_kuerten"}), sample=True)
    asked = Asked(code=case.code, version=case.version, by=colleague, now=talk.now)
    with talk.store.transaction() as tx:
        later = premises().casework.dates_for(tx, case, talk.now)[-1]
        premises().casework.propose_date(tx, asked, later.starts_at)
    talk.hears().sees("mine").is_told("The desk has given you another date")
    assert talk.last.file is not None
    assert talk.on("2026-11-22T18:00").hears().last.screen == "mine"
    talk.now = later.starts_at - timedelta(hours=1)
    talk.hears().sees("reminder")


def test_my_data_shows_exports_and_erases(talk: Talk) -> None:
    has_booked(talk).types("/mydata").sees("mydata").is_told("You agreed to reminders").taps("export")
    assert talk.last.file is not None
    talk.taps("erase").is_told("Your appointment will be cancelled too").taps("yes").sees("erased")
    assert talk.cases() == []
    with talk.store.transaction() as tx:
        assert tx.consents.of(talk.person) == {}
    talk.taps("again").sees("welcome")


def test_a_permission_is_taken_back_in_one_tap(talk: Talk) -> None:
    has_booked(talk).types("/mydata").taps("withdraw.reminders").is_told("This permission no longer counts")
    assert talk.on("2026-12-24T10:00").hears().last.screen == "mydata"


def test_taking_back_the_passing_on_takes_the_answers_from_the_card(talk: Talk) -> None:
    has_booked(talk).types("/mydata").taps("withdraw.pass_on").sees("mydata.withdraw").taps("yes").sees("mydata")
    (case,) = talk.cases()
    assert (case.state, case.needs, case.appointment) == (CaseState.CANCELLED, (), None)


def test_stop_forgets_what_is_not_passed_on_and_keeps_the_appointment(talk: Talk) -> None:
    has_booked(talk).taps("new").types("I have debts").types("/stop").is_told("Your appointment stays").taps("yes")
    talk.sees("stopped").types("/appointment").sees("mine").is_told("KIM Case Management Kürten")


def test_a_person_can_be_asked_for_from_anywhere(talk: Talk) -> None:
    talk.consents().lives_in("rbk_kuerten").taps("nav.person").sees("person").taps("call_me").sees("mine")
    (case,) = talk.cases()
    assert case.booking == "clearing"


def test_somebody_elses_case_cannot_be_moved_or_cancelled(talk: Talk) -> None:
    has_booked(talk)
    (case,) = talk.cases()
    stranger = Talk(talk.store, person="stranger")
    stranger.consents().types("/appointment").says({"tap": f"cancel.{case.code}"})
    stranger.is_told("This button belongs to an earlier message")
    assert talk.cases()[0].state is CaseState.RECEIVED


@pytest.mark.parametrize(("language", "named"), [("ru", "русский"), ("uk", "українська"), ("pl", "polski")])
def test_a_language_is_named_as_it_is_written_in_a_sentence(talk: Talk, language: str, named: str) -> None:
    talk.consents(language).lives_in("rbk_kuerten").taps("topics", "housing", "housing_search", "done", "right")
    talk.answers().taps("go_on", "appointment").sees("interpreter")
    assert named in talk.text(language)
