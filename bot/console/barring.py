"""What the pages about barriers share: what can be chosen, sending a report, and who may see which groups."""

from __future__ import annotations

from secrets import token_urlsafe
from typing import Any

from fastapi.responses import Response

from bot.barriers.barrier import Group, Origin
from bot.barriers.form import KEY, LOOKED_THROUGH, WORDS, Choices, read_form
from bot.barriers.report import Doubtful, Faulty, Reported, report
from bot.cases import NoSuchCase
from bot.console.ports import Transaction
from bot.console.visit import Visit
from bot.console.words import COUNTIES, VALUES
from bot.handoff.reach import counties_of
from bot.vocabulary.facts import County


def own_counties(visit: Visit) -> frozenset[County]:
    return frozenset(County(county) for county in counties_of(visit.colleague, visit.console.directory))


def choices_of(visit: Visit) -> Choices:
    """The places of the colleague's own counties, and all topics."""
    names = visit.console.names
    every = Choices(
        counties={county: COUNTIES[county] for county in County},
        places={place: County(place.split("_")[0]) for place in names.municipalities},
        names=names.municipalities,
        topics=names.topics,
    )
    return every.of(own_counties(visit))


def own_group(visit: Visit, tx: Transaction, number: int) -> Group:
    """The group, if it is of one of the colleague's counties; raises `NoSuchCase` as any page that is not theirs."""
    group = tx.barriers.group(number)
    if group is None or group.county not in own_counties(visit):
        raise NoSuchCase
    return group


def send(visit: Visit, origin: Origin) -> Reported | Doubtful | dict[str, str]:
    """Keeps what was typed, or says what is wrong with it, or what looks like a person in it."""
    draft = read_form(visit.fields, choices_of(visit), origin, visit.colleague.id)
    if isinstance(draft, dict):
        return draft
    key = f"{visit.colleague.id}:{visit.field(KEY)}"
    with visit.console.store.transaction() as tx:
        outcome = report(
            tx, visit.console.barrier_rules, draft, key, visit.now, looked_through=bool(visit.field(LOOKED_THROUGH))
        )
    return {WORDS: outcome.why} if isinstance(outcome, Faulty) else outcome


def shown(visit: Visit, template: str, found: Doubtful | dict[str, str] | None, **values: Any) -> Response:
    """The form, empty or with what was typed and what there is to look at again."""
    faults = found if isinstance(found, dict) else {}
    return visit.page(
        template,
        status=422 if found else 200,
        faults=faults,
        hints=found.hints if isinstance(found, Doubtful) else (),
        choices=choices_of(visit),
        offices=VALUES["offices"],
        key=visit.field(KEY) or token_urlsafe(12),
        **values,
    )
