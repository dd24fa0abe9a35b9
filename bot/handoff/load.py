"""How full a desk is: its running cases against the guide values for its posts.

The bot only knows the cases that came through it. What a desk has beside them the desk reports, with the day of the
count; without a report the load is not known, and nobody says that there is room.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from bot.handoff.case import Case
from bot.handoff.guide import Guide, Range
from bot.handoff.line import is_waiting
from bot.handoff.queue import BERLIN
from bot.vocabulary.ways import Suggestion

MOST_CASES: Final = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a desk counted on a day: all running cases, and how many of them are case management (where it says so).

    A source that counts case management alone is not `complete`: there are more.
    """

    desk: str
    cases: int
    counted_on: date
    case_management: int | None = None
    complete: bool = True
    by: str = ""
    source: str = ""


class Level(StrEnum):
    """Where a desk stands. `UNKNOWN`: nobody has reported, and what the bot knows is below the guide value."""

    UNKNOWN = "unknown"
    ROOM = "room"
    IN_RANGE = "in_range"
    FULL = "full"


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """A desk's running cases: those of its report, those that came through the bot since, and who waits there."""

    desk: str
    guide: Range
    report: Report | None
    came: int
    came_short: int
    waiting: int

    @property
    def cases(self) -> int:
        return (self.report.cases if self.report else 0) + self.came

    @property
    def level(self) -> Level:
        if self.cases >= self.guide.most:
            return Level.FULL
        if self.cases >= self.guide.least:
            return Level.IN_RANGE
        return Level.ROOM if self.report and self.report.complete else Level.UNKNOWN

    def is_stale(self, today: date, guide: Guide) -> bool:
        """The count is too old to be relied on."""
        return self.report is not None and today - self.report.counted_on > guide.fresh


def load_of(desk: str, vzae: float, report: Report | None, cases: Collection[Case], guide: Guide) -> Load:
    """The load of a desk, of which `cases` are all that are open in the bot.

    A case that was there on the day of the count is in the report already.
    """
    mine = [case for case in cases if case.target_id == desk and case.way is not Suggestion.REFERRAL]
    running = [case for case in mine if not is_waiting(case) and _came_after(case, report)]
    return Load(
        desk=desk,
        guide=guide.for_posts(vzae),
        report=report,
        came=len(running),
        came_short=sum(case.way is Suggestion.SHORT_CONSULTATION for case in running),
        waiting=sum(is_waiting(case) for case in mine),
    )


def _came_after(case: Case, report: Report | None) -> bool:
    return report is None or case.received_at.astimezone(BERLIN).date() > report.counted_on


def fault_of_report(cases: str, case_management: str) -> str | None:
    """What is wrong with the numbers that a colleague typed, as a German sentence, or nothing."""
    if not _is_count(cases):
        return f"Bitte geben Sie eine ganze Zahl von 0 bis {MOST_CASES} ein."
    if case_management and (not _is_count(case_management) or int(case_management) > int(cases)):
        return "Die Zahl der Fälle im Case Management kann nicht größer sein als die Zahl aller Fälle."
    return None


def _is_count(words: str) -> bool:
    return words.isascii() and words.isdecimal() and int(words) <= MOST_CASES
