"""The calendar week of a desk as a picture, and the sheet that draws it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from fastapi import APIRouter
from fastapi.responses import Response

from bot.booking.away import Away
from bot.booking.resources import desk_of
from bot.booking.slot import Consultation
from bot.console.blocks import midnight
from bot.console.pages.absences import lanes, readings_of, rows_of
from bot.console.raster import raster
from bot.console.spoken import local_day
from bot.console.visit import Here
from bot.console.week import week
from bot.handoff.ports import Desk
from bot.handoff.reach import desks_of

router = APIRouter()

FARTHEST: Final = timedelta(days=366)
WEEK: Final = timedelta(days=7)


@router.get("/termine/woche")
def picture(visit: Here, ab: str = "", stelle: str = "", fall: str = "") -> Response:
    """`fall` is a case for which a free time is sought: then the free times lead back to its form."""
    today = local_day(visit.now)
    first = monday(first_day(ab, today))
    desks = desks_of(visit.colleague, visit.console.directory)
    desk = _chosen(visit, desks, stelle)
    if desk is None:
        return visit.page("week_none.html")
    with visit.console.store.transaction() as tx:
        work, names = visit.console.casework, visit.console.names
        sought = work.find(tx, fall, visit.colleague) if fall else None
        kind = work.kind_for(tx, sought, visit.now) if sought else Consultation.FIRST
        shown = week(tx, work, visit.colleague, desk, first, visit.now, names.closed, kind)
        away = [row for row in rows_of(visit, tx) if row.one.desk == desk.id and _in_week(row.one, first)]
        readings = [one for one in readings_of(visit, tx) if desk_of(one.post) == desk.id]
    return visit.page(
        "week.html",
        week=shown,
        desks=desks,
        fall=fall,
        away=away,
        readings=readings,
        lanes=lanes(visit),
        today=today,
        first=first,
        last=first + timedelta(days=6),
        earlier=first - WEEK,
        later=first + WEEK,
        this=monday(today),
    )


@router.get("/termine/raster.css")
def sheet(visit: Here) -> Response:
    return Response(raster(), media_type="text/css")


def first_day(words: str, today: date) -> date:
    """The day that was asked for, or today: also when it is no date or lies too far away."""
    try:
        day = date.fromisoformat(words)
    except ValueError:
        return today
    return day if abs(day - today) < FARTHEST else today


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _in_week(one: Away, first: date) -> bool:
    return one.starts_at < midnight(first + WEEK) and one.ends_at > midnight(first)


def _chosen(visit: Here, desks: tuple[Desk, ...], wanted: str) -> Desk | None:
    """The desk that was asked for, or the first that has hours."""
    known = visit.console.casework.calendars
    with_hours = [desk for desk in desks if desk.id in known and known[desk.id].weekly]
    asked = [desk for desk in desks if desk.id == wanted]
    return next(iter((*asked, *with_hours, *desks)), None)
