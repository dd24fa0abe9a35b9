"""The staff bot as it runs: polling, worker, sender and announcements in threads, over the fake Bot API."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from threading import Event, Thread
from typing import Final

from bot.app.bells import Bells
from bot.app.colleagues import Colleagues, desk_of
from bot.app.pace import Limits
from bot.app.worker import Worker
from bot.handoff.case import Case
from bot.handoff.staff import Role, Staff
from bot.routing.desks import TelegramUse
from bot.storage.store import Store
from tests.talk import Talk, new_store, premises
from tests.telegram.fake_api import FakeTelegram
from tests.telegram.fake_world import BotAccount
from tests.telegram.person import Person

MORNING: Final = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
HURRIED: Final = Limits(per_second=10_000, burst=1_000, per_chat=1_000, chat_burst=100)
COLLEAGUE: Final = Staff(
    id="beispiel", name="Fachkraft (Beispiel)", role=Role.CASE_MANAGER, desks=frozenset({"rbk_kuerten"}), sample=True
)
FULL: Final[Mapping[str, TelegramUse]] = {"rbk_kuerten": TelegramUse.FULL}


@dataclass(slots=True)
class Team:
    """One staff bot, one colleague who may link it, and residents who make cards."""

    telegram: FakeTelegram
    bot: BotAccount
    store: Store
    now: datetime = MORNING

    def person(self) -> Person:
        return self.telegram.person(self.bot, "de")

    def code(self) -> str:
        with self.store.transaction() as tx:
            return tx.lines.new_code(COLLEAGUE.id, self.now)

    def linked(self) -> Person:
        """A colleague whose account is linked."""
        person = self.person()
        person.types(f"/start {self.code()}")
        return person.waits(lambda one: bool(one.heard) and "Verbunden mit" in one.heard[0].text)

    def resident(self, name: str = "resident") -> Talk:
        """Somebody who has booked a first consultation in Kürten."""
        talk = Talk(self.store, person=name).consents().lives_in("rbk_kuerten").types("I am looking for a flat")
        return talk.taps("right").answers().taps("go_on").books()

    def case(self, talk: Talk) -> Case:
        return talk.cases()[0]


@contextmanager
def team(uses: Mapping[str, TelegramUse] = FULL) -> Iterator[Team]:
    """Everything runs until the block ends; what a thread raises fails the test."""
    failures: list[BaseException] = []
    stop, bells = Event(), Bells()
    with FakeTelegram() as telegram, new_store() as store:
        with store.transaction() as tx:
            tx.staff.put(COLLEAGUE)
        here = Team(telegram=telegram, bot=telegram.new_bot("lotse_staff_test_bot"), store=store)
        desk = replace(desk_of(premises(), "https://lotse.example"), uses=uses)
        bot = Colleagues(
            token=here.bot.token,
            secret="s" * 40,
            person_key=b"k" * 40,
            api=telegram.base,
            store=store,
            desk=desk,
            bells=bells,
            clock=lambda: here.now,
            limits=HURRIED,
            shortest_pause=0.1,
            announce_every=0.1,
        )
        worker = Worker(store, premises().house, bells, lambda: here.now, desk)
        runs: list[Callable[[Event], None]] = [
            worker.run,
            bot.sender().run,
            bot.announcing,
            lambda stop: asyncio.run(bot.poll(stop, 1)),
        ]
        threads = [_started(run, stop, failures) for run in runs]
        try:
            yield here
        finally:
            stop.set()
            bells.work.set()
            for thread in threads:
                thread.join(10)
    assert failures == []


def _started(run: Callable[[Event], None], stop: Event, failures: list[BaseException]) -> Thread:
    def careful() -> None:
        try:
            run(stop)
        except BaseException as error:  # noqa: BLE001  # told to the test
            failures.append(error)

    thread = Thread(target=careful, daemon=True)
    thread.start()
    return thread
