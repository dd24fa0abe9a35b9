"""What goes out of the staff bot: notes become messages, and what Telegram says becomes an outcome."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.channels.telegram_lost import arrived, numbers_after
from bot.channels.telegram_port import Delivered, Gone, Outcome, Parcel, Refused, Unknown, Wait, Words

_NOBODY_THERE: Final = ("chat not found", "user not found", "user is deactivated")


@dataclass(frozen=True, slots=True)
class StaffPostman:
    """Implements `Postman` with python-telegram-bot. What Telegram says becomes an outcome; no token in a message."""

    bot: Bot

    async def deliver(self, parcel: Parcel) -> Outcome:
        try:
            return await self._deliver(parcel)
        except RetryAfter as told:
            seconds = told.retry_after
            return Wait(seconds if isinstance(seconds, int) else seconds.total_seconds())
        except Forbidden as error:
            return Gone(error.message)
        except BadRequest as error:
            nobody = any(why in error.message.lower() for why in _NOBODY_THERE)
            return Gone(error.message) if nobody else Refused(error.message)
        except (TimedOut, NetworkError) as error:
            return Unknown(type(error).__name__)
        except TelegramError as error:
            return Unknown(type(error).__name__)

    async def close(self) -> None:
        """Nothing of its own stays open: each request pool was opened by `initialize`."""
        await self.bot.shutdown()

    async def _deliver(self, parcel: Parcel) -> Delivered:
        await self.bot.initialize()
        last = parcel.after
        for part in parcel.parts:
            if isinstance(part, Words):
                last = await self._brought(parcel, part, last)
        return Delivered(last, len(parcel.parts))

    async def _brought(self, parcel: Parcel, words: Words, last: int | None) -> int:
        """The number under which the words are there: found, if they came without our hearing of it, or else sent."""
        found = None if last is None or not parcel.uncertain else await self._arrived(parcel, words, last)
        return found if found is not None else await self._sent(parcel.chat, words)

    async def _arrived(self, parcel: Parcel, words: Words, last: int) -> int | None:
        async def edits(number: int) -> str | None:
            try:
                await self.bot.edit_message_reply_markup(parcel.chat, number, reply_markup=_markup(words))
            except BadRequest as error:
                return error.message
            return None

        return await arrived(edits, numbers_after(last, parcel.until))

    async def _sent(self, chat: int, words: Words) -> int:
        message = await self.bot.send_message(
            chat,
            words.text,
            reply_markup=_markup(words),
            link_preview_options=LinkPreviewOptions(is_disabled=True),
            protect_content=words.guarded,
        )
        return message.message_id


def _markup(words: Words) -> InlineKeyboardMarkup | None:
    rows = [[InlineKeyboardButton(key.label, callback_data=key.data) for key in row] for row in words.rows]
    return InlineKeyboardMarkup(rows) if rows else None
