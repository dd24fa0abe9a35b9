"""Who has how much to do, who waits, who fits: what coordinators and desks look at before they decide."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Protocol

from bot.booking.hours import BERLIN, HoursKind
from bot.booking.slot import SpanState
from bot.cases import Casework, CaseworkTransaction
from bot.handoff.acts import Refused
from bot.handoff.case import OPEN, Case
from bot.handoff.fit import Fit, fits
from bot.handoff.guide import Guide
from bot.handoff.line import line
from bot.handoff.load import Report, fault_of_report, load_of
from bot.handoff.ports import Desk
from bot.handoff.reach import counties_of, desks_of, desks_of_county
from bot.handoff.roster import Desks
from bot.handoff.staff import Role, Staff
from bot.handoff.standing import Alarm, Standing, alarms


class Reports(Protocol):
    def add(self, report: Report, now: datetime, /) -> None: ...

    def newest(self, desks: Collection[str], /) -> Mapping[str, Report]: ...


class CapacityTransaction(CaseworkTransaction, Protocol):
    @property
    def reports(self) -> Reports: ...

    @property
    def desks(self) -> Desks: ...


class NoSuchDesk(Exception):
    """There is no such desk, or it is not this colleague's: nobody can tell which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Capacity:
    """What can be known of the desks of this moment."""

    casework: Casework
    guide: Guide

    def standings(self, tx: CapacityTransaction, staff: Staff, now: datetime) -> tuple[Standing, ...]:
        """The desks that this colleague may see, in the order of the tables."""
        return self._standings(tx, desks_of(staff, self.casework.directory), now)

    def of_county(self, tx: CapacityTransaction, county: str, now: datetime) -> tuple[Standing, ...]:
        return self._standings(tx, desks_of_county(county, self.casework.directory), now)

    def candidates(self, tx: CapacityTransaction, case: Case, now: datetime) -> tuple[Fit, ...]:
        """The desks that a case could go to, the best first, each with its reasons."""
        return fits(case, self.of_county(tx, case.county, now))

    def alarms(self, tx: CapacityTransaction, staff: Staff, now: datetime) -> tuple[Alarm, ...]:
        """What is full in the counties of a coordinator. Nobody else is told."""
        if staff.role is not Role.COORDINATOR:
            return ()
        counties = sorted(counties_of(staff, self.casework.directory))
        return tuple(one for county in counties for one in alarms(self.of_county(tx, county, now)))

    def to_allot(self, tx: CapacityTransaction, staff: Staff) -> tuple[Case, ...]:
        """Those whom the coordination has still to send somewhere, by county, who came first standing first."""
        cases = self.casework.inbox(tx, staff, OPEN)
        return tuple(
            case
            for county in sorted(counties_of(staff, self.casework.directory))
            for case in line([one for one in cases if one.county == county], coordination_of(county))
        )

    def report(
        self, tx: CapacityTransaction, by: Staff, desk: str, numbers: tuple[str, str], now: datetime
    ) -> Refused | None:
        """The desk has counted its running cases: all, and (may be empty) those of case management."""
        if desk not in {one.id for one in desks_of(by, self.casework.directory)}:
            raise NoSuchDesk
        cases, managed = (number.strip() for number in numbers)
        if fault := fault_of_report(cases, managed):
            return Refused(fault)
        report = Report(
            desk=desk,
            cases=int(cases),
            case_management=int(managed) if managed else None,
            counted_on=now.astimezone(BERLIN).date(),
            by=by.id,
        )
        tx.reports.add(report, now)
        return None

    def _standings(self, tx: CapacityTransaction, desks: Sequence[Desk], now: datetime) -> tuple[Standing, ...]:
        ids = frozenset(desk.id for desk in desks)
        cases = tx.cases.inbox(ids, OPEN)
        reports = {**_stated(desks), **tx.reports.newest(ids)}
        return tuple(
            Standing(
                desk=desk,
                load=load_of(desk.id, desk.vzae, reports.get(desk.id), cases, self.guide),
                waiting=line(cases, desk.id),
                first_free=next((slot.starts_at for slot in self.casework.free_dates(tx, desk.id, now)), None),
                has_dates=self._has_dates(desk.id),
                away_until=self._away_until(tx, desk.id, now),
            )
            for desk in desks
        )

    def _has_dates(self, desk: str) -> bool:
        calendar = self.casework.calendars.get(desk)
        return calendar is not None and bool(calendar.hours(HoursKind.APPOINTMENT))

    def _away_until(self, tx: CapacityTransaction, desk: str, now: datetime) -> datetime | None:
        """When somebody of the desk is there again, if nobody is now: as the coordination or the desk has said."""
        today = now.astimezone(BERLIN).date()
        days = [one.last for one in tx.desks.absences(today) if one.desk == desk and one.covers(today)]
        said = datetime.combine(max(days) + timedelta(days=1), time(), tzinfo=BERLIN) if days else None
        return max((one for one in (said, self._all_away(tx, desk, now)) if one), default=None)

    def _all_away(self, tx: CapacityTransaction, desk: str, now: datetime) -> datetime | None:
        """When the first post is back, if every post of the desk is claimed by an absence at this moment."""
        calendar = self.casework.calendars.get(desk)
        posts = frozenset(calendar.lanes) if calendar else frozenset({desk})
        spans = [one for one in tx.allocations.taken(posts, now, now, now) if one.state is SpanState.ABSENCE]
        if {one.of for one in spans} != posts:
            return None
        return min(max(one.ends_at for one in spans if one.of == post) for post in posts)


def coordination_of(county: str) -> str:
    """The id of a county's coordination."""
    return f"{county}_koordination"


def _stated(desks: Sequence[Desk]) -> dict[str, Report]:
    """What a source counts, as long as the desk itself has not reported."""
    return {
        desk.id: Report(
            desk=desk.id,
            cases=desk.counted.cases,
            case_management=desk.counted.case_management,
            counted_on=desk.counted.on,
            source=desk.counted.source,
            complete=desk.counted.complete,
        )
        for desk in desks
        if desk.counted
    }
