"""Rules as files: what is taken away comes back the same; what is wrong is named cell by cell, nothing is half read."""

from __future__ import annotations

import io

import pytest
from openpyxl import load_workbook

from bot.routing.columns import HEADS
from tests.console.rule_work import LEGAL, RULES, RuleDesk
from tests.pages import Page
from tests.tables import ruleset


def brings(desk: RuleDesk, name: str, body: bytes, page: Page | None = None) -> Page:
    return desk.kim.upload(page or desk.kim.get(f"{RULES}/datei"), "datei", name, body)


def taken(desk: RuleDesk, name: str, state: str = "gilt") -> bytes:
    return desk.kim.raw(f"{RULES}/datei/{name}?stand={state}").content


def changed(body: bytes, cell: str, words: str) -> bytes:
    """The workbook with other words in one cell."""
    book = load_workbook(io.BytesIO(body))
    book["Regeln"][cell] = words
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


@pytest.mark.parametrize("name", ["regeln.xlsx", "regeln.toml"])
def test_what_is_taken_away_comes_back_as_the_same_rules(name: str) -> None:
    desk = RuleDesk()
    page = brings(desk, name, taken(desk, name))
    assert "Die Regeln aus der Datei stehen jetzt im Entwurf." in page.text
    assert desk.draft.rules == ruleset("rbk")


def test_the_draft_can_be_taken_away_and_its_file_has_the_name_of_the_county() -> None:
    desk = RuleDesk()
    desk.begins()
    desk.presses(desk.kim, f"weg:{LEGAL}")
    assert b"rbk_legal" not in taken(desk, "regeln.toml", "entwurf")
    response = desk.kim.raw(f"{RULES}/datei/regeln.toml")
    assert b"rbk_legal" in response.content
    assert response.headers["content-disposition"] == 'attachment; filename="regeln-rbk.toml"'
    assert desk.kim.raw(f"{RULES}/datei/regeln.exe").status_code == 404


def test_a_cell_that_cannot_be_read_is_named_by_its_address_and_nothing_is_taken() -> None:
    desk = RuleDesk()
    desk.begins()
    before = desk.draft
    column = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[list(HEADS).index("municipality")]
    page = brings(desk, "regeln.xlsx", changed(taken(desk, "regeln.xlsx"), f"{column}4", "Atlantis"))
    assert page.status == 422
    assert f"{column}4 Zeile 4 Wohnort „Atlantis“ ist nicht bekannt. Erlaubt ist eines oder mehrere aus" in page.text
    assert "Am Entwurf hat sich nichts geändert." in page.text
    assert desk.draft == before


@pytest.mark.parametrize(
    ("name", "body", "sentence"),
    [
        ("regeln.xlsx", b"PK not a workbook", "lässt sich nicht als Tabelle (XLSX) lesen"),
        ("regeln.toml", b"[[rule", "Die Datei ist kein TOML"),
        ("regeln.toml", b"\xff\xfe", "Die Datei ist kein Text in UTF-8."),
        ("regeln.pdf", b"%PDF", "Die Datei muss auf .xlsx oder .toml enden."),
        ("<b>.xlsx", b"x", "lässt sich nicht als Tabelle"),
        ("regeln.xlsx", b"", "Bitte wählen Sie eine Datei aus."),
    ],
)
def test_a_file_that_is_no_file_of_rules_is_refused_in_words(name: str, body: bytes, sentence: str) -> None:
    desk = RuleDesk()
    page = brings(desk, name, body)
    assert page.status == 422
    assert sentence in page.text
    assert not desk.has_draft


def test_a_file_does_not_overwrite_what_somebody_else_has_changed() -> None:
    desk = RuleDesk()
    desk.begins()
    page = desk.kim.get(f"{RULES}/datei")
    desk.presses(desk.mia, f"weg:{LEGAL}")
    late = brings(desk, "regeln.toml", taken(desk, "regeln.toml"), page)
    assert late.status == 409
    assert "Regel rbk_legal entfällt" in late.text
    assert desk.draft.rules.find(LEGAL) is None


def test_a_huge_file_is_not_read() -> None:
    desk = RuleDesk()
    assert brings(desk, "regeln.xlsx", b"x" * 2_200_000).status == 413


def test_a_file_can_be_taken_back_like_any_other_change() -> None:
    desk = RuleDesk()
    desk.begins()
    desk.presses(desk.kim, f"weg:{LEGAL}")
    brings(desk, "regeln.toml", taken(desk, "regeln.toml"))
    assert desk.draft.rules.find(LEGAL)
    desk.presses(desk.kim, "zurueck")
    assert desk.draft.rules.find(LEGAL) is None
