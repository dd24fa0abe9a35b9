"""Who writes in Telegram is known by a keyed hash; the number itself only serves as the address to send to."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Persons:
    """The names under which the house knows a bot's users; `realm` keeps the users of two bots apart."""

    key: bytes = field(repr=False)
    realm: str = "telegram"

    def name(self, user: int) -> str:
        """The same person always has the same name, and nobody without the key finds the number behind it."""
        return hmac.new(self.key, f"{self.realm}:{user}".encode(), hashlib.sha256).hexdigest()

    @property
    def unknown(self) -> str:
        """Nobody: what came from somebody without a number."""
        return f"{self.realm}:unknown"
