"""Writing to the person through the chat: own words in German, or a reply that everybody reads in their language."""

from __future__ import annotations

import secrets

from fastapi import APIRouter
from fastapi.responses import Response

from bot.console.acting import asked, form, seen
from bot.console.visit import Here
from bot.handoff.acts import Action
from bot.handoff.case import Case
from bot.handoff.messages import LONGEST, REPLIES, THINGS, Draft, Reply, Thing, fault_of_case, replies_for

router = APIRouter()


@router.get("/karten/{code}/nachricht")
def ask(visit: Here, code: str) -> Response:
    return _form(visit, seen(visit, code))


@router.post("/karten/{code}/nachricht")
def write(visit: Here, code: str) -> Response:
    draft = _draft(visit)
    if draft is None:
        return _form(visit, seen(visit, code), {"antwort": "Bitte wählen Sie eine Kurzantwort aus der Liste."})
    with visit.console.store.transaction() as tx:
        refused = visit.console.casework.write(tx, asked(visit, code), draft, visit.field("schluessel"))
    if refused:
        return _form(visit, seen(visit, code), {"nachricht": refused.why})
    return visit.redirect(f"/karten/{code}?neu={Action.WROTE}")


def _draft(visit: Here) -> Draft | None:
    """What was sent; none for a reply that there is not. A browser ends lines with two characters."""
    reply = visit.field("antwort")
    if reply and reply not in {*Reply}:
        return None
    things = tuple(thing for thing in Thing if visit.field(f"mit_{thing}"))
    words = visit.field("nachricht").replace("\r\n", "\n").replace("\x00", "").strip()
    return Draft(words=words, reply=Reply(reply) if reply else None, things=things if reply == Reply.BRING else ())


def _form(visit: Here, case: Case, faults: dict[str, str] | None = None) -> Response:
    closed = fault_of_case(case)
    return form(
        visit,
        "message.html",
        case,
        {"": closed} if closed else faults,
        closed=closed,
        key=visit.field("schluessel") or secrets.token_urlsafe(12),
        longest=LONGEST,
        replies=[(reply, REPLIES[reply].german) for reply in replies_for(case)],
        things=[(thing, wording.german) for thing, wording in THINGS.items()],
    )
