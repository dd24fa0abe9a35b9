"""Updates of a Telegram bot go into the inbox: all of one update, or nothing of it."""

from __future__ import annotations

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.app.bells import Bells
from bot.app.metrics import ARRIVED
from bot.channels.telegram_port import Arrived, MailboxAway, Unreadable
from bot.clock import Clock
from bot.storage.store import Busy, Store, Transaction

log = structlog.get_logger("mailbox")


class InboxMailbox:
    """Implements `bot.channels.telegram_port.Mailbox`."""

    def __init__(self, store: Store, bells: Bells, clock: Clock) -> None:
        self._store, self._bells, self._clock = store, bells, clock

    def take(self, arrived: Arrived | Unreadable) -> None:
        try:
            new = self._store.run(lambda tx: self._put(tx, arrived))
        except (SQLAlchemyError, Busy) as error:
            log.warning("inbox away", fault=type(error).__name__)
            raise MailboxAway from error
        if new:
            self._bells.ring_work()

    def _put(self, tx: Transaction, arrived: Arrived | Unreadable) -> int:
        now = self._clock()
        match arrived:
            case Arrived(letters):
                put = [tx.inbox.put(letter.key, letter.person, letter.content, now) for letter in letters]
                _count(put)
                return sum(put)
            case Unreadable(letter, fault):
                tx.inbox.put_aside(letter.key, letter.person, letter.content, fault, now)
                ARRIVED.labels("unreadable").inc()
                return 0


def _count(put: list[bool]) -> None:
    kinds = ["new" if new else "again" for new in put] or ["ignored"]
    for kind in kinds:
        ARRIVED.labels(kind).inc()
