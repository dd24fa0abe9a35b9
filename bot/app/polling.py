"""Long polling instead of a webhook: updates go into the same inbox, and are confirmed after they are stored."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from threading import Event
from typing import Any, Final

import structlog

from bot.channels.telegram_port import Arrived, Line, Mailbox, MailboxAway, NotNow, Read

TRY_AGAIN: Final = 2.0

log = structlog.get_logger("polling")


class Poller:
    """One process asks; it handles nothing itself."""

    def __init__(self, line: Line, read: Read, mailbox: Mailbox) -> None:
        self._line, self._read, self._mailbox = line, read, mailbox
        self._offset = 0

    async def run(self, stop: Event) -> None:
        """Until `stop` is set. An answer that is under way then was not confirmed, and comes again."""
        asking = asyncio.create_task(self._ask_for_ever())
        try:
            while not stop.is_set() and not asking.done():
                await asyncio.wait({asking}, timeout=0.2)
        finally:
            asking.cancel()
            await asyncio.gather(asking, return_exceptions=True)
            await self._line.close()
        if asking.done() and not asking.cancelled() and (error := asking.exception()):
            raise error

    async def _ask_for_ever(self) -> None:
        await self._until_it_works(self._line.open)
        while True:
            try:
                await self.once()
            except (NotNow, MailboxAway) as why:
                log.warning("polling waits", why=str(why) or type(why).__name__)
                await asyncio.sleep(TRY_AGAIN)

    async def once(self) -> int:
        """One question; how many updates came. What is stored is confirmed with the next question."""
        updates = await self._line.updates(self._offset)
        for raw in updates:
            await self._take(raw)
            self._offset = max(self._offset, int(raw["update_id"]) + 1)
        return len(updates)

    async def _take(self, raw: Mapping[str, Any]) -> None:
        arrived = self._read(raw)
        await asyncio.to_thread(self._mailbox.take, arrived)
        if isinstance(arrived, Arrived) and arrived.call is not None:
            try:
                await self._line.carry_out(arrived.call)
            except NotNow:
                log.warning("not answered at once")

    async def _until_it_works(self, begin: Callable[[], Awaitable[None]]) -> None:
        while True:
            try:
                await begin()
            except NotNow as why:
                log.warning("polling waits", why=str(why))
                await asyncio.sleep(TRY_AGAIN)
            else:
                return
