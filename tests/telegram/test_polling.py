"""Long polling loses nothing: what is stored is confirmed, and nothing else."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from threading import Event
from typing import Any

import pytest

from bot.app.polling import Poller
from bot.channels.telegram_port import Arrived, MailboxAway, Unreadable
from bot.storage.tables import inbox
from tests.telegram.fake_faults import Refusal, ServerError
from tests.telegram.town import Town


@pytest.fixture
def town() -> Any:
    with Town(polls=True, works=False, sends=False) as town:
        yield town


def stored(town: Town, count: int, state: str = "waiting") -> None:
    town.waits(lambda: town.states(inbox).get(state) == count)


def test_a_poison_update_stops_no_other(town: Town) -> None:
    ada = town.person()
    town.telegram.world.put(town.bot, "x", "message", {"message_id": "poison"})
    ada.types("after it")
    stored(town, 1)
    stored(town, 1, "quarantined")
    town.waits(lambda: not town.bot.waiting)


def test_an_update_that_is_given_again_is_there_once_and_errors_of_telegram_are_waited_through(town: Town) -> None:
    town.telegram.world.deliver_times = 2
    town.telegram.world.plan.add("getUpdates", ServerError(502))
    town.telegram.world.plan.add("getUpdates", Refusal("Conflict: terminated by other getUpdates request", 409))
    town.person().types("once")
    stored(town, 1)


def test_taps_are_answered_and_a_late_answer_is_no_fault(town: Town) -> None:
    ada = town.person()
    ada.starts()
    stored(town, 1)
    town.telegram.dispatch(town.bot, "sendMessage", {"chat_id": str(ada.id), "text": "a"})
    late = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    town.telegram.world.plan.add("answerCallbackQuery", Refusal(late))
    ada.presses("late")
    ada.presses("in time")
    stored(town, 3)
    town.waits(lambda: [query.answered for query in town.bot.queries.values()] == [False, True])


class Given:
    """A line that gives the same updates until they are confirmed."""

    def __init__(self, *updates: Mapping[str, Any]) -> None:
        self._updates = list(updates)

    async def open(self) -> None: ...

    async def updates(self, offset: int) -> list[Mapping[str, Any]]:
        self._updates = [update for update in self._updates if update["update_id"] >= offset]
        return list(self._updates)

    async def carry_out(self, call: Mapping[str, Any]) -> None: ...

    async def close(self) -> None: ...


class Full:
    """A mailbox that is away for the second letter, once."""

    def __init__(self) -> None:
        self.taken, self._times = 0, 0

    def take(self, arrived: Arrived | Unreadable) -> None:
        self._times += 1
        if self._times == 2:
            raise MailboxAway
        self.taken += 1


def test_only_what_is_stored_is_confirmed() -> None:
    line, mailbox = Given(*({"update_id": number} for number in (7, 8, 9))), Full()
    poller = Poller(line, lambda raw: Arrived(), mailbox)

    async def twice() -> list[int]:
        with pytest.raises(MailboxAway):
            await poller.once()
        return [await poller.once(), await poller.once()]

    assert asyncio.run(twice()) == [2, 0]
    assert mailbox.taken == 3


def test_it_ends_when_it_is_told_to(town: Town) -> None:
    stop = Event()
    thread = town.starts(lambda told: asyncio.run(town.new_residents().poll(told, 20)), stop)
    stop.set()
    thread.join(5)
    assert not thread.is_alive()
