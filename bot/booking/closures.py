"""Days on which nobody works: the holidays of North Rhine-Westphalia, customary days, and those of a single desk.

The holidays come from the library `holidays`. Customary days (Christmas Eve, New Year's Eve, Rosenmontag) are no
holidays by law: they are rows of `counties/closures.toml`, each with its source. A desk can open on them by an extra
date of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

import holidays

from bot.booking.hours import days_between
from bot.vocabulary.rows import Row

KEYS: Final = ("name", "month", "day", "days_from_easter", "source", "sample")
OWN_KEYS: Final = ("name", "first", "last", "source", "sample")
LONGEST: Final = timedelta(days=60)
#: From Ash Wednesday's week to Corpus Christi's: what is further away has nothing to do with Easter.
_FROM_EASTER: Final = range(-60, 71)


@dataclass(frozen=True, slots=True)
class Closures:
    """Each closed day with its German name."""

    holidays: Mapping[date, str] = field(default_factory=dict)
    customary: Mapping[date, str] = field(default_factory=dict)

    @property
    def names(self) -> Mapping[date, str]:
        return dict(sorted({**self.customary, **self.holidays}.items()))

    @property
    def closed(self) -> frozenset[date]:
        return frozenset(self.holidays) | frozenset(self.customary)

    def days(self, desk: Row) -> frozenset[date]:
        """All days on which this desk is closed: everybody's and its own `closures`."""
        found = desk.values.get("closures", [])
        if not isinstance(found, list | tuple):
            raise desk.wrong("closures", "a list of rows")
        rows = (Row(f"{desk.where}, closures {number}", one) for number, one in enumerate(found, start=1))
        return self.closed.union(*map(_own_days, rows))


def read_closures(table: Mapping[str, Any], years: Iterable[int]) -> Closures:
    """The closed days of these years; raises `ValueError` naming the row, the key and what is allowed."""
    rows = [Row(f"closed {number}", one) for number, one in enumerate(table.get("closed", []), start=1)]
    wanted = tuple(years)
    by_law = {day: name for year in wanted for day, name in _holidays(year).items()}
    customary = {_day_in(row, year): row.words("name") for row in rows for year in wanted}
    return Closures(dict(sorted(by_law.items())), dict(sorted(customary.items())))


def easter(year: int) -> date:
    """Easter Sunday.

    >>> easter(2026)
    datetime.date(2026, 4, 5)
    """
    monday = next(day for day, name in _holidays(year).items() if name == "Ostermontag")
    return monday - timedelta(days=1)


def _holidays(year: int) -> dict[date, str]:
    return dict(holidays.country_holidays("DE", subdiv="NW", years=year, language="de").items())


def _day_in(row: Row, year: int) -> date:
    row.only(KEYS)
    row.words("source")
    row.truth("sample")
    if "days_from_easter" in row.values:
        return easter(year) + timedelta(days=_from_easter(row))
    month, day = row.whole("month", 12, smallest=1), row.whole("day", 31, smallest=1)
    try:
        return date(year, month, day)
    except ValueError as error:
        raise row.wrong("day", "a day that this month has every year") from error


def _from_easter(row: Row) -> int:
    for key in ("month", "day"):
        if key in row.values:
            raise row.wrong(key, "nothing beside days_from_easter")
    days = row.values["days_from_easter"]
    if isinstance(days, bool) or not isinstance(days, int) or days not in _FROM_EASTER:
        raise row.wrong("days_from_easter", f"a whole number from {_FROM_EASTER[0]} to {_FROM_EASTER[-1]}")
    return days


def _own_days(row: Row) -> Iterator[date]:
    row.only(OWN_KEYS)
    row.words("name")
    row.words("source")
    row.truth("sample")
    first = row.day("first")
    if first is None:
        raise row.wrong("first", 'a day such as "2026-05-14"')
    last = row.day("last") or first
    if not first <= last <= first + LONGEST:
        raise row.wrong("last", f"a day from {first} to {first + LONGEST}")
    return days_between(first, last)
