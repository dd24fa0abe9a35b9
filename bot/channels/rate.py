"""How often somebody may send a form: known by a fingerprint that means nothing anywhere else, and forgotten soon."""

from __future__ import annotations

import hashlib
import secrets
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from typing import Final

MOST_REMEMBERED: Final = 4096


@dataclass(slots=True)
class Rate:
    """So many within so long, for each address; kept in memory only, salted anew with every start."""

    most: int
    within: timedelta
    _salt: bytes = field(default_factory=lambda: secrets.token_bytes(16), repr=False)
    _seen: OrderedDict[bytes, list[datetime]] = field(default_factory=OrderedDict, repr=False)
    _lock: Lock = field(default_factory=Lock, repr=False)

    def allows(self, address: str, now: datetime) -> bool:
        """One more may be sent; asking counts as sending."""
        known = hashlib.blake2b(address.encode(), key=self._salt, digest_size=8).digest()
        with self._lock:
            recent = [one for one in self._seen.pop(known, ()) if now - one < self.within]
            allowed = len(recent) < self.most
            self._seen[known] = [*recent, now] if allowed else recent
            while len(self._seen) > MOST_REMEMBERED:
                self._seen.popitem(last=False)
        return allowed
