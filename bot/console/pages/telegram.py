"""Linking one's own Telegram account to the staff bot: a code for a quarter of an hour, and a way to cut it off."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from bot.console.visit import Here

router = APIRouter()


@router.get("/telegram")
def telegram(visit: Here) -> Response:
    with visit.console.store.transaction() as tx:
        linked = tx.lines.linked(visit.colleague.id)
    return visit.page("telegram.html", linked=linked, code=None)


@router.post("/telegram")
def new_code(visit: Here) -> Response:
    """The code is in this one answer and nowhere else: it is stored as its digest, and the page is not kept."""
    with visit.console.store.transaction() as tx:
        code = tx.lines.new_code(visit.colleague.id, visit.now)
        linked = tx.lines.linked(visit.colleague.id)
    return visit.page("telegram.html", linked=linked, code=code)


@router.post("/telegram/loesen")
def unlink(visit: Here) -> Response:
    with visit.console.store.transaction() as tx:
        tx.lines.unlink_staff(visit.colleague.id)
    return visit.redirect("/telegram")
