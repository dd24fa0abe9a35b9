"""Processes of the program are born here: a parent that has imported every library once forks each of them.

A process spends its first seconds importing; a test that kills many would do little else. What is born here runs
`bot.__main__.main` from its first line to its last, with its own environment, and dies like any other process.
"""

from __future__ import annotations

import atexit
import ctypes
import json
import os
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, Final

ROOT: Final = Path(__file__).parents[2]
#: Linux: whoever is born here dies with its parent, also when that is killed.
_PDEATHSIG: Final = 1


class Nursery:
    """Asks the parent. Any thread may."""

    def __init__(self) -> None:
        words = [sys.executable, "-m", "tests.telegram.nursery"]
        self._parent = subprocess.Popen(words, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._one_at_a_time = Lock()

    def born(self, words: Sequence[str], environment: Mapping[str, str], log: Path) -> Child:
        """`python -m bot` with these words; what it says goes to the end of `log`."""
        return Child(self, int(self._ask({"words": [*words], "environment": {**environment}, "log": str(log)})))

    def code(self, pid: int) -> int | None:
        """What it ended with (a signal is negative), or none while it lives."""
        code: int | None = self._ask({"pid": pid})
        return code

    def closes(self) -> None:
        assert self._parent.stdin is not None
        self._parent.stdin.close()
        self._parent.wait(10)

    def _ask(self, question: Mapping[str, Any]) -> Any:
        assert self._parent.stdin is not None
        assert self._parent.stdout is not None
        with self._one_at_a_time:
            self._parent.stdin.write(json.dumps(question).encode() + b"\n")
            self._parent.stdin.flush()
            return json.loads(self._parent.stdout.readline())


class Child:
    """One process."""

    def __init__(self, nursery: Nursery, pid: int) -> None:
        self._nursery, self.pid = nursery, pid
        self._code: int | None = None

    def send_signal(self, signal: signal.Signals) -> None:
        os.kill(self.pid, signal)

    def code(self) -> int | None:
        """What it ended with (a signal is negative), or none while it lives."""
        if self._code is None:
            self._code = self._nursery.code(self.pid)
        return self._code

    def wait(self, seconds: float) -> int:
        end = time.monotonic() + seconds
        while (code := self.code()) is None:
            if time.monotonic() > end:
                raise TimeoutError(f"process {self.pid} has not ended")
            time.sleep(0.02)
        return code


@cache
def nursery() -> Nursery:
    """The one of this run."""
    made = Nursery()
    atexit.register(made.closes)
    return made


# The parent's side.


def _import_everything() -> None:
    import bot.__main__
    import bot.channels.telegram_residents
    import bot.channels.telegram_residents_line
    import bot.channels.telegram_residents_post
    import bot.channels.telegram_staff
    import bot.commands.processes  # noqa: F401


def _serve() -> None:
    """Answers questions until nobody is there any more to ask; whoever lives then is killed."""
    living: set[int] = set()
    _import_everything()
    try:
        for line in sys.stdin:
            question = json.loads(line)
            print(json.dumps(_answer(question, living)), flush=True)
    finally:
        for pid in living:
            os.kill(pid, signal.SIGKILL)


def _answer(question: Mapping[str, Any], living: set[int]) -> int | None:
    if "words" not in question:
        return _ended(question["pid"], living)
    pid = _fork(question)
    living.add(pid)
    return pid


def _ended(pid: int, living: set[int]) -> int | None:
    found, status = os.waitpid(pid, os.WNOHANG)
    if not found:
        return None
    living.discard(pid)
    return os.waitstatus_to_exitcode(status)


def _fork(question: Mapping[str, Any]) -> int:
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        ctypes.CDLL(None).prctl(_PDEATHSIG, signal.SIGKILL)
        with Path(question["log"]).open("ab") as log, Path(os.devnull).open("rb") as nothing:
            os.dup2(nothing.fileno(), 0)
            os.dup2(log.fileno(), 1)
            os.dup2(log.fileno(), 2)
        sys.stdin = os.fdopen(0, "r", encoding="utf-8", closefd=False)
        sys.stdout, sys.stderr = (os.fdopen(fd, "w", 1, encoding="utf-8", closefd=False) for fd in (1, 2))
        os.environ.update(question["environment"])
        code = _run(question["words"])
    except BaseException:  # noqa: BLE001  # as Python itself would say it
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def _run(words: Sequence[str]) -> int:
    from bot.__main__ import main

    return main(words)


if __name__ == "__main__":
    _serve()
