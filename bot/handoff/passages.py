"""A passage leads once from one channel to another, with all that was said, and is known to whoever got it only."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from typing import Final

#: Long enough to find another device; what is not fetched by then is forgotten.
VALID_FOR: Final = timedelta(days=1)


def passage_digest(token: str) -> str:
    """What is stored and looked up instead of the token. It is no digest of anything else that is kept.

    >>> passage_digest("a")[:8]
    'aed899b0'
    """
    return sha256(f"passage:{token}".encode("utf-8", "surrogatepass")).hexdigest()
