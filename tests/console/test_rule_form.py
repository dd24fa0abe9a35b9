"""One rule as a form: what was typed stays, what is wrong stands beside it, and the check speaks before it is saved."""

from __future__ import annotations

from typing import Any

import pytest

from bot.routing.rules import Rule
from tests.console.rule_work import DEBT, LEGAL, ODENTHAL, RULES, RuleDesk
from tests.pages import Page, Visitor
from tests.tables import ruleset


def form(desk: RuleDesk, rule: str = ODENTHAL, who: Visitor | None = None) -> Page:
    return (who or desk.kim).get(f"{RULES}/regel/{rule}")


def saves(desk: RuleDesk, rule: str = ODENTHAL, **fields: Any) -> Page:
    return desk.kim.send(form(desk, rule), tun="speichern", **fields)


def kept(desk: RuleDesk, rule: str = ODENTHAL) -> Rule:
    found = desk.draft.rules.find(rule)
    assert found is not None
    return found


def test_a_form_that_nobody_touched_saves_the_same_rule() -> None:
    desk = RuleDesk()
    desk.begins()
    for rule in ruleset("rbk"):
        assert saves(desk, rule.id).status == 200
        assert kept(desk, rule.id) == rule


def test_conditions_are_ticked_chosen_and_counted() -> None:
    desk = RuleDesk()
    desk.begins()
    saves(desk, municipality=["rbk_odenthal", "rbk_kuerten"], newly_assigned="ja", children_at_least="3", needs_any=[])
    when = dict(kept(desk).when)
    assert when["municipality"] == frozenset({"rbk_odenthal", "rbk_kuerten"})
    assert (when["newly_assigned"], when["children_at_least"], "needs_any" in when) == (True, 3, False)


def test_a_rule_moves_to_the_place_that_its_form_names() -> None:
    desk = RuleDesk()
    desk.begins()
    saves(desk, place="9", comment="Mit der Stadt klären.")
    assert desk.draft.rules.place(ODENTHAL) == 9
    assert "Mit der Stadt klären." in desk.kim.get(RULES).text


def test_a_new_rule_needs_a_way_a_reason_and_a_source() -> None:
    desk = RuleDesk()
    desk.begins()
    page = desk.kim.send(desk.kim.get(f"{RULES}/neu"), tun="speichern", comment="Noch nicht fertig.")
    assert page.status == 422
    for sentence in (
        "Bitte wählen Sie, wohin die Regel führt.",
        "Bitte begründen Sie die Regel in einem Satz.",
        "Bitte nennen Sie die Quelle, zum Beispiel",
    ):
        assert page.text.count(sentence) == 2, "above and beside the field"
    assert page.form.fields["comment"] == "Noch nicht fertig."
    saved = desk.kim.send(
        page, tun="speichern", target="service:rbk_abu", because="Die ABU hilft.", source="Beschluss", needs_any="debt"
    )
    assert "Die Regel ist im Entwurf gespeichert." in saved.text
    count = len(ruleset("rbk"))
    assert desk.draft.rules.place(f"rbk_regel_{count + 1}") == count


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"id": "Ä B"}, "Regel: erlaubt ist eine Kennung aus kleinen Buchstaben"),
        ({"id": DEBT}, "erlaubt ist eine Kennung, die noch keine Regel hat"),
        ({"target": "desk:rsk_troisdorf"}, "ist nicht bekannt. Erlaubt ist eines aus"),
        ({"target": "service:rbk_abu"}, "Wie: erlaubt ist hier „Nichts zu buchen“"),
        ({"booking": "clearing"}, "Wie: erlaubt ist hier"),
        ({"children_at_least": "viele"}, "Kinder, mindestens: erlaubt ist eine ganze Zahl"),
        ({"children_at_least": "-1"}, "Kinder, mindestens: erlaubt ist eine ganze Zahl"),
        (
            {"municipality": ["rsk_troisdorf"]},
            "Wohnort: „rsk_troisdorf“ ist nicht bekannt. Erlaubt ist eines oder mehrere aus",
        ),
        ({"because": "x" * 501}, "Begründung: erlaubt ist ein Text bis 500 Zeichen"),
        ({"because": "A\u202eB"}, "Begründung: erlaubt ist ein Text bis 500 Zeichen"),
        ({"place": "0"}, "Platz: erlaubt ist eine Zahl von 1 bis"),
        ({"place": "9" * 30}, "Platz: erlaubt ist eine Zahl von 1 bis"),
        ({"tried": "vielleicht"}, "Schon versucht: „vielleicht“ ist nicht bekannt. Erlaubt ist eines"),
    ],
)
def test_what_is_wrong_stands_beside_the_field_and_nothing_is_saved(wrong: dict[str, Any], sentence: str) -> None:
    desk = RuleDesk()
    desk.begins()
    before = desk.draft
    page = saves(desk, **({"because": "Getippt."} | wrong))
    assert page.status == 422
    assert sentence in page.text
    assert desk.draft == before


