"""What sending e-mail needs from the house behind it, and gives to it. No library is imported here."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Final, Protocol


class Security(StrEnum):
    """How the way to the mail server is protected: from the first word, after the greeting, or not at all."""

    TLS = "tls"
    STARTTLS = "starttls"
    NONE = "none"


PORTS: Final = {Security.TLS: 465, Security.STARTTLS: 587, Security.NONE: 25}


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """Where e-mail is handed in. `authority` is a file with certificates to trust besides those of the system."""

    host: str
    port: int
    security: Security
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    authority: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """A whole message with its headers, for one recipient."""

    sender: str
    recipient: str
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Taken:
    """The mail server has it and answers for it from now on."""


@dataclass(frozen=True, slots=True)
class Later:
    """It was not taken this time, or nobody knows (`sure` is false): then it may have arrived."""

    why: str
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Shut:
    """The server takes nothing from us at all: it is away, or does not accept who we are. No letter is to blame."""

    why: str


@dataclass(frozen=True, slots=True)
class Rejected:
    """This recipient, or this message, will not be taken another time either."""

    why: str


Outcome = Taken | Later | Shut | Rejected


class MailPostman(Protocol):
    """Hands mail in. It never raises for what the server does."""

    async def deliver(self, mail: Mail) -> Outcome: ...

    async def close(self) -> None:
        """Until the next mail there is no connection."""
