"""What residents do in Telegram, as letters for the inbox. One of the few modules that import aiogram."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from aiogram.enums import ChatType
from aiogram.types import CallbackQuery, Chat, Message, Update
from pydantic import ValidationError

from bot.channels.telegram_callbacks import Callbacks
from bot.channels.telegram_person import Persons
from bot.channels.telegram_port import Arrived, Letter, Unreadable
from bot.channels.telegram_raw import bare, media_of, status_of, storable
from bot.handoff.invitations import is_token, token_digest

CHANNEL: Final = "telegram"
_START: Final = re.compile(r"/start(?:@\w+)?(?:\s+([A-Za-z0-9_-]{1,64}))?\s*", re.IGNORECASE)
_NOTHING: Final = Arrived()
_IN_GROUP: Final = frozenset({"member", "administrator", "restricted", "creator"})


@dataclass(frozen=True, slots=True)
class ResidentsReader:
    """Reads one raw update after the other; only private chats are heard, all others are left."""

    persons: Persons
    callbacks: Callbacks

    def __call__(self, raw: Mapping[str, Any]) -> Arrived | Unreadable:
        cut = bare(raw)
        try:
            change = cut.pop("my_chat_member", None)
            if change is not None:
                return _left(Chat.model_validate(change["chat"]), status_of(raw))
            update = Update.model_validate(cut)
        except (ValidationError, TypeError, KeyError) as error:
            return self._unreadable(raw, type(error).__name__)
        if update.message is not None:
            return self._message(update.update_id, update.message, media_of(raw))
        if update.callback_query is not None:
            return self._query(update.update_id, update.callback_query)
        return _NOTHING

    def _message(self, number: int, message: Message, medium: str | None) -> Arrived:
        user = message.from_user
        if message.chat.type != ChatType.PRIVATE:
            return _left(message.chat, "member")
        if user is None or user.is_bot or user.id != message.chat.id:
            return _NOTHING
        contents = _contents(message, user.language_code, medium)
        under = {"message": message.message_id}
        return Arrived(tuple(self._letter(f"tg:{number}{part}", user.id, c, under) for part, c in contents.items()))

    def _query(self, number: int, query: CallbackQuery) -> Arrived:
        """It is answered at once; the work comes after."""
        call = {"method": "answerCallbackQuery", "callback_query_id": query.id}
        message = query.message
        if message is None or message.chat.type != ChatType.PRIVATE or message.chat.id != query.from_user.id:
            return Arrived(call=call)
        pressed = self.callbacks.read(self.persons.name(query.from_user.id), query.data or "")
        content = {"tap": pressed.choice, "on": pressed.screen}
        under = {"message": message.message_id, "screen": pressed.screen}
        return Arrived((self._letter(f"tg:{number}", query.from_user.id, content, under),), call)

    def _letter(self, key: str, user: int, content: Mapping[str, Any], under: Mapping[str, Any]) -> Letter:
        where = {"channel": CHANNEL, "address": str(user), "under": dict(under)}
        return Letter(key=key, person=self.persons.name(user), content={**content, **where})

    def _unreadable(self, raw: Mapping[str, Any], fault: str) -> Unreadable:
        cut, number = bare(raw), raw.get("update_id")
        written = json.dumps(cut, sort_keys=True, default=str)
        key = f"tg:{number}" if isinstance(number, int) else f"tg:?{hashlib.sha256(written.encode()).hexdigest()}"
        user = _number_of_user(cut)
        person = self.persons.unknown if user is None else self.persons.name(user)
        content = {"unreadable": json.loads(storable(written)), "channel": CHANNEL}
        return Unreadable(Letter(key=key, person=person, content=content), fault)


def _contents(message: Message, language: str | None, medium: str | None) -> dict[str, Mapping[str, Any]]:
    """What one message says, by what its key ends with: a photo with words under it is two letters."""
    text = message.text
    if text is not None:
        start = _START.fullmatch(text)
        return {"": _hello(language, start[1]) if start else {"text": storable(text)}}
    if medium is None:
        return {}
    found: dict[str, Mapping[str, Any]] = {"": {"media": medium, "reference": _reference(message)}}
    if own := _own_number(message):
        found[""] = {"media": medium, "phone": own}
    if message.caption:
        found[":words"] = {"text": storable(message.caption)}
    return found


def _hello(language: str | None, start: str | None) -> Mapping[str, Any]:
    """Of the token of an invitation only the digest goes on: who reads our database cannot use it."""
    if start and is_token(start):
        return {"invited": token_digest(start), "language": language}
    return {"hello": {"language": language}}


def _reference(message: Message) -> str | None:
    """Under which name Telegram gives the recording or the picture out again."""
    if message.voice is not None:
        return f"telegram:voice:{message.voice.file_id}"
    if message.photo:
        return f"telegram:photo:{message.photo[-1].file_id}"
    return None


def _own_number(message: Message) -> str | None:
    """The number of a contact, if it is the sender's own: anybody can send somebody else's card."""
    contact, user = message.contact, message.from_user
    if contact is None or user is None or contact.user_id != user.id:
        return None
    number = storable(contact.phone_number)
    return f"+{number}" if number.isdecimal() else number


def _left(chat: Chat, status: object) -> Arrived:
    """In a group nothing is said: the bot leaves."""
    if chat.type == ChatType.PRIVATE or status not in _IN_GROUP:
        return _NOTHING
    return Arrived(call={"method": "leaveChat", "chat_id": chat.id})


def _number_of_user(cut: Mapping[str, Any]) -> int | None:
    for kind in cut.values():
        user = kind.get("from") if isinstance(kind, Mapping) else None
        number = user.get("id") if isinstance(user, Mapping) else None
        if isinstance(number, int):
            return number
    return None
