"""Days on which no office in either county works: the holidays of North Rhine-Westphalia and three customary days.

The holidays come from the library `holidays`. Christmas Eve, New Year's Eve and Rosenmontag are own defaults: they
are no holidays by law, and no source says which desk is closed. A desk can open on them by a row of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Final

import holidays

#: From Easter Monday, whose date the holidays already give.
ROSENMONTAG_BEFORE_EASTER_MONDAY: Final = timedelta(days=49)


def closed_days(years: Iterable[int]) -> Mapping[date, str]:
    """Each closed day of the years with its German name, in order.

    >>> closed_days([2026])[date(2026, 2, 16)]
    'Rosenmontag'
    """
    closed: dict[date, str] = {}
    for year in years:
        closed |= _customary(year) | _holidays(year)
    return dict(sorted(closed.items()))


def _holidays(year: int) -> dict[date, str]:
    return dict(holidays.country_holidays("DE", subdiv="NW", years=year, language="de").items())


def _customary(year: int) -> dict[date, str]:
    easter_monday = next(day for day, name in _holidays(year).items() if name == "Ostermontag")
    return {
        easter_monday - ROSENMONTAG_BEFORE_EASTER_MONDAY: "Rosenmontag",
        date(year, 12, 24): "Heiligabend",
        date(year, 12, 31): "Silvester",
    }
