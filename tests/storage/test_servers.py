"""The servers for tests are real, and nothing of them is left when the run is over, however it ends."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
import redis
from sqlalchemy import make_url

from tests import servers

GIVEN = "LOTSE_TEST_DATABASE" in os.environ or "LOTSE_TEST_REDIS" in os.environ
STARTS = "import sys; from tests import servers; print(servers.postgres().url, flush=True); sys.stdin.read()"


@pytest.mark.postgres
def test_each_database_is_a_new_one() -> None:
    server = servers.postgres()
    one, other = server.fresh(), server.fresh()
    with psycopg.connect(one) as connection:
        connection.execute("CREATE TABLE here (number int)")
    with psycopg.connect(other) as connection:
        assert connection.execute("SELECT to_regclass('here')").fetchone() == (None,)
    server.drop(one)
    server.drop(other)


@pytest.mark.postgres
def test_a_copy_has_what_was_laid_once() -> None:
    laid: list[str] = []

    def lay(url: str) -> None:
        laid.append(url)
        with psycopg.connect(url) as connection:
            connection.execute("CREATE TABLE here (number int)")

    copies = [servers.postgres().copy_of("here", lay) for _ in range(2)]
    for copy in copies:
        with psycopg.connect(copy) as connection:
            assert connection.execute("SELECT count(*) FROM here").fetchone() == (0,)
        servers.postgres().drop(copy)
    assert len(laid) == 1


@pytest.mark.redis
def test_redis_answers() -> None:
    client = redis.Redis.from_url(servers.redis_url())
    assert client.ping()
    client.close()


@pytest.mark.postgres
@pytest.mark.skipif(GIVEN, reason="the servers are given")
@pytest.mark.skipif(shutil.which("setpriv") is None, reason="only setpriv ties a server to its parent")
def test_a_run_that_is_killed_leaves_no_server_behind() -> None:
    run = subprocess.Popen([sys.executable, "-c", STARTS], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert run.stdout is not None
    assert run.stdin is not None
    url = run.stdout.readline().strip()
    psycopg.connect(url).close()
    run.send_signal(signal.SIGKILL)
    run.wait()
    run.stdout.close()
    run.stdin.close()
    home = Path(str(make_url(url).query["host"]))
    assert is_gone(url)
    while home.exists():  # the server may still be tidying up its own files
        shutil.rmtree(home, ignore_errors=True)


def is_gone(url: str) -> bool:
    until = time.monotonic() + 10
    while time.monotonic() < until:
        try:
            psycopg.connect(url).close()
        except psycopg.OperationalError:
            return True
        time.sleep(0.05)
    return False


@pytest.mark.postgres
@pytest.mark.redis
@pytest.mark.skipif(GIVEN, reason="the servers are given")
def test_a_run_that_ends_leaves_no_file_behind() -> None:
    told = subprocess.run([sys.executable, "-m", "tests.servers"], check=True, capture_output=True, text=True).stdout
    database, where = told.split()
    assert not Path(str(make_url(database).query["host"])).exists()
    assert not Path(where.removeprefix("unix://")).parent.exists()
