"""What a browser sends is one small JSON object, and anything else is refused with a reason."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

#: 8 Ki characters a frame. Characters, not bytes: Arabic and Russian take two bytes for each, and
#: a person who writes them has the same room as one who writes English.
FRAME_CHARACTERS: Final = 8 * 1024
#: No character takes more than four bytes; what is longer is not read to its end.
FRAME_BYTES: Final = 4 * FRAME_CHARACTERS

MEDIA: Final = frozenset({"photo", "sticker", "voice", "document"})
_KEY: Final = re.compile(r"[A-Za-z0-9_-]{8,64}")
_ID: Final = re.compile(r"[^\x00-\x20\x7f\ud800-\udfff]{1,200}")
_PRESS_HIGHEST: Final = 1000
_ID_HIGHEST: Final = 2**63 - 1

Why = Literal["too_long", "not_understood"]


@dataclass(frozen=True, slots=True)
class Said:
    """A message of the person, with the key that makes a second arrival harmless."""

    key: str
    content: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Seen:
    """The device has shown this delivery."""

    delivery: int


@dataclass(frozen=True, slots=True)
class Hello:
    """The device says which language it is set to."""

    language: str


@dataclass(frozen=True, slots=True)
class Refused:
    """The frame changes nothing; `key` is its key where one could be read."""

    why: Why
    key: str | None = None


Frame = Said | Seen | Hello | Refused


def read_frame(raw: str) -> Frame:
    """The frame that the characters mean.

    >>> read_frame('{"text": "Hallo", "key": "0123456789"}')
    Said(key='0123456789', content={'text': 'Hallo'})
    >>> read_frame('{"ack": 17}')
    Seen(delivery=17)
    >>> read_frame("[]")
    Refused(why='not_understood', key=None)
    """
    if len(raw) > FRAME_CHARACTERS:
        return Refused("too_long")
    try:
        frame = json.loads(raw)
    except (ValueError, RecursionError):
        return Refused("not_understood")
    if not isinstance(frame, dict):
        return Refused("not_understood")
    if "ack" in frame:
        return _seen(frame["ack"])
    if "hello" in frame:
        return _hello(frame["hello"])
    return said(frame)


def clean(text: str) -> str:
    """The text without what no database takes: NUL and halves of characters."""
    return text.replace("\x00", "").encode("utf-8", "ignore").decode()


def said(frame: Mapping[str, Any]) -> Said | Refused:
    """The message in a frame that has been read already, by a socket or by a form."""
    key = frame.get("key")
    if not isinstance(key, str) or not _KEY.fullmatch(key):
        return Refused("not_understood")
    if len(str(frame.get("text", ""))) > FRAME_CHARACTERS:
        return Refused("too_long", key)
    content = _content(frame)
    return Said(key, content) if content else Refused("not_understood", key)


def _content(frame: Mapping[str, Any]) -> Mapping[str, Any] | None:
    match frame:
        case {"text": str(text)} if clean(text).strip():
            return {"text": clean(text)}
        case {"tap": str(tap), "on": str(on)} if _ID.fullmatch(tap) and _ID.fullmatch(on):
            return {"tap": tap, "on": on}
        case {"press": int(n)} if not isinstance(n, bool) and 1 <= n <= _PRESS_HIGHEST:
            return {"press": n}
        case {"media": str(kind)} if kind in MEDIA:
            return {"media": kind}
        case _:
            return None


def _seen(delivery: object) -> Seen | Refused:
    if isinstance(delivery, int) and not isinstance(delivery, bool) and 0 <= delivery <= _ID_HIGHEST:
        return Seen(delivery)
    return Refused("not_understood")


def _hello(hello: object) -> Hello | Refused:
    match hello:
        case {"language": str(tag)} if len(tag) <= 35 and tag.isascii():
            return Hello(tag)
        case {}:
            return Hello("")
        case _:
            return Refused("not_understood")
