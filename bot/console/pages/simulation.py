"""The draft tried out: on the last intakes without persons, and on made-up ones; who goes elsewhere, as a picture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from fastapi import APIRouter
from fastapi.responses import Response

from bot.console.ruling import State, own_county, rules_page, state
from bot.console.visit import Here
from bot.routing.desks import Directory
from bot.routing.example import told
from bot.routing.route import Routed
from bot.routing.sankey import Picture, picture
from bot.routing.simulate import Elsewhere, Simulated
from bot.routing.target import Target
from bot.routing.terms import Terms
from bot.vocabulary.german import BOOKINGS

router = APIRouter()

#: So many kinds of people are listed; the table of flows counts all of them.
MOST_LISTED = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """Where somebody is led and by which rule; `place` is where the rule stands."""

    target: str
    booking: str
    rule: str
    place: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """People of one kind who would go elsewhere."""

    count: int
    who: str
    before: Way
    after: Way


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """One simulation as the page shows it."""

    id: str
    name: str
    simulated: Simulated
    flows: tuple[tuple[str, str, int, bool], ...]
    listed: tuple[Moved, ...]
    picture: Picture


@router.get("/regeln/{county}/simulation")
def simulation(visit: Here, county: str) -> Response:
    work = visit.console.rules
    with visit.console.store.transaction() as tx:
        now = state(visit, tx, own_county(visit, county))
        last = work.simulate_last(tx, now.shown) if now.draft else None
        sample = work.simulate_sample(tx, now.shown) if now.draft else None
    tried = [
        _tried(name, words, simulated, now, work.directory)
        for name, words, simulated in (
            ("letzte", "Die letzten Anfragen", last),
            ("beispiele", "Erfundene Beispiele", sample),
        )
        if simulated is not None
    ]
    return rules_page(visit, "simulation.html", now, tried=tried, most=MOST_LISTED)


def _tried(id_: str, name: str, simulated: Simulated, now: State, directory: Directory) -> Tried:
    names = _names(now.terms, directory)
    return Tried(
        id=id_,
        name=name,
        simulated=simulated,
        flows=tuple(
            (names(flow.before), names(flow.after), flow.count, flow.before != flow.after) for flow in simulated.flows
        ),
        listed=tuple(_moved(one, now, names) for one in simulated.elsewhere[:MOST_LISTED]),
        picture=picture(simulated.flows, names),
    )


def _moved(one: Elsewhere, now: State, names: Callable[[Target], str]) -> Moved:
    return Moved(
        count=one.intake.count,
        who=told(one.intake.facts, one.intake.suggestion, now.terms),
        before=_way(one.before, now.published.rules.place(one.before.rule), names),
        after=_way(one.after, now.place(one.after.rule), names),
    )


def _way(routed: Routed, place: int | None, names: Callable[[Target], str]) -> Way:
    return Way(target=names(routed.target), booking=BOOKINGS[routed.booking], rule=routed.rule, place=place)


def _names(terms: Terms, directory: Directory) -> Callable[[Target], str]:
    """The name on the door; a target that is gone since is called by its id."""
    return lambda target: directory.name(target) if directory.has(target) else terms.target(target)
