"""Messages that could not be handled, for the coordination: that there are some, never what was in them."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from bot.console.visit import Here

router = APIRouter()


@router.get("/quarantaene")
def quarantine(visit: Here) -> Response:
    with visit.console.store.transaction() as tx:
        rows, pending = list(tx.inbox.quarantined()), tx.inbox.pending()
    return visit.page("quarantine.html", rows=rows, pending=pending)
