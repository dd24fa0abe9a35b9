"""The store: one transaction holds all that belongs to one message, or nothing of it."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from pathlib import Path
from threading import Lock
from typing import Any, Final, TypeVar

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError, OperationalError

from bot.storage import persons
from bot.storage.allocations import Allocations
from bot.storage.away import TimesAway
from bot.storage.barriers import Barriers
from bot.storage.capacity import Reports
from bot.storage.cases import Cases
from bot.storage.consents import Consents
from bot.storage.desks import Desks
from bot.storage.engine import BUSY_MS, open_engine
from bot.storage.feeds import Feeds
from bot.storage.given_up import GivenUpMessages
from bot.storage.happened import HappenedWith
from bot.storage.inbox import Inbox
from bot.storage.intakes import Intakes
from bot.storage.invitations import Invitations
from bot.storage.invited import CalendarsTold
from bot.storage.messages import Messages
from bot.storage.outbox import Outbox
from bot.storage.passages import Passages
from bot.storage.readings import Readings
from bot.storage.recordings import StoredRecordings
from bot.storage.rules import Rules
from bot.storage.sessions import Sessions
from bot.storage.shown import Shown
from bot.storage.staff import Colleagues
from bot.storage.staff_lines import StaffLines
from bot.storage.waiting_list import WaitingList

MIGRATIONS: Final = Path(__file__).parent / "migrations"
TRIES: Final = 5
#: Deadlock, serialisation, and all ways in which PostgreSQL says that the connection is gone or comes back soon.
_PASSING: Final = ("40P01", "40001", "08", "57P")
#: Any number, the same in every process that migrates.
_MIGRATION_LOCK: Final = 5_637_383

T = TypeVar("T")


class Transaction:
    """What is done here commits together when the transaction is left."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.inbox = Inbox(connection)
        self.sessions = Sessions(connection)
        self.outbox = Outbox(connection)
        self.given_up = GivenUpMessages(connection)
        self.shown = Shown(connection)
        self.cases = Cases(connection)
        self.allocations = Allocations(connection)
        self.waiting = WaitingList(connection)
        self.away = TimesAway(connection)
        self.feeds = Feeds(connection)
        self.invited = CalendarsTold(connection)
        self.readings = Readings(connection)
        self.happened = HappenedWith(connection)
        self.consents = Consents(connection)
        self.messages = Messages(connection)
        self.invitations = Invitations(connection)
        self.passages = Passages(connection)
        self.recordings = StoredRecordings(connection)
        self.staff = Colleagues(connection)
        self.lines = StaffLines(connection)
        self.rules = Rules(connection)
        self.desks = Desks(connection)
        self.intakes = Intakes(connection)
        self.reports = Reports(connection)
        self.barriers = Barriers(connection)

    def erase(self, person: str) -> None:
        """Nothing stored names the person any more."""
        persons.erase(self._connection, person)

    def export(self, person: str) -> dict[str, Any]:
        """Everything stored about the person, by table, as JSON values."""
        return persons.export(self._connection, person)


class Busy(TimeoutError):
    """Another thread has kept the embedded database to itself for too long."""


class _Turn:
    """SQLite has one writer at a time; threads of one process queue here, which is fairer than trying again."""

    def __init__(self) -> None:
        self._lock = Lock()

    def __enter__(self) -> None:
        if not self._lock.acquire(timeout=BUSY_MS / 1000):
            raise Busy

    def __exit__(self, *ignored: object) -> None:
        self._lock.release()


class Store:
    """One database, from any number of threads."""

    def __init__(self, url: str) -> None:
        self.engine = open_engine(url)
        self._turn: AbstractContextManager[Any] = _Turn() if self.engine.dialect.name == "sqlite" else nullcontext()

    def migrate(self) -> None:
        """The tables are as this version wants them; processes that start together wait for each other."""
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        with self._turn, self.engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text(f"SELECT pg_advisory_xact_lock({_MIGRATION_LOCK})"))
            config.attributes["connection"] = connection
            command.upgrade(config, "head")

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Commits on leaving, rolls back on an exception. Never one inside another: on SQLite the inner would wait."""
        with self._turn, self.engine.begin() as connection:
            yield Transaction(connection)

    def run(self, work: Callable[[Transaction], T]) -> T:
        """The work in a transaction of its own, again if the database was only busy or away for a moment.

        A commit whose answer was lost is repeated too: so the work must carry keys that make a second time harmless.
        """
        for left in reversed(range(TRIES)):
            try:
                with self.transaction() as tx:
                    return work(tx)
            except DBAPIError as error:
                if not left or not passes(error):
                    raise
            time.sleep(random.uniform(0.01, 0.05) * 2 ** (TRIES - left))
        raise AssertionError("the last try returns or raises")

    def tidy(self) -> None:
        """What was deleted is gone from SQLite's journal too; PostgreSQL's autovacuum needs no reminding."""
        if self.engine.dialect.name == "sqlite":
            with self._turn, closing(self.engine.raw_connection()) as connection:  # outside of any transaction
                connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").close()

    def close(self) -> None:
        self.engine.dispose()


def passes(error: Exception) -> bool:
    """The database was busy or away; the same work may succeed in a moment, and is not to blame."""
    if not isinstance(error, DBAPIError):
        return isinstance(error, Busy)
    match getattr(error.orig, "sqlstate", "SQLite has none"):
        case "SQLite has none":
            return "database is locked" in str(error.orig)
        case None:  # said by the client: there was nobody to talk to
            return isinstance(error, OperationalError)
        case state:
            return str(state).startswith(_PASSING)
