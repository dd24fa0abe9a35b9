"""Reporting a barrier: by a colleague without a card, or from a card, with its town and topic chosen already."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import APIRouter
from fastapi.responses import Response

from bot.barriers.barrier import Origin
from bot.barriers.form import KEY, LOOKED_THROUGH, OFFICE, PLACE, TOPIC, WORDS, read_form
from bot.barriers.report import Doubtful, Reported
from bot.card_barriers import draft_of_card, report_from_card
from bot.console.acting import asked, seen
from bot.console.barring import choices_of, send, shown
from bot.console.visit import Here, Visit
from bot.handoff.acts import Refused
from bot.handoff.case import Case

router = APIRouter()


@router.get("/huerden/neu")
def ask(visit: Here, neu: str = "") -> Response:
    return shown(visit, "barrier_new.html", None, done=neu == "gemeldet", given={})


@router.post("/huerden/neu")
def add(visit: Here) -> Response:
    found = send(visit, Origin.COLLEAGUE)
    if isinstance(found, Reported):
        return visit.redirect("/huerden/neu?neu=gemeldet")
    return shown(visit, "barrier_new.html", found, done=False, given=visit.fields)


@router.get("/karten/{code}/huerde")
def ask_from_card(visit: Here, code: str) -> Response:
    case = seen(visit, code)
    return _card_form(visit, case, None, _known(case))


@router.post("/karten/{code}/huerde")
def add_from_card(visit: Here, code: str) -> Response:
    case = seen(visit, code)
    draft = read_form({**visit.fields, PLACE: case.municipality}, choices_of(visit), Origin.CARD, visit.colleague.id)
    if isinstance(draft, dict):
        return _card_form(visit, case, draft, visit.fields)
    with visit.console.store.transaction() as tx:
        outcome = report_from_card(
            tx,
            visit.console.casework,
            visit.console.barrier_rules,
            asked(visit, code),
            draft,
            visit.field(KEY),
            looked_through=bool(visit.field(LOOKED_THROUGH)),
        )
    match outcome:
        case Doubtful():
            return _card_form(visit, case, outcome, visit.fields)
        case Refused(why):
            return _card_form(visit, case, {WORDS: why}, visit.fields)
        case _:
            return visit.redirect(f"/karten/{code}?neu={outcome.entry.action}")


def _card_form(visit: Visit, case: Case, found: Doubtful | dict[str, str] | None, given: Mapping[str, str]) -> Response:
    return shown(
        visit, "barrier_card.html", found, case=case, version=visit.field("version") or case.version, given=given
    )


def _known(case: Case) -> dict[str, str]:
    """What the card says already."""
    draft = draft_of_card(case, "", "")
    return {TOPIC: draft.topic or "", OFFICE: draft.office or ""}
