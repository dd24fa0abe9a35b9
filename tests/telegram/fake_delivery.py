"""Webhook delivery as the real server does it: in order in each queue, queues beside each other, again until 2xx."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any

import aiohttp

from tests.telegram.fake_world import BotAccount, Waiting, World

#: Telegram's pauses after a failure, in its seconds.
PAUSES = (0, 2, 4, 8, 16, 32, 60)
Dispatch = Callable[[BotAccount, str, dict[str, Any]], dict[str, Any]]


class Delivery:
    """Brings waiting updates to webhooks; `second` is how long a second of Telegram's pauses lasts here."""

    def __init__(self, world: World, dispatch: Dispatch, second: float) -> None:
        self._world, self._dispatch, self._second = world, dispatch, second
        self._busy: dict[tuple[str, str], asyncio.Task[None]] = {}
        self._client: aiohttp.ClientSession | None = None
        self.woken = asyncio.Event()

    async def run(self) -> None:
        self._client = aiohttp.ClientSession()
        try:
            while True:
                self.woken.clear()
                self._start_queues()
                await woken_within(self.woken, 0.1)
        finally:
            for task in self._busy.values():
                task.cancel()
            await asyncio.gather(*self._busy.values(), return_exceptions=True)
            await self._client.close()

    def _start_queues(self) -> None:
        with self._world.lock:
            for bot in self._world.bots.values():
                if bot.webhook is None:
                    continue
                self._world.drop_old(bot)
                for queue in {one.queue for one in bot.waiting}:
                    if (bot.token, queue) not in self._busy:
                        self._busy[bot.token, queue] = asyncio.create_task(self._deliver_queue(bot, queue))

    async def _deliver_queue(self, bot: BotAccount, queue: str) -> None:
        failures = 0
        try:
            while (first := self._first(bot, queue)) is not None:
                pause = await self._deliver(bot, first, failures)
                if pause is None:
                    failures = 0
                    self._confirm(bot, first)
                else:
                    failures += 1
                    await asyncio.sleep(pause * self._second)
        finally:
            self._busy.pop((bot.token, queue), None)
            self.woken.set()

    async def _deliver(self, bot: BotAccount, waiting: Waiting, failures: int) -> float | None:
        """None where the bot has it now, else how long to wait."""
        answers = await asyncio.gather(*(self._post(bot, waiting.update) for _ in range(self._world.deliver_times)))
        pauses = [answer for answer in answers if answer is not None]
        if not pauses:
            return None
        return pauses[0] or PAUSES[min(failures, len(PAUSES) - 1)]

    async def _post(self, bot: BotAccount, update: dict[str, Any]) -> float | None:
        hook = bot.webhook
        if hook is None or self._client is None:
            return 1.0
        headers = {"X-Telegram-Bot-Api-Secret-Token": hook.secret} if hook.secret else {}
        status, pause = 0, 0.0
        try:
            async with self._client.post(
                hook.address(update["update_id"]), json=update, headers=headers, timeout=_MINUTE
            ) as answer:
                status, body = answer.status, await answer.read()
                pause = float(answer.headers.get("Retry-After", 0))
                if 200 <= status < 300:
                    self._carry_out(bot, body)
                    return None
        except (aiohttp.ClientError, TimeoutError):
            pass
        finally:
            with self._world.changed:
                self._world.deliveries.append((update["update_id"], status))
                self._world.changed.notify_all()
        return pause

    def _carry_out(self, bot: BotAccount, body: bytes) -> None:
        """A method in the answer is carried out; what comes of it nobody hears."""
        if body:
            params = json.loads(body)
            self._dispatch(bot, params.pop("method"), params)

    def _first(self, bot: BotAccount, queue: str) -> Waiting | None:
        with self._world.lock:
            self._world.drop_old(bot)
            return next((one for one in bot.waiting if one.queue == queue), None) if bot.webhook else None

    def _confirm(self, bot: BotAccount, waiting: Waiting) -> None:
        with self._world.changed:
            if waiting in bot.waiting:
                bot.waiting.remove(waiting)
            self._world.changed.notify_all()


async def woken_within(woken: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(woken.wait(), seconds)
    except TimeoutError:
        return


_MINUTE = aiohttp.ClientTimeout(total=60)
