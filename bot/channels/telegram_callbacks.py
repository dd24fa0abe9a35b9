"""What a button carries: its screen and its choice, and a mark that makes it worthless in anybody else's hands.

The mark is bound to the person, so a button that somebody forwards or invents is an old button and nothing else.
Which choice is open is decided where the person is, never by what a button says.
"""

from __future__ import annotations

import hashlib
import hmac
from base64 import urlsafe_b64encode
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from bot.channels.telegram_limits import LONGEST_DATA

_MARK: Final = 9
_SCREEN: Final = 3
_MARK_LETTERS: Final = 12
_SCREEN_LETTERS: Final = 4


class TooLong(ValueError):
    """A choice's id does not fit under a button."""


@dataclass(frozen=True, slots=True)
class Pressed:
    """A choice and the screen on which it was shown; both are empty for a button that is not the person's own."""

    choice: str
    screen: str


NOBODYS: Final = Pressed("", "")


@dataclass(frozen=True, slots=True)
class Callbacks:
    """Writes and reads the data of buttons; `screens` are all that there are."""

    secret: bytes = field(repr=False)
    screens: Iterable[str]
    _names: dict[str, str] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        self._names.update({_short(screen): screen for screen in self.screens})
        if len(self._names) != len({*self.screens}):
            raise ValueError("two screens have the same short name")

    def write(self, person: str, pressed: Pressed) -> str:
        """At most 64 bytes; raises `TooLong`."""
        said = f"{_short(pressed.screen)}{pressed.choice}"
        data = self._mark(person, said) + said
        if len(data.encode()) > LONGEST_DATA:
            raise TooLong(pressed.choice)
        return data

    def read(self, person: str, data: str) -> Pressed:
        """What this person pressed; somebody else's button, or a made-up one, is nobody's."""
        mark, said = data[:_MARK_LETTERS], data[_MARK_LETTERS:]
        if not hmac.compare_digest(mark.encode(errors="replace"), self._mark(person, said).encode()):
            return NOBODYS
        screen = self._names.get(said[:_SCREEN_LETTERS], "")
        return Pressed(said[_SCREEN_LETTERS:], screen)

    def _mark(self, person: str, said: str) -> str:
        mark = hmac.new(self.secret, f"button\0{person}\0{said}".encode(errors="replace"), hashlib.sha256).digest()
        return urlsafe_b64encode(mark[:_MARK]).decode()


def _short(screen: str) -> str:
    return urlsafe_b64encode(hashlib.sha256(screen.encode()).digest()[:_SCREEN]).decode()
