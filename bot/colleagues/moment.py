"""One message of a linked colleague: who writes, on which line, when; and the card as they may see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.barriers.rules import Rules
from bot.cases import Asked, Casework
from bot.colleagues.cards import Signs, card, hint
from bot.colleagues.lines import Line, LineTransaction
from bot.colleagues.notes import Note
from bot.handoff.case import Case
from bot.handoff.guide import Guide
from bot.handoff.roster import Desks, Rosters
from bot.handoff.staff import Staff
from bot.routing.desks import TelegramUse


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What answering a colleague needs beside the message. `uses` says by desk what may be done in Telegram."""

    casework: Casework
    guide: Guide
    barrier_rules: Rules
    signs: Signs
    uses: Mapping[str, TelegramUse]
    rosters: Rosters

    def at(self, desks: Desks, now: datetime) -> Desk:
        """The same with the desks of this moment."""
        roster = self.rosters.at(desks, now)
        uses = {desk.id: desk.telegram for desk in roster.directory.desks()}
        return replace(self, casework=self.casework.with_roster(roster), uses={**uses, **self.uses})


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A colleague's message: who, on which line, when; `key` names the message, so that nothing happens twice."""

    desk: Desk
    tx: LineTransaction
    line: Line
    by: Staff
    key: str
    now: datetime

    def asked(self, code: str, version: str) -> Asked:
        return Asked(code=code, version=int(version), by=self.by, now=self.now)


def use_of(here: Moment, case: Case) -> TelegramUse:
    """What may be done with this card in Telegram; a desk that has not said so gets a hint only."""
    return here.desk.uses.get(case.target_id, TelegramUse.NOTIFY_ONLY)


def show(here: Moment, case: Case) -> Note:
    """The card, as far as its town allows cards in Telegram."""
    if use_of(here, case) is not TelegramUse.FULL:
        return hint(case, here.desk.signs)
    return card(case, here.desk.casework.appointment(here.tx, case), here.desk.signs)
