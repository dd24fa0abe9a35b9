"""Tables of what people take along: to another channel, or as a recording to their question."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, LargeBinary, String, Table, Text

from bot.storage.instants import Instant
from bot.storage.schema import BY_COLUMN, Digest, Document, metadata

#: What a person takes along to another channel; whoever brings the token fetches it, once.
passage: Final = Table(
    "passage",
    metadata,
    Column("digest", Digest, primary_key=True),
    Column("person", Text, nullable=False, index=True),
    Column("luggage", Document, nullable=False),
    Column("expires_at", Instant, nullable=False),
    info=BY_COLUMN,
)

#: What was recorded in the web chat; a card names it, or the session of who has not passed it on yet.
recording: Final = Table(
    "recording",
    metadata,
    Column("name", Text, primary_key=True),
    Column("person", Text, nullable=False, index=True),
    Column("kind", String(12), nullable=False),
    Column("media_type", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("made_at", Instant, nullable=False),
    info=BY_COLUMN,
)
