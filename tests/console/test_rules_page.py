"""The table of rules: read by everybody, changed by coordinators, one button a change, nobody overwrites anybody."""

from __future__ import annotations

import pytest

from tests.console.rule_work import DEBT, LEGAL, RULES, RuleDesk
from tests.pages import Page


def order(page: Page) -> list[str]:
    """The ids of the rules in the order of the page."""
    return [part.split('"')[0] for part in page.html.split('data-rule="')[1:]]


def test_the_first_page_is_that_of_the_own_county() -> None:
    desk = RuleDesk()
    assert str(desk.kim.get("/regeln").url).endswith("/regeln/rbk")
    assert str(desk.work.signed_in("nil").get("/regeln").url).endswith("/regeln/rsk")


def test_a_rule_reads_as_a_sentence_with_its_reason_and_its_source() -> None:
    page = RuleDesk().work.signed_in("sara").get(RULES)
    assert "und Wohnort ist Odenthal und ein Anliegen ist Unterkunft KIM Case Management Odenthal" in page.text
    assert "Quelle: 004 §11.3 (abweichend von §10)" in page.text
    assert "Mit dem Programm geliefert" in page.text


def test_a_case_manager_sees_no_button_and_may_press_none() -> None:
    desk = RuleDesk()
    sara = desk.work.signed_in("sara")
    page = sara.get(RULES)
    assert 'name="tun" value="' not in page.html.replace('name="tun" value="" disabled', "")
    assert desk.presses(sara, "beginnen", page).status == 403
    assert not desk.has_draft


@pytest.mark.parametrize(
    ("wish", "there", "gone"),
    [
        ("ort=rbk_odenthal", "rbk_accommodation_odenthal", "rbk_forms_roesrath"),
        ("thema=debt", "rbk_debt", "rbk_naturalisation"),
        ("stelle=rbk_roesrath", "rbk_forms_roesrath", "rbk_debt"),
        ("stelle=rbk_roesrath", "rbk_case_management", "rbk_accommodation_odenthal"),
    ],
)
def test_the_table_can_be_filtered(wish: str, there: str, gone: str) -> None:
    shown = order(RuleDesk().kim.get(f"{RULES}?{wish}"))
    assert there in shown
    assert gone not in shown


@pytest.mark.parametrize("wish", ["ort=xyz", "thema=%00", "stelle=' OR 1", "neu=<b>"])
def test_a_filter_that_does_not_exist_filters_nothing(wish: str) -> None:
    desk = RuleDesk()
    assert order(desk.kim.get(f"{RULES}?{wish}")) == order(desk.kim.get(RULES))


def test_a_draft_is_begun_changed_and_thrown_away_and_what_counts_stays() -> None:
    desk = RuleDesk()
    assert "Der Entwurf ist angelegt." in desk.begins().text
    desk.presses(desk.kim, f"platz:{LEGAL}:1")
    page = desk.presses(desk.kim, f"aus:{DEBT}")
    assert order(page)[0] == LEGAL
    assert "2 Unterschiede zur geltenden Fassung" in page.text
    assert "Zuletzt geändert von Kim Beispiel" in page.text
    asked = desk.kim.get(f"{RULES}/verwerfen")
    assert "Regel rbk_legal steht jetzt an Platz 1, vorher an Platz 11." in asked.text
    gone = desk.kim.send(asked)
    assert "Der Entwurf ist verworfen." in gone.text
    assert order(gone)[0] != LEGAL


def test_the_last_change_is_taken_back() -> None:
    desk = RuleDesk()
    before = order(desk.begins())
    page = desk.presses(desk.kim, f"weg:{LEGAL}")
    assert "Zuletzt: Regel rbk_legal entfällt" in page.text
    back = desk.presses(desk.kim, "zurueck")
    assert order(back) == before
    assert "Letzte Änderung zurücknehmen" not in back.text


