"""All tables; those of appointments are in `times.py`.

What was handled or sent keeps its `digest` only: enough to know a second delivery, too little to know anybody.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
)

from bot.storage.calendar_tables import feed as feed
from bot.storage.calendar_tables import invited as invited
from bot.storage.calendar_tables import reading as reading
from bot.storage.desk_tables import desk_absence as desk_absence
from bot.storage.desk_tables import desk_version as desk_version
from bot.storage.instants import Instant
from bot.storage.intake_table import intake as intake
from bot.storage.schema import BY_CASE as BY_CASE
from bot.storage.schema import BY_COLUMN as BY_COLUMN
from bot.storage.schema import NOBODY as NOBODY
from bot.storage.schema import Digest, Document, Number, index
from bot.storage.schema import metadata as metadata
from bot.storage.taken_along import passage as passage
from bot.storage.taken_along import recording as recording
from bot.storage.times import allocation as allocation
from bot.storage.times import away as away
from bot.storage.times import happened as happened
from bot.storage.times import offer as offer
from bot.storage.times import resource as resource
from bot.storage.times import waiting as waiting

#: One row a lane; who is in a lane waits for the others in it only while one of them is being handled.
lane: Final = Table("lane", metadata, Column("number", Integer, primary_key=True, autoincrement=False), info=NOBODY)

inbox: Final = Table(
    "inbox",
    metadata,
    Column("seq", Number, primary_key=True),
    Column("digest", Digest, nullable=False, unique=True),
    Column("key", Text),
    Column("person", Text),
    Column("lane", Integer, nullable=False),
    Column("content", Document),
    Column("state", String(12), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("fault", Text),
    Column("received_at", Instant, nullable=False),
    Column("wait_until", Instant),
    Column("settled_at", Instant),
    CheckConstraint("state IN ('waiting', 'handled', 'quarantined')", name="state"),
    CheckConstraint("state <> 'handled' OR (content IS NULL AND person IS NULL AND key IS NULL)", name="forgotten"),
    index("ix_inbox_waiting", "seq", where="state = 'waiting'"),
    index("ix_inbox_lane", "lane", "seq", where="state = 'waiting'"),
    Index("ix_inbox_person", "person"),
    sqlite_autoincrement=True,
    info=BY_COLUMN,
)

session: Final = Table(
    "session",
    metadata,
    Column("person", Text, primary_key=True),
    Column("channel", Text, nullable=False),
    Column("address", Text),
    Column("language", Text),
    Column("document", Document, nullable=False),
    Column("version", Integer, nullable=False),
    Column("saved_at", Instant, nullable=False),
    info=BY_COLUMN,
)

outbox: Final = Table(
    "outbox",
    metadata,
    Column("id", Number, primary_key=True),
    Column("digest", Digest, nullable=False, unique=True),
    Column("key", Text),
    Column("person", Text),
    Column("channel", Text),
    Column("address", Text),
    Column("content", Document),
    Column("state", String(12), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("why", Text),
    Column("due", Instant, nullable=False),
    Column("expires", Instant),
    Column("wait_until", Instant),
    Column("settled_at", Instant),
    Column("after", Number),
    CheckConstraint("state IN ('waiting', 'sent', 'dead')", name="state"),
    CheckConstraint("state <> 'sent' OR (content IS NULL AND person IS NULL AND key IS NULL)", name="forgotten"),
    index("ix_outbox_waiting", "due", "id", where="state = 'waiting'"),
    index("ix_outbox_person", "person", "due", "id", where="state = 'waiting'"),
    sqlite_autoincrement=True,
    info=BY_COLUMN,
)

#: Numbers of messages in a chat: the last one, the one with the buttons of the screen, the one with a keyboard.
shown: Final = Table(
    "shown",
    metadata,
    Column("person", Text, primary_key=True),
    Column("message", Number, nullable=False),
    Column("page", Number),
    Column("keyboard", Number),
    info=BY_COLUMN,
)

cases: Final = Table(
    "cases",
    metadata,
    Column("code", Text, primary_key=True),
    Column("person", Text, index=True),
    Column("county", Text, nullable=False),
    Column("municipality", Text, nullable=False),
    Column("target_kind", Text, nullable=False),
    Column("target_id", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("received_at", Instant, nullable=False),
    Column("deadline", Instant, nullable=False),
    Column("version", Integer, nullable=False),
    Column("document", Document, nullable=False),
    Index("ix_cases_state_deadline", "state", "deadline"),
    info=BY_COLUMN,
)

case_log: Final = Table(
    "case_log",
    metadata,
    Column("id", Number, primary_key=True),
    Column("code", ForeignKey("cases.code", ondelete="CASCADE"), nullable=False, index=True),
    Column("at", Instant, nullable=False),
    Column("actor", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("reason", Text, nullable=False),
    info=BY_CASE,
)

#: What colleagues and the resident wrote to each other about a case.
message: Final = Table(
    "message",
    metadata,
    Column("id", Number, primary_key=True),
    Column("code", ForeignKey("cases.code", ondelete="CASCADE"), nullable=False, index=True),
    Column("digest", Digest, nullable=False, unique=True),
    Column("at", Instant, nullable=False),
    Column("author", Text, nullable=False),
    Column("draft", Document, nullable=False),
    Column("read_at", Instant),
    sqlite_autoincrement=True,
    info=BY_CASE,
)

#: `person` made it. Who came with it is not kept here: only that it was used, and what the maker may know.
invitation: Final = Table(
    "invitation",
    metadata,
    Column("id", Number, primary_key=True),
    Column("digest", Digest, nullable=False, unique=True),
    Column("person", Text, nullable=False, index=True),
    Column("language", Text, nullable=False),
    Column("known", String(12), nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("opened_at", Instant),
    Column("booked_at", Instant),
    Column("revoked_at", Instant),
    CheckConstraint("known IN ('nothing', 'opened', 'booked')", name="known"),
    sqlite_autoincrement=True,
    info=BY_COLUMN,
)

consent: Final = Table(
    "consent",
    metadata,
    Column("id", Number, primary_key=True),
    Column("person", Text, nullable=False, index=True),
    Column("purpose", Text, nullable=False),
    Column("wording", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("how", Text, nullable=False, server_default=""),
    Column("given_at", Instant, nullable=False),
    Column("withdrawn_at", Instant),
    index("uq_consent_living", "person", "purpose", where="withdrawn_at IS NULL", unique=True),
    info=BY_COLUMN,
)

staff: Final = Table(
    "staff",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("desks", Document, nullable=False),
    Column("sample", Boolean, nullable=False),
    info=NOBODY,
)

staff_link: Final = Table(
    "staff_link",
    metadata,
    Column("digest", Digest, primary_key=True),
    Column("staff", ForeignKey("staff.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("expires_at", Instant, nullable=False),
    info=NOBODY,
)

staff_session: Final = Table(
    "staff_session",
    metadata,
    Column("digest", Digest, primary_key=True),
    Column("staff", ForeignKey("staff.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("started_at", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False),
    info=NOBODY,
)

#: A colleague's Telegram account; `account` is its keyed hash, and nobody who asks for help.
staff_line: Final = Table(
    "staff_line",
    metadata,
    Column("account", Text, primary_key=True),
    Column("staff", ForeignKey("staff.id", ondelete="CASCADE"), nullable=False, unique=True),
    Column("address", Text, nullable=False),
    Column("waiting", Text),
    Column("linked_at", Instant, nullable=False),
    info=NOBODY,
)

staff_code: Final = Table(
    "staff_code",
    metadata,
    Column("digest", Digest, primary_key=True),
    Column("staff", ForeignKey("staff.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("expires_at", Instant, nullable=False),
    info=NOBODY,
)

#: Published rules of a county. `document` is what `routing.toml` would hold; a version is never changed.
rules_version: Final = Table(
    "rules_version",
    metadata,
    Column("county", String(8), nullable=False),
    Column("number", Integer, nullable=False, autoincrement=False),
    Column("author", Text, nullable=False),
    Column("at", Instant),
    Column("reason", Text, nullable=False),
    Column("restores", Integer),
    Column("document", Document, nullable=False),
    PrimaryKeyConstraint("county", "number"),
    info=NOBODY,
)

#: The one draft of a county; whoever edits it says which revision they saw.
rules_draft: Final = Table(
    "rules_draft",
    metadata,
    Column("county", String(8), primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("base", Integer, nullable=False),
    Column("begun_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("changed_by", Text, nullable=False),
    Column("editors", Document, nullable=False),
    Column("released_by", Document, nullable=False),
    Column("document", Document, nullable=False),
    info=NOBODY,
)

#: The draft as it was at each revision, so that a change can be undone and colleagues see what others changed.
rules_step: Final = Table(
    "rules_step",
    metadata,
    Column("county", String(8), nullable=False),
    Column("revision", Integer, nullable=False, autoincrement=False),
    Column("back", Integer),
    Column("document", Document, nullable=False),
    PrimaryKeyConstraint("county", "revision"),
    info=NOBODY,
)
