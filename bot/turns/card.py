"""The case that is made of a conversation: facts, findings in German, suggestion, the rule that routed it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from bot.dialogs.path import assessment, routed
from bot.dialogs.screen import View
from bot.handoff.case import Case, CaseState, Contact, ContactKind, Finding, Need, Outcome, Point
from bot.handoff.queue import Deadlines, deadline
from bot.i18n.catalogs import Catalogue
from bot.routing.route import Routed
from bot.triage.evaluate import Judged
from bot.triage.finding import Fails, Holds, Unknown
from bot.triage.finding import Finding as FindingOfTriage
from bot.triage.rules import Rules
from bot.vocabulary.facts import County
from bot.vocabulary.ways import Booking, TargetKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """What a case needs beside the conversation: German words, deadlines, closed days, names of ids."""

    german: Catalogue
    deadlines: Deadlines
    closed_days: frozenset[date]
    names: Mapping[str, str]


def make_case(view: View, person: str, code: str, office: Office, appointment: str | None, calls_back: bool) -> Case:
    """The conversation so far as a case. `calls_back`: the person wants to be contacted instead of a date."""
    facts, assessed, way = view.facts, assessment(view), routed(view)
    kind, target = _target(way, facts.county or County.RSK, calls_back)
    return Case(
        code=code,
        person=person,
        received_at=view.now,
        language=view.session.language or "de",
        county=facts.county or County.RSK,
        municipality=facts.municipality or "",
        needs=tuple(Need(topic=told.topic, words=told.words) for told in view.session.told),
        facts=facts,
        findings=tuple(_finding(judged, view.know.rules, office) for judged in assessed.judged),
        orientation=tuple(Point(id=point.id, german=point.german) for point in assessed.points),
        missing=_unknown(assessed.judged),
        suggestion=assessed.suggestion,
        preferred=view.session.preferred,
        target_kind=kind,
        target_id=target,
        rule=way.rule,
        because=way.because,
        rules_version=way.version,
        booking=Booking.APPOINTMENT if appointment else (Booking.CLEARING if calls_back else way.booking),
        consents=tuple(sorted(view.session.agreed)),
        interpreter=view.session.interpreter,
        contact=_contact(view),
        name=view.session.name,
        note=view.session.kept,
        state=CaseState.RECEIVED,
        deadline=_deadline(view, kind, office, appointment),
        appointment=appointment,
        escort=view.session.escort,
        spoken=view.session.together,
    )


def _deadline(view: View, kind: TargetKind, office: Office, appointment: str | None) -> datetime:
    """An answer is due before the person comes."""
    due = deadline(view.now, kind, office.closed_days, office.deadlines)
    hold = view.session.hold
    return min(due, hold.slot.starts_at) if appointment and hold else due


def _target(way: Routed, county: County, calls_back: bool) -> tuple[TargetKind, str]:
    """A regular service has no inbox here: who wants to be called is called by the coordination."""
    if calls_back and way.target.kind is TargetKind.SERVICE:
        return TargetKind.COORDINATION, f"{county}_koordination"
    return way.target.kind, way.target.id


def _finding(judged: Judged, rules: Rules, office: Office) -> Finding:
    origin = rules.origins[judged.criterion.id]
    outcome, evidence, missing = _answer(judged.finding)
    because = office.german.render(judged.finding.because)
    named = ", ".join(office.names.get(one, one) for one in evidence)
    return Finding(
        criterion=judged.criterion.id,
        outcome=outcome,
        because=f"{because} ({named})" if named else because,
        source=origin.source,
        inferred=origin.inferred,
        missing=missing,
    )


def _answer(finding: FindingOfTriage) -> tuple[Outcome, tuple[str, ...], tuple[str, ...]]:
    """Outcome, evidence, missing facts."""
    match finding:
        case Holds(_, evidence):
            return Outcome.HOLDS, evidence, ()
        case Fails(_, evidence):
            return Outcome.FAILS, evidence, ()
        case Unknown(missing=missing):
            return Outcome.UNKNOWN, (), missing


def _unknown(judged: tuple[Judged, ...]) -> tuple[str, ...]:
    """Everything that is still open, also what no longer changes the suggestion: to ask in the first consultation."""
    missing = [fact for one in judged if isinstance(one.finding, Unknown) for fact in one.finding.missing]
    return tuple(dict.fromkeys(missing))


def _contact(view: View) -> Contact | None:
    reach = view.session.reach
    return Contact(kind=ContactKind(reach.channel), value=reach.value) if reach else None
