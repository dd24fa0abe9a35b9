"""How full desks are, who waits, and that nobody is overtaken without a reason that is kept."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.handoff.case import CaseState
from bot.handoff.load import Report
from bot.vocabulary.ways import TargetKind
from tests.casework import KUERTEN, NOW, OVERATH, a_case
from tests.console.desk_work import DeskWork

OLDER = a_case("OLDER2", received_at=NOW - timedelta(days=9))


def test_a_desk_that_has_not_reported_is_open_and_not_empty() -> None:
    page = DeskWork().signed_in("sara").get("/auslastung")
    assert "Case Management Kürten" in page.text
    assert "Richtwert 50–60 nicht gemeldet bitte laufende Fälle melden" in page.text
    assert "Overath" not in page.text


def test_a_report_makes_the_bar_and_says_when_it_was_counted() -> None:
    sara = DeskWork(a_case("AAAAAA", state=CaseState.ACCEPTED)).signed_in("sara")
    page = sara.send(sara.get(f"/auslastung/{KUERTEN}"), faelle="65", case_management="19")
    assert "Danke, die Zahlen sind eingetragen." in page.text
    assert "am oder über dem Richtwert gemeldet am 11.08.2026" in page.text
    assert "Im Case Management: 19 von 65 (29 %)" in page.text
    assert 'aria-label="65 laufende Fälle, Richtwert 50 bis 60, 0 warten"' in page.html


def test_a_count_of_case_management_alone_is_not_said_to_be_all_of_it() -> None:
    work = DeskWork()
    with work.store.transaction() as tx:
        counted = Report(desk=KUERTEN, cases=65, case_management=65, counted_on=NOW.date(), complete=False)
        tx.reports.add(counted, NOW)
    page = work.signed_in("sara").get(f"/auslastung/{KUERTEN}")
    assert "Gezählt sind nur Fälle im Case Management; Kurzberatungen kommen dazu." in page.text
    assert "100 %" not in page.text


@pytest.mark.parametrize("number", ["", "viele", "-3", "99999"])
def test_a_number_that_is_none_is_refused_and_nothing_is_kept(number: str) -> None:
    work = DeskWork()
    sara = work.signed_in("sara")
    page = sara.send(sara.get(f"/auslastung/{KUERTEN}"), faelle=number)
    assert page.status == 422
    assert "eine ganze Zahl" in page.text
    assert not work.store.rows.reports
    assert sara.send(page, faelle="12").status == 200


def test_the_desk_of_somebody_else_is_as_if_it_did_not_exist() -> None:
    work = DeskWork()
    ole = work.signed_in("ole")
    assert ole.get(f"/auslastung/{KUERTEN}").status == 404
    form = ole.get(f"/auslastung/{OVERATH}").form.fields
    assert ole.post(f"/auslastung/{KUERTEN}", {**form, "faelle": "3"}).status == 404
    assert not work.store.rows.reports


def test_the_waiting_list_is_in_the_order_of_coming() -> None:
    page = DeskWork(a_case(), OLDER).signed_in("sara").get(f"/auslastung/{KUERTEN}")
    assert page.text.index("OLDER2") < page.text.index("K7M4Q2")


def test_a_later_case_is_only_accepted_before_an_older_one_with_a_reason_that_is_kept() -> None:
    work = DeskWork(a_case(), OLDER)
    sara = work.signed_in("sara")
    form = sara.get("/karten/K7M4Q2/annehmen")
    assert "1 andere Person wartet hier schon länger." in form.text
    refused = sara.send(form)
    assert refused.status == 422
    assert work.case().state is CaseState.RECEIVED
    assert "angenommen" in sara.send(refused, vorzug="Räumung am Freitag").text
    assert work.case().state is CaseState.ACCEPTED
    assert "Vorgezogen Sara Beispiel Vor 1 Wartenden: Räumung am Freitag" in sara.get("/karten/K7M4Q2").text


def test_whoever_was_overtaken_can_see_that_and_reads_nothing_about_the_other() -> None:
    work = DeskWork(a_case(), OLDER)
    sara = work.signed_in("sara")
    sara.send(sara.get("/karten/K7M4Q2/annehmen"), vorzug="Räumung am Freitag")
    lines = [entry.reason for code, entry in work.store.rows.log if code == "OLDER2"]
    assert lines == ["Ein Fall, der später kam, wurde vorgezogen."]


def test_the_first_in_the_line_is_served_without_a_question() -> None:
    work = DeskWork(a_case(), OLDER)
    sara = work.signed_in("sara")
    form = sara.get("/karten/OLDER2/annehmen")
    assert "vorzug" not in form.form.fields
    sara.send(form)
    assert work.case("OLDER2").state is CaseState.ACCEPTED


def test_a_first_date_is_not_given_out_of_turn_either() -> None:
    work = DeskWork(a_case(), OLDER)
    sara = work.signed_in("sara")
    form = sara.get("/karten/K7M4Q2/termin")
    date = form.html.split('name="beginn" value="')[1].split('"')[0]
    refused = sara.send(form, beginn=date)
    assert refused.status == 422
    assert "Bitte sagen Sie, warum dieser zuerst an die Reihe kommt." in refused.text
    assert work.case().appointment is None
    sara.send(refused, beginn=date, vorzug="Nur an diesem Tag dolmetscht jemand Arabisch.")
    assert work.case().appointment is not None


def test_with_the_coordination_nobody_is_overtaken_without_a_reason() -> None:
    with_us = {"target_kind": TargetKind.COORDINATION, "target_id": "rbk_koordination"}
    work = DeskWork(a_case(**with_us), a_case("OLDER2", received_at=OLDER.received_at, **with_us))
    kim = work.signed_in("kim")
    refused = kim.send(kim.get("/zuteilung/K7M4Q2"), stelle=KUERTEN, grund="Vor Ort sinnvoller")
    assert refused.status == 422
    assert "2 Personen" not in refused.text
    page = kim.send(refused, stelle=KUERTEN, grund="Vor Ort sinnvoller", vorzug="Frist des Jobcenters am Montag")
    assert "K7M4Q2 ist zugeteilt." in page.text
    assert work.case().target_id == KUERTEN
    assert [news["kind"] for news in work.store.news] == ["desk_changed"]
