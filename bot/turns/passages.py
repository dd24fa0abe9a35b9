"""From a channel that may not serve somebody to the web chat, inside the transaction of a message."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from bot.dialogs.answers import BroughtAlong, NotBrought, PassageMade
from bot.dialogs.session import Session, read_session, write_session
from bot.handoff.invitations import Doors
from bot.routing.desks import Directory, TelegramUse
from bot.turns.ports import TurnTransaction

#: The channel that a municipality's desks can switch off.
TELEGRAM: Final = "telegram"


def closed_towns(channel: str, directory: Directory) -> frozenset[str]:
    """The municipalities that this channel must not serve."""
    if channel != TELEGRAM:
        return frozenset()
    return frozenset(town for town in directory.municipalities if directory.telegram_in(town) is TelegramUse.OFF)


@dataclass(frozen=True, slots=True, kw_only=True)
class Passages:
    """`person` goes away where a passage is made, and arrives where one is used."""

    tx: TurnTransaction
    person: str
    now: datetime

    def make(self, session: Session, doors: Doors) -> PassageMade:
        """All that was said goes along, and so do the permissions; recordings that lie in the old channel do not."""
        luggage = {
            "session": write_session(replace(session, kept=(), hold=None, moving=None)),
            "consents": self.tx.consents.written(self.person),
        }
        token, until = self.tx.passages.make(self.person, luggage, self.now)
        if not self.tx.cases.of(self.person):
            self.tx.consents.forget(self.person)
        return PassageMade(link=doors.passage(token), until=until)

    def use(self, digest: str, session: Session) -> BroughtAlong | NotBrought:
        """Two people's words are never mixed: where somebody has told something already, the passage stays unused."""
        if session.consented or self.tx.cases.of(self.person):
            return NotBrought(busy=True)
        luggage = self.tx.passages.take(digest, self.now)
        if luggage is None:
            return NotBrought(busy=False)
        self.tx.consents.read(self.person, luggage["consents"])
        return BroughtAlong(read_session(luggage["session"]))
