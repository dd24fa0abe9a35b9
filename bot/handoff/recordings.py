"""A voice message or a picture of a resident: the card keeps where it lies, and a colleague may listen or look."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Protocol

#: So many belong to one question at most.
MOST: Final = 10


class Kind(StrEnum):
    VOICE = "voice"
    PHOTO = "photo"


#: A longer one is not opened; Telegram gives out none either.
LARGEST: Final = 20 * 1024 * 1024
#: As what each is given out, and how its file begins.
TYPES: Final[Mapping[Kind, tuple[str, str, bytes]]] = {
    Kind.VOICE: ("audio/ogg", "ogg", b"OggS"),
    Kind.PHOTO: ("image/jpeg", "jpg", b"\xff\xd8\xff"),
}
#: What stands for each in a message, in every language.
SIGNS: Final = {Kind.VOICE: "🎙️", Kind.PHOTO: "🖼️"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """`place` is where it lies (a channel), `name` is how it is called there."""

    place: str
    kind: Kind
    name: str


class Why(StrEnum):
    """Why a recording cannot be opened."""

    GONE = "gone"
    AWAY = "away"
    TOO_LARGE = "too_large"
    ODD = "odd"
    NOWHERE = "nowhere"


@dataclass(frozen=True, slots=True)
class Missing:
    why: Why


@dataclass(frozen=True, slots=True)
class Opened:
    """What it is, and the bytes of it as they come; whoever has opened it reads it to its end or closes it."""

    media_type: str
    body: AsyncIterator[bytes]


class Recordings(Protocol):
    """A place where recordings lie."""

    async def look(self, recording: Recording) -> Missing | None:
        """None where it can be opened now, as far as one can see without opening it."""

    async def open(self, recording: Recording) -> Opened | Missing: ...


def read_recording(reference: str) -> Recording | None:
    """What a reference names; none for one of an older program.

    >>> read_recording("telegram:voice:AwAC:d")
    Recording(place='telegram', kind=<Kind.VOICE: 'voice'>, name='AwAC:d')
    >>> read_recording("voice-1") is None
    True
    """
    place, _, rest = reference.partition(":")
    kind, _, name = rest.partition(":")
    return Recording(place=place, kind=Kind(kind), name=name) if kind in {*Kind} and name else None
