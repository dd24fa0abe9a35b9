"""Tables of what other calendars know of us, and we of them."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, ForeignKey, Table, Text, UniqueConstraint

from bot.storage.instants import Instant
from bot.storage.schema import NOBODY, Digest, Number, metadata

#: The secret address of a colleague's calendar, as its digest; `desk` is empty for all of their desks. `content` is the
#: digest of what was last fetched and `changed_at` when it became so.
feed: Final = Table(
    "feed",
    metadata,
    Column("id", Number, primary_key=True),
    Column("digest", Digest, nullable=False, unique=True),
    Column("staff", ForeignKey("staff.id", ondelete="CASCADE"), nullable=False),
    Column("desk", Text, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("seen_at", Instant),
    Column("content", Digest),
    Column("changed_at", Instant),
    UniqueConstraint("staff", "desk"),
    sqlite_autoincrement=True,
    info=NOBODY,
)
