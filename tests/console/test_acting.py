"""Each act: a form that says what will happen, an answer that says what happened, and a way back after a slip."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bot.handoff.case import CaseState
from bot.handoff.roster import Absence
from tests.casework import KUERTEN, NOW, OVERATH, a_case
from tests.console.desk_work import DeskWork
from tests.pages import Visitor

CARD = "/karten/K7M4Q2"
THURSDAY_9 = datetime(2026, 8, 13, 7, 0, tzinfo=UTC)
TUESDAY_10 = datetime(2026, 8, 18, 8, 0, tzinfo=UTC)


def a_desk(state: CaseState = CaseState.RECEIVED) -> tuple[DeskWork, Visitor]:
    work = DeskWork(a_case(state=state))
    return work, work.signed_in("sara")


def test_another_desk_is_chosen_with_the_same_reasons_as_where_the_coordination_allots() -> None:
    work = DeskWork(a_case())
    until = date(2026, 8, 14)
    away = Absence(desk=OVERATH, first=NOW.date(), last=until, substitute=None, author="kim", at=NOW, number=1)
    work.store.rows.desks.absences[1] = away
    page = work.signed_in("sara").get(f"{CARD}/stelle")
    assert "Die Reihenfolge ist ein Vorschlag: Wohnort, Schwerpunkt, Sprache, Auslastung, Anwesenheit." in page.text
    assert "Case Management Overath für den Wohnort nicht zuständig" in page.text
    assert "wieder da ab 15.08.2026" in page.text
    assert "Auslastung nicht gemeldet" in page.text
    assert "Case Management Kürten" not in page.text.partition("An welche Stelle?")[2]


def test_a_case_is_accepted() -> None:
    work, sara = a_desk()
    card = sara.send(sara.get(f"{CARD}/annehmen"))
    assert "Der Fall ist angenommen. Die Person erfährt es" in card.text
    assert "Angenommen Sara Beispiel" in card.text
    assert work.case().state is CaseState.ACCEPTED
    assert work.store.news == [{"kind": "accepted", "case": "K7M4Q2"}]


def test_a_case_gets_another_date() -> None:
    work, sara = a_desk()
    booked = work.store.book("K7M4Q2", KUERTEN, THURSDAY_9)
    form = sara.get(f"{CARD}/termin")
    assert "Jetzt gebucht: Donnerstag, 13. August 2026, 09:00 Uhr" in form.text
    assert "Beispiel" in form.text
    card = sara.send(form, beginn=TUESDAY_10.isoformat())
    assert "Dienstag, 18. August 2026, 10:00 Uhr" in card.text
    assert work.store.rows.appointments[booked].starts_at == TUESDAY_10


@pytest.mark.parametrize("nonsense", ["", "gestern", "2026-08-18T10:00:00", "2026-08-18T03:00:00+00:00"])
def test_a_date_that_is_none_is_asked_for_again(nonsense: str) -> None:
    work, sara = a_desk()
    again = sara.send(sara.get(f"{CARD}/termin"), beginn=nonsense)
    assert again.status == 422
    assert "Bitte wählen Sie" in again.text
    assert work.case().version == 1
    assert "Der neue Termin ist gebucht" in sara.send(again, beginn=TUESDAY_10.isoformat()).text


def test_a_date_that_was_just_taken_is_said_and_another_can_be_chosen() -> None:
    work = DeskWork(a_case(), a_case("BBBBBB"))
    sara = work.signed_in("sara")
    form = sara.get(f"{CARD}/termin")
    work.store.book("BBBBBB", KUERTEN, TUESDAY_10)
    again = sara.send(form, beginn=TUESDAY_10.isoformat())
    assert "inzwischen vergeben" in again.text
    assert TUESDAY_10.isoformat() not in again.html
    assert sara.send(again, beginn=THURSDAY_9.isoformat()).status == 200


def test_a_case_is_handed_to_another_desk_and_leaves_this_inbox() -> None:
    work, sara = a_desk()
    inbox = sara.send(sara.get(f"{CARD}/stelle"), stelle=OVERATH, grund="Die Familie zieht nach Overath.")
    assert "K7M4Q2 : Der Fall liegt jetzt bei der anderen Stelle." in inbox.text
    assert sara.get(CARD).status == 404
    card = work.signed_in("ole").get(CARD)
    assert "an diese Stelle gegeben. Begründung: Die Familie zieht nach Overath." in card.text
    assert (
        card.text.index("an diese Stelle gegeben")
        < card.text.index("zuerst zugeordnet hat")
        < card.text.index("Regel:")
    )


def test_a_case_is_declined_with_a_reason() -> None:
    work, sara = a_desk()
    card = sara.send(sara.get(f"{CARD}/ablehnen"), grund="Eine andere Beratungsstelle ist schon tätig.")
    assert "Der Fall ist abgelehnt." in card.text
    assert "Eine andere Beratungsstelle ist schon tätig." in card.text
    assert work.case().state is CaseState.DECLINED


def test_a_colleague_decides_otherwise_with_a_reason() -> None:
    work, sara = a_desk()
    card = sara.send(sara.get(f"{CARD}/anders"), weg="short_consultation", grund="Zwei Anliegen sind schon gelöst.")
    assert "Entschieden von einer Kollegin oder einem Kollegen: Kurzberatung" in card.text
    assert "Vorschlag des Lotsen: Case Management" in card.text
    assert work.store.news[0]["suggestion"] == "short_consultation"


def test_an_accepted_case_is_closed() -> None:
    work, sara = a_desk(CaseState.ACCEPTED)
    card = sara.send(sara.get(f"{CARD}/abschliessen"), grund="Erstgespräch geführt.")
    assert "Der Fall ist abgeschlossen." in card.text
    assert work.case().state is CaseState.CLOSED
    assert not work.store.news


@pytest.mark.parametrize(
    ("page", "answers"),
    [
        ("ablehnen", {}),
        ("anders", {"weg": "referral"}),
        ("stelle", {"stelle": OVERATH}),
        ("abschliessen", {}),
    ],
)
def test_an_empty_reason_is_asked_for_and_the_rest_is_kept(page: str, answers: dict[str, str]) -> None:
    work, sara = a_desk(CaseState.ACCEPTED)
    again = sara.send(sara.get(f"{CARD}/{page}"), grund=" \n ", **answers)
    assert again.status == 422
    assert again.text.count("Bitte geben Sie eine Begründung ein.") == 2
    assert "#grund" in again.links
    assert work.case().version == 1
    assert not work.store.news
    recovered = sara.send(again, grund="Jetzt mit Grund.", **answers)
    assert recovered.status == 200
    assert work.case().version == 2


def test_two_slips_are_named_at_once() -> None:
    _, sara = a_desk()
    again = sara.send(sara.get(f"{CARD}/anders"), grund="")
    assert "#weg" in again.links
    assert "#grund" in again.links


def test_a_reason_that_was_typed_is_still_there_after_another_slip() -> None:
    _, sara = a_desk()
    again = sara.send(sara.get(f"{CARD}/stelle"), stelle="", grund="Die Familie zieht um.")
    assert again.form.fields["grund"] == "Die Familie zieht um."


def test_of_two_colleagues_at_once_the_second_reads_a_clear_sentence() -> None:
    work, sara = a_desk()
    kim = work.signed_in("kim")
    form = sara.get(f"{CARD}/ablehnen")
    kim.send(kim.get(f"{CARD}/annehmen"))
    second = sara.send(form, grund="nicht zuständig")
    assert second.status == 409
    assert "Eine Kollegin oder ein Kollege war schneller." in second.text
    assert work.case().state is CaseState.ACCEPTED
    assert CARD in second.links


def test_an_act_that_no_longer_fits_is_refused_with_the_reason() -> None:
    _, sara = a_desk(CaseState.ACCEPTED)
    again = sara.send(sara.get(f"{CARD}/annehmen"))
    assert again.status == 422
    assert "Der Fall ist schon angenommen und kann nicht mehr angenommen werden." in again.text


def test_a_form_without_a_version_changes_nothing() -> None:
    work, sara = a_desk()
    form = sara.get(f"{CARD}/annehmen")
    assert sara.send(form, version="eins").status == 404
    assert work.case().version == 1


def test_a_form_that_is_sent_twice_acts_once() -> None:
    work, sara = a_desk()
    form = sara.get(f"{CARD}/annehmen")
    sara.send(form)
    assert sara.send(form).status == 409
    assert len(work.store.news) == 1
