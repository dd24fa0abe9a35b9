"""A small county to work in: desks, calendars, colleagues and sample cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from bot.booking.hours import Calendar, HoursKind, Weekly
from bot.booking.slot import Consultation
from bot.cases import Casework
from bot.handoff.case import (
    Case,
    Contact,
    ContactKind,
    Finding,
    Need,
    Outcome,
    Point,
)
from bot.handoff.guide import Guide, Range
from bot.handoff.ports import Desk
from bot.handoff.queue import Allowance
from bot.handoff.staff import Role, Staff
from bot.routing.desks import Counted, Focus, StandIn
from bot.vocabulary.facts import County, Facts, NextSteps, Office, Tried
from bot.vocabulary.ways import Booking, Suggestion, TargetKind

#: A Tuesday at noon in Berlin.
NOW: Final = datetime(2026, 8, 11, 10, 0, tzinfo=UTC)
KUERTEN: Final = "rbk_kuerten"
OVERATH: Final = "rbk_overath"
TROISDORF: Final = "rsk_troisdorf"

SARA: Final = Staff(id="sara", name="Sara Beispiel", role=Role.CASE_MANAGER, desks=frozenset({KUERTEN}), sample=True)
OLE: Final = Staff(id="ole", name="Ole Beispiel", role=Role.CASE_MANAGER, desks=frozenset({OVERATH}), sample=True)
KIM: Final = Staff(id="kim", name="Kim Beispiel", role=Role.COORDINATOR, desks=frozenset({"rbk"}), sample=True)
NIL: Final = Staff(id="nil", name="Nil Beispiel", role=Role.COORDINATOR, desks=frozenset({TROISDORF}), sample=True)
COLLEAGUES: Final = (SARA, OLE, KIM, NIL)


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleDesk:
    id: str
    name: str
    county: str
    municipalities: tuple[str, ...]
    vzae: float = 1.0
    region: bool = False
    languages: tuple[str, ...] = ()
    fits: tuple[Focus, ...] = ()
    counted: Counted | None = None


@dataclass(frozen=True, slots=True)
class SampleDirectory:
    rows: tuple[SampleDesk, ...]
    stand_ins: Mapping[str, StandIn] = field(default_factory=dict)

    def desks(self) -> Sequence[Desk]:
        return self.rows

    def desk(self, desk_id: str, /) -> Desk | None:
        return next((row for row in self.rows if row.id == desk_id), None)


DIRECTORY: Final = SampleDirectory(
    (
        SampleDesk(id=KUERTEN, name="Case Management Kürten", county="rbk", municipalities=("rbk_kuerten",)),
        SampleDesk(id=OVERATH, name="Case Management Overath", county="rbk", municipalities=("rbk_overath",)),
        SampleDesk(id=TROISDORF, name="Case Management Troisdorf", county="rsk", municipalities=("rsk_troisdorf",)),
    )
)


#: The numbers of the concept (004 chapter 9.1).
GUIDE: Final = Guide(
    full_time=Range(50, 60),
    part_time=Range(20, 30),
    case_management=Range(20, 30),
    fresh=timedelta(days=42),
    source="004 Kapitel 9.1",
    stated_for=frozenset({"rbk"}),
)


def a_calendar(desk: str, *, sample: bool = True) -> Calendar:
    """Tuesday and Thursday mornings for appointments, Friday mornings open to all."""
    rows = (
        (1, time(9), time(12), HoursKind.APPOINTMENT),
        (3, time(9), time(12), HoursKind.APPOINTMENT),
        (4, time(8, 30), time(12), HoursKind.OPEN),
    )
    return Calendar(
        desk=desk,
        weekly=tuple(
            Weekly(weekday=weekday, opens=opens, closes=closes, kind=kind, source="Beispiel", sample=sample)
            for weekday, opens, closes, kind in rows
        ),
        minutes={Consultation.FIRST: 45, Consultation.SHORT: 30},
        after=timedelta(minutes=15),
        lead_days=1,
        horizon=timedelta(days=28),
    )


def a_casework() -> Casework:
    days = Allowance(working_days=3, closes=time(17), own_default=True, source="own default")
    return Casework(
        directory=DIRECTORY,
        calendars={KUERTEN: a_calendar(KUERTEN), OVERATH: a_calendar(OVERATH, sample=False)},
        deadlines=dict.fromkeys(TargetKind, days),
        closed_days=frozenset({date(2026, 12, 25)}),
    )


def a_case(code: str = "K7M4Q2", **changes: Any) -> Case:
    """A family in Kürten that waits for a transfer; three of five criteria hold."""
    case = Case(
        code=code,
        person=f"person-{code}",
        received_at=NOW - timedelta(days=1, hours=2),
        language="ar",
        county=County.RBK,
        municipality="rbk_kuerten",
        needs=(
            Need(topic="residence_permit", words=("النقل إلى مدينة زوجي",)),
            Need(topic="childcare_early_education", words=("مكان في الروضة",)),
            Need(topic="german_course"),
        ),
        facts=Facts(
            county=County.RBK,
            municipality="rbk_kuerten",
            needs=("residence_permit", "childcare_early_education", "german_course"),
            offices=(Office.ABH, Office.JUGENDAMT),
            next_steps_alone=NextSteps.NO,
            tried=Tried.WAITING,
            waiting_months=6,
            children=3,
        ),
        findings=SAMPLE_FINDINGS,
        orientation=(Point(id="O_large_family_ill", german="Große Familie oder erkrankte Person"),),
        missing=("living_from", "status_change"),
        suggestion=Suggestion.CASE_MANAGEMENT,
        target_kind=TargetKind.DESK,
        target_id=KUERTEN,
        rule="rbk_local_desk",
        note=("telegram:voice:v1", "telegram:photo:p1"),
        because="Kürten hat eine eigene Stelle; sie nimmt neu Zugewiesene und Familien direkt auf.",
        booking=Booking.APPOINTMENT,
        consents=("contact", "pass_on", "reminders"),
        interpreter=True,
        contact=Contact(kind=ContactKind.CHAT),
        name="ليلى (Beispiel)",
        deadline=NOW + timedelta(days=2, hours=5),
    )
    return replace(case, **changes)


SAMPLE_FINDINGS: Final = (
    Finding(
        criterion="multiple_needs",
        outcome=Outcome.HOLDS,
        because="Drei Anliegen aus drei Bereichen: Aufenthalt und Papiere, Familie und Kinder, Deutsch und Schule.",
        source="RBK-Konzept Kapitel 7.2",
        inferred=True,
    ),
    Finding(
        criterion="many_actors",
        outcome=Outcome.FAILS,
        because="Zwei Stellen müssen noch handeln; ab drei gilt die Akteursdichte als hoch.",
        source="RBK-Konzept Kapitel 11.2",
        inferred=True,
    ),
    Finding(
        criterion="cross_legal",
        outcome=Outcome.UNKNOWN,
        because="Es ist nicht bekannt, wovon die Person lebt.",
        source="RBK-Konzept Kapitel 7.2 und 11.2",
        inferred=True,
        missing=("living_from", "status_change"),
    ),
    Finding(
        criterion="limited_self_help",
        outcome=Outcome.HOLDS,
        because="Die Person sagt, dass sie die nächsten Schritte nicht allein gehen kann.",
        source="RBK-Konzept Kapitel 7.2 und 11.4",
        inferred=True,
    ),
    Finding(
        criterion="regular_system_insufficient",
        outcome=Outcome.HOLDS,
        because="Die Person wartet seit 6 Monaten; ab drei Monaten gilt das Warten als zu lang.",
        source="RBK-Konzept Kapitel 9.2",
        inferred=True,
    ),
)
