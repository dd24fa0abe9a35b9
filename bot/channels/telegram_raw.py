"""An update without everything that we do not use: no names, no forwarded origins, no kinds that are new tomorrow.

What is not kept cannot be stored, logged or misread. An update whose unused parts no library can read is still read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

#: The kinds of update that we ask Telegram for.
ALLOWED_UPDATES: Final = ("message", "callback_query", "my_chat_member")
#: Libraries want a name for everybody; ours have none.
NO_NAME: Final = "-"
#: What a person can send beside text, and what the dialog calls it.
MEDIA: Final[Mapping[str, str]] = {
    "voice": "voice", "photo": "photo", "contact": "contact", "location": "location", "venue": "location",
    "sticker": "sticker", "document": "document", "audio": "document", "video": "document", "video_note": "document",
    "animation": "document", "poll": "document", "dice": "sticker", "story": "document", "paid_media": "document",
}  # fmt: skip
_READ_CLOSELY: Final = ("voice", "photo", "contact")
_UNSTORABLE: Final = re.compile("[\x00\ud800-\udfff]")


def bare(raw: Mapping[str, Any]) -> dict[str, Any]:
    """The parts of an update that we read; a part of an unexpected shape is left as it is, for somebody to refuse."""
    found: dict[str, Any] = {"update_id": raw.get("update_id")}
    if "message" in raw:
        found["message"] = _message(raw["message"])
    if "callback_query" in raw:
        found["callback_query"] = _query(raw["callback_query"])
    if "my_chat_member" in raw:
        found["my_chat_member"] = _only(raw["my_chat_member"], "date", chat=_chat, **{"from": _user})
    return found


def media_of(raw: Mapping[str, Any]) -> str | None:
    """What the message of an update carries, in the words of the dialog."""
    message = raw.get("message")
    kinds = MEDIA.items() if isinstance(message, Mapping) else ()
    return next((medium for kind, medium in kinds if isinstance(message, Mapping) and kind in message), None)


def status_of(raw: Mapping[str, Any]) -> object:
    """What the bot is in a chat now: `member`, `kicked`, …"""
    change = raw.get("my_chat_member")
    new = change.get("new_chat_member") if isinstance(change, Mapping) else None
    return new.get("status") if isinstance(new, Mapping) else None


def storable(text: str) -> str:
    """A text without the few characters that no database takes."""
    return _UNSTORABLE.sub("\ufffd", text)


def _message(message: Any) -> Any:
    found = _only(message, "message_id", "date", "text", "caption", *_READ_CLOSELY, chat=_chat, **{"from": _user})
    if not isinstance(found, dict):
        return found
    if isinstance(photo := found.get("photo"), list):
        found["photo"] = photo[-1:]
    if "contact" in found:
        found["contact"] = _only(found["contact"], "phone_number", "user_id", first_name=lambda name: NO_NAME)
    return found


def _query(query: Any) -> Any:
    return _only(query, "id", "data", "chat_instance", message=_place, **{"from": _user})


def _place(message: Any) -> Any:
    """Of the message with the buttons only its number counts."""
    return _only(message, "message_id", "date", chat=_chat)


def _chat(chat: Any) -> Any:
    return _only(chat, "id", "type")


def _user(user: Any) -> Any:
    return _only(user, "id", "is_bot", "language_code", first_name=lambda name: NO_NAME)


def _only(value: Any, *keys: str, **inside: Any) -> Any:
    """Some keys of an object, others after they were cut down themselves."""
    if not isinstance(value, Mapping):
        return value
    found = {key: value[key] for key in keys if key in value}
    return found | {key: cut(value[key]) for key, cut in inside.items() if key in value}
