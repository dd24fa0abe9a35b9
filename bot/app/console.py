"""The console is put together here: anew for each request, because coordinators change what desks there are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.app.house import Premises
from bot.app.rule_files import RuleFiles
from bot.clock import Clock
from bot.console.ports import Console, Names, Transaction
from bot.routing.desks import Directory
from bot.storage.store import Store


def console(store: Store, premises: Premises, clock: Clock, secure: bool) -> Console:
    """The console as the tables have it; a request sees the desks of its own moment."""
    know = premises.house.know
    others: Mapping[str, str] = {
        **{service.id: service.name for service in know.directory.services.values()},
        **{office.id: office.name for office in know.directory.coordinations.values()},
        **premises.house.office.names,
    }

    def renewed(console: Console, tx: Transaction, now: datetime) -> Console:
        roster = premises.house.rosters.at(tx.desks, now)
        rules = console.rules.at(roster)
        return replace(
            console,
            directory=roster.directory,
            casework=console.casework.with_roster(roster),
            rules=rules,
            desks=console.desks.at(roster, rules),
            to_supply=_to_supply(roster.directory),
        )

    return Console(
        store=store,
        directory=know.directory,
        casework=premises.casework,
        guide=premises.guide,
        barrier_rules=premises.barrier_rules,
        laws=premises.laws,
        rules=premises.rulework,
        desks=premises.deskwork,
        files=RuleFiles(),
        names=Names(
            topics={topic.id: topic.german for topic in know.topics.values()},
            municipalities={place.id: place.name for place in know.gazetteer.municipalities.values()},
            others=others,
            closed=premises.closed,
            rooms=premises.rooms,
        ),
        to_supply=_to_supply(know.directory),
        now=clock,
        pools={county.value: pools for county, pools in know.pools.items()},
        secure=secure,
        address=premises.house.doors.web,
        renewed=renewed,
    )


def _to_supply(directory: Directory) -> Mapping[str, Sequence[str]]:
    return {
        **{county.value: known.open for county, known in directory.counties.items()},
        **{desk.id: desk.open for desk in directory.desks()},
    }
