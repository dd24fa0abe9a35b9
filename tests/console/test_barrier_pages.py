"""Barriers in the console: reported without persons, alike ones together, followed to a solution, exported safely."""

from __future__ import annotations

import csv
import io

import pytest
from openpyxl import load_workbook

from bot.barriers.barrier import Origin, Status
from tests.barrier_reports import KITA, LATE, LATE_AGAIN, LATE_TOO
from tests.casework import a_case
from tests.console.desk_work import DeskWork
from tests.pages import Page, Visitor

WHERE = {"ort": "rbk_kuerten", "thema": "residence_permit", "amt": "jobcenter"}


def reports(visitor: Visitor, *texts: str, **where: str) -> Page:
    page = visitor.get("/huerden/neu")
    for words in texts:
        page = visitor.send(visitor.get("/huerden/neu"), **{**WHERE, **where}, worte=words)
    return page


def test_three_alike_reports_are_shown_as_one_candidate() -> None:
    kim = DeskWork().signed_in("kim")
    assert "Danke, die Hürde ist gemeldet." in reports(kim, LATE, LATE_TOO, LATE_AGAIN, KITA).text
    page = kim.get("/huerden")
    assert "3 Meldungen Termine beim Jobcenter" in page.text
    assert "Kandidat für eine Fallrekonstruktion" in page.text
    assert "Für eine Fallrekonstruktion 1" in page.text
    assert KITA[:40] not in kim.get("/huerden?stand=kandidaten").text


def test_from_a_card_neither_case_nor_person_goes_along() -> None:
    work = DeskWork(a_case())
    sara = work.signed_in("sara")
    page = sara.send(sara.get("/karten/K7M4Q2/huerde"), worte=LATE)
    assert "Danke, die Hürde ist gemeldet." in page.text
    (group,) = work.store.rows.barriers.groups.values()
    draft = group.barriers[0].draft
    assert (draft.municipality, draft.origin, draft.words) == ("rbk_kuerten", Origin.CARD, LATE)
    assert [entry.action for _, entry in work.store.rows.log if entry.action == "barrier"] == ["barrier"]


def test_what_looks_like_a_person_is_kept_only_after_another_look() -> None:
    work = DeskWork(a_case())
    sara = work.signed_in("sara")
    text = "Frau Samadi bekommt seit Wochen keinen Termin im Jobcenter."
    page = sara.send(sara.get("/karten/K7M4Q2/huerde"), worte=text)
    assert page.status == 422
    assert "Name: Frau Samadi" in page.text
    assert not work.store.rows.barriers.groups
    assert sara.send(page, worte=text, geprueft="ja").status == 200
    assert len(work.store.rows.barriers.groups) == 1


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("ort", "rsk_troisdorf", "Bitte wählen Sie eine Stadt"),
        ("thema", "weather", "Bitte wählen Sie ein Thema"),
        ("amt", "nobody", "Bitte wählen Sie eine Stelle"),
        ("worte", "zu kurz", "Bitte beschreiben Sie die Hürde"),
    ],
)
def test_each_fault_stands_at_its_field_and_nothing_typed_is_lost(field: str, value: str, sentence: str) -> None:
    work = DeskWork()
    kim = work.signed_in("kim")
    page = kim.send(kim.get("/huerden/neu"), **{**WHERE, "worte": LATE, field: value})
    assert page.status == 422
    assert sentence in page.text
    assert page.form.fields["worte"] == (value if field == "worte" else LATE)
    kim.send(page, **WHERE, worte=LATE)
    assert len(work.store.rows.barriers.groups) == 1


def test_the_same_form_sent_twice_reports_once() -> None:
    work = DeskWork()
    kim = work.signed_in("kim")
    form = kim.get("/huerden/neu")
    for _ in range(2):
        kim.send(form, **WHERE, worte=LATE)
    assert len(work.store.rows.barriers.groups[1].barriers) == 1


