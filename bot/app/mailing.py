"""Letters to calendars go out by SMTP: one after the other, each until the mail server has it or never will.

A letter is taken from the outbox for longer than sending can last, sent, and noted as sent. Only a process that dies
between the two makes it go out a second time, and then byte for byte the same.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Event
from typing import Final

import structlog

from bot.app.house import Premises
from bot.app.inviting import CHANNEL, mail_of, tell_calendars, word_of
from bot.app.metrics import REPEATED, SENT
from bot.app.patience import pause, unless_away
from bot.channels.mail_port import PORTS, Later, Mail, MailPostman, MailServer, Outcome, Rejected, Security, Shut, Taken
from bot.clock import Clock
from bot.config import Settings
from bot.storage.outbox import Message
from bot.storage.store import Store, Transaction, passes

#: How often dates are compared with what calendars know.
LOOK_AGAIN: Final = 5.0
#: Longer than the postman has patience for one letter.
LEASE: Final = timedelta(minutes=3)
SHORTEST_PAUSE: Final = 20.0
LONGEST_PAUSE: Final = 15 * 60.0
#: A letter that we cannot even put together so often is put aside.
TRIES: Final = 5

log = structlog.get_logger("mailing")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailing:
    """One process's part in telling calendars; any number may run."""

    server: MailServer = field(repr=False)
    sender: str
    store: Store
    premises: Premises
    clock: Clock
    look_again: float = LOOK_AGAIN
    shortest_pause: float = SHORTEST_PAUSE
    lease: timedelta = LEASE

    def run(self, stop: Event) -> None:
        """Compare and send until `stop` is set; the letter that is under way then is finished."""
        from bot.channels.mail_smtp import SmtpPostman

        shut = 0
        with asyncio.Runner() as runner:
            while not stop.is_set():
                unless_away(self.tell, 0, "calendars")
                is_open = unless_away(lambda: runner.run(self.send_all(SmtpPostman(self.server), stop)), True, "mail")
                shut = 0 if is_open else shut + 1
                stop.wait(pause(shut - 1, self.shortest_pause, LONGEST_PAUSE) if shut else self.look_again)

    def tell(self) -> int:
        """What calendars must hear is in the outbox afterwards."""
        return self.store.run(lambda tx: tell_calendars(tx, self.premises, self.clock()))

    async def send_all(self, post: MailPostman, stop: Event | None = None) -> bool:
        """All that is due now is sent. False as soon as the mail server takes nothing at all."""
        try:
            while not (stop and stop.is_set()) and (message := self._take()):
                if isinstance(await self._send(message, post), Shut):
                    return False
        finally:
            await post.close()
        return True

    def _take(self) -> Message | None:
        taken = self.store.run(lambda tx: tx.outbox.due(CHANNEL, self.clock(), 1, self.lease))
        return taken[0] if taken else None

    async def _send(self, message: Message, post: MailPostman) -> Outcome | None:
        """Whatever goes wrong with one letter, the others go on; while the database is away, all of them wait."""
        try:
            mail = self.store.run(lambda tx: self._mail(tx, message))
            if mail is not None and message.uncertain:
                REPEATED.inc()
            outcome = None if mail is None else await self._handed_in(mail, post)
        except Exception as error:  # one letter that cannot be made must not stop all others
            if passes(error):
                raise
            log.error("letter failed", id=message.id, fault=type(error).__name__)  # noqa: TRY400  # a trace may quote
            name = type(error).__name__
            outcome = Rejected(name) if message.attempts + 1 >= TRIES else Later(name)
        SENT.labels(CHANNEL, type(outcome).__name__).inc()
        self.store.run(lambda tx: self._settle(tx, message, outcome))
        return outcome

    async def _handed_in(self, mail: Mail, post: MailPostman) -> Outcome:
        """Well before somebody else may take the letter, this process gives up."""
        try:
            async with asyncio.timeout(self.lease.total_seconds() * 0.8):
                return await post.deliver(mail)
        except TimeoutError:
            await post.close()
            return Later("took too long", sure=False)

    def _mail(self, tx: Transaction, message: Message) -> Mail | None:
        now = self.clock()
        return mail_of(tx, word_of(message.content), self.sender, f"{self.premises.house.doors.web}/console", now)

    def _settle(self, tx: Transaction, message: Message, outcome: Outcome | None) -> None:
        now, word = self.clock(), word_of(message.content)
        match outcome:
            case None:
                tx.outbox.dead(message.id, "out of date", now)
            case Taken():
                tx.outbox.sent(message.id, now)
                tx.invited.arrived(word.number, word.sequence, now)
            case Later(why, sure):
                log.warning("letter put off", id=message.id, why=why, attempts=message.attempts)
                tx.outbox.again(message.id, self._later(message, now), _surely(why, sure and not message.uncertain))
            case Shut(why):
                log.error("mail server takes nothing", why=why)
                tx.outbox.again(message.id, self._later(message, now), _surely(why, not message.uncertain))
            case Rejected(why):
                log.error("letter refused", id=message.id, why=why)
                tx.outbox.dead(message.id, why, now)
                tx.invited.failed(word.number, word.sequence, why)

    def _later(self, message: Message, now: datetime) -> datetime:
        return now + timedelta(seconds=pause(message.attempts, self.shortest_pause, LONGEST_PAUSE))


def _surely(why: str, sure: bool) -> str | None:
    """What surely did not arrive says why; of all else nobody knows."""
    return why[:80] or "?" if sure else None


def mailing(settings: Settings, store: Store, premises: Premises, clock: Clock) -> Mailing | None:
    """The mailing of these settings; none without a mail server. Raises `ValueError` naming what is missing."""
    if settings.smtp_host is None:
        return None
    if settings.smtp_sender is None:
        raise ValueError("LOTSE_SMTP_HOST needs LOTSE_SMTP_SENDER too")
    return Mailing(
        server=MailServer(
            host=settings.smtp_host,
            port=settings.smtp_port or PORTS[Security(settings.smtp_security)],
            security=Security(settings.smtp_security),
            user=settings.smtp_user,
            password=settings.smtp_password.get_secret_value() if settings.smtp_password else None,
            authority=settings.smtp_authority,
        ),
        sender=settings.smtp_sender,
        store=store,
        premises=premises,
        clock=clock,
    )
