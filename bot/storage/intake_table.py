"""What was asked for and where it led, without anybody."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, Index, Integer, String, Table

from bot.storage.schema import NOBODY, Digest, Document, metadata

#: As many as had the same facts in one week are one row; its key is the digest of what it says.
intake: Final = Table(
    "intake",
    metadata,
    Column("digest", Digest, primary_key=True),
    Column("county", String(8), nullable=False),
    Column("week", String(8), nullable=False),
    Column("document", Document, nullable=False),
    Column("people", Integer, nullable=False),
    Index("ix_intake_county_week", "county", "week"),
    info=NOBODY,
)
