"""Rules as files for the console: a workbook or TOML, by the end of the name; whatever is wrong is said in German."""

from __future__ import annotations

import tomllib

from bot.app.rule_sheet import MEDIA_TYPE, NotASheet, read_rules_sheet, rules_sheet
from bot.console.ports import RuleFile
from bot.routing.faults import Fault, Faulty
from bot.routing.ruleset import RuleSet
from bot.routing.terms import Terms
from bot.routing.toml_rules import read_rules_table, rules_toml

NO_TEXT = "Die Datei ist kein Text in UTF-8."
TOML, XLSX = ".toml", ".xlsx"
OTHER = "Die Datei muss auf .xlsx oder .toml enden."


class RuleFiles:
    """Implements `bot.console.ports.RuleFiles`."""

    def write(self, name: str, rules: RuleSet, terms: Terms) -> RuleFile | None:
        if name.endswith(XLSX):
            return RuleFile(body=rules_sheet(rules, terms), media_type=MEDIA_TYPE)
        if name.endswith(TOML):
            return RuleFile(body=rules_toml(rules).encode(), media_type="application/toml")
        return None

    def read(self, name: str, body: bytes, terms: Terms) -> RuleSet | Faulty:
        try:
            if name.lower().endswith(XLSX):
                return read_rules_sheet(body, terms)
            if name.lower().endswith(TOML):
                return read_rules_table(tomllib.loads(body.decode("utf-8-sig")), terms)
        except NotASheet as error:
            return _faulty(str(error))
        except UnicodeDecodeError:
            return _faulty(NO_TEXT)
        except tomllib.TOMLDecodeError as error:
            return _faulty(f"Die Datei ist kein TOML: {error}")
        return _faulty(OTHER)


def _faulty(german: str) -> Faulty:
    return Faulty((Fault(row="Datei", column="", allowed=german),))
