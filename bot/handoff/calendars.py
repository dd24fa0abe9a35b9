"""Which desks have a calendar that is told of their dates, and where it gets its letters."""

from __future__ import annotations

from bot.booking.invited import DeskCalendar
from bot.routing.desks import Directory
from bot.routing.target import Target
from bot.vocabulary.ways import TargetKind


def calendars_of(directory: Directory) -> dict[str, DeskCalendar]:
    """By desk. Also closed desks may still have dates."""
    return {
        desk.id: DeskCalendar(
            address=desk.calendar,
            name=desk.name,
            place=directory.address(Target(TargetKind.DESK, desk.id)) or "",
        )
        for desk in directory.desks_by_id.values()
        if desk.calendar is not None
    }
