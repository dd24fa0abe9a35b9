"""A digest tells that two things are the same, and nothing else about them."""

from __future__ import annotations

from hashlib import sha256


def digest(words: str) -> str:
    return sha256(words.encode("utf-8", "surrogatepass")).hexdigest()
