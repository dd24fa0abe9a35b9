"""A rule is a row of German words, and a row of German words is a rule."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.routing.cells import allowed_words, read_cells, write_cells
from bot.routing.columns import HEADS, SEPARATOR
from bot.routing.difference import difference
from bot.routing.faults import Faulty
from bot.routing.ruleset import RuleSet
from bot.routing.spoken import sentence
from tests.tables import COUNTIES, ruleset, terms

RULES, TERMS = ruleset("rbk"), terms("rbk")
DEBT = RULES.find("rbk_debt") or RULES.rules[0]


@pytest.mark.parametrize("county", COUNTIES)
def test_every_rule_of_the_tables_survives_being_a_row(county: str) -> None:
    for rule in ruleset(county):
        assert read_cells(write_cells(rule, terms(county)), terms(county), "Zeile 2") == rule


@pytest.mark.parametrize("county", COUNTIES)
def test_no_name_has_the_mark_between_two_names(county: str) -> None:
    for key in HEADS:
        assert not any(SEPARATOR in word for word in allowed_words(key, terms(county)))
        assert len({word.casefold() for word in allowed_words(key, terms(county))}) == len(
            allowed_words(key, terms(county))
        )


def test_ids_and_other_letters_are_read_too() -> None:
    cells = write_cells(DEBT, TERMS) | {
        "municipality": " rbk_kuerten;ODENTHAL ",
        "target": "service:rbk_schuldnerberatung",
        "booking": "",
    }
    rule = read_cells(cells, TERMS, "Zeile 2")
    assert not isinstance(rule, Faulty)
    assert dict(rule.when)["municipality"] == frozenset({"rbk_kuerten", "rbk_odenthal"})
    assert (rule.target, rule.booking) == (DEBT.target, DEBT.booking)


@pytest.mark.parametrize(
    ("key", "words", "said"),
    [
        ("id", "Meine Regel", "Spalte „Regel“: erlaubt ist eine Kennung aus kleinen Buchstaben"),
        ("active", "vielleicht", "Spalte „Aktiv“: erlaubt ist ja, nein oder nichts"),
        ("municipality", "Köln", "Spalte „Wohnort“: „Köln“ ist nicht bekannt. Erlaubt ist eines oder mehrere aus: "),
        ("municipality", "Odental", "„Odental“ ist nicht bekannt. Meinten Sie „Odenthal“? Erlaubt ist eines oder "),
        ("municipality", "Lohmar", "„Lohmar“ ist nicht bekannt. Erlaubt ist"),
        ("target", "Case Management Odental", "Meinten Sie „KIM Case Management Odenthal“? Erlaubt ist eines aus: "),
        ("children_at_least", "viele", "Spalte „Kinder, mindestens“: erlaubt ist eine ganze Zahl von 0 bis 1200"),
        ("children_at_least", "-1", "eine ganze Zahl"),
        ("children_at_least", "9" * 50, "eine ganze Zahl"),
        ("children_interpret", "oft", "Spalte „Kinder dolmetschen“: erlaubt ist ja, nein oder nichts"),
        ("target", "", "Spalte „Wohin“: erlaubt ist genau eine Stelle"),
        ("target", "Schuldnerberatung; Case Management am Wohnort", "genau eine Stelle"),
        ("booking", "Offene Sprechstunde", "Spalte „Wie“: erlaubt ist hier „Nichts zu buchen“"),
        ("because", "", "Spalte „Begründung“: erlaubt ist ein Text bis 500 Zeichen"),
        ("source", "x" * 501, "Spalte „Quelle“"),
        ("comment", "a\x07b", "Spalte „Kommentar“"),
        ("also", "Mond", "Spalte „Außerdem“"),
    ],
)
def test_a_cell_that_cannot_be_read_is_named_with_row_column_and_what_is_allowed(
    key: str, words: str, said: str
) -> None:
    found = read_cells(write_cells(DEBT, TERMS) | {key: words}, TERMS, "Zeile 8")
    assert isinstance(found, Faulty)
    assert found.german[0].startswith("Zeile 8, ")
    assert any(said in one for one in found.german), found.german


def test_all_faults_of_a_row_are_named_at_once() -> None:
    found = read_cells(write_cells(DEBT, TERMS) | {"because": "", "target": "x", "id": "?"}, TERMS, "Zeile 8")
    assert isinstance(found, Faulty)
    assert {fault.key for fault in found.faults} == {"because", "target", "id"}


def test_a_rule_reads_like_a_german_sentence() -> None:
    assert sentence(DEBT, TERMS) == (
        "Wenn Vorschlag ist Verweis an die zuständige Stelle und ein Anliegen ist Schulden, "
        "dann: Schuldnerberatung (Nichts zu buchen)."
    )
    last = RULES.rules[-1]
    assert sentence(last, TERMS).startswith("Immer: KIM-Koordination des Rheinisch-Bergischen Kreises")
    assert sentence(replace(last, active=False), TERMS).startswith("Ausgeschaltet. Immer: ")


def test_the_difference_names_what_was_added_changed_moved_and_removed() -> None:
    first, second, *others = RULES.rules
    added = replace(first, id="rbk_neu")
    after = RuleSet(RULES.county, (second, replace(first, because="Anders."), added, *others[1:]))
    changes = difference(RULES, after, TERMS)
    assert [(change.kind, change.rule) for change in changes] in (
        [("moved", second.id), ("changed", first.id), ("added", "rbk_neu"), ("removed", others[0].id)],
        [("moved", first.id), ("changed", first.id), ("added", "rbk_neu"), ("removed", others[0].id)],
    )
    assert f"Regel {first.id}, Begründung: jetzt „Anders.“, vorher „{first.because}“." in [
        one.german for one in changes
    ]


def test_the_same_rules_have_no_difference() -> None:
    assert difference(RULES, RULES, TERMS) == ()
