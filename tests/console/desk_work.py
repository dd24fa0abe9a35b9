"""The console over a store in memory, at a time that a test can move, and colleagues who are signed in to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.app.rule_files import RuleFiles
from bot.console.ports import Console, Names, Transaction
from bot.console.site import console_site
from bot.handoff.case import Case
from bot.routing.laws import read_laws
from bot.rulework.work import RuleWork
from tests.barrier_reports import rules
from tests.casework import DIRECTORY, GUIDE, NOW, a_casework
from tests.kept import KeptRecordings, MemoryStore
from tests.pages import Page, Visitor
from tests.tables import TOPICS, table
from tests.talk import premises

NAMES = Names(
    topics={
        "residence_permit": "Aufenthaltstitel, Wohnsitzauflage, Umverteilung",
        "childcare_early_education": "Kita und frühe Bildung",
        "german_course": "Sprachkurs",
    },
    municipalities={"rbk_kuerten": "Kürten", "rbk_overath": "Overath", "rsk_troisdorf": "Troisdorf"},
    others={"rbk_coordination": "KIM-Koordination RBK"},
)


class DeskWork:
    """One console and its store; `now` moves."""

    def __init__(self, *cases: Case, secure: bool = False) -> None:
        self.store = MemoryStore(*cases)
        self.now = NOW
        self.recordings = KeptRecordings()
        self.console = Console(
            store=self.store,
            directory=DIRECTORY,
            casework=a_casework(),
            guide=GUIDE,
            barrier_rules=rules(),
            laws=read_laws(table("laws"), TOPICS),
            rules=premises().rulework,
            desks=premises().deskwork,
            files=RuleFiles(),
            names=NAMES,
            to_supply={"rbk_kuerten": ("Telefonnummer der Stelle",), "rbk": ("Die eigenen Kriterien",)},
            now=self.tell_time,
            secure=secure,
            recordings={"telegram": self.recordings, "web": self.recordings},
            renewed=_renewed,
        )
        self.site = console_site(self.console)

    def use_rules(self, rules: RuleWork) -> None:
        """From now on rules are changed under other conditions."""
        self.console = replace(self.console, rules=rules)
        self.site = console_site(self.console)

    def tell_time(self) -> datetime:
        return self.now

    def wait(self, **span: float) -> None:
        self.now += timedelta(**span)

    def visitor(self) -> Visitor:
        return Visitor(self.site)

    def signed_in(self, staff: str) -> Visitor:
        visitor = self.visitor()
        self.sign_in(visitor, staff)
        return visitor

    def sign_in(self, visitor: Visitor, staff: str) -> Page:
        link = self.store.link(staff, f"link-of-{staff}-at-{self.now.timestamp():.0f}")
        return visitor.send(visitor.get(f"/anmelden/{link}"))

    def case(self, code: str = "K7M4Q2") -> Case:
        return self.store.rows.cases[code]


def _renewed(console: Console, tx: Transaction, now: datetime) -> Console:
    """What coordinators have said about desks counts; the cards' own small directory stays."""
    if not tx.desks.current() and not tx.desks.absences(now.date()):
        return console
    roster = premises().house.rosters.at(tx.desks, now)
    rules = console.rules.at(roster)
    return replace(console, rules=rules, desks=console.desks.at(roster, rules))
