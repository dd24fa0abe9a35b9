"""A store in memory: fakes of the ports that casework and the console name."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Collection, Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from threading import RLock
from typing import Any, Final

from bot.booking.appointment import Absent, Appointment, AppointmentState, HoldExpired, InTheWay, SlotTaken
from bot.booking.away import Away
from bot.booking.happened import Happened, What
from bot.booking.invited import Told
from bot.booking.reading import Reading
from bot.booking.resources import Need, Role
from bot.booking.slot import Consultation, Slot, Span, SpanState
from bot.handoff.case import Case, CaseState, LogEntry
from bot.handoff.load import Report
from bot.handoff.messages import Draft, Message
from bot.handoff.ports import Stale
from bot.handoff.recordings import TYPES, Missing, Opened, Recording, Why
from bot.handoff.staff import Staff
from bot.handoff.subscriptions import Subscription
from tests.barrier_reports import BarrierRows, MemoryBarriers
from tests.casework import COLLEAGUES, NOW
from tests.kept_aside import MemoryGivenUp, SampleGivenUp, SampleQuarantined
from tests.kept_away import MemoryReadings, MemoryTimesAway, handed, spans
from tests.kept_desks import DeskRows, MemoryDesks
from tests.kept_invited import MemoryCalendarsTold
from tests.kept_rules import MemoryIntakes, MemoryRules, RuleRows

_BOOKED: Final = AppointmentState.BOOKED
_LENGTH: Final = {Consultation.FIRST: timedelta(minutes=45), Consultation.SHORT: timedelta(minutes=30)}


@dataclass
class Rows:
    """Everything that a transaction can change."""

    cases: dict[str, Case] = field(default_factory=dict)
    log: list[tuple[str, LogEntry]] = field(default_factory=list)
    inbox: dict[str, tuple[str, dict[str, Any]]] = field(default_factory=dict)
    appointments: dict[str, Appointment] = field(default_factory=dict)
    times_away: list[Away] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)
    feeds: dict[str, Subscription] = field(default_factory=dict)
    invited: list[Told] = field(default_factory=list)
    links: dict[str, tuple[str, datetime]] = field(default_factory=dict)
    sessions: dict[str, tuple[str, datetime]] = field(default_factory=dict)
    staff: dict[str, Staff] = field(default_factory=lambda: {one.id: one for one in COLLEAGUES})
    linked: set[str] = field(default_factory=set)
    quarantine: list[SampleQuarantined] = field(default_factory=list)
    given_up: list[SampleGivenUp] = field(default_factory=list)
    messages: dict[str, Message] = field(default_factory=dict)
    outbox: dict[str, tuple[str, dict[str, Any]]] = field(default_factory=dict)
    away: dict[str, tuple[str, datetime, datetime]] = field(default_factory=dict)
    desks: DeskRows = field(default_factory=DeskRows)
    reports: dict[str, Report] = field(default_factory=dict)
    barriers: BarrierRows = field(default_factory=BarrierRows)
    happened: list[Happened] = field(default_factory=list)
    rules: RuleRows = field(default_factory=RuleRows)


class MemoryStore:
    """Keeps rows; a transaction that ends in an exception leaves them as they were."""

    def __init__(self, *cases: Case) -> None:
        self.rows = Rows(cases={case.code: case for case in cases})
        self._one_at_a_time = RLock()

    @contextmanager
    def transaction(self) -> Iterator[MemoryTransaction]:
        with self._one_at_a_time:
            before = deepcopy(self.rows)
            try:
                yield MemoryTransaction(self.rows)
            except BaseException:
                self.rows = before
                raise

    def book(self, case: str, desk: str, starts_at: datetime, kind: Consultation = Consultation.FIRST) -> str:
        """A booked appointment for a case, as the resident made it."""
        found, length = self.rows.cases[case], _LENGTH[kind]
        slot = Slot(desk=desk, starts_at=starts_at, ends_at=starts_at + length, kind=kind)
        appointment = _appointment(f"a-{case}", case, slot)
        self.rows.appointments[appointment.id] = appointment
        self.rows.cases[case] = replace(found, appointment=appointment.id)
        return appointment.id

    def link(self, staff: str, token: str = "link-of-thirty-two-random-letters") -> str:
        self.rows.links[token] = (staff, NOW + timedelta(days=1))
        return token

    @property
    def news(self) -> list[dict[str, Any]]:
        return [content["news"] for _, content in self.rows.inbox.values()]


class MemoryTransaction:
    def __init__(self, rows: Rows) -> None:
        self.cases = MemoryCases(rows)
        self.inbox = MemoryInbox(rows)
        self.allocations = MemoryAllocations(rows)
        self.away = MemoryTimesAway(rows)
        self.readings = MemoryReadings(rows)
        self.given_up = MemoryGivenUp(rows.given_up)
        self.feeds = MemoryFeeds(rows)
        self.invited = MemoryCalendarsTold(rows)
        self.staff = MemoryStaff(rows)
        self.lines = MemoryLines(rows)
        self.messages = MemoryMessages(rows)
        self.outbox = MemoryOutbox(rows)
        self.happened = MemoryHappened(rows)
        self.desks = MemoryDesks(rows.desks)
        self.reports = MemoryReports(rows)
        self.barriers = MemoryBarriers(rows.barriers)
        self.rules = MemoryRules(rows.rules)
        self.intakes = MemoryIntakes(rows.rules)


class MemoryCases:
    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def get(self, code: str, /) -> Case | None:
        return self._rows.cases.get(code)

    def save(self, case: Case, expected_version: int, /) -> None:
        if self._rows.cases[case.code].version != expected_version:
            raise Stale
        self._rows.cases[case.code] = case

    def inbox(self, desks: frozenset[str] | None, states: frozenset[CaseState], /) -> list[Case]:
        cases = self._rows.cases.values()
        return [case for case in cases if case.state in states and (desks is None or case.target_id in desks)]

    def overdue(self, now: datetime, /) -> list[Case]:
        cases = self._rows.cases.values()
        return [case for case in cases if case.state is CaseState.RECEIVED and case.deadline <= now]

    def log(self, code: str, at: datetime, actor: str, action: str, reason: str = "", /) -> None:
        self._rows.log.append((code, LogEntry(at=at, actor=actor, action=action, reason=reason)))

    def history(self, code: str, /) -> list[LogEntry]:
        return [entry for of, entry in self._rows.log if of == code]


class MemoryHappened:
    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def note(self, person: str, what: Happened, /) -> None:
        self._rows.happened.append(what)

    def undo(self, appointment: str, what: What, now: datetime, /) -> None:
        stands = [one for one in self._rows.happened if (one.appointment, one.what) != (appointment, what)]
        self._rows.happened = stands


class MemoryInbox:
    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def put(self, key: str, person: str, content: dict[str, Any], now: datetime, /) -> bool:
        if key in self._rows.inbox:
            return False
        self._rows.inbox[key] = (person, content)
        return True

    def quarantined(self) -> list[SampleQuarantined]:
        return self._rows.quarantine

    def try_again(self, seq: int, /) -> None:
        """The real store's matter."""

    def dismiss(self, seq: int, now: datetime, /) -> None:
        self._rows.quarantine[:] = [one for one in self._rows.quarantine if one.seq != seq]

    def pending(self) -> int:
        return len(self._rows.inbox)


