"""Parcels go to Telegram through aiogram, and what Telegram says becomes an outcome. The token is in no message."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.types import (
    BufferedInputFile,
    LinkPreviewOptions,
    Message,
)

from bot.channels.telegram_lost import UNCHANGED, arrived, numbers_after
from bot.channels.telegram_port import Call, Delivered, File, Gone, Outcome, Parcel, Refused, Unknown, Wait, Words
from bot.channels.telegram_residents_markup import has_keyboard, inline, markup_of
from bot.channels.telegram_shapes import held

#: Longer than Telegram takes, shorter than anybody's patience.
ANSWER_WITHIN: Final = 20
_LATE: Final = ("query is too old", "query id is invalid")
_NO_MARKUP: Final = ("can't parse entities", "can't parse message text")
_NOBODY_THERE: Final = ("chat not found", "user not found", "peer_id_invalid", "user is deactivated", "bot was blocked")


def residents_bot(token: str, api: str) -> Bot:
    """The connection to Telegram, or to whatever stands for it in a test."""
    held()
    session = AiohttpSession(api=TelegramAPIServer.from_base(api), timeout=ANSWER_WITHIN)
    return Bot(token, session=session)


@dataclass(frozen=True, slots=True)
class ResidentsPostman:
    """Implements `Postman`."""

    bot: Bot

    async def deliver(self, parcel: Parcel) -> Outcome:
        begun: list[int] = []
        try:
            return await self._deliver(parcel, begun)
        except TelegramRetryAfter as told:
            return Wait(told.retry_after, begun=bool(begun))
        except (TelegramServerError, TelegramNetworkError, ClientDecodeError) as error:
            return Unknown(type(error).__name__)
        except TelegramForbiddenError as error:
            return Gone(error.message)
        except TelegramBadRequest as error:
            said = error.message.lower()
            return Gone(error.message) if any(why in said for why in _NOBODY_THERE) else Refused(error.message)
        except (TelegramUnauthorizedError, TelegramNotFound) as error:
            return Unknown(type(error).__name__)  # the token is wrong: mending it is somebody's task, waiting is ours
        except TelegramAPIError as error:
            return Refused(type(error).__name__)

    async def close(self) -> None:
        await self.bot.session.close()

    async def _deliver(self, parcel: Parcel, begun: list[int]) -> Delivered:
        if parcel.edits is not None and await self._edited(parcel, parcel.edits):
            return Delivered(parcel.after, page=parcel.edits)
        last, uncertain = parcel.after or 0, parcel.uncertain and parcel.after is not None
        for part in parcel.parts:
            found = await self._arrived(parcel, last, part) if uncertain else None
            uncertain = found is not None
            last = found if found is not None else await self._sent(parcel.chat, part)
            begun.append(last)
        for number in parcel.clears:
            await self._cleared(parcel.chat, number)
        return _delivered(parcel, begun)

    async def _sent(self, chat: int, part: Words | File) -> int:
        match part:
            case Words():
                return (await self._plainly(chat, part)).message_id
            case File(name=name, body=body, picture=True):
                return (await self.bot.send_photo(chat, BufferedInputFile(body, name))).message_id
            case File(name=name, body=body):
                return (await self.bot.send_document(chat, BufferedInputFile(body, name))).message_id

    async def _plainly(self, chat: int, words: Words) -> Message:
        """Words are never markup; should Telegram find some in them, it is told once that there is none."""
        try:
            return await self.bot.send_message(chat, words.text, **_words(words))
        except TelegramBadRequest as error:
            if not any(why in error.message.lower() for why in _NO_MARKUP):
                raise
        return await self.bot.send_message(chat, words.text, entities=[], **_words(words))

    async def _edited(self, parcel: Parcel, number: int) -> bool:
        """False where the message cannot be edited any more; then it is sent anew."""
        (words,) = [part for part in parcel.parts if isinstance(part, Words)]
        markup, plain = inline(words), LinkPreviewOptions(is_disabled=True)
        try:
            await self.bot.edit_message_text(
                words.text, chat_id=parcel.chat, message_id=number, reply_markup=markup, link_preview_options=plain
            )
        except TelegramBadRequest as error:
            return UNCHANGED in error.message.lower()
        return True

    async def _arrived(self, parcel: Parcel, last: int, part: Words | File) -> int | None:
        """The number of this part, if it came into the chat without our hearing of it."""
        markup = inline(part) if isinstance(part, Words) else None

        async def edits(number: int) -> str | None:
            try:
                await self.bot.edit_message_reply_markup(chat_id=parcel.chat, message_id=number, reply_markup=markup)
            except TelegramBadRequest as error:
                return error.message
            return None

        fixed = isinstance(part, Words) and has_keyboard(part)
        return await arrived(edits, numbers_after(last, parcel.until), fixed=fixed)

    async def _cleared(self, chat: int, number: int) -> None:
        """The old buttons are gone. If not, they say for themselves that they are old."""
        try:
            await self.bot.edit_message_reply_markup(chat_id=chat, message_id=number)
        except (TelegramAPIError, ClientDecodeError):
            return


def _words(words: Words) -> dict[str, Any]:
    return {
        "reply_markup": markup_of(words),
        "link_preview_options": LinkPreviewOptions(is_disabled=True),
        "protect_content": words.guarded or None,
    }


def _delivered(parcel: Parcel, numbers: Sequence[int]) -> Delivered:
    """What stands in the chat now; `numbers` are those of the parts, in order."""
    last = numbers[-1] if numbers else parcel.after
    brought = [number for part, number in zip(parcel.parts, numbers, strict=True) if _brings(part)]
    return Delivered(
        last,
        len(numbers),
        page=last if parcel.is_page else None,
        keyboard=brought[-1] if brought else None,
        closed=any(isinstance(part, Words) and part.closes for part in parcel.parts),
    )


def _brings(part: Words | File) -> bool:
    return isinstance(part, Words) and part.contact is not None


async def carry_out(bot: Bot, call: Call) -> None:
    """What an update wants at once, where it did not come through a webhook. A late answer to a button is no fault."""
    try:
        await _called(bot, call)
    except TelegramBadRequest as error:
        if not any(late in error.message.lower() for late in _LATE):
            raise


async def _called(bot: Bot, call: Call) -> None:
    match call:
        case {"method": "answerCallbackQuery", "callback_query_id": str(query)}:
            await bot.answer_callback_query(query)
        case {"method": "leaveChat", "chat_id": int(chat)}:
            await bot.leave_chat(chat)
        case _:
            raise ValueError(f"a call of no known kind: {call.get('method')}")
