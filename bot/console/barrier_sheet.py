"""Barriers for the steering group as a table: CSV and a workbook, in which nothing is ever calculated."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from typing import Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from bot.barriers.barrier import Barrier, Group
from bot.console.spoken import local_day
from bot.console.words import BARRIER_STATUS, COUNTIES, ORIGINS

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADS: Final = (
    "Hürde", "Titel", "Kreis", "Meldungen", "Fallrekonstruktion", "Stand", "Stand seit", "Notiz", "Gemeldet am",
    "Kommune", "Thema", "Stelle", "Beschreibung", "Gemeldet über",
)  # fmt: skip
_WIDE: Final = frozenset({"Titel", "Notiz", "Beschreibung"})
#: What a spreadsheet would take for the beginning of a formula.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")

Names = Callable[[str, str], str]
Table = Sequence[Sequence[str]]


def barrier_table(groups: Sequence[Group], candidate_from: int, name: Names) -> list[list[str]]:
    """One row for each report, under its heads. `name("topic", id)` is what an id is called."""
    rows = [_row(group, barrier, candidate_from, name) for group in groups for barrier in group.barriers]
    return [list(HEADS), *rows]


def as_csv(table: Table) -> bytes:
    """With semicolons and a mark of its encoding, as German spreadsheets expect."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    writer.writerows([harmless(word) for word in row] for row in table)
    return written.getvalue().encode("utf-8-sig")


def as_xlsx(table: Table) -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Integrationshürden"
    for number, words in enumerate(table, start=1):
        for column, word in enumerate(words, start=1):
            cell = sheet.cell(number, column)
            cell.value = word or None
            cell.data_type = "s"
            cell.quotePrefix = word != harmless(word)
            cell.number_format = "@"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if number == 1:
                cell.font = Font(bold=True)
    for column, head in enumerate(table[0], start=1):
        sheet.column_dimensions[get_column_letter(column)].width = 48 if head in _WIDE else 20
    sheet.freeze_panes = "A2"
    body = io.BytesIO()
    book.save(body)
    return body.getvalue()


def harmless(word: str) -> str:
    """The word so that no spreadsheet calculates it when it reads a CSV: an apostrophe says that it is text.

    >>> harmless("=1+1"), harmless("Wartezeit")
    ("'=1+1", 'Wartezeit')
    """
    return f"'{word}" if word.lstrip().startswith(_FORMULA) or word.startswith(_FORMULA) else word


def _row(group: Group, barrier: Barrier, candidate_from: int, name: Names) -> list[str]:
    draft, last = barrier.draft, group.steps[-1] if group.steps else None
    return [
        str(group.number),
        group.title,
        COUNTIES[group.county],
        str(len(group.barriers)),
        "ja" if group.is_candidate(candidate_from) else "",
        BARRIER_STATUS[group.status],
        f"{local_day(last.at):%d.%m.%Y}" if last else "",
        last.note if last else "",
        f"{local_day(barrier.at):%d.%m.%Y}",
        name("place", draft.municipality or "") or "ganzer Kreis",
        name("topic", draft.topic or ""),
        name("office", draft.office or ""),
        draft.words,
        ORIGINS[draft.origin],
    ]
