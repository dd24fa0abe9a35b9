"""Recordings that lie at Telegram, fetched with the token of the residents' bot, which nobody else ever sees.

Telegram's address of a file contains the token: it goes into no answer, no log and no exception.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Final

from aiogram import Bot
from aiogram.exceptions import ClientDecodeError, TelegramAPIError, TelegramBadRequest
from aiohttp import ClientError, ClientResponseError

from bot.channels.telegram_residents_post import residents_bot
from bot.handoff.recordings import LARGEST, TYPES, Missing, Opened, Recording, Why

#: Seconds for the whole of the largest recording, over a slow line.
FETCHED_WITHIN: Final = 60
_TOO_BIG: Final = "file is too big"


class _Broken(Exception):
    """The rest of a recording did not come, or more came than Telegram had said."""


@dataclass(frozen=True, slots=True)
class TelegramRecordings:
    """Implements `Recordings`."""

    token: str = field(repr=False)
    api: str

    async def look(self, recording: Recording) -> Missing | None:
        bot = residents_bot(self.token, self.api)
        try:
            found = await _path(bot, recording.name)
            return found if isinstance(found, Missing) else None
        finally:
            await bot.session.close()

    async def open(self, recording: Recording) -> Opened | Missing:
        """The beginning is fetched before it counts as opened: then it is there, and it is what it says."""
        body = self._fetched(recording)
        try:
            first = await anext(body, b"")
        except _NotThere as reason:
            return Missing(reason.why)
        media_type, _, begins = TYPES[recording.kind]
        if not first.startswith(begins):
            await body.aclose()
            return Missing(Why.ODD)
        return Opened(media_type, _with_first(first, body))

    async def _fetched(self, recording: Recording) -> AsyncGenerator[bytes, None]:
        """The bytes as they come. Raises `_NotThere` before the first, `_Broken` after it."""
        bot, size = residents_bot(self.token, self.api), 0
        try:
            path = await _path(bot, recording.name)
            if isinstance(path, Missing):
                raise _NotThere(path.why)
            address = bot.session.api.file_url(self.token, path)
            async with aclosing(bot.session.stream_content(address, timeout=FETCHED_WITHIN)) as stream:
                async for chunk in stream:
                    size += len(chunk)
                    if size > LARGEST:
                        raise _Broken
                    yield chunk
        except ClientResponseError as error:
            raise _NotThere(Why.GONE if error.status == 404 else Why.AWAY) from None
        except (ClientError, TimeoutError):
            raise (_Broken if size else _NotThere(Why.AWAY)) from None
        finally:
            await bot.session.close()


class _NotThere(Exception):
    """It cannot be fetched."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why


async def _path(bot: Bot, name: str) -> str | Missing:
    """Where Telegram gives it out for the next hour."""
    try:
        found = await bot.get_file(name)
    except TelegramBadRequest as error:
        return Missing(Why.TOO_LARGE if _TOO_BIG in error.message.lower() else Why.GONE)
    except (TelegramAPIError, ClientDecodeError):
        return Missing(Why.AWAY)
    if (found.file_size or 0) > LARGEST:
        return Missing(Why.TOO_LARGE)
    return found.file_path or Missing(Why.GONE)


async def _with_first(first: bytes, rest: AsyncGenerator[bytes, None]) -> AsyncIterator[bytes]:
    async with aclosing(rest):
        yield first
        async for chunk in rest:
            yield chunk
