"""Calendars from rows of `counties/<id>/desks.toml`; a fault names the row, the key and what is allowed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import time, timedelta
from typing import Any, Final

from bot.booking.closures import Closures
from bot.booking.hours import LAST, WEEKDAYS, Calendar, HoursKind, Weekly
from bot.booking.nonsense import check
from bot.booking.resources import posts_of
from bot.booking.slot import Consultation
from bot.vocabulary.rows import Row

Defaults = Mapping[str, int]
#: The largest value a row may hold; anything above is a slip of the keyboard.
LARGEST: Final[Mapping[str, int]] = {
    "first_minutes": 480,
    "short_minutes": 480,
    "buffer_before_minutes": 240,
    "buffer_after_minutes": 240,
    "lead_working_days": 30,
    "horizon_days": 366,
}
_AT_LEAST_ONE: Final = ("first_minutes", "short_minutes", "horizon_days")
MOST_POSTS: Final = 50
MOST_WEEKS: Final = 8
#: What one row of `hours` may hold.
KEYS: Final = (
    "weekday", "date", "opens", "closes", "kind", "place", "source", "sample", "valid_from", "valid_until",
    "every_weeks", "week_of_month", "except", "post", "only",
)  # fmt: skip
_WEEKS_OF_MONTH: Final = ("1", "2", "3", "4", "5", "last")
_WHOLE_DAY: Final = (time(0), time(23, 59))


def read_defaults(table: Mapping[str, Any]) -> Defaults:
    """The rules of `tables/defaults.toml`; raises `ValueError` naming the key that is missing or too large."""
    return _rules(Row("defaults", table.get("desk", {})), {})


def read_calendar(
    values: Mapping[str, Any], defaults: Defaults, closures: Closures | None = None, rooms: Collection[str] = ()
) -> Calendar:
    """The calendar of one row of `desks.toml`; raises `ValueError` naming desk, key and what is allowed.

    `rooms` are those that the desk may use.
    """
    row = Row(f"desk {values['id']}", values)
    rules, known = _rules(row, defaults), closures or Closures()
    posts = posts_of(values["id"], row.whole("posts", MOST_POSTS, 1, 1))
    hours = _hours(row, len(posts))
    calendar = Calendar(
        desk=values["id"],
        weekly=tuple(sorted((one for _, one in hours), key=lambda one: (one.weekday, one.opens))),
        minutes={Consultation.FIRST: rules["first_minutes"], Consultation.SHORT: rules["short_minutes"]},
        before=timedelta(minutes=rules["buffer_before_minutes"]),
        after=timedelta(minutes=rules["buffer_after_minutes"]),
        lead_days=rules["lead_working_days"],
        horizon=timedelta(days=rules["horizon_days"]),
        closed=known.days(row),
        posts=posts,
        rooms=tuple(rooms),
    )
    check(hours, calendar, known)
    return calendar


def _rules(row: Row, defaults: Defaults) -> dict[str, int]:
    return {
        key: row.whole(key, largest, defaults.get(key), int(key in _AT_LEAST_ONE)) for key, largest in LARGEST.items()
    }


def _hours(desk: Row, posts: int) -> list[tuple[Row, Weekly]]:
    """Each row with its place in the table."""
    found = desk.values.get("hours", [])
    if not isinstance(found, list | tuple):
        raise desk.wrong("hours", "a list of rows")
    rows = [Row(f"{desk.where}, hours {number}", one) for number, one in enumerate(found, start=1)]
    return [(row, _weekly(row, posts)) for row in rows]


def _weekly(row: Row, posts: int) -> Weekly:
    row.only(KEYS)
    kind = HoursKind(row.one_of("kind", tuple(HoursKind)))
    whole_day = _WHOLE_DAY if kind is HoursKind.HOME_OFFICE else (None, None)
    opens, closes = (row.clock(key, default) for key, default in zip(("opens", "closes"), whole_day, strict=True))
    if closes <= opens:
        raise row.wrong("closes", f"a time after {opens:%H:%M}")
    return Weekly(
        **_when(row),
        opens=opens,
        closes=closes,
        kind=kind,
        place=row.maybe("place"),
        sample=row.truth("sample"),
        source=row.words("source"),
        post=row.whole("post", posts, smallest=1) if "post" in row.values else None,
        only=Consultation(row.one_of("only", tuple(Consultation))) if "only" in row.values else None,
    )


def _when(row: Row) -> dict[str, Any]:
    """The days of a row: one date, or a weekday with the rules of its series."""
    if day := row.day("date"):
        for key in ("weekday", "valid_from", "valid_until", "every_weeks", "week_of_month", "except"):
            if key in row.values:
                raise row.wrong(key, "nothing beside a date: a date is on that one day")
        return {"weekday": day.weekday(), "valid_from": day, "valid_until": day}
    weeks = row.whole("every_weeks", MOST_WEEKS, 1, 1)
    begins, ends = row.day("valid_from"), row.day("valid_until")
    if begins and ends and ends <= begins:
        raise row.wrong("valid_until", f"a day after {begins}; for a single day there is `date`")
    if weeks > 1 and begins is None:
        raise row.wrong("valid_from", "a day of the first week, because every_weeks counts from there")
    return {
        "weekday": WEEKDAYS.index(row.one_of("weekday", WEEKDAYS)),
        "valid_from": begins,
        "valid_until": ends,
        "every_weeks": weeks,
        "week_of_month": _week_of_month(row),
        "excepted": row.days("except"),
    }


def _week_of_month(row: Row) -> int | None:
    if "week_of_month" not in row.values:
        return None
    told = Row(row.where, {"week_of_month": str(row.values["week_of_month"])}).one_of("week_of_month", _WEEKS_OF_MONTH)
    return LAST if told == "last" else int(told)
