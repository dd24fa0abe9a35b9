"""What many clients saw while they booked at once, and the judge who reads it.

Every client writes down when it began an operation, when it knew what came of it, and what. A client that was killed
never knew. The judge compares this with what is stored at the end; it knows nothing of databases or of our own code.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise


class Kind(StrEnum):
    HOLD = "hold"
    BOOK = "book"
    MOVE = "move"
    CANCEL = "cancel"


class Result(StrEnum):
    """`LATE`: the client's own time ran out. `UNKNOWN`: it was killed, or cut off before it heard the answer."""

    OK = "ok"
    REFUSED = "refused"
    LATE = "late"
    UNKNOWN = "unknown"


class Fault(StrEnum):
    OVERLAP = "two have the same time"
    AT_ONCE = "two had the same time at the same moment"
    LOST = "acknowledged and not stored"
    REFUSED_AND_STORED = "refused and stored all the same"
    TWICE = "one wish was carried out twice"
    TWO_DATES = "one person has two dates"
    HALF = "something that belongs to a date is missing"
    UNTOLD = "stored and nobody is told"
    TOLD_FOR_NOTHING = "told and not stored"
    OUT_OF_ORDER = "told in another order than it happened"
    WITHOUT_REASON = "refused though nobody can have had it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """`key` is the wish: the same wish may be tried several times. `starts` and `ends` are minutes, on `desk`.

    `resource` is who of the desk it became.
    """

    kind: Kind
    person: str
    key: str
    desk: str
    starts: int
    ends: int
    began: int
    ended: int | None = None
    result: Result = Result.UNKNOWN
    appointment: str = ""
    resource: str = ""

    @property
    def until(self) -> float:
        return float("inf") if self.ended is None else self.ended


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A living claim at the end. `key` is the wish that made the appointment."""

    appointment: str
    person: str
    resource: str
    role: str
    starts: int
    ends: int
    booked: bool = True
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A message to a person about an appointment; `number` is their order."""

    person: str
    appointment: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """`roles` are what every date needs; with `one_date` nobody may have two; `tells` if each booking is told of."""

    history: Sequence[Operation]
    stored: Sequence[Stored]
    told: Sequence[Told] = ()
    roles: frozenset[str] = frozenset({"post"})
    one_date: bool = True
    tells: bool = False


def judge(run: Run) -> Counter[Fault]:
    """Every fault of a run and how often; nothing if all was well."""
    return Counter(
        fault
        for check in (_overlaps, _at_once, _lost, _refused, _twice, _two_dates, _halves, _untold, _order, _reasons)
        for fault in check(run)
    )


def _overlaps(run: Run) -> Iterator[Fault]:
    by_resource: defaultdict[str, list[Stored]] = defaultdict(list)
    for claim in run.stored:
        by_resource[claim.resource].append(claim)
    for claims in by_resource.values():
        last = 0
        for claim in sorted(claims, key=lambda one: (one.starts, one.ends)):
            if claim.starts < last:
                yield Fault.OVERLAP
            last = max(last, claim.ends)


@dataclass(frozen=True, slots=True)
class _Had:
    """A time that somebody surely had between two moments of the run."""

    appointment: str
    resource: str
    starts: int
    ends: int
    since: float
    until: float

    def meets(self, other: _Had) -> bool:
        same_time = self.resource == other.resource and self.starts < other.ends and other.starts < self.ends
        return same_time and self.since < other.until and other.since < self.until


def _surely_had(history: Iterable[Operation]) -> Iterator[_Had]:
    """From the answer of a booking to the beginning of whatever may have ended it."""
    for name, steps in _by_appointment(history).items():
        for step in steps:
            if step.result is not Result.OK or step.kind is Kind.CANCEL:
                continue
            later = (one.began for one in steps if one is not step and one.until > step.began)
            if (until := min(later, default=float("inf"))) > step.until:
                yield _Had(name, step.resource or step.desk, step.starts, step.ends, step.until, until)


def _at_once(run: Run) -> Iterator[Fault]:
    by_resource: defaultdict[str, list[_Had]] = defaultdict(list)
    for one in _surely_had(run.history):
        by_resource[one.resource].append(one)
    for times in by_resource.values():
        ordered = sorted(times, key=lambda one: one.starts)
        for number, one in enumerate(ordered):
            for other in ordered[number + 1 :]:
                if other.starts >= one.ends:
                    break
                if one.appointment != other.appointment and one.meets(other):
                    yield Fault.AT_ONCE


def _lost(run: Run) -> Iterator[Fault]:
    """What was acknowledged stands as one of those left it who can have been the last."""
    stored = {claim.appointment: claim for claim in _dates(run)}
    for name, steps in _by_appointment(run.history).items():
        sure = [one for one in steps if one.result is Result.OK]
        last = [one for one in steps if not any(other.began > one.until for other in sure)]
        if sure and not any(_stands(stored.get(name), one) for one in last):
            yield Fault.LOST


def _stands(claim: Stored | None, step: Operation) -> bool:
    if step.kind is Kind.CANCEL:
        return claim is None
    return claim is not None and claim.starts <= step.starts and step.ends <= claim.ends


def _refused(run: Run) -> Iterator[Fault]:
    results: defaultdict[str, set[Result]] = defaultdict(set)
    for one in run.history:
        if one.kind is Kind.BOOK:
            results[one.key].add(one.result)
    for claim in _dates(run):
        found = results.get(claim.key, set())
        if found and found <= {Result.REFUSED, Result.LATE}:
            yield Fault.REFUSED_AND_STORED


def _twice(run: Run) -> Iterator[Fault]:
    wishes = Counter(claim.key for claim in _dates(run) if claim.key)
    yield from (Fault.TWICE for times in wishes.values() if times > 1)
    answers: defaultdict[str, set[str]] = defaultdict(set)
    for one in run.history:
        if one.kind is Kind.BOOK and one.result is Result.OK:
            answers[one.key].add(one.appointment)
    yield from (Fault.TWICE for names in answers.values() if len(names) > 1)


def _two_dates(run: Run) -> Iterator[Fault]:
    if run.one_date:
        persons = Counter(claim.person for claim in _dates(run))
        yield from (Fault.TWO_DATES for dates in persons.values() if dates > 1)


def _halves(run: Run) -> Iterator[Fault]:
    roles: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for claim in run.stored:
        roles[claim.appointment][claim.role] += 1
    yield from (Fault.HALF for found in roles.values() if found != Counter(run.roles))


def _untold(run: Run) -> Iterator[Fault]:
    if run.tells:
        told, dates = {one.appointment for one in run.told}, {claim.appointment for claim in _dates(run)}
        gone = {one.appointment for one in run.history if one.kind is Kind.CANCEL}
        yield from (Fault.UNTOLD for _ in dates - told)
        yield from (Fault.TOLD_FOR_NOTHING for _ in told - dates - gone)
        yield from (Fault.TWICE for times in Counter(one.appointment for one in run.told).values() if times > 1)


def _order(run: Run) -> Iterator[Fault]:
    """Who was told of two things hears first what was answered first."""
    answered = {one.appointment: one for one in run.history if one.kind is Kind.BOOK and one.result is Result.OK}
    by_person: defaultdict[str, list[Told]] = defaultdict(list)
    for one in run.told:
        by_person[one.person].append(one)
    for messages in by_person.values():
        ordered = sorted(messages, key=lambda one: one.number)
        steps = [answered[one.appointment] for one in ordered if one.appointment in answered]
        yield from (Fault.OUT_OF_ORDER for one, after in pairwise(steps) if after.until < one.began)


def _reasons(run: Run) -> Iterator[Fault]:
    """A refusal is right if somebody else was after an overlapping time before it was given."""
    wanted: defaultdict[str, list[Operation]] = defaultdict(list)
    for one in run.history:
        if one.kind is not Kind.CANCEL and one.result is not Result.REFUSED:
            wanted[one.desk].append(one)
    for one in run.history:
        if one.result is Result.REFUSED and one.kind in (Kind.HOLD, Kind.BOOK, Kind.MOVE):
            rivals = (
                other.starts < one.ends and one.starts < other.ends and other.began < one.until
                for other in wanted[one.desk]
            )
            if not any(rivals):
                yield Fault.WITHOUT_REASON


def _dates(run: Run) -> list[Stored]:
    """One claim for each booked date: that of the colleague."""
    return [claim for claim in run.stored if claim.role == "post" and claim.booked]


def _by_appointment(history: Iterable[Operation]) -> dict[str, list[Operation]]:
    """What changed each appointment or may have, in the order in which it began."""
    found: defaultdict[str, list[Operation]] = defaultdict(list)
    for one in sorted(history, key=lambda one: one.began):
        if one.appointment and one.kind is not Kind.HOLD and one.result in (Result.OK, Result.UNKNOWN):
            found[one.appointment].append(one)
    return found
