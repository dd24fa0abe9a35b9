"""Desks are added and changed, proven before they count, and away with a substitute; nobody overwrites anybody."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.handoff.roster import DeskVersion
from tests.casework import KUERTEN, a_case
from tests.console.desk_work import DeskWork
from tests.pages import Page, Visitor
from tests.talk import premises

LEICHLINGEN = {
    "id": "rbk_leichlingen",
    "name": "KIM Case Management Leichlingen",
    "employer": "Stadt Leichlingen",
    "municipalities": "rbk_leichlingen",
    "vzae": "0,5",
    "source": "Mitteilung der Stadt",
    "grund": "Die Stadt hat eine Stelle eingerichtet.",
    "h0_weekday": "tue",
    "h0_opens": "09:00",
    "h0_closes": "12:00",
    "h0_source": "Mitteilung der Stadt",
}
ODENTHAL = "rbk_odenthal"


def adds(kim: Visitor, **other: str) -> Page:
    return kim.send(kim.get("/stellen/neu"), tun="speichern", **(LEICHLINGEN | other))


def changes(kim: Visitor, desk: str, page: Page | None = None, **other: str) -> Page:
    given = {"grund": "Neu mitgeteilt.", "tun": "speichern"} | other
    return kim.send(page or kim.get(f"/stellen/{desk}/aendern"), **given)


def stored(work: DeskWork, desk: str) -> DeskVersion:
    return next(one for one in reversed(work.store.rows.desks.versions) if one.desk == desk)


def test_a_desk_is_added_and_stands_in_the_list_with_who_said_so() -> None:
    work = DeskWork()
    kim = work.signed_in("kim")
    page = adds(kim, languages="ar", focus="Familien\r\n\r\n Junge  Erwachsene ")
    assert "Gespeichert." in page.text
    assert "Zuständig für Leichlingen" in page.text
    assert "Sprachen Arabisch Schwerpunkte Familien; Junge Erwachsene Zeiten Dienstag 09:00–12:00, Termine" in page.text
    assert "Kim Beispiel : Die Stadt hat eine Stelle eingerichtet." in page.text
    document = stored(work, "rbk_leichlingen").document
    assert (document["vzae"], document["focus"]) == (0.5, ["Familien", "Junge Erwachsene"])


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": " "}, "Bitte geben Sie der Stelle einen Namen."),
        ({"id": "Leichlingen!"}, "Bitte nur kleine Buchstaben, Ziffern und _"),
        ({"id": KUERTEN}, "Eine Stelle mit dieser Kennung gibt es schon."),
        ({"municipalities": "rsk_troisdorf"}, "Bitte wählen Sie mindestens eine Stadt oder Gemeinde."),
        ({"vzae": "halb"}, "VZÄ: eine Zahl von 0 bis 50"),
        ({"vzae": "٣"}, "VZÄ: eine Zahl von 0 bis 50"),
        ({"posts": "²"}, "Personalstellen: eine ganze Zahl von 1 bis 50"),
        ({"source": "x" * 301}, "Quelle: höchstens 300 Zeichen"),
        ({"name": "A\u202eB"}, "Name: höchstens 300 Zeichen, nur gewöhnliche Schrift."),
        ({"focus": "x\n" * 21}, "Schwerpunkte: höchstens 20 Zeilen"),
        ({"calendar": "Kalender"}, "Bitte eine einzelne E-Mail-Adresse"),
        ({"calendar": "a@b.example, c@d.example"}, "Bitte eine einzelne E-Mail-Adresse"),
        ({"grund": ""}, "Bitte geben Sie eine Begründung ein."),
        ({"h0_closes": "08:00"}, "Zeile 1: Bitte geben Sie an, von wann bis wann"),
        ({"h0_opens": "neun"}, "Zeile 1: Bitte geben Sie an, von wann bis wann"),
        ({"h0_weekday": ""}, "Zeile 1: Bitte wählen Sie einen Wochentag."),
        ({"h0_source": ""}, "Zeile 1: Bitte nennen Sie die Quelle"),
        ({"h0_kind": "party"}, "Zeile 1: Bitte wählen Sie aus, was in dieser Zeit ist."),
        ({"h0_closes": "09:05"}, "Zeile 1: In diese Zeit passt kein Termin"),
    ],
)
def test_what_is_wrong_stands_beside_the_field_and_what_was_typed_stays(wrong: dict[str, str], sentence: str) -> None:
    work = DeskWork()
    page = adds(work.signed_in("kim"), **wrong)
    assert page.status == 422
    assert page.text.count(sentence) == 2, "above and beside the field"
    assert "Stadt Leichlingen" in page.html
    assert not work.store.rows.desks.versions


def test_two_rows_at_the_same_time_are_named() -> None:
    work = DeskWork()
    second = {"h1_weekday": "tue", "h1_opens": "11:00", "h1_closes": "13:00", "h1_source": "Muster"}
    page = adds(work.signed_in("kim"), **second)
    assert "Zeile 2: Zur selben Zeit ist schon eine andere Zeile eingetragen." in page.text


def test_one_more_row_is_there_when_it_is_asked_for() -> None:
    kim = DeskWork().signed_in("kim")
    page = kim.send(kim.get("/stellen/neu"), **(LEICHLINGEN | {"tun": "zeile"}))
    assert page.form.fields["zeilen"] == "3"
    assert page.form.fields["name"] == "KIM Case Management Leichlingen"


def test_a_form_that_nobody_touched_says_that_nothing_changed() -> None:
    work = DeskWork()
    kim, nil = work.signed_in("kim"), work.signed_in("nil")
    for desk in premises().house.rosters.tables().directory.desks():
        page = changes(kim if desk.county == "rbk" else nil, desk.id)
        assert "Es wurde nichts geändert." in page.text, desk.id
    assert not work.store.rows.desks.versions


def test_a_change_is_told_field_by_field_in_the_history() -> None:
    work = DeskWork()
    page = changes(work.signed_in("kim"), KUERTEN, vzae="2", place="Bürgerhaus")
    assert "Ort: jetzt „Bürgerhaus“, vorher" in page.text
    assert "Vollzeitäquivalente (VZÄ): jetzt „2“, vorher „1,5“." in page.text
    assert "geändert" in work.signed_in("kim").get("/stellen").text


def test_a_change_that_would_break_the_published_rules_is_refused_with_an_example() -> None:
    work = DeskWork()
    page = changes(work.signed_in("kim"), ODENTHAL, municipalities="rbk_kuerten")
    assert page.status == 422
    assert "So würden die geltenden Regeln nicht mehr überall aufgehen." in page.text
    assert "auch von dort, wo diese Stelle nicht zuständig ist. Wohnort: Odenthal." in page.text
    assert "Beispiel Wohnort: Odenthal" in page.text
    assert not work.store.rows.desks.versions


def test_a_desk_without_hours_where_people_are_led_is_refused() -> None:
    work = DeskWork()
    kim = work.signed_in("kim")
    form = kim.get(f"/stellen/{KUERTEN}/aendern")
    form.form.fields |= {f"h{number}_gone": "ja" for number in range(3)}
    page = changes(kim, KUERTEN, form)
    assert "dafür sind dort keine Zeiten eingetragen" in page.text


def test_who_was_second_sees_what_the_other_has_changed_and_may_save_then() -> None:
    work = DeskWork()
    kim = work.signed_in("kim")
    old = kim.get(f"/stellen/{KUERTEN}/aendern")
    changes(kim, KUERTEN, place="Bürgerhaus")
    late = changes(kim, KUERTEN, old, vzae="2")
    assert late.status == 409
    assert "Seit Ihrem Stand ist anders: Ort: jetzt „Bürgerhaus“" in late.text
    assert late.form.fields["vzae"] == "2"
    saved = kim.send(late, tun="speichern")
    assert saved.status == 200
    assert stored(work, KUERTEN).number == 2


@pytest.mark.parametrize("path", ["/stellen/rsk_troisdorf", "/stellen/rsk_troisdorf/aendern", "/stellen/nichts"])
def test_a_desk_of_another_county_is_as_if_it_did_not_exist(path: str) -> None:
    assert DeskWork().signed_in("kim").get(path).status == 404


def be_away(kim: Visitor, desk: str = KUERTEN, **fields: str) -> Page:
    page = kim.get(f"/stellen/{desk}")
    token = page.forms[0].fields["csrf"]
    return kim.post(f"/stellen/{desk}/abwesenheit", {"csrf": token, **fields})


AWAY = {"first": "2026-08-17", "last": "2026-08-28", "substitute": "rbk_overath"}


def test_an_absence_with_a_substitute_stands_with_the_desk_until_it_is_taken_back() -> None:
    work = DeskWork()
    kim = work.signed_in("kim")
    page = be_away(kim, **AWAY)
    assert "Die Abwesenheit ist eingetragen." in page.text
    assert "Mo 17.08. bis Fr 28.08. 2026 Vertretung: Case Management Overath" in page.text
    assert "Abwesend Mo 17.08. bis Fr 28.08., Vertretung: Case Management Overath" in kim.get("/stellen").text
    assert [one.desk for one in work.store.rows.times_away] == [KUERTEN]
    back = kim.post(f"/stellen/{KUERTEN}/abwesenheit/1/ende", {"csrf": page.forms[0].fields["csrf"]})
    assert "Die Abwesenheit ist zurückgenommen." in back.text
    assert not work.store.rows.times_away


def test_from_its_first_day_on_the_list_says_that_nobody_is_there() -> None:
    work = DeskWork()
    be_away(work.signed_in("kim"), **(AWAY | {"first": "2026-08-12"}))
    assert "Abwesend Mi 12.08. bis Fr 28.08." in work.signed_in("kim").get("/stellen").text
    work.wait(hours=20)
    assert "Nicht besetzt bis Fr 28.08." in work.signed_in("kim").get("/stellen").text


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"first": ""}, "Bitte geben Sie einen Tag an."),
        ({"first": "morgen"}, "Bitte geben Sie einen Tag an."),
        ({"last": "2026-08-16"}, "Der letzte Tag liegt vor dem ersten."),
        ({"first": "2026-08-01", "last": "2026-08-02"}, "Der letzte Tag ist schon vorbei."),
        ({"last": "2028-08-28"}, "Höchstens ein Jahr am Stück."),
        ({"substitute": KUERTEN}, "Bitte wählen Sie eine Stelle aus der Liste."),
        ({"substitute": "rsk_troisdorf"}, "Bitte wählen Sie eine Stelle aus der Liste."),
        ({"substitute": "rbk_ki_nord"}, "Bitte wählen Sie eine Stelle aus der Liste."),
    ],
)
def test_an_absence_that_cannot_be_is_refused_beside_its_field(wrong: dict[str, str], sentence: str) -> None:
    work = DeskWork()
    page = be_away(work.signed_in("kim"), **(AWAY | wrong))
    assert page.status == 422
    assert page.text.count(sentence) == 2
    assert not work.store.rows.desks.absences


def test_two_absences_of_a_desk_do_not_overlap() -> None:
    kim = DeskWork().signed_in("kim")
    be_away(kim, **AWAY)
    page = be_away(kim, **(AWAY | {"first": "2026-08-28", "last": "2026-08-30"}))
    assert "In dieser Zeit ist schon eine Abwesenheit eingetragen." in page.text


def test_a_desk_that_cannot_offer_the_same_cannot_stand_in() -> None:
    kim = DeskWork().signed_in("kim")
    page = be_away(kim, "rbk_wermelskirchen", **(AWAY | {"substitute": KUERTEN}))
    assert "kann nicht vertreten: Dort gibt es keine Zeiten für „Offene Sprechstunde“." in page.text


def test_dates_that_are_booked_stay_are_listed_and_are_moved_with_notice() -> None:
    work = DeskWork(a_case())
    work.store.book("K7M4Q2", KUERTEN, datetime(2026, 8, 18, 7, tzinfo=UTC))
    kim = work.signed_in("kim")
    listed = be_away(kim, **AWAY)
    assert "Die Abwesenheit ist eingetragen." in listed.text
    assert "1 Termin ist in dieser Zeit gebucht." in listed.text
    assert "1 Termin ist in dieser Zeit gebucht. Termine umlegen" in kim.get(f"/stellen/{KUERTEN}").text
    assert not work.store.news
    moved = kim.send(listed)
    assert "1 Termin ist umgelegt." in moved.text
    assert [news["kind"] for news in work.store.news] == ["date_proposed"]
    assert "Termine umlegen" not in kim.get(f"/stellen/{KUERTEN}").text


def test_taking_back_the_times_of_an_absence_takes_back_who_stands_in() -> None:
    work = DeskWork()
    kim = work.signed_in("kim")
    be_away(kim, **AWAY)
    kim.send(kim.get("/abwesenheiten/1/beenden"))
    assert "Keine Abwesenheit eingetragen." in kim.get(f"/stellen/{KUERTEN}").text
    assert not work.store.rows.times_away


def test_an_absence_of_another_desk_cannot_be_ended_by_its_number_alone() -> None:
    work = DeskWork()
    kim = work.signed_in("kim")
    page = be_away(kim, **AWAY)
    rows = work.store.rows.desks
    rows.absences[1] = replace(rows.absences[1], desk="rsk_troisdorf")
    refused = kim.post(f"/stellen/{KUERTEN}/abwesenheit/1/ende", {"csrf": page.forms[0].fields["csrf"]})
    assert "Diese Abwesenheit gibt es nicht mehr." in refused.text
    assert not rows.ended
