"""A workbook that somebody edits comes back as the same rules, or with the address of every bad cell."""

from __future__ import annotations

import io
import tomllib
import zipfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from bot.app.rule_sheet import ALLOWED, RULES, NotASheet, read_rules_sheet, rules_sheet
from bot.routing.columns import HEADS
from bot.routing.faults import Faulty
from bot.routing.ruleset import RuleSet
from bot.routing.toml_rules import read_rules_table, rules_toml
from tests.small_county import complete, small_directory, small_terms
from tests.tables import COUNTIES, ruleset, terms

SMALL = small_terms(small_directory())
#: What somebody may type into a free text; a program that makes sheets must not make anything else of it.
TYPED = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=60)


def edited(change: Callable[[Workbook], Any], county: str = "rbk") -> RuleSet | Faulty:
    """The county's sheet, as somebody changed and saved it."""
    book = load_workbook(io.BytesIO(rules_sheet(ruleset(county), terms(county))))
    change(book)
    body = io.BytesIO()
    book.save(body)
    return read_rules_sheet(body.getvalue(), terms(county))


def put(cell: str, value: Any) -> Callable[[Workbook], None]:
    def change(book: Workbook) -> None:
        book[RULES][cell] = value

    return change


def letter(key: str) -> str:
    return address_of(key).rstrip("1")


def address_of(key: str, row: int = 1) -> str:
    book = load_workbook(io.BytesIO(rules_sheet(ruleset("rbk"), terms("rbk"))))
    (found,) = [cell for cell in book[RULES][1] if cell.value == HEADS[key]]
    return f"{found.column_letter}{row}"


def said(found: RuleSet | Faulty) -> str:
    assert isinstance(found, Faulty), found
    return "\n".join(found.german)


@pytest.mark.parametrize("county", COUNTIES)
def test_the_rules_of_the_tables_survive_a_sheet_and_a_file(county: str) -> None:
    rules = ruleset(county)
    assert read_rules_sheet(rules_sheet(rules, terms(county)), terms(county)) == rules
    assert read_rules_table(tomllib.loads(rules_toml(rules)), terms(county)) == rules


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(complete(), TYPED, TYPED)
def test_random_rules_survive_a_sheet_and_a_file(rules: RuleSet, because: str, comment: str) -> None:
    known = [rule for rule in rules if "gone" not in {rule.target.id, *(one.id for one in rule.also)}]
    because, comment = " ".join(because.split()) or "x", " ".join(comment.split())
    mine = RuleSet(rules.county, tuple(replace(rule, because=because, comment=comment) for rule in known))
    assert read_rules_sheet(rules_sheet(mine, SMALL), SMALL) == mine
    assert read_rules_table(tomllib.loads(rules_toml(mine)), SMALL) == mine


def test_a_sheet_has_german_heads_lists_to_choose_from_and_the_allowed_words() -> None:
    book = load_workbook(io.BytesIO(rules_sheet(ruleset("rbk"), terms("rbk"))))
    assert book.sheetnames == [RULES, ALLOWED]
    assert [cell.value for cell in book[RULES][1]] == [*HEADS.values()]
    assert book[RULES].max_row == len(ruleset("rbk")) + 1
    assert book[RULES].freeze_panes == "B2"
    assert all(book[RULES].column_dimensions[letter(key)].width >= 20 for key in HEADS)
    lists = {str(one.sqref): one.formula1 for one in book[RULES].data_validations.dataValidation}
    assert lists[f"{letter('active')}2:{letter('active')}301"].startswith(f"'{ALLOWED}'!$A$2:")
    allowed = {column[0].value: {cell.value for cell in column[1:]} for column in book[ALLOWED].iter_cols()}
    assert {"Odenthal", "Kürten"} <= allowed["Wohnort"]
    assert "Case Management am Wohnort" in allowed["Wohin"]


def test_a_changed_cell_changes_the_rule() -> None:
    found = edited(put(address_of("because", 2), "Weil wir es so machen."))
    assert isinstance(found, RuleSet)
    first, *others = ruleset("rbk").rules
    assert found.rules == (replace(first, because="Weil wir es so machen."), *others)


def test_rows_may_be_moved_columns_too_and_empty_rows_are_left_out() -> None:
    def turn(book: Workbook) -> None:
        sheet = book[RULES]
        sheet.move_range("A1:AB100", cols=3)
        sheet.move_range("A3:AE100", rows=2)

    assert edited(turn) == ruleset("rbk")


def test_a_rule_without_an_id_gets_one() -> None:
    found = edited(put(address_of("id", 2), None))
    assert isinstance(found, RuleSet)
    assert found.rules[0].id == f"rbk_regel_{len(found) + 1}"


