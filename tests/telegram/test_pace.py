"""All processes together send no faster than one bot may; without Redis each counts for itself."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from uuid import uuid4

import pytest

from bot.app.pace import Limits, LocalPace, Pace
from tests import servers

SLOW = Limits(per_second=1, burst=5, per_chat=0.5, chat_burst=2)


def run(work: Callable[[Pace, Pace], Awaitable[None]], address: str | None) -> None:
    async def both() -> None:
        name = uuid4().hex
        here, there = Pace(name, address, SLOW), Pace(name, address, SLOW)
        try:
            await work(here, there)
        finally:
            await here.close()
            await there.close()

    asyncio.run(both())


def test_a_chat_may_have_a_burst_and_then_waits_and_others_do_not() -> None:
    pace = LocalPace(SLOW)
    assert [pace.take("a") > 0 for _ in range(4)] == [False, False, True, True]
    assert [pace.take(chat) > 0 for chat in ("b", "c", "d", "e")] == [False, False, False, True]


def test_who_waits_is_told_how_long() -> None:
    pace = LocalPace(SLOW)
    assert (pace.take("a"), pace.take("a")) == (0.0, 0.0)
    assert 1.9 < pace.take("a") <= 2.0


def test_two_chats_that_are_told_to_wait_mean_that_all_wait() -> None:
    pace = LocalPace(SLOW)
    assert pace.pause("a", 9) == ("a",)
    assert pace.take("c") == 0.0
    assert pace.pause("b", 9) == ("", "b")
    assert pace.take("c") > 8


@pytest.mark.redis
def test_two_processes_count_together() -> None:
    async def work(here: Pace, there: Pace) -> None:
        assert [await here.take("a") > 0, await there.take("a") > 0] == [False, False]
        assert await there.take("a") > 0
        assert [await there.take(chat) > 0 for chat in "bcd"] == [False, False, False]
        assert await here.take("e") > 0

    run(work, servers.redis_url())


@pytest.mark.redis
def test_what_telegram_told_one_process_the_other_obeys() -> None:
    async def work(here: Pace, there: Pace) -> None:
        await here.pause("a", 30)
        assert await there.take("a") > 29
        assert await there.take("b") == 0

    run(work, servers.redis_url())


def test_while_redis_is_away_each_process_counts_for_itself() -> None:
    async def work(here: Pace, there: Pace) -> None:
        assert [await here.take("a") > 0 for _ in range(3)] == [False, False, True]
        assert await there.take("a") == 0

    run(work, "redis://127.0.0.1:1/0")
