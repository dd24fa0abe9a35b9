"""Rules as a workbook (XLSX) that a coordinator edits in LibreOffice or Excel, and back.

`rules_sheet(rules, terms)` makes the file; `read_rules_sheet(body, terms)` reads one that somebody uploads and gives
the rules, or every fault with the address of its cell. What the words mean is said by `bot.routing.grid`.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator, Sequence
from typing import Any, Final
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from bot.routing.cells import allowed_words
from bot.routing.columns import HEADS, SEPARATOR
from bot.routing.conditions import TRUTHS
from bot.routing.edits import MOST_RULES
from bot.routing.faults import Fault, Faulty
from bot.routing.grid import Grid, address, read_grid, write_grid
from bot.routing.ruleset import RuleSet
from bot.routing.terms import Terms
from bot.vocabulary.german import TRUTH

RULES, ALLOWED = "Regeln", "Erlaubte Werte"
MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: Of a file that somebody uploads: its size, and what it unpacks to.
LARGEST_FILE, LARGEST_UNPACKED = 2_000_000, 30_000_000
MOST_COLUMNS: Final = 60
NO_SHEET: Final = "Die Datei lässt sich nicht als Tabelle (XLSX) lesen."
#: In these columns exactly one of the words stands; in the others of a list there may be several.
ONE_WORD: Final = ("active", "inferred", "booking", "target", *TRUTHS)
WIDE: Final = ("because", "source", "comment", "target", "also", "municipality", "needs_any")
HEAD_FILL: Final = PatternFill("solid", start_color="FFE2E8F0")


class NotASheet(ValueError):
    """The file is not a workbook that can be read, or it is too large."""


def rules_sheet(rules: RuleSet, terms: Terms) -> bytes:
    """A workbook with the rules, and on a second sheet the words that are allowed."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = RULES
    _write(sheet, write_grid(rules, terms))
    lists = book.create_sheet(ALLOWED)
    _write(lists, _allowed(terms))
    for validation in _validations(terms):
        sheet.add_data_validation(validation)
    body = io.BytesIO()
    book.save(body)
    return body.getvalue()


def _write(sheet: Worksheet, grid: Grid) -> None:
    """Every cell is text, and stays text when somebody edits it: nothing that stands in it is ever calculated."""
    for row, words in enumerate(grid, start=1):
        for column, word in enumerate(words, start=1):
            cell = sheet.cell(row, column)
            cell.value = word or None
            cell.data_type = "s"
            cell.number_format = "@"
            cell.quotePrefix = word.startswith(("=", "+", "-", "@", "'"))
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if row == 1:
                cell.font, cell.fill = Font(bold=True), HEAD_FILL
    for column, head in enumerate(grid[0], start=1):
        wide = head in {HEADS[key] for key in WIDE}
        sheet.column_dimensions[get_column_letter(column)].width = 42 if wide else 22
    sheet.freeze_panes = "B2"


def _allowed(terms: Terms) -> list[list[str]]:
    """A column of allowed words under the head of each column that has some."""
    columns = {key: allowed_words(key, terms) for key in HEADS if allowed_words(key, terms)}
    longest = max(len(words) for words in columns.values())
    rows = [[words[place] if place < len(words) else "" for words in columns.values()] for place in range(longest)]
    return [[HEADS[key] for key in columns], *rows]


def _validations(terms: Terms) -> Iterator[DataValidation]:
    """A list to choose from in each column that has one; only where one word stands is another one refused."""
    listed = [key for key in HEADS if allowed_words(key, terms)]
    for key in listed:
        column, words = get_column_letter(listed.index(key) + 1), allowed_words(key, terms)
        validation = DataValidation(
            type="list",
            formula1=f"'{ALLOWED}'!${column}$2:${column}${len(words) + 1}",
            allow_blank=True,
            showErrorMessage=key in ONE_WORD,
            showInputMessage=True,
        )
        validation.errorTitle, validation.error = HEADS[key][:32], "Bitte eine Möglichkeit aus der Liste wählen."
        validation.promptTitle = HEADS[key][:32]
        validation.prompt = "Eine Möglichkeit." if key in ONE_WORD else f"Mehrere mit {SEPARATOR} dazwischen."
        place = get_column_letter([*HEADS].index(key) + 1)
        validation.add(f"{place}2:{place}{MOST_RULES + 1}")
        yield validation


def read_rules_sheet(body: bytes, terms: Terms) -> RuleSet | Faulty:
    """The rules of the sheet; raises `NotASheet` for what is no workbook. Nothing is half read."""
    rows = _rows(body)
    faults = [fault for number, row in enumerate(rows, start=1) for fault in _calculated(number, row)]
    return Faulty(tuple(faults)) if faults else read_grid([[_words(cell) for cell in row] for row in rows], terms)


def _rows(body: bytes) -> list[list[Any]]:
    """The cells of the sheet, as far as rules could reach."""
    _check_size(body)
    try:
        book = load_workbook(io.BytesIO(body), read_only=True, keep_links=False)
        sheet = book[RULES] if RULES in book.sheetnames else book.worksheets[0]
        # What a file says of its own size is not believed.
        sheet.reset_dimensions()
        return [list(row) for row in sheet.iter_rows(max_row=MOST_RULES + 2, max_col=MOST_COLUMNS)]
    except _BROKEN as error:
        raise NotASheet(NO_SHEET) from error


def _check_size(body: bytes) -> None:
    if len(body) > LARGEST_FILE:
        raise NotASheet(f"Die Datei ist zu groß; erlaubt sind {LARGEST_FILE // 1_000_000} MB.")
    try:
        with ZipFile(io.BytesIO(body)) as parts:
            unpacked = sum(part.file_size for part in parts.infolist())
    except _BROKEN as error:
        raise NotASheet(NO_SHEET) from error
    if unpacked > LARGEST_UNPACKED:
        raise NotASheet("Die Datei ist ausgepackt zu groß.")


#: All that a broken or foreign file has been seen to do to its reader.
_BROKEN: Final = (
    BadZipFile, InvalidFileException, ParseError, zlib.error, KeyError, IndexError, TypeError, AttributeError,
    ValueError, EOFError, OSError, NotImplementedError, RuntimeError, AssertionError,
)  # fmt: skip


def _calculated(number: int, row: Sequence[Any]) -> Iterator[Fault]:
    """Formulas are not carried out, and what a formula gave before is not believed."""
    for place, cell in enumerate(row):
        if getattr(cell, "data_type", None) in ("f", "e") or not isinstance(cell.value, str | int | float | None):
            allowed = "erlaubt ist Text, keine Formel und kein Datum"
            yield Fault(row=f"Zeile {number}", column="", allowed=allowed, cell=address(number, place))


def _words(cell: Any) -> str:
    """The value as somebody sees it; a program may have made numbers and truths of words."""
    match cell.value:
        case None:
            return ""
        case bool() as truth:
            return TRUTH[truth]
        case float() as number if number.is_integer():
            return str(int(number))
        case value:
            return str(value)
