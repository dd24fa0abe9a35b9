"""place, triage, route: try a rule on lines of standard input."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TextIO

from bot.app.house import Premises
from bot.commands.lines import each, json_object
from bot.places.find import Choose, Found, NotFound, Outside, find_place
from bot.places.gazetteer import Gazetteer
from bot.routing.route import Target, route
from bot.triage.evaluate import assess
from bot.triage.finding import Fails, Finding, Holds, Unknown
from bot.vocabulary.facts import County, Facts, read_facts
from bot.vocabulary.ways import Suggestion


def place(gazetteer: Gazetteer, county: str | None, given: TextIO, out: TextIO) -> int:
    """One place a line, as a person types it."""
    wanted = County(county) if county else None

    def answer(text: str) -> dict[str, Any]:
        match find_place(text, gazetteer, wanted):
            case Found(municipality):
                return {"municipality": municipality, "candidates": [municipality], "outside": False}
            case Choose(candidates):
                return {"municipality": None, "candidates": list(candidates), "outside": False}
            case Outside():
                return {"municipality": None, "candidates": [], "outside": True}
            case NotFound():
                return {"municipality": None, "candidates": [], "outside": False}

    return each(answer, given, out)


def triage(premises: Premises, given: TextIO, out: TextIO) -> int:
    """Facts, one object a line."""
    know, german = premises.house.know, premises.catalogues["de"]

    def answer(text: str) -> dict[str, Any]:
        assessed = assess(_facts(premises, json_object(text)), know.rules)
        findings = [
            {
                "criterion": one.criterion.id,
                "finding": _name(one.finding),
                "because": german.render(one.finding.because),
                "missing": list(one.finding.missing) if isinstance(one.finding, Unknown) else [],
            }
            for one in assessed.judged
        ]
        return {
            "suggestion": assessed.suggestion,
            "met": list(assessed.met),
            "findings": findings,
            "orientation": [point.id for point in assessed.points],
            "missing": list(assessed.missing),
            "urgent": None,
        }

    return each(answer, given, out)


def route_facts(premises: Premises, given: TextIO, out: TextIO) -> int:
    """Facts with a suggestion, one object a line."""

    def answer(text: str) -> dict[str, Any]:
        row = json_object(text)
        suggestion = row.pop("suggestion", None)
        facts = _facts(premises, row)
        if suggestion not in {*Suggestion}:
            raise ValueError(f"suggestion: allowed is one of {', '.join(Suggestion)}")
        found = route(facts, Suggestion(suggestion), premises.house.know.directory)
        return {
            "target": _target(found.target),
            "booking": found.booking,
            "rule": found.rule,
            "because": found.because,
            "also": [_target(one) for one in found.also],
        }

    return each(answer, given, out)


def _facts(premises: Premises, row: Mapping[str, Any]) -> Facts:
    know = premises.house.know
    return read_facts(row, frozenset(know.topics), know.gazetteer.counties())


def _name(finding: Finding) -> str:
    match finding:
        case Holds():
            return "holds"
        case Fails():
            return "fails"
        case Unknown():
            return "unknown"


def _target(target: Target) -> dict[str, str]:
    return {"kind": target.kind, "id": target.id}
