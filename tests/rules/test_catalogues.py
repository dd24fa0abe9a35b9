"""The template equals the code, and every catalogue can be trusted."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.i18n.catalogs import PLACEHOLDER, read_catalogue
from scripts.po_files import ROOT, TEMPLATE, TRANSLATED, catalogue, sentences
from scripts.words import complete, extracted, faults

MODULES = sorted((ROOT / "bot").rglob("*.py"))


def test_the_template_holds_exactly_the_sentences_of_the_code() -> None:
    assert TEMPLATE.read_text(encoding="utf-8") == extracted(), "run `make words`"


def test_no_catalogue_has_a_fault() -> None:
    assert [*faults()] == []


@pytest.mark.parametrize("tag", TRANSLATED)
def test_every_catalogue_can_be_read_at_the_start(tag: str) -> None:
    read = read_catalogue(tag, catalogue(tag).read_text(encoding="utf-8"))
    missing = [entry.msgid for entry in sentences(TEMPLATE) if entry.msgid not in read.sentences]
    assert tag not in complete() or missing == []


def test_german_arabic_and_english_are_complete_languages() -> None:
    assert complete() >= {"de", "ar", "en"}


def test_a_source_sentence_has_braces_around_placeholders_only() -> None:
    sources = [words for entry in sentences(TEMPLATE) for words in (entry.msgid, entry.msgid_plural)]
    assert [words for words in sources if set(PLACEHOLDER.sub("", words)) & {"{", "}"}] == []


def test_a_source_sentence_has_no_spaces_at_its_edges() -> None:
    assert [entry.msgid for entry in sentences(TEMPLATE) if entry.msgid != entry.msgid.strip()] == []


def test_a_sentence_is_written_out_where_it_is_said() -> None:
    """A sentence in a variable cannot be collected, and would stay English for ever."""
    assert [place for path in MODULES for place in unwritten(path)] == []


def unwritten(path: Path) -> Iterator[str]:
    wanted = {"_": 1, "n_": 2}
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            sources = node.args[: wanted.get(node.func.id, 0)]
            if not all(isinstance(source, ast.Constant) for source in sources):
                yield f"{path.relative_to(ROOT).as_posix()}:{node.lineno}"
