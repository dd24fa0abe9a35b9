"""Intakes without persons: what somebody's facts were and where they led, so that other rules can be tried on them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.routing.route import Routed
from bot.routing.target import Target
from bot.vocabulary.facts import County, Facts, read_facts, write_facts
from bot.vocabulary.ways import Booking, Suggestion, TargetKind

#: What is counted further than this could stand out: "5" says five or more.
LARGEST: Final[Mapping[str, int]] = {"children": 5, "waiting_months": 12, "short_consultations_before": 5}
KEPT_WEEKS: Final = 26
_BERLIN: Final = ZoneInfo("Europe/Berlin")


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """So many (`count`) people with the same facts in one week, and where they were led.

    `sample`: nobody; made up for trying out. Such an intake was led nowhere yet, and is of no week.
    """

    facts: Facts
    suggestion: Suggestion
    count: int = 1
    week: str = ""
    target: Target | None = None
    booking: Booking | None = None
    rule: str = ""
    version: int = 0
    sample: bool = False


def intake_of(facts: Facts, suggestion: Suggestion, routed: Routed, now: datetime) -> Intake:
    """What may be kept of somebody who was routed: no name, no words, no language, no day."""
    return Intake(
        facts=coarse(facts),
        suggestion=suggestion,
        week=week_of(now),
        target=routed.target,
        booking=routed.booking,
        rule=routed.rule,
        version=routed.version,
    )


def coarse(facts: Facts) -> Facts:
    """The same facts; large numbers are cut, so that nobody stands out by them."""
    cut = {name: min(getattr(facts, name), most) for name, most in LARGEST.items() if getattr(facts, name) is not None}
    offices = None if facts.offices is None else tuple(sorted(facts.offices))
    return replace(facts, offices=offices, **cut)


def week_of(now: datetime) -> str:
    """The week by the German calendar: `2026-W47`."""
    year, week, _ = now.astimezone(_BERLIN).isocalendar()
    return f"{year}-W{week:02}"


def first_kept_week(now: datetime) -> str:
    """Intakes of earlier weeks are deleted."""
    return week_of(now - timedelta(weeks=KEPT_WEEKS))


def write_intake(intake: Intake) -> dict[str, Any]:
    """The intake as JSON values, without its count; `read_intake` gives it back."""
    target = intake.target
    return {
        "facts": write_facts(intake.facts),
        "suggestion": str(intake.suggestion),
        "week": intake.week,
        "target_kind": str(target.kind) if target else "",
        "target_id": target.id if target else "",
        "booking": str(intake.booking) if intake.booking else "",
        "rule": intake.rule,
        "version": intake.version,
    }


def read_intake(row: Mapping[str, Any], county: County, count: int) -> Intake:
    facts, kind, booking = row["facts"], row["target_kind"], row["booking"]
    place = facts.get("municipality")
    return Intake(
        facts=read_facts(facts, frozenset(facts.get("needs", ())), {place: county} if place else {}),
        suggestion=Suggestion(row["suggestion"]),
        count=count,
        week=row["week"],
        target=Target(TargetKind(kind), row["target_id"]) if kind else None,
        booking=Booking(booking) if booking else None,
        rule=row["rule"],
        version=row["version"],
    )
