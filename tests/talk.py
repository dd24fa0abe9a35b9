"""A conversation as a test reads it: what is seen, tapped, typed and told, over the real turns and a real SQLite.

Each step goes through storage. A page is checked at every step: the ways out are there, no choice is twice.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

from bot.app.counter import said
from bot.app.house import Premises, furnish
from bot.booking.appointment import Appointment
from bot.booking.hours import BERLIN
from bot.dialogs.session import Session, read_session
from bot.handoff.case import Case
from bot.i18n.text import Text
from bot.storage.store import Store
from bot.turns.handle import handle
from bot.turns.messages import Outgoing
from bot.turns.sorry import SORRY

ROOT = Path(__file__).parent.parent
FRIDAY = "2026-11-20T10:00"
PERSON = "person-at-the-test"
WAYS_OUT = {"nav.back", "nav.person", "nav.emergency", "nav.language", "nav.help"}


@cache
def premises() -> Premises:
    return furnish(ROOT, date(2026, 11, 20))


@cache
def _empty_database() -> Path:
    path = Path(tempfile.mkdtemp(prefix="lotse-test-")) / "empty.sqlite"
    store = Store(f"sqlite:///{path}")
    store.migrate()
    store.tidy()
    store.close()
    return path


@contextmanager
def new_store() -> Iterator[Store]:
    """A migrated SQLite of its own."""
    with tempfile.TemporaryDirectory(prefix="lotse-test-") as folder:
        path = Path(folder) / "lotse.sqlite"
        shutil.copy(_empty_database(), path)
        store = Store(f"sqlite:///{path}")
        try:
            yield store
        finally:
            store.close()


class Talk:
    """One person's conversation. Every step returns the talk, so that a test reads like the conversation."""

    _keys = count(1)

    def __init__(self, store: Store, person: str = PERSON, on: str = FRIDAY) -> None:
        self.store, self.person = store, person
        self.now = _moment(on)
        self.shown: list[Outgoing] = []
        self.says({"hello": {"language": None}})

    def on(self, moment: str) -> Talk:
        """From now on it is this day and time in Germany."""
        self.now = _moment(moment)
        return self

    @property
    def last(self) -> Outgoing:
        return self.shown[-1]

    def says(self, content: dict[str, Any]) -> Talk:
        """Anything that a channel can store."""
        with self.store.transaction() as tx:
            tx.inbox.put(f"test:{next(self._keys)}", self.person, {**content, "channel": "terminal"}, self.now)
        return self.hears()

    def hears(self) -> Talk:
        """Whatever waits is handled and read, also what colleagues have put."""
        with self.store.transaction() as tx:
            while (update := tx.inbox.claim()) is not None:
                handle(update, tx, premises().house, self.now)
        with self.store.transaction() as tx:
            new = []
            for message in tx.outbox.waiting(self.person, self.now):
                outgoing = said(message, tx, self.now)
                tx.outbox.sent(message.id, self.now)
                new += [outgoing] if outgoing else []
        for page in new:
            _check(page)
        self.shown = new or self.shown
        return self

    def taps(self, *choices: str) -> Talk:
        for choice in choices:
            offered = {button.id for button in (*self.last.choices, *self.last.nav)}
            assert choice in offered, f"{choice} is not on {self.last.screen}: {sorted(offered)}"
            self.says({"tap": choice, "on": self.last.screen})
        return self

    def types(self, *texts: str) -> Talk:
        for text in texts:
            self.says({"text": text})
        return self

    def sends(self, medium: str, reference: str | None = None) -> Talk:
        return self.says({"media": medium, "reference": reference})

    def sees(self, screen: str) -> Talk:
        assert self.last.screen == screen, f"{self.last.screen}: {self.text()}"
        return self

    def is_told(self, part: str) -> Talk:
        """Some paragraph of the last answer has these words (in English, the source)."""
        assert part in self.text(), self.text()
        return self

    def is_not_told(self, part: str) -> Talk:
        assert part not in self.text(), self.text()
        return self

    def is_offered(self, *choices: str) -> Talk:
        offered = {button.id for button in self.last.choices}
        assert offered.issuperset(choices), offered
        return self

    def text(self, language: str = "en") -> str:
        catalogue = premises().catalogues[language]
        lines: list[Text] = [text for page in self.shown for text in (*page.notices, *page.says)]
        return "\n".join(catalogue.render(line) for line in lines)

    @property
    def session(self) -> Session:
        return read_session(self.stored())

    def stored(self) -> dict[str, Any]:
        """The session as it lies in the database."""
        with self.store.transaction() as tx:
            stored = tx.sessions.load(self.person)
        assert stored is not None
        return stored.document

    def cases(self) -> list[Case]:
        with self.store.transaction() as tx:
            return tx.cases.of(self.person)

    def date(self) -> Appointment:
        """The date of their first case, as it is kept."""
        name = self.cases()[0].appointment or ""
        with self.store.transaction() as tx:
            found = tx.allocations.get(name)
        assert found is not None
        return found

    # Longer ways that many conversations share.

    def consents(self, language: str = "en") -> Talk:
        return self.sees("language").taps(language, "go_on").sees("consent").taps("agree").sees("place")

    def lives_in(self, municipality: str) -> Talk:
        return self.taps(municipality.split("_")[0], municipality).sees("need")

    def answers(self, **facts: Any) -> Talk:
        """Answers every question by these facts (a fact that is not given: I don't know) up to the suggestion."""
        while self.last.screen.startswith("ask."):
            self._answer(self.last.screen.removeprefix("ask."), facts)
        return self.sees("suggestion")

    def _answer(self, fact: str, facts: dict[str, Any]) -> None:
        value = facts.get(fact)
        match value:
            case None:
                self.taps("dont_know")
            case bool():
                self.taps("yes" if value else "no")
            case int():
                self.types(str(value))
            case []:
                self.taps("none")
            case list():
                self.taps(*value, "done")
            case _:
                self.taps(value)

    def books(self) -> Talk:
        """From the screen `how` to a booked first date."""
        self.sees("how").taps("appointment")
        if self.session.language != "de":
            self.sees("interpreter").taps("yes")
        self.sees("reach").taps("chat").sees("name").taps("without")
        self.sees("slots").taps(self.last.choices[0].id).sees("summary").taps("confirm")
        return self.sees("mine")


def _check(page: Outgoing) -> None:
    ids = [button.id for button in (*page.choices, *page.nav)]
    assert len(ids) == len(set(ids)), f"{page.screen}: a choice is there twice"
    comes_between = page.screen in ("reminder", SORRY) or page.speaker == "person"
    assert comes_between or {button.id for button in page.nav} >= WAYS_OUT, page.screen
    assert all(len(button.id.encode()) <= 64 for button in page.choices), page.screen


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN).astimezone(UTC)
