"""Decisions can be found and quoted, and every library has its reason."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
DECISIONS: Final = sorted((ROOT / "docs" / "decisions").glob("*.md"))
PARTS: Final = ("**Context.**", "**Decision.** *", "**Consequences.**", "**Alternatives.**")


def test_decisions_are_numbered_without_a_gap() -> None:
    assert [int(path.name[:4]) for path in DECISIONS] == [*range(1, len(DECISIONS) + 1)]


def test_every_decision_has_a_title_and_its_four_parts_in_order() -> None:
    for path in DECISIONS:
        text = path.read_text(encoding="utf-8")
        assert text.startswith(f"# {path.name[:4]} ")
        places = [text.find(part) for part in PARTS]
        assert min(places) > 0, path.name
        assert places == sorted(places), path.name


def test_every_dependency_is_named_with_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    dependencies = {re.split(r"[\[<>=~!; ]", line)[0].lower() for line in wanted}
    text = (ROOT / "docs" / "decisions" / "0011-libraries.md").read_text(encoding="utf-8")
    named = {
        name.strip().lower() for row in re.findall(r"^\| ([^|]+) \|", text, re.MULTILINE) for name in row.split(",")
    }
    assert named - {"library", "---"} == dependencies


def test_a_decision_that_is_referred_to_exists() -> None:
    places = [
        *(ROOT / "bot").rglob("*.py"),
        *(ROOT / "docs").rglob("*.md"),
        ROOT / "README.md",
        ROOT / "CONTRIBUTING.md",
    ]
    numbers = {path.name[:4] for path in DECISIONS}
    for path in places:
        assert set(re.findall(r"decisions/(\d{4})", path.read_text(encoding="utf-8"))) <= numbers, path.name