class MemoryMessages:
    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def add(self, code: str, key: str, author: str, draft: Draft, now: datetime, /) -> int | None:
        if key in self._rows.messages:
            return None
        number = len(self._rows.messages) + 1
        self._rows.messages[key] = Message(id=number, code=code, at=now, author=author, draft=draft)
        return number

    def of(self, code: str, /) -> list[Message]:
        return [one for one in self._rows.messages.values() if one.code == code]

    def unread(self, codes: Collection[str], /) -> dict[str, int]:
        return dict(Counter(one.code for one in self._waiting() if one.code in codes))

    def read(self, code: str, now: datetime, /) -> None:
        for key, one in self._rows.messages.items():
            if one in self._waiting() and one.code == code:
                self._rows.messages[key] = replace(one, read_at=now)

    def _waiting(self) -> list[Message]:
        return [one for one in self._rows.messages.values() if one.by_resident and one.read_at is None]


class MemoryOutbox:
    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def put(self, person: str, content: Mapping[str, Any], *, key: str, now: datetime) -> None:
        self._rows.outbox.setdefault(key, (person, dict(content)))


class MemoryReports:
    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def add(self, report: Report, now: datetime, /) -> None:
        self._rows.reports[report.desk] = report

    def newest(self, desks: Collection[str], /) -> dict[str, Report]:
        return {desk: report for desk, report in self._rows.reports.items() if desk in desks}


