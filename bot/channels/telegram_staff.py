"""What comes in at the staff bot: updates become letters. One of the few that import telegram."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final
from urllib.parse import urlencode

from telegram import Bot, CallbackQuery, Message, Update
from telegram.constants import ChatType
from telegram.error import BadRequest, TelegramError
from telegram.request import HTTPXRequest

from bot.channels.telegram_person import Persons
from bot.channels.telegram_port import Arrived, Call, Letter, NotNow, Unreadable
from bot.channels.telegram_raw import ALLOWED_UPDATES, bare, storable

CHANNEL: Final = "staff"
ANSWER_WITHIN: Final = 20.0
_NOTHING: Final = Arrived()


def staff_bot(token: str, api: str) -> Bot:
    """The connection to Telegram, or to whatever stands for it in a test."""
    # The library's own switch: without it, each 429 makes it warn that times will be no numbers of seconds any more.
    os.environ.setdefault("PTB_TIMEDELTA", "true")
    request = HTTPXRequest(connect_timeout=ANSWER_WITHIN, read_timeout=ANSWER_WITHIN)
    polling = HTTPXRequest(connect_timeout=ANSWER_WITHIN, read_timeout=ANSWER_WITHIN * 4)
    return Bot(
        token, base_url=f"{api}/bot", base_file_url=f"{api}/file/bot", request=request, get_updates_request=polling
    )


@dataclass(frozen=True, slots=True)
class StaffReader:
    """Reads one raw update after the other; only private chats are heard."""

    persons: Persons

    def __call__(self, raw: Mapping[str, Any]) -> Arrived | Unreadable:
        try:
            update = Update.de_json(dict(bare(raw)), None)
        except (TypeError, KeyError, AttributeError, ValueError) as error:
            return self._unreadable(raw, type(error).__name__)
        if update.message is not None:
            return self._message(update.update_id, update.message)
        if update.callback_query is not None:
            return self._query(update.update_id, update.callback_query)
        return _NOTHING

    def _message(self, number: int, message: Message) -> Arrived:
        if message.chat.type != ChatType.PRIVATE:
            return Arrived(call={"method": "leaveChat", "chat_id": message.chat.id})
        if message.from_user is None or message.from_user.id != message.chat.id:
            return _NOTHING
        content = {"text": storable(message.text)} if message.text else {"media": "document"}
        return Arrived((self._letter(number, message.from_user.id, content, message.message_id),))

    def _query(self, number: int, query: CallbackQuery) -> Arrived:
        """It is answered at once; the work comes after."""
        call = {"method": "answerCallbackQuery", "callback_query_id": query.id}
        if query.message is None or query.message.chat.id != query.from_user.id:
            return Arrived(call=call)
        content, under = {"tap": storable(query.data or "")}, query.message.message_id
        return Arrived((self._letter(number, query.from_user.id, content, under),), call)

    def _letter(self, number: int, user: int, content: Mapping[str, Any], under: int) -> Letter:
        where = {"channel": CHANNEL, "address": str(user), "under": under}
        return Letter(key=f"staff:{number}", person=self.persons.name(user), content={**content, **where})

    def _unreadable(self, raw: Mapping[str, Any], fault: str) -> Unreadable:
        written = json.dumps(bare(raw), sort_keys=True, default=str)
        number = raw.get("update_id")
        known = f"staff:{number}" if isinstance(number, int) else f"staff:?{sha256(written.encode()).hexdigest()}"
        content = {"unreadable": json.loads(storable(written)), "channel": CHANNEL}
        return Unreadable(Letter(key=known, person=self.persons.unknown, content=content), fault)


@dataclass(frozen=True, slots=True)
class StaffLine:
    """Implements `Line`: raw updates, fetched."""

    bot: Bot
    held_open: int

    async def open(self) -> None:
        try:
            await self.bot.initialize()
            await self.bot.delete_webhook()
        except TelegramError as error:
            raise NotNow(type(error).__name__) from None

    async def updates(self, offset: int) -> list[Mapping[str, Any]]:
        """Asked without the library's own parsing: one update that it cannot read would come back for ever."""
        given = {"offset": offset, "timeout": self.held_open, "allowed_updates": json.dumps(list(ALLOWED_UPDATES))}
        patience = self.held_open + ANSWER_WITHIN
        try:
            address = f"{self.bot.base_url}/getUpdates?{urlencode(given)}"
            found = await self.bot.request.post(address, read_timeout=patience)
        except TelegramError as error:
            raise NotNow(type(error).__name__) from None
        return list(found) if isinstance(found, list) else []

    async def carry_out(self, call: Call) -> None:
        try:
            await _called(self.bot, call)
        except BadRequest:
            return  # too late for this button: there is nothing left to answer
        except TelegramError as error:
            raise NotNow(type(error).__name__) from None

    async def close(self) -> None:
        await self.bot.shutdown()


async def _called(bot: Bot, call: Call) -> None:
    match call:
        case {"method": "answerCallbackQuery", "callback_query_id": str(query)}:
            await bot.answer_callback_query(query)
        case {"method": "leaveChat", "chat_id": int(chat)}:
            await bot.leave_chat(chat)
        case _:
            raise ValueError("the staff bot makes no other calls at once")
