"""rules: export, import, check and simulate the rules of routing, for scripts and for whoever likes a file better.

Without `--published` everything works on the tables of counties/ and needs no database; with it, on what is published
there. A file is TOML or XLSX, by the end of its name.
"""

from __future__ import annotations

import json
import sys
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO, TypeVar

from bot.app.house import Premises, furnish
from bot.app.rule_sheet import NotASheet, read_rules_sheet, rules_sheet
from bot.clock import Clock
from bot.config import Settings
from bot.routing.example import told
from bot.routing.faults import Faulty
from bot.routing.rules import named
from bot.routing.ruleset import RuleSet
from bot.routing.simulate import Elsewhere, Simulated
from bot.routing.toml_rules import read_rules_table, rules_toml
from bot.routing.versions import Draft, Version
from bot.rulework.answers import Asked
from bot.rulework.hints import hints
from bot.rulework.work import RuleWork
from bot.storage.store import Store, Transaction
from bot.vocabulary.facts import County

FAULT, WRONG = 1, 2
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Where a command works: on the tables alone, or on a database too."""

    premises: Premises
    store: Store
    clock: Clock
    county: County

    def in_transaction(self, work: Callable[[Transaction, RuleWork], T]) -> T:
        """The work, with the desks of this moment."""
        with self.store.transaction() as tx:
            return work(tx, self.premises.rulework.at(self.premises.house.rosters.at(tx.desks, self.clock())))


def desk_for(settings: Settings, clock: Clock, county: str, *, published: bool) -> Desk:
    """An empty database in memory knows nothing but the tables."""
    premises = furnish(settings.root, clock().date())
    store = Store(settings.database.get_secret_value() if published else "sqlite://")
    store.migrate()
    return Desk(premises=premises, store=store, clock=clock, county=County(county))


def export(desk: Desk, version: int | None, to: Path | None, out: TextIO) -> int:
    """The rules as a file; TOML on standard output where no file is named."""
    rules = desk.in_transaction(lambda tx, work: _version(tx, work, desk.county, version)).rules
    if to is None:
        out.write(rules_toml(rules))
    elif to.suffix == ".xlsx":
        to.write_bytes(desk.in_transaction(lambda tx, work: rules_sheet(rules, work.terms[desk.county])))
    else:
        to.write_text(rules_toml(rules), encoding="utf-8")
    return 0


def check(desk: Desk, file: Path | None, out: TextIO) -> int:
    """One JSON line a finding, exit code 1 on any; what may stay and deserves a look is of the kind `hint`."""

    def prove(tx: Transaction, work: RuleWork) -> int:
        rules = _rules_of(tx, work, desk.county, file)
        if rules is None:
            return WRONG
        proof = work.prove(rules)
        for finding in proof.findings:
            example = finding.example.german if finding.example else None
            _print(out, kind=finding.kind, rule=finding.rule or None, german=finding.german, example=example)
        for hint in hints(rules):
            _print(out, kind="hint", rule=None, german=hint, example=None)
        return 0 if proof.passed else FAULT

    return desk.in_transaction(prove)


def simulate(desk: Desk, file: Path, out: TextIO, *, last: bool) -> int:
    """Who would go elsewhere if the file were published: one JSON line in all, then one for each kind of intake."""

    def compare(tx: Transaction, work: RuleWork) -> int:
        rules = _rules_of(tx, work, desk.county, file)
        if rules is None:
            return WRONG
        simulated = work.simulate_last(tx, rules) if last else work.simulate_sample(tx, rules)
        _print(out, total=simulated.total, moved=simulated.moved, sample=simulated.sample, flows=_flows(simulated))
        for one in simulated.elsewhere:
            _print(out, **_elsewhere(one, work, desk.county))
        return 0

    return desk.in_transaction(compare)


def load(desk: Desk, file: Path, by: str) -> int:
    """The file becomes the county's draft, or the next state of the draft that is there; a coordinator publishes it."""

    def keep(tx: Transaction, work: RuleWork) -> int:
        rules, staff = _rules_of(tx, work, desk.county, file), tx.staff.get(by)
        if rules is None:
            return WRONG
        if staff is None:
            return _refused([f"--by: {by} is no colleague; add one with `staff`"])
        now = desk.clock()
        draft = work.draft(tx, desk.county) or work.begin(tx, desk.county, staff, now)
        if isinstance(draft, Draft):
            asked = Asked(county=desk.county, revision=draft.revision, by=staff, now=now)
            kept = work.edit(tx, asked, lambda _: rules)
            if isinstance(kept, Draft):
                return 0
            return _refused(kept.german if isinstance(kept, Faulty) else [kept.german])
        return _refused([draft.german])

    return desk.in_transaction(keep)


def _version(tx: Transaction, work: RuleWork, county: County, number: int | None) -> Version:
    if number is None:
        return work.published(tx, county)
    found = [entry.version for entry in work.history(tx, county) if entry.version.number == number]
    if not found:
        numbers = ", ".join(str(entry.version.number) for entry in work.history(tx, county))
        raise ValueError(f"--version: allowed is one of {numbers}")
    return found[0]


def _rules_of(tx: Transaction, work: RuleWork, county: County, file: Path | None) -> RuleSet | None:
    """The rules of the file, or those that count now; none where the file is faulty, and then every fault was told."""
    if file is None:
        return work.published(tx, county).rules
    found = _read(file, work, county)
    if isinstance(found, Faulty):
        _refused(found.german)
        return None
    return found


def _read(file: Path, work: RuleWork, county: County) -> RuleSet | Faulty:
    terms = work.terms[county]
    try:
        if file.suffix == ".xlsx":
            return read_rules_sheet(file.read_bytes(), terms)
        return read_rules_table(tomllib.loads(file.read_text(encoding="utf-8")), terms)
    except (OSError, NotASheet, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ValueError(f"{file.name}: {error}") from error


def _refused(sentences: Any) -> int:
    for sentence in sentences:
        print(sentence, file=sys.stderr)
    return WRONG


def _flows(simulated: Simulated) -> list[dict[str, Any]]:
    return [{"before": named(flow.before), "after": named(flow.after), "count": flow.count} for flow in simulated.flows]


def _elsewhere(one: Elsewhere, work: RuleWork, county: County) -> dict[str, Any]:
    return {
        "count": one.intake.count,
        "who": told(one.intake.facts, one.intake.suggestion, work.terms[county]),
        "before": {"target": named(one.before.target), "booking": one.before.booking, "rule": one.before.rule},
        "after": {"target": named(one.after.target), "booking": one.after.booking, "rule": one.after.rule},
    }


def _print(out: TextIO, **values: Any) -> None:
    print(json.dumps(values, ensure_ascii=False), file=out)
