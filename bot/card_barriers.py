"""A barrier that was met with a case is reported from its card; the barrier itself knows of no case."""

from __future__ import annotations

from typing import Protocol

from bot.barriers.barrier import Draft, Origin
from bot.barriers.report import Barriers, Doubtful, Faulty, Reported, report
from bot.barriers.rules import Rules
from bot.cases import Asked, Casework, CaseworkTransaction
from bot.handoff.acts import Acted, Action, Refused
from bot.handoff.case import Case, LogEntry


class CardBarriersTransaction(CaseworkTransaction, Protocol):
    @property
    def barriers(self) -> Barriers: ...


def report_from_card(
    tx: CardBarriersTransaction,
    casework: Casework,
    rules: Rules,
    asked: Asked,
    draft: Draft,
    key: str,
    looked_through: bool = False,
) -> Acted | Refused | Doubtful:
    """The barrier goes to those it is alike to, and the history of the case says that there was one.

    Nothing of the person is kept with it; the case stays as it is.
    """
    case = casework.find(tx, asked.code, asked.by)
    kept = report(tx, rules, draft, f"card:{case.code}:{key}", asked.now, looked_through)
    match kept:
        case Doubtful():
            return kept
        case Faulty(why):
            return Refused(why)
        case Reported(group):
            entry = LogEntry(at=asked.now, actor=asked.by.id, action=Action.BARRIER, reason=draft.words)
            if group is not None:
                tx.cases.log(case.code, entry.at, entry.actor, entry.action, entry.reason)
            return Acted(case=case, entry=entry)


def draft_of_card(case: Case, words: str, by: str) -> Draft:
    """What the card says already: the town, and the topic and the office where there is only one."""
    topics, offices = {need.topic for need in case.needs}, case.facts.offices or ()
    return Draft(
        county=case.county,
        words=" ".join(words.split()),
        origin=Origin.CARD,
        municipality=case.municipality or None,
        topic=topics.pop() if len(topics) == 1 else None,
        office=offices[0] if len(offices) == 1 else None,
        by=by,
    )


def look_again(doubtful: Doubtful) -> str:
    """What looks like a person, as a German sentence, where nobody can tick that they looked through it."""
    words = ", ".join(f"„{hint.words}“ ({hint.kind})" for hint in doubtful.hints)
    return f"Das sieht nach Angaben zu einer Person aus: {words}. Bitte beschreiben Sie die Hürde ohne sie."