def test_a_fault_stands_beside_its_rule_with_an_example() -> None:
    desk = RuleDesk()
    desk.begins()
    page = desk.presses(desk.kim, "platz:rbk_case_management:1")
    assert "So kann der Entwurf nicht veröffentlicht werden." in page.text
    assert (
        "Regel 28 (rbk_tolerated_stay) trifft nie zu, denn vorher entscheidet immer Regel 1 (rbk_case_management). "
        "Beispiel Wohnort: Bergisch Gladbach · Vorschlag: Case Management · Anliegen: Duldung und Bleiberecht"
        in page.text
    )


def test_what_concerns_all_rules_stands_above_them() -> None:
    desk = RuleDesk()
    desk.begins()
    page = desk.presses(desk.kim, "aus:rbk_coordination")
    assert "Was die Regeln als Ganzes betrifft Für manche Menschen trifft keine Regel zu." in page.text


def test_who_was_second_sees_what_the_other_has_changed_and_overwrites_nothing() -> None:
    desk = RuleDesk()
    seen_by_mia = desk.begins()
    desk.presses(desk.kim, f"aus:{DEBT}")
    late = desk.presses(desk.mia, f"weg:{LEGAL}", seen_by_mia_too(desk, seen_by_mia))
    assert late.status == 409
    assert "Zuletzt geändert von Kim Beispiel" in late.text
    assert "Seit Ihrem Stand ist anders: Regel rbk_debt, Aktiv: jetzt „nein“, vorher „ja“." in late.text
    assert desk.draft.rules.find(LEGAL) is not None
    assert desk.presses(desk.mia, f"weg:{LEGAL}", late).status == 200
    assert desk.draft.rules.find(LEGAL) is None


@pytest.mark.parametrize(
    "button",
    ["platz:rbk_debt:0", "platz:rbk_debt:99999999999", "platz:rbk_debt:²", "platz:rbk_debt:", "an:nichts", "weg:"],
)
def test_a_button_that_fits_nothing_changes_nothing_and_says_so(button: str) -> None:
    desk = RuleDesk()
    desk.begins()
    before = desk.draft
    page = desk.presses(desk.kim, button)
    assert page.status == 422
    assert "Regel" in page.text
    assert desk.draft == before


@pytest.mark.parametrize("button", ["", "alles", "platz"])
def test_a_button_that_does_not_exist_is_no_button(button: str) -> None:
    desk = RuleDesk()
    desk.begins()
    assert desk.presses(desk.kim, button).status in (404, 422)


def test_buttons_of_a_page_without_a_draft_say_that_it_is_gone() -> None:
    desk = RuleDesk()
    seen = desk.begins()
    desk.kim.send(desk.kim.get(f"{RULES}/verwerfen"))
    late = desk.presses(desk.kim, f"weg:{LEGAL}", seen)
    assert late.status == 409
    assert "Den Entwurf gibt es nicht mehr" in late.text


def seen_by_mia_too(desk: RuleDesk, page: Page) -> Page:
    """The same revision of the draft, on Mia's own page."""
    mine = desk.mia.get(RULES)
    mine.form.fields["stand"] = page.form.fields["stand"]
    return mine


def test_the_page_says_when_what_counts_no_longer_holds_with_the_desks_of_today() -> None:
    desk = RuleDesk()
    assert "geht zurzeit nicht überall auf" not in desk.kim.get(RULES).text
    today = {"first": "2026-08-12", "last": "2026-08-14"}
    form = desk.kim.get("/stellen/rbk_kuerten").forms[0]
    desk.kim.post("/stellen/rbk_kuerten/abwesenheit", {"csrf": form.fields["csrf"], **today})
    desk.work.wait(hours=20)
    kim = desk.work.signed_in("kim")
    alarm = "Rheinisch-Bergischer Kreis: Die geltenden Regeln gehen zurzeit nicht überall auf."
    assert alarm in kim.get("/posteingang").text
    assert alarm not in desk.work.signed_in("sara").get("/posteingang").text
    page = kim.get(RULES)
    assert "Die geltende Fassung 0 geht zurzeit nicht überall auf" in page.text
    assert "„KIM Case Management Kürten“ ist zurzeit nicht besetzt, und niemand vertritt." in page.text
    assert "Regel 29 (rbk_case_management)" in page.text
    assert "Beispiel Wohnort: Kürten · Vorschlag: " in page.text
    assert "Prüfung bestanden." in page.text
