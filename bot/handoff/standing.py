"""How a desk stands at a moment, and what the coordination must be told when there is no room left."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.handoff.case import Case
from bot.handoff.load import Level, Load
from bot.handoff.ports import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A desk as it stands now: its load, who waits there, when the next date is free."""

    desk: Desk
    load: Load
    waiting: tuple[Case, ...] = ()
    first_free: datetime | None = None
    has_dates: bool = True
    away_until: datetime | None = None
    languages: frozenset[str] = frozenset()

    @property
    def is_full(self) -> bool:
        """Nobody new can get a date here in the time for which one can book."""
        return self.has_dates and self.first_free is None


class AlarmKind(StrEnum):
    """The worst first: a whole county, a town, a desk without dates, a desk above its guide value."""

    COUNTY = "county"
    TOWN = "town"
    NO_DATE = "no_date"
    OVER_GUIDE = "over_guide"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """Something is full. `desk`, `town` or the county alone says what."""

    kind: AlarmKind
    county: str
    town: str | None = None
    standing: Standing | None = None

    @property
    def about(self) -> str:
        """Names the alarm: the same thing is full as long as this is the same."""
        desk = self.standing.desk.id if self.standing else ""
        return f"{self.kind}:{self.town or desk or self.county}"


def alarms(standings: Sequence[Standing]) -> tuple[Alarm, ...]:
    """What is full in one county, the worst first. A town whose desks are all full is named once."""
    if not standings:
        return ()
    county = standings[0].desk.county
    if all(one.is_full for one in standings if one.has_dates):
        return (Alarm(kind=AlarmKind.COUNTY, county=county), *_above(standings, county))
    towns = tuple(_towns(standings))
    named = {one.desk.id for town in towns for one in standings if town in one.desk.municipalities}
    desks = (one for one in standings if one.is_full and one.desk.id not in named)
    return (
        *(Alarm(kind=AlarmKind.TOWN, county=county, town=town) for town in towns),
        *(Alarm(kind=AlarmKind.NO_DATE, county=county, standing=one) for one in desks),
        *_above(standings, county),
    )


def _towns(standings: Sequence[Standing]) -> Iterator[str]:
    """Towns that have desks with dates, and all of them are full."""
    for town in dict.fromkeys(town for one in standings for town in one.desk.municipalities):
        here = [one for one in standings if town in one.desk.municipalities and one.has_dates]
        if here and all(one.is_full for one in here):
            yield town


def _above(standings: Sequence[Standing], county: str) -> Iterator[Alarm]:
    for one in standings:
        if one.load.level is Level.FULL:
            yield Alarm(kind=AlarmKind.OVER_GUIDE, county=county, standing=one)


def german(alarm: Alarm, name_of: Mapping[str, str]) -> str:
    """The alarm as a sentence for the coordination; `name_of` has the names of towns."""
    match alarm.kind:
        case AlarmKind.COUNTY:
            return "Im ganzen Kreis hat keine Stelle mehr einen freien Termin."
        case AlarmKind.TOWN:
            town = name_of.get(alarm.town or "", alarm.town or "")
            return f"Für {town} hat keine Stelle mehr einen freien Termin."
        case AlarmKind.NO_DATE:
            return f"{_name(alarm)}: In der buchbaren Zeit ist kein Termin frei, {_waiting(alarm)}."
        case AlarmKind.OVER_GUIDE:
            return f"{_name(alarm)}: {_cases(alarm)}."


def _name(alarm: Alarm) -> str:
    return alarm.standing.desk.name if alarm.standing else ""


def _waiting(alarm: Alarm) -> str:
    count = len(alarm.standing.waiting) if alarm.standing else 0
    return {0: "es wartet niemand", 1: "1 Person wartet"}.get(count, f"{count} Personen warten")


def _cases(alarm: Alarm) -> str:
    if alarm.standing is None:
        return ""
    load = alarm.standing.load
    return f"{load.cases} laufende Fälle, der Richtwert ist {load.guide.least} bis {load.guide.most}"
