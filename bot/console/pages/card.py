"""The card: everything that is known of a case, what the bot suggests and why, and what a colleague can do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from fastapi import APIRouter
from fastapi.responses import Response

from bot.attendance import may_be_missed
from bot.booking.appointment import Appointment
from bot.console.acting import DONE, Offer, offered
from bot.console.pages.inbox import Row
from bot.console.pages.recording import rows as recordings_of
from bot.console.ports import Transaction
from bot.console.spoken import local_day
from bot.console.visit import Here
from bot.console.words import ACTORS
from bot.handoff.acts import Action
from bot.handoff.case import Case, LogEntry
from bot.handoff.messages import Message, fault_of_case, german
from bot.routing.laws import laws_for
from bot.vocabulary.facts import write_facts

router = APIRouter()


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One message of the conversation with the person; `words` line by line, a quick reply in German."""

    at: datetime
    who: str
    words: Sequence[str]
    message: Message


@router.get("/karten/{code}")
def card(visit: Here, code: str, neu: str = "") -> Response:
    with visit.console.store.transaction() as tx:
        case = visit.console.casework.open_card(tx, code, visit.colleague, visit.now)
        booked = visit.console.casework.appointment(tx, case)
        messages = [
            Line(at=one.at, who=_author(tx, one), words=german(one.draft).splitlines(), message=one)
            for one in visit.console.casework.read_messages(tx, case, visit.now)
        ]
        history = [(entry, _actor(tx, entry)) for entry in tx.cases.history(code)]
    facts = {name: value for name, value in write_facts(case.facts).items() if name not in _SHOWN_ELSEWHERE}
    return visit.page(
        "card.html",
        case=case,
        row=Row(case=case, appointment=booked),
        messages=messages,
        recordings=recordings_of(case),
        may_write=fault_of_case(case) is None,
        facts={name: tuple(value) if isinstance(value, list) else value for name, value in facts.items()},
        history=[(entry, actor) for entry, actor in history if entry.action not in (Action.RECEIVED, Action.READ)],
        readers=_readers(history),
        handed=next((row for row in reversed(history) if row[0].action == Action.DESK_CHANGED), None),
        actions=(*offered(case), *_missed(case, booked, visit.now)),
        again=_comes_again(case),
        laws=laws_for(visit.console.laws, case.facts, local_day(visit.now)),
        done=DONE.get(neu),
    )


def _missed(case: Case, booked: Appointment | None, now: datetime) -> tuple[Offer, ...]:
    return (Offer(page="nicht-gekommen", name="Nicht gekommen"),) if may_be_missed(case, booked, now) else ()


_SHOWN_ELSEWHERE = frozenset({"county", "municipality", "needs"})


def _author(tx: Transaction, message: Message) -> str:
    if message.by_resident:
        return ACTORS[message.author]
    staff = tx.staff.get(message.author)
    return staff.name if staff else message.author


def _actor(tx: Transaction, entry: LogEntry) -> str:
    if entry.actor in ACTORS:
        return ACTORS[entry.actor]
    staff = tx.staff.get(entry.actor)
    return staff.name if staff else entry.actor


def _comes_again(case: Case) -> bool:
    """The orientation point of the rules of that time says so."""
    return any(point.id == "O_repeat_short" for point in case.orientation)


def _readers(history: list[tuple[LogEntry, str]]) -> list[tuple[str, LogEntry, int]]:
    """Who read the card: the last time and how often, the latest reader first."""
    reads = [(actor, entry) for entry, actor in history if entry.action == Action.READ]
    last = dict(reads)
    times = {actor: sum(name == actor for name, _ in reads) for actor in last}
    return sorted(
        ((actor, entry, times[actor]) for actor, entry in last.items()), key=lambda row: row[1].at, reverse=True
    )
