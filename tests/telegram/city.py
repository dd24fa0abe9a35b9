"""The same as a town, with real processes: several `serve` and `work` on one PostgreSQL and one Redis."""

from __future__ import annotations

import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime
from http.client import HTTPConnection
from pathlib import Path
from signal import SIGKILL, SIGTERM, Signals
from threading import Event, RLock
from types import TracebackType

from sqlalchemy import and_, select
from sqlalchemy.exc import DBAPIError

from bot.app.residents import PATH
from bot.clock import now
from bot.storage.store import Store
from bot.storage.tables import outbox
from tests import servers
from tests.telegram.ledger import Death
from tests.telegram.nursery import Child, nursery
from tests.telegram.town import KEY, SECRET, Town


class City(Town):
    """`serves` and `works` say how many processes there are of each."""

    patience, look_again = 180.0, 0.03

    def __init__(self, folder: Path, *, serves: int = 2, works: int = 2, database: str | None = None) -> None:
        super().__init__(works=False, sends=False)
        self._folder, self._serves, self._works, self._database = folder, serves, works, database
        self.running: dict[str, Child] = {}
        self.deaths: list[Death] = []
        self._one_at_a_time = RLock()

    def __enter__(self) -> City:
        self.given = Store(self._database or servers.postgres().copy_of("city", laid))
        self._url = self.given.engine.url.set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
        super().__enter__()
        self._stack.callback(self.given.close)
        ports = [free_port() for _ in range(self._serves)]
        self.processes: dict[str, tuple[str, ...]] = {}
        self.processes |= {f"serve{number}": ("serve", "--port", str(port)) for number, port in enumerate(ports)}
        self.processes |= {f"work{number}": ("work",) for number in range(self._works)}
        for name in self.processes:
            self.starts_process(name)
        assert self.bot.webhook is not None
        self.bot.webhook.behind = [f"http://127.0.0.1:{port}{PATH}" for port in ports]
        self.waits(lambda: self.lives() and all(map(_answers, ports)), 180)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        codes = {name: self.ends(name) for name in list(self.running)}
        super().__exit__(kind, error, at)
        # uvicorn lets the signal end the process after it has finished what was under way.
        assert error is not None or set(codes.values()) <= {0, -SIGTERM}, codes

    def starts_process(self, name: str) -> None:
        """As an orchestrator does it: again under the same name, after it has ended."""
        self.running[name] = nursery().born(self.processes[name], self._environment(), self._folder / f"{name}.log")

    def polls(self, count: int = 2) -> None:
        """From now on Telegram is asked, and delivers nothing; more than one who asks is one too many, and no harm."""
        for number in range(count):
            self.processes[f"poll{number}"] = ("poll",)
            with self._one_at_a_time:
                self.starts_process(f"poll{number}")
        self.waits(lambda: self.bot.webhook is None and self.bot.polls > 0, 180)

    def kills_and_starts(self, name: str) -> None:
        """What an orchestrator sees and mends at once."""
        began = self.telegram.world.now()
        with self._one_at_a_time:
            self.kills(name)
            self.starts_process(name)
        self.notes_death(began, self.under_way())

    def keeps_alive(self, stop: Event) -> None:
        """Starts again whatever has ended by itself, as an orchestrator does; that is a death like any other."""
        ended: list[float] = []
        while not stop.wait(0.2):
            began = self.telegram.world.now() - 0.2
            with self._one_at_a_time:
                names = [name for name, child in self.running.items() if child.code() is not None]
                for name in names:
                    self.starts_process(name)
            ended += [began] * len(names)
            with suppress(DBAPIError):  # the database has died too: what was under way stands there when it is back
                while ended:
                    self.notes_death(ended[-1], self.under_way())
                    ended.pop()

    def under_way(self) -> frozenset[str]:
        """For whom a message is taken, and not noted as sent."""
        taken = and_(outbox.c.state == "waiting", outbox.c.wait_until.is_not(None), outbox.c.why.is_(None))
        with self.looking.connect() as connection:
            return frozenset(connection.execute(select(outbox.c.person).where(taken)).scalars())

    def notes_death(self, began: float, under_way: frozenset[str]) -> None:
        """Its end is when Telegram has taken everything that was on its way there."""
        for _ in range(2):
            self.telegram.answers()
        self.deaths.append(Death(began=began, ended=self.telegram.world.now(), under_way=under_way))

    def kills(self, name: str) -> None:
        """As the kernel does it when memory is short."""
        self._signal(name, SIGKILL)

    def ends(self, name: str) -> int:
        """As an operator does it."""
        return self._signal(name, SIGTERM)

    def lives(self) -> bool:
        """Everybody who was started and not ended lives; a process that has ended by itself fails the test."""
        ended = {name: code for name, child in self.running.items() if (code := child.code()) is not None}
        assert ended == {}, self.logs()[-2000:]
        return True

    def gives_away(self) -> list[str]:
        """What no log may hold and some log does: token, secrets, names, numbers of chats, what people said."""
        written = self.logs()
        assert '"event"' in written, "nothing was logged: then there is nothing to look at"
        said = (message.text for chat in self.bot.chats.values() for message in chat if not message.by_bot)
        words = {self.bot.token, SECRET, KEY.decode(), "Canary", *map(str, self.bot.chats)}
        return sorted(word for word in words | {one for one in said if len(one) > len("/start")} if word in written)

    def logs(self) -> str:
        return "".join(log.read_text(errors="replace") for log in sorted(self._folder.glob("*.log")))

    def clock(self) -> datetime:
        """The processes read the real time; so does whoever waits for them."""
        return now()

    def sets_clock(self, moment: datetime) -> None:
        """Nobody sets the time of real processes."""

    def _signal(self, name: str, signal: Signals) -> int:
        process = self.running.pop(name)
        process.send_signal(signal)
        return process.wait(90)

    def _environment(self) -> dict[str, str]:
        ours = {
            "DATABASE": self._url,
            "REDIS": servers.redis_url(),
            "RESIDENTS_TOKEN": self.bot.token,
            "RESIDENTS_SECRET": SECRET,
            "PERSON_KEY": KEY.decode(),
            "TELEGRAM_API": self.telegram.base,
            "SENDS_PER_SECOND": "1000",
            "SENDS_PER_CHAT": "50",
        }
        return {f"LOTSE_{name}": value for name, value in ours.items()}


def at_once(*works: Callable[[], object]) -> None:
    """All at the same time, each in a thread; the first that fails fails the test."""
    with ThreadPoolExecutor(len(works)) as threads:
        for under_way in [threads.submit(work) for work in works]:
            under_way.result(600)


def laid(url: str) -> None:
    store = Store(url)
    store.migrate()
    store.close()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


def _answers(port: int) -> bool:
    line = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        line.request("GET", "/health/ready")
        return line.getresponse().status == 200
    except OSError:
        return False
    finally:
        line.close()
