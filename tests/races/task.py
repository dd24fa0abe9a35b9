"""What one client is asked to do, and where it writes down what came of it."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from bot.booking.slot import Slot
from tests.races.history import Kind, Operation, Result

#: The minute 0 of all races, far enough ahead that no hold is ever late.
BASE: Final = datetime(2027, 1, 4, 8, 0, tzinfo=UTC)


def slot(number: int, minutes: int = 60, desk: str = "desk", grid: int = 60, **names: Any) -> Slot:
    starts = BASE + timedelta(minutes=number * grid)
    return Slot(desk=desk, starts_at=starts, ends_at=starts + timedelta(minutes=minutes), **names)


def minute(moment: datetime) -> int:
    return round((moment - BASE).total_seconds() / 60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """`wait` are the seconds a client takes to make up its mind; with `cancels` it then thinks better of it."""

    kind: Kind
    person: str
    key: str
    slot: Slot
    appointment: str = ""
    wait: float = 0.0
    cancels: bool = False

    def begun(self) -> Operation:
        return Operation(
            kind=self.kind,
            person=self.person,
            key=self.key,
            desk=self.slot.desk,
            starts=minute(self.slot.starts_at),
            ends=minute(self.slot.ends_at),
            began=time.monotonic_ns(),
            appointment=self.appointment,
        )


class Log:
    """A file that several threads append to. A line that was written is there, also after the process was killed."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def write(self, number: int, operation: Operation) -> None:
        os.write(self._file, (json.dumps([number, asdict(operation)]) + "\n").encode())


def read_log(path: Path) -> Iterator[Operation]:
    """Each operation as it was last written: one whose end is missing was never answered."""
    newest: dict[int, dict[str, Any]] = {}
    for line in path.read_bytes().split(b"\n"):
        if line:
            number, row = json.loads(line)
            newest[number] = row
    for row in newest.values():
        yield Operation(**{**row, "kind": Kind(row["kind"]), "result": Result(row["result"])})
