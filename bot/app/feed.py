"""The calendars that colleagues subscribe to, over HTTP: the address is the only key, so it opens nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from hashlib import sha256
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from bot.app.house import Premises
from bot.booking.appointment import Appointment
from bot.booking.subscription import subscription
from bot.clock import Clock
from bot.handoff.reach import desks_of
from bot.handoff.staff import Staff
from bot.handoff.subscriptions import ALL_DESKS, PATH, Subscription
from bot.storage.store import Store, Transaction

ROUTE: Final = f"{PATH}/{{token}}.ics"
TYPE: Final = "text/calendar; charset=utf-8"
#: How far back a calendar shows what was, and how far ahead it looks.
BEHIND: Final = timedelta(days=31)
AHEAD: Final = timedelta(days=400)
#: With this stamp two files are compared: only what is in them counts.
_NO_STAMP: Final = datetime(2000, 1, 1, tzinfo=UTC)


_Make = Callable[[datetime], bytes]


def feed_route(store: Store, premises: Premises, clock: Clock) -> Callable[[Request, str], Response]:
    """Answers with the calendar, with 304 if the subscriber has it already, with 404 for an address that is none."""

    def answer(request: Request, token: str) -> Response:
        found = store.run(lambda tx: _feed(tx, premises, token, clock()))
        if found is None:
            return Response(status_code=404)
        make, changed_at, tag = found
        headers = {
            "etag": tag,
            "last-modified": format_datetime(changed_at, usegmt=True),
            "cache-control": "private, no-cache",
            "content-disposition": 'inline; filename="lotse.ics"',
            "x-robots-tag": "noindex",
        }
        if _has_it(request, tag, changed_at):
            return Response(status_code=304, headers=headers)
        return Response(make(changed_at), media_type=TYPE, headers=headers)

    return answer


def _feed(tx: Transaction, premises: Premises, token: str, now: datetime) -> tuple[_Make, datetime, str] | None:
    """What makes the file from when it became so, that moment, and its tag."""
    known = tx.feeds.find(token)
    staff = tx.staff.get(known.staff) if known else None
    if known is None or staff is None:
        return None
    make = _maker(tx, premises, known, staff, now)
    tag = sha256(make(_NO_STAMP)).hexdigest()
    changed_at = tx.feeds.fetched(known.id, tag, now).replace(microsecond=0)
    return make, changed_at, f'"{tag[:32]}"'


def _maker(tx: Transaction, premises: Premises, known: Subscription, staff: Staff, now: datetime) -> _Make:
    """A colleague who no longer has a desk no longer gets its dates, whatever address they kept."""
    directory = premises.house.rosters.at(tx.desks, now).directory
    mine = {desk.id: desk.name for desk in desks_of(staff, directory) if known.desk in (ALL_DESKS, desk.id)}
    dates: list[Appointment] = tx.allocations.booked(mine, now - BEHIND, now + AHEAD) if mine else []
    name = "Lotse" if known.desk == ALL_DESKS else f"Lotse: {mine.get(known.desk, known.desk)}"
    cards = f"{premises.house.doors.web.rstrip('/')}/console/karten"
    return lambda stamp: subscription(dates, name=name, desks=mine, cards=cards, stamp=stamp)


def _has_it(request: Request, tag: str, changed_at: datetime) -> bool:
    if wanted := request.headers.get("if-none-match"):
        return wanted.strip() == "*" or tag in (one.strip().removeprefix("W/") for one in wanted.split(","))
    if since := request.headers.get("if-modified-since"):
        try:
            return changed_at <= parsedate_to_datetime(since)
        except (TypeError, ValueError):
            return False
    return False
