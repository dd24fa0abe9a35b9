"""An invitation brings somebody here: it names nobody, works once, and tells its maker only what is allowed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Any, Final

VALID_FOR: Final = timedelta(days=14)
#: So many of one maker can be open at a time.
MOST_OPEN: Final = 30
#: 128 bits and more; a messenger takes no more than 64 of these characters.
_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{22,64}")


class Known(StrEnum):
    """What the maker of an invitation may know; each includes the one before."""

    NOTHING = "nothing"
    OPENED = "opened"
    BOOKED = "booked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """An invitation as its maker sees it: `known` says no more than the invited person allowed.

    One that was opened looks like one that was not, as long as nobody allowed more.
    """

    id: int
    language: str
    made_at: datetime
    expires_at: datetime
    known: Known = Known.NOTHING


@dataclass(frozen=True, slots=True)
class Doors:
    """Where the invited person comes in: the address of the web chat, and the name of the Telegram bot if there is one.

    >>> Doors("https://lotse.example", "lotse_bot").telegram_link("abc")
    'https://t.me/lotse_bot?start=abc'
    """

    web: str = "http://127.0.0.1:8000"
    telegram: str | None = None

    def link(self, token: str) -> str:
        return f"{self.web.rstrip('/')}/chat/invited/{token}"

    def passage(self, token: str) -> str:
        """Where somebody goes on in the web chat with what they have said elsewhere."""
        return f"{self.web.rstrip('/')}/chat/moved/{token}"

    def telegram_link(self, token: str) -> str | None:
        return f"https://t.me/{self.telegram}?start={token}" if self.telegram else None


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationNews:
    """What the maker of an invitation is told: never who, when or where."""

    made_at: datetime
    known: Known

    def content(self) -> dict[str, Any]:
        """The inbox row."""
        return {"invitation": {"made_at": self.made_at.isoformat(), "known": str(self.known)}}


def read_invitation_news(row: Mapping[str, Any]) -> InvitationNews:
    return InvitationNews(made_at=datetime.fromisoformat(row["made_at"]), known=Known(row["known"]))


def is_token(words: str) -> bool:
    """The words have the shape of a token; whether there is such an invitation only storage knows."""
    return _TOKEN.fullmatch(words) is not None


def token_digest(token: str) -> str:
    """What is stored and looked up instead of the token.

    >>> token_digest("a")[:8]
    'ca978112'
    """
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


#: The names of the two files of an invitation begin so; the token follows.
SHEET: Final = "sheet."
PICTURE: Final = "qr."
#: The doors of a program that somebody tries out on their own machine.
LOCAL: Final = Doors()
