"""Tables of what other calendars know of us, and we of them."""

from __future__ import annotations

from typing import Final

from sqlalchemy import CheckConstraint, Column, ForeignKey, Integer, String, Table, Text, UniqueConstraint

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

#: What the calendar at an address was told last of a date, and what became of that letter: `sent_at` when the mail
#: server took it, `fault` why it never will. Neither a person nor a case is named.
invited: Final = Table(
    "invited",
    metadata,
    Column("id", Number, primary_key=True),
    Column("appointment", Text, nullable=False),
    Column("uid", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("desk", Text, nullable=False, index=True),
    Column("sequence", Integer, nullable=False),
    Column("starts_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False),
    Column("place", Text, nullable=False),
    Column("word", String(12), nullable=False),
    Column("told_at", Instant, nullable=False),
    Column("sent_at", Instant),
    Column("fault", Text),
    CheckConstraint("word IN ('new', 'changed', 'off')", name="word"),
    UniqueConstraint("uid", "address"),
    sqlite_autoincrement=True,
    info=NOBODY,
)

#: How the calendar of a post was last read. What stood in it is in `away`, as times alone.
reading: Final = Table(
    "reading",
    metadata,
    Column("post", Text, primary_key=True),
    Column("desk", Text, nullable=False),
    Column("tried_at", Instant, nullable=False),
    Column("read_at", Instant),
    Column("fault", String(12)),
    Column("unread", Integer, nullable=False),
    info=NOBODY,
)
