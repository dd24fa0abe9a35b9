"""Rules as the text of a `routing.toml`, and a table of one back to rules, with every fault in German."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from bot.routing.cells import NO, YES, read_cells
from bot.routing.columns import HEADS, SEPARATOR
from bot.routing.conditions import CONDITIONS
from bot.routing.edits import MOST_RULES
from bot.routing.faults import Fault, Faulty
from bot.routing.rules import KEYS, Rule
from bot.routing.ruleset import RuleSet, write_ruleset
from bot.routing.terms import Terms

HEADER: Final = """\
# Wohin es geht. Die erste Regel, die zutrifft, entscheidet. `when`: alles muss bekannt sein und zutreffen.
# desk:local = das eigene Case Management der Kommune, desk:region = die Region im KI,
# service:by_need = der erste Dienst, der für die Anliegen genannt ist.
"""


def rules_toml(rules: RuleSet) -> str:
    """The text of the file; a rule with its conditions on one line, as people wrote them before."""
    written = (_rule(row) for row in write_ruleset(rules)["rule"])
    return "\n".join([HEADER, *written])


def _rule(row: Mapping[str, Any]) -> str:
    return "\n".join(["[[rule]]", *(f"{key} = {_value(value)}" for key, value in row.items())]) + "\n"


def _value(value: Any) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case str():
            return _text(value)
        case Mapping():
            return "{ " + ", ".join(f"{key} = {_value(one)}" for key, one in value.items()) + " }"
        case _:
            return "[" + ", ".join(_value(one) for one in value) + "]"


def _text(value: str) -> str:
    """JSON writes texts as TOML does, but for one letter that TOML wants to be escaped."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")


def read_rules_table(table: Mapping[str, Any], terms: Terms) -> RuleSet | Faulty:
    """The rules of a table as `tomllib` reads it, or all that is wrong with them: nothing is half read."""
    found = table.get("rule")
    if set(table) != {"rule"} or not isinstance(found, list) or not 0 < len(found) <= MOST_RULES:
        allowed = f"erlaubt sind 1 bis {MOST_RULES} Regeln, jede unter [[rule]], und nichts daneben"
        return Faulty((Fault(row="Datei", column="", allowed=allowed),))
    read = [_read(number, row, terms) for number, row in enumerate(found, start=1)]
    faults = [fault for one in read if isinstance(one, Faulty) for fault in one.faults]
    rules = [one for one in read if isinstance(one, Rule)]
    faults += [_twice(rule) for place, rule in enumerate(rules) if rule.id in {one.id for one in rules[:place]}]
    return Faulty(tuple(faults)) if faults else RuleSet(terms.county, tuple(rules))


def _twice(rule: Rule) -> Fault:
    allowed = "erlaubt ist eine Kennung, die noch keine Regel hat"
    return Fault(row=f"Regel {rule.id}", column=HEADS["id"], allowed=allowed, key="id")


def _read(number: int, row: Any, terms: Terms) -> Rule | Faulty:
    where = f"Regel {number}"
    if not isinstance(row, Mapping):
        return Faulty((Fault(row=where, column="", allowed="erlaubt sind Schlüssel und Werte"),))
    if isinstance(row.get("id"), str):
        where = f"Regel {row['id']}"
    when = row.get("when", {})
    if faults := tuple(_faults_of_keys(where, row, when)):
        return Faulty(faults)
    flat = {**{key: value for key, value in row.items() if key != "when"}, **when}
    return read_cells({key: _words(value) for key, value in flat.items()}, terms, where)


def _faults_of_keys(where: str, row: Mapping[str, Any], when: Any) -> Iterator[Fault]:
    if not isinstance(when, Mapping):
        yield Fault(row=where, column="when", allowed="erlaubt sind Bedingungen in geschweiften Klammern")
        return
    for key in row:
        if key not in KEYS:
            yield Fault(row=where, column=key, allowed="erlaubt ist ein Schlüssel aus: " + ", ".join(KEYS))
    for key, value in when.items():
        if key not in CONDITIONS:
            yield Fault(row=where, column=key, allowed="erlaubt ist eine Bedingung aus: " + ", ".join(CONDITIONS))
        elif value in ([], ""):
            yield Fault(row=where, column=HEADS[key], allowed="erlaubt ist nur eine Bedingung mit einem Wert", key=key)


def _words(value: Any) -> str:
    """The value as the words of a cell."""
    match value:
        case bool():
            return YES if value else NO
        case list():
            return f"{SEPARATOR} ".join(_words(one) for one in value)
        case _:
            return str(value)
