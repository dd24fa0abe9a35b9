"""Long polling and the webhook of the residents' bot, through aiogram. Updates stay raw: none can stop the others."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from aiogram import Bot
from aiogram.exceptions import ClientDecodeError, TelegramAPIError, TelegramRetryAfter
from aiogram.methods import TelegramMethod

from bot.channels.telegram_port import Call, NotNow
from bot.channels.telegram_raw import ALLOWED_UPDATES
from bot.channels.telegram_residents_post import carry_out

#: Telegram holds a question open for at most 50 seconds.
HELD_OPEN: Final = 25
_GRACE: Final = 10


class RawUpdates(TelegramMethod[list[dict[str, Any]]]):
    """getUpdates, of which nothing is read."""

    __returning__ = list[dict[str, Any]]
    __api_method__ = "getUpdates"

    offset: int
    timeout: int
    allowed_updates: list[str]


@dataclass(frozen=True, slots=True)
class ResidentsLine:
    """Implements `Line`."""

    bot: Bot
    held_open: int = HELD_OPEN

    async def open(self) -> None:
        try:
            await self.bot.delete_webhook(drop_pending_updates=False)
        except (TelegramAPIError, ClientDecodeError) as error:
            raise NotNow(type(error).__name__) from None

    async def updates(self, offset: int) -> list[Mapping[str, Any]]:
        asked = RawUpdates(offset=offset, timeout=self.held_open, allowed_updates=[*ALLOWED_UPDATES])
        try:
            return [*await self.bot(asked, request_timeout=self.held_open + _GRACE)]
        except TelegramRetryAfter as told:
            await asyncio.sleep(told.retry_after)
            raise NotNow("told to wait") from None
        except (TelegramAPIError, ClientDecodeError) as error:
            raise NotNow(type(error).__name__) from None

    async def carry_out(self, call: Call) -> None:
        try:
            await carry_out(self.bot, call)
        except (TelegramAPIError, ClientDecodeError) as error:
            raise NotNow(type(error).__name__) from None

    async def close(self) -> None:
        await self.bot.session.close()