def test_case_managers_report_and_only_the_coordination_reads() -> None:
    work = DeskWork()
    reports(work.signed_in("sara"), LATE)
    assert work.signed_in("sara").get("/huerden").status == 403
    assert work.signed_in("nil").get("/huerden/1").status == 404
    assert "Troisdorf" not in work.signed_in("kim").get("/huerden/neu").text


def test_the_status_goes_on_with_a_note_and_its_author() -> None:
    work = DeskWork()
    kim = work.signed_in("kim")
    reports(kim, LATE)
    form = {"csrf": kim.get("/huerden/1").forms[1].fields["csrf"]}
    page = kim.post("/huerden/1", {**form, "tun": "stand", "stand": "decision", "notiz": "Sitzung im Herbst"})
    assert "Der neue Stand ist festgehalten." in page.text
    assert "Entscheidung der Steuerungsgruppe Kim Beispiel Sitzung im Herbst" in page.text
    assert kim.post("/huerden/1", {**form, "tun": "stand", "stand": "decision"}).status == 422
    assert kim.post("/huerden/1", {**form, "tun": "stand", "stand": "sometime"}).status == 422
    assert work.store.rows.barriers.groups[1].status is Status.DECISION


def test_a_report_is_moved_split_off_and_deleted() -> None:
    work = DeskWork()
    kim = work.signed_in("kim")
    reports(kim, LATE, KITA)
    form = {"csrf": kim.get("/huerden/1").forms[1].fields["csrf"]}
    assert (
        "gehört jetzt zu dieser Hürde"
        in kim.post("/huerden/2/meldungen/2", {**form, "tun": "verschieben", "ziel": "1"}).text
    )
    assert "jetzt eine eigene Hürde" in kim.post("/huerden/1/meldungen/2", {**form, "tun": "teilen"}).text
    assert "ist gelöscht" in kim.post("/huerden/3/meldungen/2", {**form, "tun": "loeschen"}).text
    assert [len(group.barriers) for group in work.store.rows.barriers.groups.values()] == [1]
    assert kim.post("/huerden/1/meldungen/99", {**form, "tun": "loeschen"}).status == 404


def test_a_title_is_found_for_the_steering_group() -> None:
    kim = DeskWork().signed_in("kim")
    reports(kim, LATE)
    form = {"csrf": kim.get("/huerden/1").forms[1].fields["csrf"], "tun": "titel"}
    assert kim.post("/huerden/1", {**form, "titel": " "}).status == 422
    assert "Wartezeit im Jobcenter" in kim.post("/huerden/1", {**form, "titel": "Wartezeit im Jobcenter"}).text


def test_the_export_has_every_report_and_calculates_nothing() -> None:
    work = DeskWork()
    kim = work.signed_in("kim")
    reports(kim, LATE, '=HYPERLINK("http://example.org";"Klick") steht im Weg, überall und immer')
    body = kim.get("/huerden/liste.csv")
    rows = list(csv.reader(io.StringIO(body.html.removeprefix("\ufeff")), delimiter=";"))
    assert [row[12][:12] for row in rows[1:]] == ["Termine beim", "'=HYPERLINK("] or [
        row[12][:12] for row in rows[1:]
    ] == ["'=HYPERLINK(", "Termine beim"]
    assert "attachment" in body.headers["content-disposition"]
    book = load_workbook(io.BytesIO(_bytes(kim, "/huerden/liste.xlsx")))
    cells = [row[12] for row in book.active.iter_rows(min_row=2)]  # type: ignore[union-attr]  # a book has a sheet
    assert {cell.data_type for cell in cells} == {"s"}


def test_pages_without_any_barrier_say_so() -> None:
    assert "Es ist noch keine Hürde gemeldet." in DeskWork().signed_in("kim").get("/huerden").text


def _bytes(visitor: Visitor, path: str) -> bytes:
    return visitor._ask("GET", path).content