def test_the_check_reads_the_rule_aloud_and_names_what_would_come_up() -> None:
    desk = RuleDesk()
    desk.begins()
    before = desk.draft
    page = desk.kim.send(form(desk), tun="pruefen", municipality=["rbk_odenthal", "rbk_kuerten"])
    assert page.status == 200
    assert (
        "und Wohnort ist Kürten oder Odenthal und ein Anliegen ist Unterkunft, dann: KIM Case Management" in page.text
    )
    assert "Mit dieser Änderung kommen 2 Befunde dazu" in page.text
    assert "Beispiel Wohnort: Kürten · Vorschlag:" in page.text
    assert desk.draft == before
    assert form(desk).form.fields["municipality"] == "rbk_odenthal"


def test_the_check_says_what_is_mended() -> None:
    desk = RuleDesk()
    desk.begins()
    saves(desk, municipality=["rbk_odenthal", "rbk_kuerten"])
    page = desk.kim.send(form(desk), tun="pruefen", municipality=["rbk_odenthal"])
    assert "2 Befunde sind damit behoben." in page.text


def test_who_was_second_keeps_what_they_typed_and_sees_what_the_other_changed() -> None:
    desk = RuleDesk()
    desk.begins()
    mine = form(desk, who=desk.mia)
    saves(desk, because="Von Kim.")
    late = desk.mia.send(mine, tun="speichern", comment="Von Mia.")
    assert late.status == 409
    assert "Zuletzt geändert von Kim Beispiel" in late.text
    assert "Begründung: jetzt „Von Kim.“" in late.text
    assert late.form.fields["comment"] == "Von Mia."
    assert kept(desk).comment == ""
    assert desk.mia.send(late, tun="speichern").status == 200
    assert kept(desk).comment == "Von Mia."


def test_a_rule_that_somebody_else_has_removed_cannot_be_saved() -> None:
    desk = RuleDesk()
    desk.begins()
    mine = form(desk, LEGAL, desk.mia)
    desk.presses(desk.kim, f"weg:{LEGAL}")
    late = desk.mia.send(mine, tun="speichern")
    assert late.status == 409
    assert "Regel rbk_legal entfällt" in late.text
    gone = desk.mia.send(late, tun="speichern")
    assert "Diese Regel gibt es nicht mehr." in gone.text


def test_without_a_draft_the_form_leads_back_to_the_table() -> None:
    desk = RuleDesk()
    assert str(form(desk).url).endswith("/regeln/rbk#regel-rbk_accommodation_odenthal")
    assert desk.kim.get(f"{RULES}/neu").status == 200
    assert not desk.has_draft


def test_a_rule_that_there_is_not_is_not_found() -> None:
    desk = RuleDesk()
    desk.begins()
    assert form(desk, "nichts").status == 404
