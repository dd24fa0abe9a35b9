"""E-mail is handed in by SMTP. A connection is kept for as many letters as there are, and ends after each fault."""

from __future__ import annotations

import ssl
from contextlib import suppress
from typing import Final

from aiosmtplib import SMTP, SMTPException, SMTPResponseException, SMTPTimeoutError

from bot.channels.mail_port import Later, Mail, MailServer, Outcome, Rejected, Security, Shut, Taken

#: Seconds for each answer; the one after the whole message may take longer, because then the server works.
PATIENCE: Final = 20.0
PATIENCE_AT_THE_END: Final = 45.0
_PERMANENT: Final = 500
_CLOSING: Final = 421
_LONGEST: Final = 150


class SmtpPostman:
    def __init__(self, server: MailServer, patience: float = PATIENCE, at_the_end: float = PATIENCE_AT_THE_END) -> None:
        self._server, self._patience, self._at_the_end = server, patience, at_the_end
        self._smtp: SMTP | None = None

    async def deliver(self, mail: Mail) -> Outcome:
        outcome = await self._deliver(mail)
        if not isinstance(outcome, Taken):
            await self.close()
        return outcome

    async def close(self) -> None:
        """A server that is gone need not be told goodbye."""
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            with suppress(SMTPException, OSError, TimeoutError):
                await smtp.quit(timeout=self._patience)
            smtp.close()

    async def _deliver(self, mail: Mail) -> Outcome:
        """A connection that was kept may have ended meanwhile: then a new one is made, once."""
        kept = self._smtp is not None
        try:
            smtp = await self._open()
            await smtp.mail(mail.sender)
        except (SMTPException, OSError, TimeoutError, ValueError) as error:
            if not kept:
                return Shut(_why(error))
            await self.close()
            return await self._deliver(mail)
        try:
            await smtp.rcpt(mail.recipient)
        except (SMTPException, OSError, TimeoutError) as error:
            return _refusal(error, sure=True)
        try:
            await smtp.data(mail.body, timeout=self._at_the_end)
        except (SMTPException, OSError, TimeoutError) as error:
            return _refusal(error, sure=False)
        return Taken()

    async def _open(self) -> SMTP:
        if self._smtp is not None and self._smtp.is_connected:
            return self._smtp
        server = self._server
        smtp = SMTP(
            hostname=server.host,
            port=server.port,
            username=server.user,
            password=server.password,
            timeout=self._patience,
            use_tls=server.security is Security.TLS,
            start_tls=server.security is Security.STARTTLS,
            tls_context=None if server.security is Security.NONE else _trust(server),
        )
        await smtp.connect()
        self._smtp = smtp
        return smtp


def _trust(server: MailServer) -> ssl.SSLContext:
    """Raises `OSError` for a file that cannot be read."""
    context = ssl.create_default_context()
    if server.authority is not None:
        context.load_verify_locations(server.authority)
    return context


def _refusal(error: Exception, *, sure: bool) -> Outcome:
    """An answer is an answer; without one, nobody knows after the message was under way."""
    if isinstance(error, SMTPResponseException):
        if error.code == _CLOSING or error.code < _PERMANENT:
            return Later(_why(error))
        return Rejected(_why(error))
    return Later(_why(error), sure)


def _why(error: Exception) -> str:
    """The server's own words, as far as they can be shown; they speak of our mailbox, never of a resident."""
    if isinstance(error, SMTPResponseException):
        words = " ".join("".join(one if one.isprintable() else " " for one in str(error.message)).split())
        return f"{error.code} {words}"[:_LONGEST]
    return "no answer in time" if isinstance(error, (SMTPTimeoutError, TimeoutError)) else type(error).__name__
