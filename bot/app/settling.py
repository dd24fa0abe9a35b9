"""What became of a message is noted in the outbox: sent, tried again after a pause, or put aside for ever."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

import structlog

from bot.app.patience import pause
from bot.channels.telegram_port import Delivered, Gone, Outcome, Refused, Unknown, Wait
from bot.storage.outbox import Message
from bot.storage.shown import Standing
from bot.storage.store import Transaction

LONGEST_PAUSE: Final = 300.0
#: A message that we cannot even put together so often is put aside, so that the next one may go.
TRIES: Final = 5

log = structlog.get_logger("sending")


@dataclass(frozen=True, slots=True)
class Settling:
    """Each answers in how many seconds the message is to be tried again; 0.0 is never."""

    shortest_pause: float

    def settle(self, tx: Transaction, message: Message, outcome: Outcome | None, now: datetime) -> float:
        """`None`: it was out of date before it could be sent."""
        match outcome:
            case None:
                tx.outbox.dead(message.id, "out of date", now)
            case Delivered():
                tx.outbox.sent(message.id, now)
                tx.shown.put(message.person, _standing(outcome, tx.shown.of(message.person)))
            case Wait(seconds, begun):
                sure = None if begun or message.uncertain else "wait"
                tx.outbox.again(message.id, now + timedelta(seconds=seconds), sure)
                return seconds
            case Unknown(why):
                log.warning("not sure", id=message.id, why=why, attempts=message.attempts)
                return self.again(tx, message, now)
            case Gone(why):
                log.info("unreachable", id=message.id)
                tx.outbox.dead(message.id, why[:80], now)
                tx.sessions.unreachable(message.person)
            case Refused(why):
                log.error("refused", id=message.id, why=why[:80])
                tx.outbox.aside(message.id, why[:80], now)
        return 0.0

    def failed(self, tx: Transaction, message: Message, fault: str, now: datetime) -> float:
        """Our own fault: tried again, and put aside in the end."""
        if message.attempts + 1 < TRIES:
            return self.again(tx, message, now)
        tx.outbox.aside(message.id, fault, now)
        return 0.0

    def again(self, tx: Transaction, message: Message, now: datetime) -> float:
        seconds = pause(message.attempts, self.shortest_pause, LONGEST_PAUSE)
        tx.outbox.again(message.id, now + timedelta(seconds=seconds))
        return seconds


def _standing(delivered: Delivered, before: Standing) -> Standing:
    """A message between two screens leaves the buttons of the screen, and a keyboard, where they are."""
    keyboard = None if delivered.closed else delivered.keyboard or before.keyboard
    return replace(before, last=delivered.last or before.last, page=delivered.page or before.page, keyboard=keyboard)
