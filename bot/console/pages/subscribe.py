"""Subscribing to the own desks' calendar: a secret address, shown once, renewed and revoked here."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from bot.console.visit import Here
from bot.handoff.reach import desks_of
from bot.handoff.subscriptions import ALL_DESKS, address_of

router = APIRouter()


@router.get("/abo")
def subscriptions(visit: Here) -> Response:
    return _page(visit)


@router.post("/abo")
def make(visit: Here) -> Response:
    """The address is in this one answer and nowhere else: it is stored as its digest, and the page is not kept."""
    desk = visit.field("stelle")
    if desk != ALL_DESKS and desk not in {one.id for one in desks_of(visit.colleague, visit.console.directory)}:
        return _page(visit, fault="Bitte wählen Sie eine Stelle aus der Liste.")
    with visit.console.store.transaction() as tx:
        token = tx.feeds.make(visit.colleague.id, desk, visit.now)
    return _page(visit, address=address_of(visit.console.address or _own(visit), token))


@router.post("/abo/{number}/loeschen")
def revoke(visit: Here, number: str) -> Response:
    with visit.console.store.transaction() as tx:
        if number.isascii() and number.isdecimal() and len(number) < 16:
            tx.feeds.revoke(visit.colleague.id, int(number))
    return visit.redirect("/abo")


def _page(visit: Here, address: str | None = None, fault: str | None = None) -> Response:
    with visit.console.store.transaction() as tx:
        rows = tx.feeds.of(visit.colleague.id)
    desks = desks_of(visit.colleague, visit.console.directory)
    status = 422 if fault else 200
    return visit.page("subscribe.html", status=status, rows=rows, desks=desks, address=address, fault=fault)


def _own(visit: Here) -> str:
    """Where this page was asked for, where the settings name no address."""
    return f"{visit.request.url.scheme}://{visit.request.url.netloc}"
