"""The card: everything that is known of a case, what the bot suggests and why, and what a colleague can do."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from bot.console.acting import DONE, offered
from bot.console.pages.inbox import Row
from bot.console.ports import Transaction
from bot.console.visit import Here
from bot.console.words import ACTORS
from bot.handoff.acts import Action
from bot.handoff.case import LogEntry
from bot.vocabulary.facts import write_facts

router = APIRouter()


@router.get("/karten/{code}")
def card(visit: Here, code: str, neu: str = "") -> Response:
    with visit.console.store.transaction() as tx:
        case = visit.console.casework.open_card(tx, code, visit.colleague, visit.now)
        booked = visit.console.casework.appointment(tx, case)
        history = [(entry, _actor(tx, entry)) for entry in tx.cases.history(code)]
    facts = {name: value for name, value in write_facts(case.facts).items() if name not in _SHOWN_ELSEWHERE}
    return visit.page(
        "card.html",
        case=case,
        row=Row(case=case, appointment=booked),
        facts={name: tuple(value) if isinstance(value, list) else value for name, value in facts.items()},
        history=[(entry, actor) for entry, actor in history if entry.action not in (Action.RECEIVED, Action.READ)],
        readers=_readers(history),
        actions=offered(case),
        done=DONE.get(neu),
    )


_SHOWN_ELSEWHERE = frozenset({"county", "municipality", "needs"})


def _actor(tx: Transaction, entry: LogEntry) -> str:
    if entry.actor in ACTORS:
        return ACTORS[entry.actor]
    staff = tx.staff.get(entry.actor)
    return staff.name if staff else entry.actor


def _readers(history: list[tuple[LogEntry, str]]) -> list[tuple[str, LogEntry, int]]:
    """Who read the card: the last time and how often, the latest reader first."""
    reads = [(actor, entry) for entry, actor in history if entry.action == Action.READ]
    last = dict(reads)
    times = {actor: sum(name == actor for name, _ in reads) for actor in last}
    return sorted(
        ((actor, entry, times[actor]) for actor, entry in last.items()), key=lambda row: row[1].at, reverse=True
    )
