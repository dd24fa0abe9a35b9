"""When a desk is there: weekly hours by the clock on its wall (Europe/Berlin), and how far ahead one may book."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, Final
from zoneinfo import ZoneInfo

BERLIN: Final = ZoneInfo("Europe/Berlin")
WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
#: The largest value a row may hold; anything above is a slip of the keyboard.
LARGEST: Final[Mapping[str, int]] = {
    "slot_minutes": 480,
    "buffer_minutes": 240,
    "lead_hours": 720,
    "horizon_days": 366,
}


class HoursKind(StrEnum):
    """In `APPOINTMENT` hours one books; in `OPEN` hours one simply comes."""

    APPOINTMENT = "appointment"
    OPEN = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Weekly:
    """One row of opening hours. `weekday` 0 is Monday; `sample` marks hours that no source states."""

    weekday: int
    opens: time
    closes: time
    kind: HoursKind
    source: str
    place: str | None = None
    sample: bool = False

    def on(self, day: date) -> tuple[datetime, datetime]:
        """The instants (UTC) at which this row opens and closes on a day.

        A clock time that the change to summer time skips counts as the hour after it, one that comes twice as its
        first.
        """
        opens, closes = (datetime.combine(day, clock, tzinfo=BERLIN) for clock in (self.opens, self.closes))
        return opens.astimezone(UTC), closes.astimezone(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """A desk's weekly hours, its closed days and its rules of booking."""

    desk: str
    weekly: tuple[Weekly, ...]
    slot_minutes: int
    buffer_minutes: int
    lead: timedelta
    horizon: timedelta
    closed: frozenset[date] = frozenset()

    def hours(self, kind: HoursKind) -> tuple[Weekly, ...]:
        return tuple(row for row in self.weekly if row.kind is kind)

    def windows(self, kind: HoursKind, first: date, last: date) -> Iterator[tuple[datetime, datetime]]:
        """Opening and closing instants of each open day from `first` to `last`, both included, in order."""
        for offset in range((last - first).days + 1):
            day = first + timedelta(days=offset)
            if day not in self.closed:
                rows = (row for row in self.hours(kind) if row.weekday == day.weekday())
                yield from sorted(row.on(day) for row in rows)


Defaults = Mapping[str, int]


def read_defaults(table: Mapping[str, Any]) -> Defaults:
    """The rules of `tables/defaults.toml`; raises `ValueError` naming the key that is missing or too large."""
    row = table.get("desk", {})
    return {key: _whole("defaults", key, row.get(key), LARGEST[key]) for key in LARGEST}


def read_calendar(desk: Mapping[str, Any], defaults: Defaults, closed: frozenset[date] = frozenset()) -> Calendar:
    """The calendar of one row of `desks.toml`; raises `ValueError` naming desk, key and what is allowed."""
    name = desk["id"]
    rules = {key: _whole(name, key, desk.get(key, defaults[key]), LARGEST[key]) for key in LARGEST}
    if rules["slot_minutes"] == 0:
        raise ValueError(f"desk {name}, slot_minutes: allowed is a whole number from 1 to {LARGEST['slot_minutes']}")
    return Calendar(
        desk=name,
        weekly=tuple(sorted(_rows(name, desk), key=lambda row: (row.weekday, row.opens))),
        slot_minutes=rules["slot_minutes"],
        buffer_minutes=rules["buffer_minutes"],
        lead=timedelta(hours=rules["lead_hours"]),
        horizon=timedelta(days=rules["horizon_days"]),
        closed=closed,
    )


def _rows(desk: str, row: Mapping[str, Any]) -> tuple[Weekly, ...]:
    hours = row.get("hours", ())
    if not isinstance(hours, list | tuple):
        raise ValueError(f"desk {desk}, hours: allowed is a list of rows")
    return tuple(_weekly(f"{desk}, hours {number}", one) for number, one in enumerate(hours, start=1))


def _weekly(where: str, row: Mapping[str, Any]) -> Weekly:
    opens, closes = (_clock(where, key, row.get(key)) for key in ("opens", "closes"))
    if closes <= opens:
        raise ValueError(f"desk {where}, closes: allowed is a time after {opens:%H:%M}")
    return Weekly(
        weekday=WEEKDAYS.index(_one_of(where, "weekday", row.get("weekday"), WEEKDAYS)),
        opens=opens,
        closes=closes,
        kind=HoursKind(_one_of(where, "kind", row.get("kind"), tuple(HoursKind))),
        place=row.get("place"),
        sample=_truth(where, "sample", row.get("sample", False)),
        source=_words(where, "source", row.get("source")),
    )


def _whole(where: str, key: str, value: object, largest: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= largest:
        raise ValueError(f"desk {where}, {key}: allowed is a whole number from 0 to {largest}")
    return value


def _clock(where: str, key: str, value: object) -> time:
    try:
        return value if isinstance(value, time) else time.fromisoformat(str(value))
    except ValueError as error:
        raise ValueError(f'desk {where}, {key}: allowed is a time such as "09:00"') from error


def _one_of(where: str, key: str, value: object, allowed: tuple[str, ...]) -> str:
    if not isinstance(value, str) or value not in allowed:
        raise ValueError(f"desk {where}, {key}: allowed is one of {', '.join(allowed)}")
    return value


def _truth(where: str, key: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"desk {where}, {key}: allowed is true or false")
    return value


def _words(where: str, key: str, value: object) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError(f"desk {where}, {key}: it must be named")
    return value
