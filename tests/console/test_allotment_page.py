"""The coordination's queue: in order, with a suggestion and its reasons, and a person who decides."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.booking.slot import Slot
from bot.handoff.case import CaseState
from bot.vocabulary.facts import Facts
from bot.vocabulary.ways import TargetKind
from tests.casework import KUERTEN, NOW, OVERATH, a_case
from tests.console.desk_work import DeskWork

WITH_US = {"target_kind": TargetKind.COORDINATION, "target_id": "rbk_koordination"}
FIRST = a_case("FIRST2", received_at=NOW - timedelta(days=4), **WITH_US)
SECOND = a_case("SECND3", received_at=NOW - timedelta(days=2), **WITH_US)


def test_the_queue_is_in_the_order_of_coming_and_says_what_was_promised() -> None:
    page = DeskWork(SECOND, FIRST).signed_in("kim").get("/zuteilung")
    assert "In der Reihe: 2" in page.text
    assert "1. FIRST2" in page.text
    assert "2. SECND3" in page.text
    assert "Do 13.08., 17:00" in page.text


def test_only_the_coordination_allots() -> None:
    assert DeskWork(FIRST).signed_in("sara").get("/zuteilung").status == 403


def test_a_case_of_another_county_is_not_in_the_queue() -> None:
    nil = DeskWork(FIRST).signed_in("nil")
    assert "Es wartet niemand auf eine Zuteilung." in nil.get("/zuteilung").text
    assert nil.get("/zuteilung/FIRST2").status == 404


def test_each_desk_is_shown_with_what_speaks_for_and_against_it() -> None:
    page = DeskWork(replace(FIRST, facts=Facts(other_counselling=True))).signed_in("kim").get("/zuteilung/FIRST2")
    assert "Ja. Bitte zuerst mit der anderen Beratungsstelle klären, wer begleitet." in page.text
    assert page.text.index("Case Management Kürten Stelle am Wohnort") < page.text.index("Case Management Overath")
    assert "Case Management Overath für den Wohnort nicht zuständig" in page.text
    assert "Troisdorf" not in page.text


def test_allotting_hands_the_case_over_and_tells_the_person() -> None:
    work = DeskWork(FIRST, SECOND)
    kim = work.signed_in("kim")
    page = kim.send(kim.get("/zuteilung/FIRST2"), stelle=OVERATH, grund="Wohnt bald in Overath")
    assert "FIRST2 ist zugeteilt." in page.text
    assert "In der Reihe: 1" in page.text
    assert work.case("FIRST2").target_id == OVERATH
    assert work.store.news[0]["desk"] == OVERATH


def test_without_a_desk_or_a_reason_nothing_happens_until_both_are_there() -> None:
    work = DeskWork(FIRST)
    kim = work.signed_in("kim")
    refused = kim.send(kim.get("/zuteilung/FIRST2"), stelle="nirgends", grund="")
    assert refused.status == 422
    assert "Bitte wählen Sie eine Stelle aus der Liste." in refused.text
    assert work.case("FIRST2").target_id == "rbk_koordination"
    kim.send(refused, stelle=KUERTEN, grund="Vor Ort")
    assert work.case("FIRST2").target_id == KUERTEN


def test_a_case_that_its_desk_did_not_answer_can_be_given_to_another() -> None:
    late = a_case("LATE44", state=CaseState.WITH_COORDINATION)
    page = DeskWork(late).signed_in("kim").get("/zuteilung")
    assert "Von der Stelle nicht beantwortet: 1" in page.text
    assert "LATE44 Case Management Kürten, Kürten" in page.text


def test_when_no_desk_of_the_county_has_a_date_left_the_coordination_is_told() -> None:
    work = DeskWork(FIRST)
    _book_everything(work)
    kim = work.signed_in("kim")
    told = "Hier ist kein Platz mehr: Im ganzen Kreis hat keine Stelle mehr einen freien Termin."
    for page in ("/zuteilung", "/auslastung", "/posteingang"):
        assert told in kim.get(page).text, page
    assert told not in work.signed_in("sara").get("/auslastung").text


def _book_everything(work: DeskWork) -> None:
    with work.store.transaction() as tx:
        for desk in (KUERTEN, OVERATH):
            while free := work.console.casework.free_dates(tx, desk, work.now):
                for slot in free:
                    held = tx.allocations.hold(slot, "p", f"{desk}:{slot.starts_at}", work.now)
                    assert not isinstance(held, Slot)
