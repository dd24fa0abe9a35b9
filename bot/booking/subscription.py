"""The calendar that a colleague subscribes to: what is booked, each with its case code and nothing of a person.

A date that was cancelled is no longer in it, and whoever subscribes takes it out then. What is only held or offered is
not in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Final

from icalendar import Calendar, vDuration

from bot.booking.appointment import Appointment
from bot.booking.invitation import PRODUCT, entry

TITLE: Final = "Termin"
#: How often a calendar is asked to look again.
REFRESH: Final = timedelta(minutes=15)


def subscription(
    dates: Iterable[Appointment], *, name: str, desks: Mapping[str, str], cards: str, stamp: datetime
) -> bytes:
    """The dates as an iCalendar file. `desks` are the desks' names; `cards` is where the cards are in the console.

    `stamp` is when something in it changed last: the same dates give the same file.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(REFRESH))
    for one in sorted(dates, key=lambda date: (date.starts_at, date.uid)):
        event = entry(one, title=TITLE, location=one.place or desks.get(one.desk, ""), stamp=stamp)
        event.add("url", f"{cards}/{one.case}")
        calendar.add_component(event)
    file: bytes = calendar.to_ical()
    return file
