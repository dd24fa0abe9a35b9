"""A case is what a resident asked for, what the bot found and suggests, and what colleagues made of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from bot.vocabulary.facts import County, Facts, read_facts, write_facts
from bot.vocabulary.ways import Booking, Suggestion, TargetKind


class CaseState(StrEnum):
    """Where a case stands. `CANCELLED` is the resident's own act, all others are the colleagues'."""

    RECEIVED = "received"
    ACCEPTED = "accepted"
    DATE_PROPOSED = "date_proposed"
    WITH_COORDINATION = "with_coordination"
    DECLINED = "declined"
    CLOSED = "closed"
    CANCELLED = "cancelled"


#: A colleague may still act on these.
OPEN: Final = frozenset({CaseState.RECEIVED, CaseState.ACCEPTED, CaseState.DATE_PROPOSED, CaseState.WITH_COORDINATION})


class Outcome(StrEnum):
    HOLDS = "holds"
    FAILS = "fails"
    UNKNOWN = "unknown"


class ContactKind(StrEnum):
    CHAT = "chat"
    PHONE = "phone"
    EMAIL = "email"


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """A topic of need and the person's own words that it was recognised from (none: chosen by button)."""

    topic: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one criterion said. `because` is a German sentence; `inferred` means that no seed states the rule."""

    criterion: str
    outcome: Outcome
    because: str
    source: str = ""
    inferred: bool = False
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A practical orientation point, in German."""

    id: str
    german: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    kind: ContactKind
    value: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A colleague decided otherwise than the bot suggested, and says why."""

    suggestion: Suggestion
    reason: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One case. `version` grows by one with each act; `appointment` is the id of its allocation.

    `rule` routed it, in the county's rules of number `rules_version` (0: those of the tables).
    `escort`: somebody comes along; `spoken`: the person said their yes aloud, and a helper typed.
    """

    code: str
    received_at: datetime
    language: str
    county: County
    municipality: str
    needs: tuple[Need, ...]
    facts: Facts
    suggestion: Suggestion
    target_kind: TargetKind
    target_id: str
    rule: str
    because: str
    booking: Booking
    deadline: datetime
    person: str | None = None
    findings: tuple[Finding, ...] = ()
    orientation: tuple[Point, ...] = ()
    missing: tuple[str, ...] = ()
    preferred: Suggestion | None = None
    consents: tuple[str, ...] = ()
    interpreter: bool | None = None
    contact: Contact | None = None
    name: str | None = None
    note: tuple[str, ...] = ()
    state: CaseState = CaseState.RECEIVED
    appointment: str | None = None
    decided: Decided | None = None
    escort: bool | None = None
    spoken: bool = False
    rules_version: int = 0
    version: int = 1

    @property
    def way(self) -> Suggestion:
        """What holds now: a colleague's decision, else the suggestion."""
        return self.decided.suggestion if self.decided else self.suggestion

    @property
    def wished_way(self) -> Suggestion:
        """The same, but what the person would rather have goes before the suggestion."""
        return self.decided.suggestion if self.decided else self.preferred or self.suggestion


@dataclass(frozen=True, slots=True, kw_only=True)
class LogEntry:
    """Who did what to a case, when and why. `actor` is a colleague's id, `BOT` or `RESIDENT`."""

    at: datetime
    actor: str
    action: str
    reason: str = ""


BOT: Final = "bot"
RESIDENT: Final = "resident"


def write_case(case: Case) -> dict[str, Any]:
    """The case as JSON values; `read_case` gives the same case back."""
    contact, decided = case.contact, case.decided
    return {
        **{key: str(getattr(case, key)) for key in _WORDS},
        **{key: getattr(case, key) for key in _AS_IS},
        **{key: list(getattr(case, key)) for key in _LISTS},
        "escort": case.escort,
        "spoken": case.spoken,
        "rules_version": case.rules_version,
        "received_at": case.received_at.isoformat(),
        "deadline": case.deadline.isoformat(),
        "needs": [{"topic": need.topic, "words": list(need.words)} for need in case.needs],
        "facts": write_facts(case.facts),
        "findings": [_write_finding(finding) for finding in case.findings],
        "orientation": [{"id": point.id, "german": point.german} for point in case.orientation],
        "preferred": str(case.preferred) if case.preferred else None,
        "contact": {"kind": str(contact.kind), "value": contact.value} if contact else None,
        "decided": (
            {"suggestion": str(decided.suggestion), "reason": decided.reason, "by": decided.by} if decided else None
        ),
    }


def read_case(document: Mapping[str, Any]) -> Case:
    """The case that `write_case` wrote."""
    contact, decided, preferred = (document[key] for key in ("contact", "decided", "preferred"))
    plain: dict[str, Any] = {key: kind(document[key]) for key, kind in _WORDS.items()}
    plain |= {key: document[key] for key in _AS_IS}
    plain |= {key: tuple(document[key]) for key in _LISTS}
    return Case(
        **plain,
        escort=document.get("escort"),
        spoken=bool(document.get("spoken", False)),
        rules_version=document.get("rules_version", 0),
        received_at=datetime.fromisoformat(document["received_at"]),
        deadline=datetime.fromisoformat(document["deadline"]),
        needs=tuple(Need(topic=need["topic"], words=tuple(need["words"])) for need in document["needs"]),
        facts=_read_facts(document["facts"], document["county"]),
        findings=tuple(_read_finding(finding) for finding in document["findings"]),
        orientation=tuple(Point(**point) for point in document["orientation"]),
        preferred=Suggestion(preferred) if preferred else None,
        contact=Contact(kind=ContactKind(contact["kind"]), value=contact["value"]) if contact else None,
        decided=(
            Decided(suggestion=Suggestion(decided["suggestion"]), reason=decided["reason"], by=decided["by"])
            if decided
            else None
        ),
    )


_WORDS: Final[Mapping[str, Any]] = {
    "code": str,
    "language": str,
    "county": County,
    "municipality": str,
    "suggestion": Suggestion,
    "target_kind": TargetKind,
    "target_id": str,
    "rule": str,
    "because": str,
    "booking": Booking,
    "state": CaseState,
}
_AS_IS: Final = ("person", "interpreter", "name", "appointment", "version")
_LISTS: Final = ("missing", "consents", "note")


def _write_finding(finding: Finding) -> dict[str, Any]:
    return {
        "criterion": finding.criterion,
        "outcome": str(finding.outcome),
        "because": finding.because,
        "source": finding.source,
        "inferred": finding.inferred,
        "missing": list(finding.missing),
    }


def _read_finding(document: Mapping[str, Any]) -> Finding:
    return Finding(
        criterion=document["criterion"],
        outcome=Outcome(document["outcome"]),
        because=document["because"],
        source=document["source"],
        inferred=document["inferred"],
        missing=tuple(document["missing"]),
    )


def _read_facts(document: Mapping[str, Any], county: str) -> Facts:
    """Facts were checked against the tables when they were told; here only their shape is read again."""
    place = document.get("municipality")
    places = {place: document.get("county", county)} if place else {}
    return read_facts(document, frozenset(document.get("needs", ())), places)
