"""What every Telegram bot of ours needs from the house behind it, and gives to it. No library is imported here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

#: A call that Telegram carries out when it stands in the answer to a webhook: `{"method": …, …}`.
Call = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """Something of a person for the inbox. The same key a second time changes nothing."""

    key: str
    person: str
    content: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Arrived:
    """What an update means: letters (none: it is of no use to us), and what is to be called at once."""

    letters: tuple[Letter, ...] = ()
    call: Call | None = None


@dataclass(frozen=True, slots=True)
class Unreadable:
    """An update of no shape that we know. It is put aside, so that it is not delivered again and again."""

    letter: Letter
    fault: str


#: Reads a raw update; never raises, whatever it is given.
Read = Callable[[Mapping[str, Any]], Arrived | Unreadable]


class MailboxAway(Exception):
    """The database does not answer; Telegram is to deliver the update again."""


class Mailbox(Protocol):
    """Where updates go. It blocks, so it is called in a thread."""

    def take(self, arrived: Arrived | Unreadable) -> None:
        """Everything is stored when this returns; raises `MailboxAway` when nothing is."""


class NotNow(Exception):
    """Telegram cannot be asked at the moment: it is away, or somebody else asks."""


@dataclass(frozen=True, slots=True)
class Hook:
    """Where Telegram is to deliver, and the secret that it brings along."""

    url: str
    secret: str = field(repr=False)


class Line(Protocol):
    """A bot's line to Telegram. Raw updates only: nothing is parsed before it is stored."""

    async def open(self) -> None:
        """From now on updates are fetched, and no webhook gets them."""

    async def updates(self, offset: int) -> list[Mapping[str, Any]]:
        """Updates from this number on; asking confirms all before it. Raises `NotNow`."""

    async def carry_out(self, call: Call) -> None:
        """A late answer to a button is no fault. Raises `NotNow`."""

    async def close(self) -> None: ...


# What goes out.


@dataclass(frozen=True, slots=True)
class Key:
    """A button under a message."""

    label: str
    data: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A message: at most 4096 characters, never markup. `guarded`: Telegram lets nobody forward it.

    Under a message stand either buttons (`rows`), or it brings a keyboard with one button that sends the person's
    own number (`contact` is its label), or it takes that keyboard away (`closes`).
    """

    text: str
    rows: tuple[tuple[Key, ...], ...] = ()
    guarded: bool = False
    contact: str | None = None
    closes: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A document to keep, or a picture that is seen in the chat."""

    name: str
    body: bytes
    picture: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """All that is sent for one message of the outbox, in order.

    `edits` is the message that the words replace, `clears` are those that lose their buttons. `uncertain`: it may
    have arrived before; then it is looked for among the messages `after` this number, as far as `until` at least.
    `is_page`: its last words are the screen that the person is on, and no message between two screens.
    """

    chat: int
    parts: tuple[Words | File, ...]
    is_page: bool = False
    edits: int | None = None
    clears: tuple[int, ...] = ()
    after: int | None = None
    until: int | None = None
    uncertain: bool = False


@dataclass(frozen=True, slots=True)
class Delivered:
    """It is in the chat; `last` is the number of its last message, `page` of the one with the screen's buttons.

    `keyboard` is the number of a message that brought a keyboard; `closed`: it was taken away.
    """

    last: int | None
    calls: int = field(default=1)
    page: int | None = None
    keyboard: int | None = None
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Wait:
    """Telegram says how many seconds nothing may be sent to this chat. `begun`: a part of the parcel is there."""

    seconds: float
    begun: bool = False


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nobody knows whether it arrived: an error of the server, or no answer in time."""

    why: str


@dataclass(frozen=True, slots=True)
class Gone:
    """Nothing can be sent there any more: blocked, deleted, unknown."""

    why: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Telegram does not take this message, and will not take it another time."""

    why: str


Outcome = Delivered | Wait | Unknown | Gone | Refused


class Postman(Protocol):
    """Brings parcels to one bot's chats. It never raises for what Telegram does."""

    async def deliver(self, parcel: Parcel) -> Outcome: ...
    async def close(self) -> None: ...
