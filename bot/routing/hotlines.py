"""Telephone numbers for emergencies and crises, the hours they answer, and which come first in a language."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any, Final

from bot.vocabulary.rows import Row, ids_of, rows

KINDS: Final = (
    "danger", "medical", "violence", "self_harm", "pregnancy", "children", "family", "discrimination", "addiction",
)  # fmt: skip
WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ANY_LANGUAGE: Final = "*"
URGENT: Final = ("medical", "violence", "violence_by_husband", "self_harm", "none")


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """Some weekdays, from an hour to another, by the clock in Germany."""

    weekdays: frozenset[int]
    opens: time
    closes: time

    def at(self, moment: datetime) -> bool:
        return moment.weekday() in self.weekdays and self.opens <= moment.time() < self.closes


@dataclass(frozen=True, slots=True, kw_only=True)
class Hotline:
    """No `hours`: always answered, or not known when (`always` tells). `checked`: somebody has tried the number."""

    id: str
    number: str
    name: str
    kinds: tuple[str, ...]
    source: str
    languages: tuple[str, ...] = ()
    always: bool = False
    hours: tuple[Open, ...] = ()
    note: str | None = None
    checked: bool = False

    def answers(self, moment: datetime) -> bool:
        """Hours that nobody has verified count as answered: the number is worth a try."""
        return self.always or not self.hours or any(span.at(moment) for span in self.hours)


def read_hotlines(table: Mapping[str, Any]) -> dict[str, Hotline]:
    """The rows of `hotlines.toml`; raises `ValueError` naming row, key and what is allowed."""
    ids_of(table, "hotline", "hotlines")
    return {row["id"]: _hotline(Row(f"hotline {row['id']}", row)) for row in rows(table, "hotline", "hotlines")}


FirstLines = Mapping[str, Mapping[str, tuple[str, ...]]]


def read_first_lines(table: Mapping[str, Any], hotlines: Collection[str]) -> FirstLines:
    """For each kind of emergency the lines to show, in order, by language (`*`: any other)."""
    firsts = Row("hotlines, first", table.get("first"))
    firsts.only(URGENT)
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for kind in URGENT:
        row = Row(f"hotlines, first.{kind}", firsts.values.get(kind))
        if ANY_LANGUAGE not in row.values:
            raise row.wrong(ANY_LANGUAGE, "a list of hotlines for all other languages")
        found[kind] = {language: row.some_of(language, hotlines) for language in row.values}
    return found


def _hotline(row: Row) -> Hotline:
    row.only(("id", "number", "name", "kinds", "languages", "always", "hours", "note", "source", "checked"))
    return Hotline(
        id=row.words("id"),
        number=row.words("number"),
        name=row.words("name"),
        kinds=row.some_of("kinds", KINDS),
        source=row.words("source"),
        languages=row.texts("languages"),
        always=row.truth("always"),
        hours=tuple(_open(Row(f"{row.where}, hours", one)) for one in row.values.get("hours", ())),
        note=row.maybe("note"),
        checked=row.truth("checked"),
    )


def _open(row: Row) -> Open:
    row.only(("weekdays", "opens", "closes"))
    days = row.some_of("weekdays", WEEKDAYS)
    opens, closes = _clock(row, "opens"), _clock(row, "closes")
    if closes <= opens:
        raise row.wrong("closes", f"a time after {opens:%H:%M}")
    return Open(weekdays=frozenset(map(WEEKDAYS.index, days)), opens=opens, closes=closes)


def _clock(row: Row, key: str) -> time:
    try:
        return time.fromisoformat(row.words(key))
    except ValueError as error:
        raise row.wrong(key, 'a time such as "09:00"') from error
