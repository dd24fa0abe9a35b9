"""A desk's hours as rows of a form. What a row says beyond day, time, kind and place stays as it was."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from typing import Any, Final

from bot.console.visit import Visit
from bot.rulework.desk_words import HOURS_KINDS, WEEKDAYS

Document = Mapping[str, Any]
MOST_ROWS: Final = 30
BLANKS: Final = 2
FIELDS: Final = ("row", "weekday", "opens", "closes", "kind", "place", "source")
#: A row with these says more than the form shows; they stay unless the row is taken out.
_FAULT: Final = re.compile(r"hours (\d+)[^:]*?, (\w+): allowed")
_WHY: Final = {
    "closes": "In diese Zeit passt kein Termin; sie muss länger sein.",
    "opens": "Zur selben Zeit ist schon eine andere Zeile eingetragen.",
    "kind": "In dieser Zeit ist die Stelle sonst immer woanders.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class HourCells:
    """One row of the form. `row` is its place in the stored hours, empty for a new one; `more` is what it also says."""

    row: str = ""
    weekday: str = ""
    opens: str = ""
    closes: str = ""
    kind: str = "appointment"
    place: str = ""
    source: str = ""
    sample: bool = False
    gone: bool = False

    @property
    def is_blank(self) -> bool:
        return not (self.row or self.weekday or self.opens or self.closes)


def cells_of_hours(hours: Sequence[Document]) -> tuple[HourCells, ...]:
    """The stored rows, and some blank ones."""
    rows = tuple(
        HourCells(
            row=str(number),
            weekday=str(row.get("weekday", "")),
            opens=str(row.get("opens", ""))[:5],
            closes=str(row.get("closes", ""))[:5],
            kind=str(row.get("kind", "")),
            place=str(row.get("place", "")),
            source=str(row.get("source", "")),
            sample=bool(row.get("sample", False)),
        )
        for number, row in enumerate(hours)
    )
    return rows + (HourCells(),) * BLANKS


def sent_hours(visit: Visit) -> tuple[HourCells, ...]:
    """The rows as they were sent; one more blank one where that was asked for."""
    count = visit.field("zeilen")
    rows = min(int(count), MOST_ROWS) if count.isdecimal() and len(count) < 4 else 0
    found = tuple(
        HourCells(
            **{name: visit.field(f"h{number}_{name}").strip() for name in FIELDS},
            sample=visit.field(f"h{number}_sample") == "ja",
            gone=visit.field(f"h{number}_gone") == "ja",
        )
        for number in range(rows)
    )
    return (*found, HourCells()) if visit.field("tun") == "zeile" and rows < MOST_ROWS else found


def read_hours(cells: Sequence[HourCells], before: Sequence[Document]) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """The rows as they are stored, and what is wrong, by field."""
    faults: dict[str, str] = {}
    rows = [_read(number, one, before, faults) for number, one in enumerate(cells) if not (one.is_blank or one.gone)]
    return rows, faults


def place_of_fault(message: str, cells: Sequence[HourCells]) -> dict[str, str]:
    """What the calendar says of rows that are right one by one and wrong together, beside the row it names."""
    found = _FAULT.search(message)
    kept = [number for number, one in enumerate(cells) if not (one.is_blank or one.gone)]
    if found is None or int(found[1]) > len(kept):
        return {"": "Die Angaben der Stelle passen so nicht zusammen."}
    number = kept[int(found[1]) - 1]
    why = _WHY.get(found[2], "So passt sie nicht zu den anderen Angaben der Stelle.")
    return {f"h{number}_opens": f"Zeile {number + 1}: {why}"}


def _read(number: int, cells: HourCells, before: Sequence[Document], faults: dict[str, str]) -> dict[str, Any]:
    row = dict(before[int(cells.row)]) if cells.row.isdecimal() and int(cells.row) < len(before) else {}
    name = f"Zeile {number + 1}"
    if "date" not in row:
        if cells.weekday not in WEEKDAYS:
            faults[f"h{number}_weekday"] = f"{name}: Bitte wählen Sie einen Wochentag."
        row["weekday"] = cells.weekday
    opens, closes = _clock(cells.opens), _clock(cells.closes)
    whole_day = cells.kind == "home_office" and not (cells.opens or cells.closes)
    if not whole_day and (opens is None or closes is None or closes <= opens):
        faults[f"h{number}_opens"] = f"{name}: Bitte geben Sie an, von wann bis wann, zum Beispiel 09:00 bis 12:00."
    if cells.kind not in HOURS_KINDS:
        faults[f"h{number}_kind"] = f"{name}: Bitte wählen Sie aus, was in dieser Zeit ist."
    if not cells.source or len(cells.source) > 200 or not (cells.source + cells.place).isprintable():
        faults[f"h{number}_source"] = f"{name}: Bitte nennen Sie die Quelle, höchstens 200 Zeichen."
    said = {"opens": cells.opens, "closes": cells.closes, "kind": cells.kind, "place": cells.place[:200]}
    row |= said | {"source": cells.source, "sample": cells.sample}
    return {key: value for key, value in row.items() if value not in ("", False)}


def _clock(words: str) -> time | None:
    try:
        return time.fromisoformat(words) if re.fullmatch(r"\d\d:\d\d", words, re.ASCII) else None
    except ValueError:
        return None
