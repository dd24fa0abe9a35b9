"""rules: from the tables to a file, from a file to a draft, and what is said on the way."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.__main__ import main
from bot.clock import standing_at
from bot.commands import rules
from bot.commands.rules import Desk
from bot.handoff.staff import Role, Staff
from bot.routing.toml_rules import rules_toml
from bot.vocabulary.facts import County
from tests.tables import ruleset
from tests.talk import new_store, premises

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


@pytest.fixture
def desk() -> Iterator[Desk]:
    with new_store() as store:
        with store.transaction() as tx:
            for role in Role:
                tx.staff.put(Staff(id=role.value, name="Probe", role=role, desks=frozenset({"rbk", "rbk_kuerten"})))
        yield Desk(premises=premises(), store=store, clock=standing_at(NOW), county=County.RBK)


def lines(out: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.getvalue().splitlines()]


def a_file(folder: Path, *replacing: tuple[str, str]) -> Path:
    text = rules_toml(ruleset("rbk"))
    for old, new in replacing:
        assert old in text
        text = text.replace(old, new)
    file = folder / "rules.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_what_is_exported_is_read_again(desk: Desk, tmp_path: Path) -> None:
    out = io.StringIO()
    assert rules.export(desk, None, None, out) == 0
    assert out.getvalue() == rules_toml(ruleset("rbk"))
    for name in ("rules.toml", "rules.xlsx"):
        assert rules.export(desk, 0, tmp_path / name, out) == 0
        assert rules.check(desk, tmp_path / name, io.StringIO()) == 0


def test_a_version_that_does_not_exist_is_named(desk: Desk) -> None:
    with pytest.raises(ValueError, match="--version: allowed is one of 0"):
        rules.export(desk, 7, None, io.StringIO())


def test_a_finding_is_a_line_with_an_example_and_the_exit_code_is_1(desk: Desk, tmp_path: Path) -> None:
    out = io.StringIO()
    file = a_file(tmp_path, ('needs_any = ["debt"]', 'needs_any = ["accommodation_issues"]'))
    assert rules.check(desk, file, out) == 1
    (never,) = [line for line in lines(out) if line["kind"] == "never"]
    assert never["rule"] == "rbk_debt"
    assert "rbk_accommodation" in never["german"]
    assert never["example"].startswith("Wohnort: ")


def test_a_file_that_cannot_be_read_is_told_in_german_and_the_exit_code_is_2(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert rules.check(desk, a_file(tmp_path, ('"debt"', '"money"')), io.StringIO()) == 2
    assert "Regel rbk_debt, Spalte „Mindestens ein Anliegen“: " in capsys.readouterr().err
    broken = tmp_path / "broken.toml"
    broken.write_text("[[rule", encoding="utf-8")
    with pytest.raises(ValueError, match=r"broken\.toml"):
        rules.check(desk, broken, io.StringIO())


def test_a_simulation_says_who_would_go_elsewhere(desk: Desk, tmp_path: Path) -> None:
    out = io.StringIO()
    file = a_file(tmp_path, ('target = "service:rbk_schuldnerberatung"', 'target = "service:rbk_jobcenter"'))
    assert rules.simulate(desk, file, out, last=False) == 0
    total, *elsewhere = lines(out)
    assert (total["total"], total["sample"]) == (800, True)
    assert total["moved"] == sum(one["count"] for one in elsewhere) > 0
    assert {one["after"]["target"] for one in elsewhere} == {"service:rbk_jobcenter"}
    again = io.StringIO()
    assert rules.simulate(desk, file, again, last=True) == 0
    assert lines(again)[0]["total"] == 0


def test_a_file_becomes_the_draft_and_then_its_next_state(desk: Desk, tmp_path: Path) -> None:
    for because in ("Eins.", "Zwei."):
        file = a_file(tmp_path, ('because = "Bei Schulden berät die Schuldnerberatung."', f'because = "{because}"'))
        assert rules.load(desk, file, "coordinator") == 0
        with desk.store.transaction() as tx:
            draft = tx.rules.draft(County.RBK)
        assert draft is not None
        found = draft.rules.find("rbk_debt")
        assert found is not None
        assert (found.because, draft.changed_by) == (because, "coordinator")


@pytest.mark.parametrize(
    ("by", "words"), [("nobody", "is no colleague"), ("case_manager", "ändert nur seine Koordination")]
)
def test_only_a_coordinator_makes_a_draft(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str], by: str, words: str
) -> None:
    assert rules.load(desk, a_file(tmp_path), by) == 2
    assert words in capsys.readouterr().err
    with desk.store.transaction() as tx:
        assert tx.rules.draft(County.RBK) is None


def test_the_command_works_on_the_tables_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "check", "rsk"]) == 0
    assert capsys.readouterr().out == ""
    assert main(["rules", "export", "rsk"]) == 0
    assert "rsk_debt" in capsys.readouterr().out