class MemoryAllocations:
    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def get(self, appointment_id: str, /) -> Appointment | None:
        return self._rows.appointments.get(appointment_id)

    def taken(self, desks: frozenset[str], start: datetime, end: datetime, now: datetime, /) -> list[Span]:
        booked = [
            Span(desk=one.desk, starts_at=one.starts_at, ends_at=one.ends_at, state=SpanState.BOOKED)
            for one in self._rows.appointments.values()
            if one.desk in desks and one.state is not AppointmentState.CANCELLED
        ]
        return booked + [span for span in spans(self._rows) if span.desk in desks or span.resource in desks]

    def diary(self, desks: frozenset[str], start: datetime, end: datetime, now: datetime, /) -> list[Appointment]:
        rows = sorted(self._rows.appointments.values(), key=lambda one: one.starts_at)
        living = (one for one in rows if one.desk in desks and one.state is not AppointmentState.CANCELLED)
        return [one for one in living if one.starts_at < end and one.ends_at > start]

    def hold(self, slot: Slot, person: str, key: str, now: datetime, /) -> Appointment | SlotTaken:
        if self._is_taken(slot):
            return SlotTaken(slot)
        held = replace(_appointment(f"a-{key}", "", slot), state=AppointmentState.HELD)
        self._rows.appointments[held.id] = held
        return held

    def confirm(self, appointment_id: str, case_code: str, now: datetime, /) -> Appointment | HoldExpired:
        held = self._rows.appointments[appointment_id]
        return self._keep(replace(held, case=case_code, state=AppointmentState.BOOKED))

    def move(self, appointment_id: str, slot: Slot, now: datetime, /) -> Appointment | SlotTaken:
        if self._is_taken(slot):
            return SlotTaken(slot)
        old = self._rows.appointments[appointment_id]
        new = _appointment(old.id, old.case, slot)
        return self._keep(replace(new, uid=old.uid, sequence=old.sequence + 1))

    def hand_over(self, appointment_id: str, posts: Collection[str], now: datetime, /) -> Appointment | SlotTaken:
        return self._keep(handed(self._rows.appointments[appointment_id], next(iter(posts))))

    def add(self, appointment_id: str, need: Need, now: datetime, /) -> Appointment | SlotTaken:
        """Interpreters only: rooms are not claimed in memory."""
        old, (one,) = self._rows.appointments[appointment_id], need.one_of
        if self.dates_with(one, old):
            return SlotTaken(Slot(desk=old.desk, starts_at=old.starts_at, ends_at=old.ends_at))
        return self._keep(replace(old, interpreter=one))

    def drop(self, appointment_id: str, role: Role, /) -> None:
        self._keep(replace(self._rows.appointments[appointment_id], interpreter=None))

    def dates_with(self, one: str, date: Appointment, /) -> list[Appointment]:
        others = (other for other in self._rows.appointments.values() if other.interpreter == one and other != date)
        return [other for other in others if other.starts_at < date.ends_at and other.ends_at > date.starts_at]

    def cancel(self, appointment_id: str, now: datetime, /) -> Appointment:
        return self._keep(replace(self._rows.appointments[appointment_id], state=AppointmentState.CANCELLED))

    def absence(
        self, desk: str, start: datetime, end: datetime, key: str, now: datetime | None = None, /,
        posts: Collection[str] = (),
    ) -> Absent | InTheWay:  # fmt: skip
        here = [one for one in self._rows.appointments.values() if one.desk == desk and one.state is _BOOKED]
        met = tuple(one for one in here if one.starts_at < end and start < one.ends_at)
        if met:
            return InTheWay(spans=(), appointments=met)
        self._rows.away[key] = (desk, start, end)
        return Absent(key)

    def present(self, key: str, /) -> None:
        self._rows.away.pop(key, None)

    def _is_taken(self, slot: Slot) -> bool:
        spans = self.taken(frozenset({slot.desk}), slot.starts_at, slot.ends_at, slot.starts_at)
        return any(span.starts_at < slot.ends_at and slot.starts_at < span.ends_at for span in spans)

    def _keep(self, appointment: Appointment) -> Appointment:
        self._rows.appointments[appointment.id] = appointment
        return appointment


