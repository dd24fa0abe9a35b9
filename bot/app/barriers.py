"""What the public form for barriers asks for: the choices of the tables, and a place in the store."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bot.app.house import Premises
from bot.barriers.barrier import Draft
from bot.barriers.form import Choices
from bot.barriers.report import Doubtful, Faulty, Reported, report
from bot.channels.barrier_page import TooMany
from bot.clock import Clock
from bot.storage.store import Store, Transaction
from bot.vocabulary.facts import County
from bot.vocabulary.german import COUNTIES

#: More than this from the whole public in an hour is no reporting any more.
MOST_IN_AN_HOUR: Final = 40


@dataclass(frozen=True, slots=True)
class StoredBarriers:
    store: Store
    premises: Premises
    clock: Clock

    @property
    def choices(self) -> Choices:
        know = self.premises.house.know
        places = sorted(know.gazetteer.municipalities.values(), key=lambda place: place.name)
        counties = know.gazetteer.counties()
        return Choices(
            counties={county: COUNTIES[county] for county in know.directory.counties},
            places={place.id: County(counties[place.id]) for place in places},
            names={place.id: place.name for place in places},
            topics={topic.id: topic.german for topic in know.topics.values()},
        )

    def report(self, draft: Draft, key: str, looked_through: bool, /) -> Reported | Doubtful | Faulty | TooMany:
        return self.store.run(lambda tx: self._report(tx, draft, key, looked_through))

    def _report(
        self, tx: Transaction, draft: Draft, key: str, looked_through: bool
    ) -> Reported | Doubtful | Faulty | TooMany:
        now = self.clock()
        if tx.barriers.since(now - timedelta(hours=1)) >= MOST_IN_AN_HOUR:
            return TooMany()
        return report(tx, self.premises.barrier_rules, draft, key, now, looked_through)
