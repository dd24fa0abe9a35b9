"""Who may open a page: each route has a declared policy, and the console does not start with one that has none."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from fastapi.routing import APIRoute
from starlette.routing import BaseRoute


class Access(StrEnum):
    """`STAFF` pages show a colleague only what is theirs; any other card is as if it did not exist."""

    ANYONE = "anyone"
    STAFF = "staff"
    COORDINATOR = "coordinator"


POLICY: Final = {
    "GET /": Access.ANYONE,
    "GET /anmelden/{link}": Access.ANYONE,
    "POST /anmelden/{link}": Access.ANYONE,
    "POST /abmelden": Access.STAFF,
    "GET /posteingang": Access.STAFF,
    "GET /karten/{code}": Access.STAFF,
    "GET /karten/{code}/annehmen": Access.STAFF,
    "POST /karten/{code}/annehmen": Access.STAFF,
    "GET /karten/{code}/termin": Access.STAFF,
    "POST /karten/{code}/termin": Access.STAFF,
    "GET /karten/{code}/stelle": Access.STAFF,
    "POST /karten/{code}/stelle": Access.STAFF,
    "GET /karten/{code}/ablehnen": Access.STAFF,
    "POST /karten/{code}/ablehnen": Access.STAFF,
    "GET /karten/{code}/anders": Access.STAFF,
    "POST /karten/{code}/anders": Access.STAFF,
    "GET /karten/{code}/abschliessen": Access.STAFF,
    "POST /karten/{code}/abschliessen": Access.STAFF,
    "GET /karten/{code}/aufnahmen/{recording}": Access.STAFF,
    "GET /karten/{code}/aufnahmen/{recording}/inhalt": Access.STAFF,
    "GET /karten/{code}/nachricht": Access.STAFF,
    "POST /karten/{code}/nachricht": Access.STAFF,
    "GET /karten/{code}/nicht-gekommen": Access.STAFF,
    "POST /karten/{code}/nicht-gekommen": Access.STAFF,
    "GET /termine": Access.STAFF,
    "GET /termine/woche": Access.STAFF,
    "GET /termine/tag": Access.STAFF,
    "GET /termine/raster.css": Access.STAFF,
    "GET /abo": Access.STAFF,
    "POST /abo": Access.STAFF,
    "POST /abo/{number}/loeschen": Access.STAFF,
    "GET /abwesenheiten": Access.STAFF,
    "GET /abwesenheiten/neu": Access.STAFF,
    "POST /abwesenheiten/neu": Access.STAFF,
    "GET /abwesenheiten/{number}": Access.STAFF,
    "POST /abwesenheiten/{number}": Access.STAFF,
    "GET /abwesenheiten/{number}/beenden": Access.STAFF,
    "POST /abwesenheiten/{number}/beenden": Access.STAFF,
    "GET /telegram": Access.STAFF,
    "POST /telegram": Access.STAFF,
    "POST /telegram/loesen": Access.STAFF,
    "GET /auslastung": Access.STAFF,
    "GET /auslastung/{desk}": Access.STAFF,
    "POST /auslastung/{desk}": Access.STAFF,
    "GET /zuteilung": Access.COORDINATOR,
    "GET /zuteilung/{code}": Access.COORDINATOR,
    "POST /zuteilung/{code}": Access.COORDINATOR,
    "GET /regeln": Access.STAFF,
    "GET /regeln/{county}": Access.STAFF,
    "POST /regeln/{county}": Access.COORDINATOR,
    "GET /regeln/{county}/neu": Access.COORDINATOR,
    "POST /regeln/{county}/neu": Access.COORDINATOR,
    "GET /regeln/{county}/regel/{rule}": Access.COORDINATOR,
    "POST /regeln/{county}/regel/{rule}": Access.COORDINATOR,
    "GET /regeln/{county}/simulation": Access.STAFF,
    "GET /regeln/{county}/veroeffentlichen": Access.COORDINATOR,
    "POST /regeln/{county}/veroeffentlichen": Access.COORDINATOR,
    "GET /regeln/{county}/verwerfen": Access.COORDINATOR,
    "POST /regeln/{county}/verwerfen": Access.COORDINATOR,
    "GET /regeln/{county}/datei": Access.STAFF,
    "GET /regeln/{county}/datei/{name}": Access.STAFF,
    "POST /regeln/{county}/einspielen": Access.COORDINATOR,
    "GET /regeln/{county}/verlauf": Access.STAFF,
    "GET /regeln/{county}/verlauf/{number}/zurueck": Access.COORDINATOR,
    "POST /regeln/{county}/verlauf/{number}/zurueck": Access.COORDINATOR,
    "GET /sprachmittlung": Access.COORDINATOR,
    "GET /sprachmittlung/{code}": Access.COORDINATOR,
    "POST /sprachmittlung/{code}": Access.COORDINATOR,
    "GET /karten/{code}/huerde": Access.STAFF,
    "POST /karten/{code}/huerde": Access.STAFF,
    "GET /huerden/neu": Access.STAFF,
    "POST /huerden/neu": Access.STAFF,
    "GET /huerden": Access.COORDINATOR,
    "GET /huerden/liste.csv": Access.COORDINATOR,
    "GET /huerden/liste.xlsx": Access.COORDINATOR,
    "GET /huerden/{barrier}": Access.COORDINATOR,
    "POST /huerden/{barrier}": Access.COORDINATOR,
    "POST /huerden/{barrier}/meldungen/{report}": Access.COORDINATOR,
    "GET /stellen": Access.COORDINATOR,
    "GET /stellen/neu": Access.COORDINATOR,
    "POST /stellen/neu": Access.COORDINATOR,
    "GET /stellen/{desk}": Access.COORDINATOR,
    "GET /stellen/{desk}/aendern": Access.COORDINATOR,
    "POST /stellen/{desk}/aendern": Access.COORDINATOR,
    "POST /stellen/{desk}/kalender": Access.COORDINATOR,
    "POST /stellen/{desk}/abwesenheit": Access.COORDINATOR,
    "POST /stellen/{desk}/abwesenheit/{number}/ende": Access.COORDINATOR,
    "GET /quarantaene": Access.COORDINATOR,
    "POST /quarantaene/eingang/{number}": Access.COORDINATOR,
    "POST /quarantaene/ausgang/{number}": Access.COORDINATOR,
}


class UndeclaredRoute(Exception):
    """A route of the console has no access policy."""


def check_policy(routes: Iterable[BaseRoute]) -> None:
    """Raises `UndeclaredRoute` when a route has no policy or a policy no route."""
    known = {
        f"{method} {route.path}" for route in routes if isinstance(route, APIRoute) for method in route.methods or ()
    }
    if odd := known ^ POLICY.keys():
        raise UndeclaredRoute(", ".join(sorted(odd)))