class MemoryFeeds:
    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def make(self, staff: str, desk: str, now: datetime, /) -> str:
        old = [token for token, one in self._rows.feeds.items() if (one.staff, one.desk) == (staff, desk)]
        for token in old:
            del self._rows.feeds[token]
        token = f"token-{len(self._rows.feeds) + len(old) + 1}-of-{staff}"
        number = len(self._rows.feeds) + 1
        self._rows.feeds[token] = Subscription(id=number, staff=staff, desk=desk, made_at=now)
        return token

    def of(self, staff: str, /) -> list[Subscription]:
        return [one for one in self._rows.feeds.values() if one.staff == staff]

    def revoke(self, staff: str, number: int, /) -> None:
        self._rows.feeds = {k: one for k, one in self._rows.feeds.items() if (one.staff, one.id) != (staff, number)}


class MemoryStaff:
    IDLE: Final = timedelta(minutes=30)

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def get(self, staff_id: str, /) -> Staff | None:
        return self._rows.staff.get(staff_id)

    def use_link(self, token: str, /, now: datetime) -> Staff | None:
        staff, expires = self._rows.links.pop(token, ("", now))
        return self.get(staff) if expires > now else None

    def new_session(self, staff_id: str, /, now: datetime) -> str:
        token = f"session-{len(self._rows.sessions) + 1}-of-{staff_id}"
        self._rows.sessions[token] = (staff_id, now)
        return token

    def session(self, token: str, /, now: datetime) -> Staff | None:
        staff, seen_at = self._rows.sessions.get(token, ("", now))
        if not staff or seen_at <= now - self.IDLE:
            return None
        self._rows.sessions[token] = (staff, now)
        return self.get(staff)

    def end_session(self, token: str, /) -> None:
        self._rows.sessions.pop(token, None)


class MemoryLines:
    """Colleagues' Telegram accounts: a code is the colleague's own until it is used."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def linked(self, staff_id: str, /) -> bool:
        return staff_id in self._rows.linked

    def new_code(self, staff_id: str, now: datetime, /) -> str:
        return f"code-of-{staff_id}"

    def unlink_staff(self, staff_id: str, /) -> None:
        self._rows.linked.discard(staff_id)


def _appointment(name: str, case: str, slot: Slot) -> Appointment:
    return Appointment(
        id=name,
        case=case,
        desk=slot.desk,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        state=AppointmentState.BOOKED,
        sequence=0,
        uid=f"{name}@lotse",
        kind=slot.kind,
    )


@dataclass
class KeptRecordings:
    """Recordings by their name; `away` stands for a place that does not answer."""

    files: dict[str, bytes] = field(default_factory=lambda: {"v1": b"OggS sound", "p1": b"\xff\xd8\xff light"})
    away: bool = False

    async def look(self, recording: Recording) -> Missing | None:
        found = await self.open(recording)
        return found if isinstance(found, Missing) else None

    async def open(self, recording: Recording) -> Opened | Missing:
        if self.away or recording.name not in self.files:
            return Missing(Why.AWAY if self.away else Why.GONE)
        body = self.files[recording.name]
        is_webm = body.startswith(b"\x1a\x45\xdf\xa3")
        return Opened("audio/webm" if is_webm else TYPES[recording.kind][0], self._in_pieces(body))

    async def _in_pieces(self, body: bytes) -> AsyncIterator[bytes]:
        for start in range(0, len(body), 4):
            yield body[start : start + 4]
