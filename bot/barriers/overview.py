"""How many barriers there are, of what, where and when: for pictures and for the steering group."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from bot.barriers.barrier import Barrier, Group
from bot.i18n.speech import BERLIN


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """Reports counted by topic, by municipality (each the most frequent first) and by month (in order, without gaps).

    What a report does not name is counted under the empty id.
    """

    topics: Mapping[str, int]
    municipalities: Mapping[str, int]
    months: Mapping[date, int]


def overview(groups: Collection[Group], now: datetime, months: int = 12) -> Overview:
    every = [barrier for group in groups for barrier in group.barriers]
    counted = Counter(_month(barrier) for barrier in every)
    return Overview(
        topics=_counted(barrier.draft.topic for barrier in every),
        municipalities=_counted(barrier.draft.municipality for barrier in every),
        months={month: counted[month] for month in _last_months(now, months)},
    )


def in_order(groups: Collection[Group], candidate_from: int) -> list[Group]:
    """First what wants a decision: candidates, then what came back, then the largest, the newest first."""
    return sorted(
        groups,
        key=lambda group: (
            not group.is_candidate(candidate_from),
            not group.came_back,
            -len(group.barriers),
            -group.number,
        ),
    )


def _counted(ids: Iterator[str | None]) -> Mapping[str, int]:
    return dict(Counter(id_ or "" for id_ in ids).most_common())


def _month(barrier: Barrier) -> date:
    return barrier.at.astimezone(BERLIN).date().replace(day=1)


def _last_months(now: datetime, count: int) -> list[date]:
    this = now.astimezone(BERLIN).date()
    numbers = range(this.year * 12 + this.month - count, this.year * 12 + this.month)
    return [date(number // 12, number % 12 + 1, 1) for number in numbers]
