"""What is published is proven again over the desks of this moment: they may have changed since."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import make_url
from sqlalchemy.exc import DBAPIError

from bot.app.house import Premises
from bot.routing.findings import Finding, Kind
from bot.storage.store import Store, Transaction
from bot.vocabulary.facts import County

NOT_LOOKED_AT: Final = "the database cannot be read: published rules were not proven (migrate, or start it)"


def unproven_published(address: str, premises: Premises, now: datetime) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Faults, then notes; where there is no database yet, neither. Who is only away for some days is a note."""
    where = make_url(address)
    if where.get_backend_name() == "sqlite" and not (where.database and Path(where.database).exists()):
        return (), ()
    try:
        with closing(Store(address)) as store, store.transaction() as tx:
            found = list(_found(tx, premises, now))
    except DBAPIError:
        return (), (NOT_LOOKED_AT,)
    passing = [line for line, finding in found if finding.kind is Kind.NOBODY_THERE]
    return tuple(line for line, _ in found if line not in passing), tuple(passing)


def _found(tx: Transaction, premises: Premises, now: datetime) -> Iterator[tuple[str, Finding]]:
    work = premises.rulework.at(premises.house.rosters.at(tx.desks, now))
    for county in County:
        published = work.published(tx, county)
        for finding in work.stands(published.rules).findings:
            example = f" Beispiel: {finding.example.german}" if finding.example else ""
            yield f"rules {county}, version {published.number}: {finding.german}{example}", finding
