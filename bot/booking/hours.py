"""When a desk is there: hours by the clock on its wall (Europe/Berlin), and its rules of booking."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from bot.booking.slot import Consultation

BERLIN: Final = ZoneInfo("Europe/Berlin")
WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
#: As in "the last Thursday of the month".
LAST: Final = -1


class HoursKind(StrEnum):
    """In `APPOINTMENT` hours one books; to `OPEN` and `OUTREACH` hours one simply comes, to the latter somewhere else.

    While somebody works from home (`HOME_OFFICE`), nobody can see them in person.
    """

    APPOINTMENT = "appointment"
    OPEN = "open"
    OUTREACH = "outreach"
    HOME_OFFICE = "home_office"


#: Whoever is there cannot see somebody by appointment.
ELSEWHERE: Final = (HoursKind.OUTREACH, HoursKind.HOME_OFFICE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Weekly:
    """One row of hours, week after week while it is valid. `weekday` 0 is Monday; `sample` marks hours of no source.

    A row that is valid on one day only is an extra date, and holds even if the desk is otherwise closed then.
    `every_weeks` counts from the week of `valid_from`; `week_of_month` 1 is the first such weekday of a month, -1 the
    last. `post` is the one post the row is about, `only` the one kind of talk that is booked in it.
    """

    weekday: int
    opens: time
    closes: time
    kind: HoursKind
    source: str
    place: str | None = None
    sample: bool = False
    valid_from: date | None = None
    valid_until: date | None = None
    every_weeks: int = 1
    week_of_month: int | None = None
    excepted: frozenset[date] = frozenset()
    post: int | None = None
    only: Consultation | None = None

    @property
    def is_extra(self) -> bool:
        return self.valid_from is not None and self.valid_from == self.valid_until

    def is_valid(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and not self.is_over(day)

    def is_over(self, day: date) -> bool:
        return self.valid_until is not None and self.valid_until < day

    def holds_on(self, day: date) -> bool:
        """Whether the series has this day; a day that is excepted is not in it."""
        if day.weekday() != self.weekday or day in self.excepted or not self.is_valid(day):
            return False
        return self._in_rhythm(day) and self._in_week_of_month(day)

    def on(self, day: date) -> tuple[datetime, datetime]:
        """The instants (UTC) at which this row opens and closes on a day.

        A clock time that the change to summer time skips counts as the hour after it, one that comes twice as its
        first.
        """
        return _instant(day, self.opens), _instant(day, self.closes)

    def _in_rhythm(self, day: date) -> bool:
        if self.valid_from is None or self.every_weeks == 1:
            return True
        return (_monday(day) - _monday(self.valid_from)).days // 7 % self.every_weeks == 0

    def _in_week_of_month(self, day: date) -> bool:
        match self.week_of_month:
            case None:
                return True
            case -1:
                return (day + timedelta(days=7)).month != day.month
            case number:
                return (day.day - 1) // 7 + 1 == number


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """A desk's hours, its closed days and its rules of booking.

    `minutes` are the lengths of talks; `before` and `after` are kept free around each. `lead_days` are working days.
    `posts` are the colleagues' posts (none named: one), `rooms` those of which each date needs one (none named: none).
    """

    desk: str
    weekly: tuple[Weekly, ...]
    minutes: Mapping[Consultation, int]
    lead_days: int
    horizon: timedelta
    before: timedelta = timedelta(0)
    after: timedelta = timedelta(0)
    closed: frozenset[date] = frozenset()
    posts: tuple[str, ...] = ()
    rooms: tuple[str, ...] = ()

    @property
    def resources(self) -> frozenset[str]:
        """All whose spans say when this desk has time: for `taken`."""
        return frozenset({self.desk, *self.posts, *self.rooms})

    @property
    def lanes(self) -> tuple[str, ...]:
        """Whose time is booked side by side: the posts, or the desk itself."""
        return self.posts or (self.desk,)

    def hours(self, kind: HoursKind, today: date | None = None) -> tuple[Weekly, ...]:
        """The rows of a kind, without those that are over by `today`."""
        return tuple(row for row in self.weekly if row.kind is kind and not (today and row.is_over(today)))

    def rows_on(self, day: date) -> tuple[Weekly, ...]:
        """The rows that hold on a day: on a closed day only what was put there as an extra date."""
        closed = day in self.closed
        return tuple(row for row in self.weekly if row.holds_on(day) and (row.is_extra or not closed))

    def windows(self, kind: HoursKind, first: date, last: date) -> Iterator[tuple[datetime, datetime]]:
        """Opening and closing instants of each open day from `first` to `last`, both included, in order."""
        for day in days_between(first, last):
            yield from sorted(row.on(day) for row in self.rows_on(day) if row.kind is kind)


def days_between(first: date, last: date) -> Iterator[date]:
    """Each day from `first` to `last`, both included."""
    for offset in range((last - first).days + 1):
        yield first + timedelta(days=offset)


@lru_cache(maxsize=16_384)
def _instant(day: date, clock: time) -> datetime:
    """Many desks open at the same hour of the same day."""
    return datetime.combine(day, clock, tzinfo=BERLIN).astimezone(UTC)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
