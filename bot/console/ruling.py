"""What all pages about rules share: whose rules, which draft, and what a colleague hears who was second."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from fastapi.responses import Response
from starlette.exceptions import HTTPException

from bot.console.ports import Transaction
from bot.console.visit import Visit
from bot.handoff.reach import counties_of
from bot.routing.difference import Change
from bot.routing.findings import Proof
from bot.routing.ruleset import RuleSet
from bot.routing.terms import Terms
from bot.routing.versions import Draft, Version
from bot.rulework.answers import Asked, Overtaken
from bot.vocabulary.facts import County

FROM_THE_PROGRAM: Final = "mit dem Programm geliefert"


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A county's rules at this moment. `shown` are the draft's, or those that count where there is no draft."""

    county: County
    terms: Terms
    published: Version
    draft: Draft | None
    changes: tuple[Change, ...]
    last_change: tuple[Change, ...]
    proof: Proof
    names: Mapping[str, str]
    may: bool
    four_eyes: bool

    @property
    def shown(self) -> RuleSet:
        return self.draft.rules if self.draft else self.published.rules

    def place(self, rule_id: str) -> int | None:
        return self.shown.place(rule_id)


def counties(visit: Visit) -> tuple[County, ...]:
    """The counties whose rules the colleague may read."""
    own = counties_of(visit.colleague, visit.console.directory)
    return tuple(county for county in County if county in own)


def unsound_rules(visit: Visit, tx: Transaction) -> list[County]:
    """The coordinator's counties whose published rules do not hold everywhere with the desks of today."""
    work = visit.console.rules
    own = (county for county in counties(visit) if work.may(visit.colleague, county))
    return [county for county in own if not work.stands(work.published(tx, county).rules).passed]


def own_county(visit: Visit, county: str) -> County:
    """The county of the address; one that is not the colleague's is as if it did not exist."""
    found = next((one for one in counties(visit) if one == county), None)
    if found is None:
        raise HTTPException(404)
    return found


def state(visit: Visit, tx: Transaction, county: County) -> State:
    work = visit.console.rules
    published, draft = work.published(tx, county), work.draft(tx, county)
    return State(
        county=county,
        terms=work.terms[county],
        published=published,
        draft=draft,
        changes=work.changes(tx, draft) if draft else (),
        last_change=work.last_change(tx, draft) if draft else (),
        proof=work.prove(draft.rules if draft else published.rules),
        names=_names(
            tx, {published.author, *({draft.changed_by, *draft.editors, *draft.released_by} if draft else ())}
        ),
        may=work.may(visit.colleague, county),
        four_eyes=work.directory.counties[county].four_eyes,
    )


def asked(visit: Visit, county: County) -> Asked:
    """What the colleague wants, with the revision that their form was made from."""
    revision = visit.field("stand")
    return Asked(
        county=county,
        revision=int(revision) if revision.isdecimal() and len(revision) < 10 else 0,
        by=visit.colleague,
        now=visit.now,
    )


def name_of(tx: Transaction, author: str) -> str:
    """Who made a version; nobody made those that the program brought along."""
    staff = tx.staff.get(author) if author else None
    return staff.name if staff else author or FROM_THE_PROGRAM


def _names(tx: Transaction, authors: set[str]) -> dict[str, str]:
    return {author: name_of(tx, author) for author in sorted(authors)}


def rules_page(
    visit: Visit, template: str, now: State, *, status: int = 200, late: Overtaken | None = None, **values: Any
) -> Response:
    """A page about rules; `late` says who was faster, and what they changed."""
    return visit.page(
        template,
        status=409 if late else status,
        state=now,
        county=now.county,
        terms=now.terms,
        counties=counties(visit),
        late=late,
        **values,
    )