def test_numbers_and_truths_that_a_program_made_of_words_are_read() -> None:
    def change(book: Workbook) -> None:
        book[RULES][address_of("active", 2)] = False
        book[RULES][address_of("children_at_least", 2)] = 3.0

    found = edited(change)
    assert isinstance(found, RuleSet)
    assert not found.rules[0].active
    assert dict(found.rules[0].when)["children_at_least"] == 3


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        (
            "municipality",
            "Köln",
            "Zeile 3, Spalte „Wohnort“: „Köln“ ist nicht bekannt. Erlaubt ist eines oder mehrere aus",
        ),
        ("target", "Mond", "Zeile 3, Spalte „Wohin“"),
        ("children_at_least", 2.5, "Spalte „Kinder, mindestens“: erlaubt ist eine ganze Zahl"),
        ("because", None, "Spalte „Begründung“: erlaubt ist ein Text"),
        ("id", "rbk_protection", "erlaubt ist eine neue Kennung; rbk_protection steht schon in Zeile 2"),
        ("comment", "=1+1", "Zeile 3: erlaubt ist Text, keine Formel und kein Datum"),
        ("source", "=cmd|' /C calc'!A0", "keine Formel"),
        ("source", date(2026, 1, 1), "kein Datum"),
    ],
)
def test_a_bad_cell_is_named_by_its_address(key: str, value: Any, words: str) -> None:
    cell = address_of(key, 3)
    found = said(edited(put(cell, value)))
    assert found.startswith(f"{cell}: Zeile 3")
    assert words in found


def test_every_bad_cell_is_named_and_nothing_is_half_read() -> None:
    def spoil(book: Workbook) -> None:
        for row in (2, 5, 9):
            book[RULES][address_of("target", row)] = "Mond"

    found = said(edited(spoil))
    assert [line.split(":")[0] for line in found.splitlines()] == [address_of("target", row) for row in (2, 5, 9)]


def test_a_missing_and_a_strange_column_are_named() -> None:
    found = said(edited(put(address_of("because"), "Warum")))
    assert "in der ersten Zeile muss genau einmal „Begründung“ stehen" in found
    assert "Spalte „Warum“: erlaubt ist eine Spalte aus" in found


@pytest.mark.parametrize("words", ["=1+1", "+49", "-1", "@SUM(A1)", "'=1", '=HYPERLINK("http://x")'])
def test_what_looks_like_a_formula_is_written_as_text(words: str) -> None:
    first, *others = ruleset("rbk").rules
    rules = RuleSet(ruleset("rbk").county, (replace(first, comment=words), *others))
    body = rules_sheet(rules, terms("rbk"))
    cell = load_workbook(io.BytesIO(body))[RULES][address_of("comment", 2)]
    assert (cell.data_type, cell.value, cell.quotePrefix) == ("s", words, True)
    with zipfile.ZipFile(io.BytesIO(body)) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")
    assert read_rules_sheet(body, terms("rbk")) == rules


@pytest.mark.parametrize("body", [b"", b"PK\x03\x04", b"Regel;Aktiv\n", b"\x00" * 3_000_000])
def test_what_is_no_workbook_is_refused_in_german(body: bytes) -> None:
    with pytest.raises(NotASheet, match="Die Datei"):
        read_rules_sheet(body, terms("rbk"))


def test_a_file_that_unpacks_to_far_too_much_is_refused() -> None:
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/workbook.xml", b"0" * 40_000_000)
    with pytest.raises(NotASheet, match="ausgepackt zu groß"):
        read_rules_sheet(body.getvalue(), terms("rbk"))


def test_an_empty_sheet_is_refused() -> None:
    body = io.BytesIO()
    Workbook().save(body)
    assert "Zeile 1" in said(read_rules_sheet(body.getvalue(), terms("rbk")))


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 20_000), st.binary(min_size=1, max_size=4))
def test_a_damaged_file_is_read_or_refused_and_never_anything_else(place: int, noise: bytes) -> None:
    body = bytearray(SHEET)
    body[place % len(body) : place % len(body) + len(noise)] = noise
    with suppress(NotASheet):
        read_rules_sheet(bytes(body), terms("rbk"))


SHEET = rules_sheet(RuleSet(ruleset("rbk").county, ruleset("rbk").rules[:3]), terms("rbk"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "erlaubt sind 1 bis 300 Regeln"),
        ("rule = 3", "erlaubt sind 1 bis 300 Regeln"),
        ("other = 1\n[[rule]]\nid = 'a1'", "nichts daneben"),
        ("rule = [3]", "Regel 1: erlaubt sind Schlüssel und Werte"),
        ("[[rule]]\nid = 'a1'\nwohin = 'x'", "Regel a1, Spalte „wohin“: erlaubt ist ein Schlüssel aus: id, active"),
        ("[[rule]]\nid = 'a1'\nwhen = { religion = ['x'] }", "Spalte „religion“: erlaubt ist eine Bedingung aus"),
        ("[[rule]]\nid = 'a1'\nwhen = { needs_any = [] }", "nur eine Bedingung mit einem Wert"),
        ("[[rule]]\nid = 'a1'\nwhen = 3", "Bedingungen in geschweiften Klammern"),
        ("[[rule]]\nid = 'a1'\nwhen = { needs_any = [ { a = 1 } ] }\ntarget = 1.5", "Spalte „Wohin“"),
    ],
)
def test_a_file_that_cannot_be_read_says_why_in_german(text: str, words: str) -> None:
    assert words in said(read_rules_table(tomllib.loads(text), terms("rbk")))
