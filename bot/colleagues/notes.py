"""What a colleague reads in Telegram: German text and buttons, as JSON values in the outbox."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

CHANNEL: Final = "staff"
#: Beside a note: the number of the message that it answers.
UNDER: Final = "under"
#: Telegram takes 64 bytes under a button; our longest is shorter than this.
LONGEST_DATA: Final = 64


@dataclass(frozen=True, slots=True)
class Act:
    """A button: its words, and what it does, as `verb:code:version:rest`."""

    label: str
    data: str


@dataclass(frozen=True, slots=True)
class Note:
    """One message. Words of a resident, names and telephone numbers never stand in it."""

    text: str
    acts: tuple[Act, ...] = ()


def write_note(note: Note) -> dict[str, Any]:
    return {"note": {"text": note.text, "acts": [[act.label, act.data] for act in note.acts]}}


def read_note(written: Mapping[str, Any]) -> Note:
    """The note that `write_note` wrote."""
    row = written["note"]
    return Note(row["text"], tuple(Act(label, data) for label, data in row["acts"]))
