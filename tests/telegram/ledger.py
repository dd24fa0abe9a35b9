"""What came in, what was done with it and what was seen, written down to be counted; and the judge who counts.

The judge knows nothing of databases, of Telegram or of our own code, so it can be given histories in which something is
lost or doubled, and must find it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import TypeVar


class Fault(StrEnum):
    LOST = "an update was never handled"
    UNANSWERED = "a handled update has no answer that was sent"
    LESS = "a person's turns are fewer than their updates: one was lost"
    MORE = "a person's turns are more than their updates: one was applied twice"
    OUT_OF_ORDER = "a person's updates were handled in another order than they came"
    UNSEEN = "a person saw fewer answers than there were"
    REPEATED = "a person saw an answer twice though nothing had died while it was under way to them"
    TWO_AT_A_TIME = "two have the same time"
    TWO_DATES = "one person has two dates"
    NO_DATE = "a case has no date that is booked for it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """What Telegram had for us: `number` rises in each `queue` of a person. `seq` and `at` say when it was handled."""

    number: int
    queue: str
    person: str
    seq: int | None = None
    at: float | None = None
    answered: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """An answer that came into a person's chat at a moment; `new` is a message of its own, else one was changed."""

    person: str
    at: float
    words: str
    new: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A time of a desk that is booked at the end."""

    person: str
    case: str
    resource: str
    starts: float
    ends: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Death:
    """Something was dead in this time; `under_way`: for whom a message had been taken and not noted as sent by then."""

    began: float
    ended: float
    under_way: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """`turns`: by person, how often their session was changed."""

    updates: Sequence[Update]
    turns: Mapping[str, int]
    seen: Sequence[Seen]
    claims: Sequence[Claim] = ()
    cases: Mapping[str, str] | None = None
    deaths: Sequence[Death] = ()


T = TypeVar("T", Update, Seen)


def judge(ledger: Ledger) -> Counter[Fault]:
    """Every fault and how often; nothing if all was well."""
    checks = (_lost, _turns, _order, _unseen, _unexplained, _at_a_time, _dates)
    return Counter(fault for check in checks for fault in check(ledger))


def repetitions(ledger: Ledger) -> int:
    """How many answers were seen twice: also those that may be."""
    return sum(len(again) for again in _repeated(ledger).values())


def _lost(ledger: Ledger) -> Iterator[Fault]:
    for update in ledger.updates:
        if update.seq is None or update.at is None:
            yield Fault.LOST
        elif not update.answered:
            yield Fault.UNANSWERED


def _turns(ledger: Ledger) -> Iterator[Fault]:
    expected = Counter(update.person for update in ledger.updates)
    for person in expected.keys() | ledger.turns.keys():
        missing = expected[person] - ledger.turns.get(person, 0)
        yield from [Fault.LESS] * missing + [Fault.MORE] * -missing


def _order(ledger: Ledger) -> Iterator[Fault]:
    """One after the other in each queue; between the queues as they were stored; and never two at a time."""
    for updates in _by_person(ledger.updates).values():
        handled = sorted(updates, key=lambda one: one.seq or 0)
        for queue in {one.queue for one in handled}:
            numbers = [one.number for one in handled if one.queue == queue]
            yield from [Fault.OUT_OF_ORDER for one, other in pairwise(numbers) if one > other]
        times = [one.at for one in handled if one.at is not None]
        yield from [Fault.OUT_OF_ORDER for one, other in pairwise(times) if one > other]


def _unseen(ledger: Ledger) -> Iterator[Fault]:
    seen = Counter(one.person for one in ledger.seen)
    for person, updates in _by_person(ledger.updates).items():
        yield from [Fault.UNSEEN] * (len(updates) - seen[person])


def _unexplained(ledger: Ledger) -> Iterator[Fault]:
    """What a crash may double is what was under way to this person: sent before it or during it, and again after it."""
    for person, again in _repeated(ledger).items():
        deaths = [death for death in ledger.deaths if person in death.under_way]
        for first, second in again:
            if not any(first.at <= death.ended and death.began <= second.at for death in deaths):
                yield Fault.REPEATED


def _repeated(ledger: Ledger) -> Mapping[str, Sequence[tuple[Seen, Seen]]]:
    """By person, the answers that were seen once more right after. Whoever asks twice may be answered alike twice."""
    asked = Counter(update.person for update in ledger.updates)
    found: dict[str, Sequence[tuple[Seen, Seen]]] = {}
    for person, seen in _by_person(ledger.seen).items():
        surplus = max(0, len(seen) - asked[person])
        messages = [one for one in seen if one.new]
        found[person] = [(one, other) for one, other in pairwise(messages) if one.words == other.words][:surplus]
    return found


def _at_a_time(ledger: Ledger) -> Iterator[Fault]:
    by_resource: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in ledger.claims:
        by_resource[claim.resource].append(claim)
    for claims in by_resource.values():
        in_order = sorted(claims, key=lambda one: one.starts)
        yield from [Fault.TWO_AT_A_TIME for one, other in pairwise(in_order) if one.ends > other.starts]


def _dates(ledger: Ledger) -> Iterator[Fault]:
    """`cases` are all that there are, by code, with their persons."""
    cases = ledger.cases or {}
    booked = Counter({claim.case for claim in ledger.claims})
    yield from [Fault.NO_DATE for code in cases if not booked[code]]
    persons = Counter(cases.values())
    yield from [Fault.TWO_DATES for count in persons.values() if count > 1]


def _by_person(rows: Iterable[T]) -> Mapping[str, Sequence[T]]:
    found: defaultdict[str, list[T]] = defaultdict(list)
    for row in rows:
        found[row.person].append(row)
    return found
