"""The commands of interface.md on lines of text: what comes out, and what a wrong line says."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.__main__ import main
from bot.app.check import faults
from bot.clock import standing_at
from bot.commands import try_rules
from bot.commands.recognise import recognise
from bot.commands.talk import Terminal, talk_json, talk_text
from tests.talk import ROOT, new_store, premises

SEEN = standing_at(datetime(2026, 11, 20, 9, 0, tzinfo=UTC))


def lines(*rows: Any) -> io.StringIO:
    return io.StringIO("".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows))


def read(out: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_recognise_answers_each_line_with_needs_scores_urgency_and_language() -> None:
    out = io.StringIO()
    given = lines("Ich suche eine Wohnung", "", "My husband beats me", "hello")
    assert recognise(premises().house.recogniser, None, given, out) == 0
    flat, empty, beaten, hello = read(out)
    assert flat["needs"] == ["housing_search"]
    assert flat["scores"].keys() == {"housing_search"}
    assert (flat["urgent"], flat["language"]) == (None, "de")
    assert (empty["needs"], hello["needs"]) == ([], [])
    assert beaten["urgent"] == "violence"


@pytest.mark.parametrize(
    ("typed", "municipality", "outside"),
    [("Kürten", "rbk_kuerten", False), ("53797", "rsk_lohmar", False), ("Berlin", None, True), ("xqzp", None, False)],
)
def test_place_finds_a_municipality_or_says_that_it_is_outside(
    typed: str, municipality: str | None, outside: bool
) -> None:
    out = io.StringIO()
    assert try_rules.place(premises().house.know.gazetteer, None, lines(typed), out) == 0
    (answer,) = read(out)
    assert (answer["municipality"], answer["outside"]) == (municipality, outside)


def test_triage_gives_the_suggestion_with_a_german_sentence_for_each_criterion() -> None:
    out = io.StringIO()
    facts = {"needs": ["housing_search", "debt", "health_care"], "next_steps_alone": "no", "county": "rbk"}
    assert try_rules.triage(premises(), lines(facts), out) == 0
    (answer,) = read(out)
    assert answer["suggestion"] == "case_management"
    assert answer["met"] == ["multiple_needs", "cross_legal", "limited_self_help"]
    assert {finding["finding"] for finding in answer["findings"]} == {"holds", "unknown"}
    assert "Es gibt 3 verschiedene Anliegen" in answer["findings"][0]["because"]


def test_route_names_the_rule_that_decided() -> None:
    out = io.StringIO()
    facts = {"municipality": "rsk_hennef", "needs": ["debt"], "suggestion": "case_management"}
    assert try_rules.route_facts(premises(), lines(facts), out) == 0
    (answer,) = read(out)
    assert answer["target"] == {"kind": "coordination", "id": "rsk_koordination"}
    assert (answer["booking"], bool(answer["rule"])) == ("clearing", True)


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("{", "line 2: this is not JSON"),
        ("[1]", "line 2: allowed is a JSON object"),
        ({"towns": 1}, "line 2: towns: allowed is one of county"),
        ({"needs": ["debt"], "suggestion": "lottery"}, "line 2: suggestion: allowed is one of case_management"),
    ],
)
def test_a_wrong_line_names_itself_the_key_and_what_is_allowed(
    row: Any, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    good = {"needs": ["debt"], "suggestion": "referral"}
    assert try_rules.route_facts(premises(), lines(good, row), io.StringIO()) == 2
    assert says in capsys.readouterr().err


def test_talk_in_json_answers_each_line_with_one_screen_and_the_case_at_its_end() -> None:
    out = io.StringIO()
    taps = ["go_on", "agree", "rbk", "rbk_kuerten"]
    given = lines(*({"tap": tap} for tap in taps), {"text": "I am looking for a flat"}, {"press": 1})
    with new_store() as store:
        terminal = Terminal(store=store, premises=premises(), clock=SEEN, person="p")
        assert talk_json(terminal, "en", given, out) == 0
        shown = read(out)
        while shown[-1]["screen"].startswith("ask."):
            shown.append(terminal.say({"tap": "dont_know"}))
        for tap in ("go_on", "appointment", "yes", "chat", "without"):
            shown.append(terminal.say({"tap": tap}))
        shown.append(terminal.say({"press": 1}))
        booked = terminal.say({"tap": "confirm"})
    assert [one["screen"] for one in shown[:5]] == ["welcome", "consent", "place", "place.list.rbk", "need"]
    assert {choice["id"] for choice in shown[0]["choices"]} >= {"go_on", "nav.back", "nav.person", "nav.emergency"}
    assert booked["case"]["suggestion"] == "short_consultation"
    assert booked["case"]["target"] == {"kind": "desk", "id": "rbk_kuerten"}
    assert booked["case"]["appointment"]["state"] == "booked"
    assert booked["case"]["facts"]["needs"] == ["housing_search"]
    assert "person" not in booked["case"]


@pytest.mark.parametrize(
    ("row", "says"),
    [({"shout": "x"}, "shout: allowed is one of"), ({"press": "1"}, "press"), ({}, "allowed is one of")],
)
def test_talk_refuses_a_line_that_it_does_not_know(row: Any, says: str, capsys: pytest.CaptureFixture[str]) -> None:
    with new_store() as store:
        terminal = Terminal(store=store, premises=premises(), clock=SEEN, person="p")
        assert talk_json(terminal, "en", lines(row), io.StringIO()) == 2
    assert says in capsys.readouterr().err


def test_talk_on_the_terminal_takes_the_number_of_a_choice() -> None:
    out = io.StringIO()
    with new_store() as store:
        terminal = Terminal(store=store, premises=premises(), clock=SEEN, person="p")
        assert talk_text(terminal, "en", io.StringIO("1\n1\nKürten\n/quit\n"), out) == 0
    assert "Where do you live?" in out.getvalue()
    assert "What do you need help with?" in out.getvalue()


def test_check_finds_no_fault_and_lists_what_the_counties_must_supply() -> None:
    found = faults(ROOT, SEEN())
    assert found.faults == ()
    assert any(note.startswith("to be supplied by the county: ") for note in found.notes)


def test_check_names_a_broken_table(tmp_path: Path) -> None:
    for name in ("counties", "locales"):
        (tmp_path / name).symlink_to(ROOT / name)
    (tmp_path / "counties").unlink()
    subprocess.run(["cp", "-r", str(ROOT / "counties"), str(tmp_path / "counties")], check=True)
    routing = tmp_path / "counties" / "rbk" / "routing.toml"
    routing.write_text(routing.read_text(encoding="utf-8").replace('target = "desk:local"', 'target = "desk:nowhere"'))
    (fault,) = faults(tmp_path, SEEN()).faults
    assert "nowhere" in fault
    assert "rule" in fault


def test_a_wrong_option_says_what_is_allowed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["recognise", "--language", "xx"]) == 2
    assert "--language: allowed is one of de, ar" in capsys.readouterr().err
    assert main(["talk", "--now", "tomorrow"]) == 2
    assert "--now: allowed is a date and time" in capsys.readouterr().err


def test_the_program_runs_as_a_module_on_standard_input() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot", "place"], input="كورتن\n", capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert (done.returncode, json.loads(done.stdout)["municipality"]) == (0, "rbk_kuerten")
