"""What the web chat needs from the house behind it: a counter that takes letters in and hands letters out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from bot.handoff.uploads import Upload

#: What a person sent, in the words of the protocol: `{"text": …}`, `{"tap": …, "on": …}`, `{"press": n}`, …
Content = Mapping[str, Any]
#: What goes to a person: `id`, `screen`, `text`, `choices`, `nav`, `language`, `dir`, `progress`, `file`, `from`, and
#: as `asks` what is to be typed (`phone`, `email`), where it is no free text; `records`: it can be said or shown too.
Delivery = Mapping[str, Any]


class Counter(Protocol):
    """Everything may block (it speaks to a database), except `subscribe` and `unsubscribe`.

    The chat calls the blocking ones in a thread. `person` is the SHA-256 of the person's secret, in hex.
    """

    def arrived(self, person: str, key: str, content: Content) -> None:
        """The message is stored and a worker knows; the same key again changes nothing."""

    def recorded(self, person: str, key: str, upload: Upload) -> None:
        """A voice message or a picture, as `arrived`; it is kept only for somebody who has agreed to it."""

    def waiting(self, person: str) -> Sequence[Delivery]:
        """The deliveries that the person's device has not acknowledged, in order; each has its own `id`."""

    def acknowledged(self, person: str, delivery: int) -> None:
        """The delivery was shown and is not sent again; an id of somebody else changes nothing."""

    def current(self, person: str) -> Delivery | None:
        """The last screen once more (with the `id` it was delivered under), or none before the first one."""

    def file(self, person: str, name: str) -> tuple[str, bytes] | None:
        """The file that was offered to this person under this random name, with the name to save it by."""

    def subscribe(self, person: str, woken: Callable[[], None]) -> None:
        """From now on `woken` is called, from any thread, when something new waits for the person."""

    def unsubscribe(self, person: str, woken: Callable[[], None]) -> None:
        """The call-back is called no more."""
