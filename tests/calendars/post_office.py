"""A mail server on a real socket, that keeps what it takes and does wrong what a test wants it to do wrong."""

from __future__ import annotations

import asyncio
import socket
import ssl
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any, Final

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from bot.channels.mail_port import MailServer, Security

#: Instead of an answer the connection ends.
DROPS: Final = "drops"
USER, PASSWORD = "lotse", "canary-of-the-mail-password"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What was taken: the envelope, and the message as a mail program reads it."""

    sender: str
    recipient: str
    body: bytes

    @property
    def message(self) -> EmailMessage:
        read = message_from_bytes(self.body, policy=default)
        assert isinstance(read, EmailMessage)
        return read

    @property
    def text(self) -> str:
        content: str = self._part("plain").get_content()
        return content

    @property
    def calendar(self) -> bytes:
        content: str = self._part("calendar").get_content()
        return content.encode()

    @property
    def method(self) -> str:
        """What the header of the part says."""
        parameters = self._part("calendar")["content-type"].params
        return str(parameters["method"])

    def _part(self, subtype: str) -> EmailMessage:
        (part,) = (one for one in self.message.iter_parts() if one.get_content_subtype() == subtype)
        assert isinstance(part, EmailMessage)
        return part


@dataclass
class PostOffice:
    """`answers` are given in order, by command, instead of taking; `when_asked` hears each command before that."""

    port: int = 0
    letters: list[Letter] = field(default_factory=list)
    answers: dict[str, list[str]] = field(default_factory=dict)
    connections: int = 0
    logins: list[bool] = field(default_factory=list)
    when_asked: Callable[[str], None] = lambda command: None

    def refuses(self, command: str, *answers: str) -> None:
        self.answers.setdefault(command, []).extend(answers)

    def access(self, security: Security = Security.NONE, **other: Any) -> MailServer:
        return MailServer(host="localhost", port=self.port, security=security, **other)

    # What aiosmtpd asks of a handler.

    async def handle_EHLO(  # noqa: N802  # aiosmtpd looks for this name
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        said = self._said("ehlo", server)
        return [said] if said else responses

    async def handle_MAIL(  # noqa: N802  # aiosmtpd looks for this name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if said := self._said("mail", server):
            return said
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802  # aiosmtpd looks for this name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if said := self._said("rcpt", server):
            return said
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if said := self._said("data", server):
            return said
        body = envelope.content
        assert isinstance(body, bytes)
        letter = Letter(sender=str(envelope.mail_from), recipient=envelope.rcpt_tos[0], body=body)
        self.letters.append(letter)
        return self._said("taken", server) or "250 OK"

    def _said(self, command: str, server: SMTP) -> str | None:
        self.when_asked(command)
        waiting = self.answers.get(command)
        if not waiting:
            return None
        said = waiting.pop(0)
        if said == DROPS:
            assert isinstance(server.transport, asyncio.WriteTransport)
            server.transport.abort()
            return "421 gone"
        return said

    def _login(self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
        known = isinstance(data, LoginPassword) and (data.login, data.password) == (USER.encode(), PASSWORD.encode())
        self.logins.append(known)
        return AuthResult(success=known, handled=False)


@contextmanager
def post_office(certificate: Path | None = None, *, from_the_first_word: bool = False) -> Iterator[PostOffice]:
    """A server that runs; with a certificate it insists on TLS and on a user it knows."""
    office = PostOffice(port=_free_port())
    context = _context(certificate) if certificate else None
    wants: dict[str, Any] = {}
    if context and from_the_first_word:
        wants = {"ssl_context": context}
    elif context:
        wants = {"tls_context": context, "require_starttls": True}
    if context:
        # aiosmtpd does not know of TLS from the first word, so there it can only offer to ask who somebody is.
        insists = not from_the_first_word
        wants |= {"authenticator": office._login, "auth_required": insists, "auth_require_tls": insists}
    controller = Controller(office, hostname="localhost", port=office.port, **wants)
    controller.start()
    try:
        yield office
    finally:
        controller.stop()


def a_certificate(folder: Path) -> Path:
    """A certificate for this machine that nobody trusts, made now and thrown away."""
    file = folder / "localhost.pem"
    words = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    words += ["-addext", "subjectAltName=DNS:localhost", "-keyout", str(folder / "key.pem"), "-out", str(file)]
    subprocess.run(words, check=True, capture_output=True)
    return file


def _context(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, certificate.with_name("key.pem"))
    return context


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
