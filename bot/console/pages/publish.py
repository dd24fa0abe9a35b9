"""Publishing a draft: what would be different, whether the proof lets it through, why; and a second pair of eyes."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from bot.console.acting import faults_of_reason
from bot.console.ruling import State, asked, own_county, rules_page, state
from bot.console.visit import Here
from bot.routing.versions import Draft, Version
from bot.rulework.answers import Overtaken, Refused

router = APIRouter()


@router.get("/regeln/{county}/veroeffentlichen")
def ask(visit: Here, county: str) -> Response:
    with visit.console.store.transaction() as tx:
        now = state(visit, tx, own_county(visit, county))
    return _form(visit, now)


@router.post("/regeln/{county}/veroeffentlichen")
def publish(visit: Here, county: str) -> Response:
    """Agrees with the draft, or makes it count."""
    of, work = own_county(visit, county), visit.console.rules
    with visit.console.store.transaction() as tx:
        answer: Draft | Version | Overtaken | Refused
        if visit.field("tun") == "freigeben":
            answer = work.release(tx, asked(visit, of))
        elif faults := faults_of_reason(visit):
            return _form(visit, state(visit, tx, of), faults=faults)
        else:
            answer = work.publish(tx, asked(visit, of), seen_version(visit), visit.field("grund"))
        if isinstance(answer, Version):
            return visit.redirect(f"/regeln/{of}?neu=veroeffentlicht")
        if isinstance(answer, Draft):
            return visit.redirect(f"/regeln/{of}?neu=freigegeben")
        now = state(visit, tx, of)
    if isinstance(answer, Overtaken):
        return _form(visit, now, late=answer)
    return _form(visit, now, faults={"": answer.german})


@router.get("/regeln/{county}/verwerfen")
def ask_to_discard(visit: Here, county: str) -> Response:
    with visit.console.store.transaction() as tx:
        now = state(visit, tx, own_county(visit, county))
    if now.draft is None:
        return visit.redirect(f"/regeln/{now.county}")
    return rules_page(visit, "discard.html", now)


@router.post("/regeln/{county}/verwerfen")
def discard(visit: Here, county: str) -> Response:
    of = own_county(visit, county)
    with visit.console.store.transaction() as tx:
        answer = visit.console.rules.discard(tx, asked(visit, of))
        if answer is None:
            return visit.redirect(f"/regeln/{of}?neu=verworfen")
        now = state(visit, tx, of)
    return rules_page(visit, "discard.html", now, late=answer if isinstance(answer, Overtaken) else None)


def seen_version(visit: Here) -> int:
    """The number of the version that counted when the form was made."""
    words = visit.field("fassung")
    return int(words) if words.isdecimal() and len(words) < 10 else -1


def _form(visit: Here, now: State, *, faults: dict[str, str] | None = None, late: Overtaken | None = None) -> Response:
    draft = now.draft
    return rules_page(
        visit,
        "publish.html",
        now,
        status=422 if faults else 200,
        late=late,
        faults=faults or {},
        needs_eyes=bool(draft) and now.four_eyes and not (draft and draft.seen_by_others(visit.colleague.id)),
        has_released=bool(draft and visit.colleague.id in draft.released_by),
    )
