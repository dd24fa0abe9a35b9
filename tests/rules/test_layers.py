"""Look down, never up or sideways; the core opens no files and reads no clock; files stay small."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from subprocess import run

ROOT = Path(__file__).parents[2]
CORE = ("dialogs", "handoff", "triage", "routing", "places", "booking", "understanding", "vocabulary", "i18n")
MODULES = sorted((ROOT / "bot").rglob("*.py"))
CORE_MODULES = [path for path in MODULES if path.relative_to(ROOT / "bot").parts[0] in CORE]
OPENERS = frozenset({"open", "Path", "open_text", "open_binary", "files"})
OPENING_METHODS = frozenset({"open", "read_text", "read_bytes", "write_text", "write_bytes", "joinpath"})
NAMES_TO_AVOID = frozenset({"utils", "helpers", "common", "manager", "service", "base"})
HARD_END = 300


def test_every_import_looks_down() -> None:
    said = run([".venv/bin/lint-imports", "--no-logo"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stdout + said.stderr


def test_the_core_opens_no_file() -> None:
    assert {name_of(path): found for path in CORE_MODULES if (found := [*openings(code_of(path))])} == {}


def test_an_opened_file_would_be_found() -> None:
    assert sorted(openings('with open("a") as file: ...\nPath("b").read_text()')) == [
        "1: open",
        "2: Path",
        "2: read_text",
    ]


def test_no_file_is_longer_than_the_hard_end() -> None:
    lengths = {name_of(path): len(code_of(path).splitlines()) for path in MODULES}
    assert {name: length for name, length in lengths.items() if length > HARD_END} == {}


def test_every_file_is_named_after_one_idea() -> None:
    assert [name_of(path) for path in MODULES if path.stem in NAMES_TO_AVOID] == []


def test_every_file_that_holds_something_says_first_what_is_true() -> None:
    trees = {name_of(path): ast.parse(code_of(path)) for path in MODULES}
    assert [name for name, tree in trees.items() if tree.body and not ast.get_docstring(tree)] == []


def openings(code: str) -> Iterator[str]:
    """Each call in the code that opens a file."""
    for node in ast.walk(ast.parse(code)):
        match node:
            case ast.Call(func=ast.Name(id=name)) if name in OPENERS:
                yield f"{node.lineno}: {name}"
            case ast.Call(func=ast.Attribute(attr=name)) if name in OPENING_METHODS:
                yield f"{node.lineno}: {name}"
            case _:
                pass


def code_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()
