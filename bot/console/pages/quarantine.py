"""What could not be handled or delivered, for the coordination: tried again or thrown away, never shown."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter
from fastapi.responses import Response

from bot.console.visit import Here

router = APIRouter()

AGAIN: Final = "noch-einmal"
DONE: Final = {
    AGAIN: "Es wird noch einmal versucht. Gelingt es wieder nicht, liegt es nach einigen Minuten wieder hier.",
    "verwerfen": "Verworfen. Der Inhalt ist gelöscht.",
}
#: Where a message was to go, by its channel.
CHANNELS: Final = {
    "telegram": "an eine ratsuchende Person in Telegram",
    "web": "an eine ratsuchende Person im Web-Chat",
    "staff": "an eine Kollegin oder einen Kollegen in Telegram",
}


@router.get("/quarantaene")
def quarantine(visit: Here, getan: str = "") -> Response:
    with visit.console.store.transaction() as tx:
        rows, pending = list(tx.inbox.quarantined()), tx.inbox.pending()
        given_up = list(tx.given_up.all(visit.now))
    done = DONE.get(getan)
    return visit.page("quarantine.html", rows=rows, given_up=given_up, pending=pending, channels=CHANNELS, done=done)


@router.post("/quarantaene/eingang/{number}")
def incoming(visit: Here, number: str) -> Response:
    """A message of somebody is handled once more, or is as if it had been."""
    with visit.console.store.transaction() as tx:
        for seq in _chosen(number, [row.seq for row in tx.inbox.quarantined()]):
            if _again(visit):
                tx.inbox.try_again(seq)
            else:
                tx.inbox.dismiss(seq, visit.now)
    return _done(visit)


@router.post("/quarantaene/ausgang/{number}")
def outgoing(visit: Here, number: str) -> Response:
    """A message to somebody is sent once more, or nobody looks at it any more."""
    with visit.console.store.transaction() as tx:
        for one in _chosen(number, [row.id for row in tx.given_up.all(visit.now)]):
            if _again(visit):
                tx.given_up.try_again(one, visit.now)
            else:
                tx.given_up.dismiss(one)
    return _done(visit)


def _again(visit: Here) -> bool:
    return visit.field("was") == AGAIN


def _chosen(number: str, there: list[int]) -> list[int]:
    """One of them, or all; nothing if somebody else has seen to it meanwhile."""
    if number == "alle":
        return there
    return [one for one in there if str(one) == number]


def _done(visit: Here) -> Response:
    return visit.redirect(f"/quarantaene?getan={AGAIN if _again(visit) else 'verwerfen'}")
