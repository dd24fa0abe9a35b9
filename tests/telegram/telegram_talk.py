"""The conversation of `tests.talk`, held in Telegram: every step is a tap or a text, every look a look at the chat."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bot.channels.telegram_callbacks import Pressed
from bot.i18n.text import data
from bot.turns.messages import Button, FileToTake, Outgoing
from tests.talk import FRIDAY, Talk
from tests.telegram.fake_world import Sent
from tests.telegram.person import Person
from tests.telegram.town import Town


class TelegramTalk(Talk):
    """What a test sees of a screen is read from the buttons and words that Telegram shows."""

    def __init__(self, town: Town, on: str = FRIDAY, start: str = "") -> None:
        """`start` is what the link carries over which they come."""
        self.town, self.ada, self._start = town, town.person(), start
        self._callbacks = town.residents.callbacks
        self._before: dict[int, tuple[str, int]] = {}
        super().__init__(town.store, town.name(self.ada), on)

    @property
    def now(self) -> datetime:
        return self.town.clock()

    @now.setter
    def now(self, moment: datetime) -> None:
        self.town.sets_clock(moment)

    def says(self, content: dict[str, Any]) -> Talk:
        self.looks()
        match content:
            case {"hello": _}:
                self.ada.starts(self._start)
            case {"text": str(text)}:
                self.ada.types(text)
            case {"tap": str(choice)}:
                pressed = Pressed(choice, content.get("on") or self.last.screen)
                self.ada.presses(self._callbacks.write(self.person, pressed))
            case {"media": "contact", "phone": str(phone)}:
                self.ada.shares_contact(phone)
            case {"media": str(medium)}:
                self.ada.sends(medium, content.get("reference") or "file-1")
            case _:
                raise AssertionError(content)
        self.town.settles(self.ada)
        return self

    def hears(self) -> Talk:
        self.looks()
        self.town.bells.work.set()
        self.town.bells.ring(self.person)
        self.town.settles(self.ada)
        return self

    def taps(self, *choices: str) -> Talk:
        for choice in choices:
            message = with_buttons(self.ada)
            found = {self._pressed(button).choice: button for button in message.buttons}
            assert choice in found, f"{choice} is not on {self.last.screen}: {sorted(found)}"
            self.looks()
            self.ada.presses(found[choice]["callback_data"], message)
            self.town.settles(self.ada)
        return self

    def presses_under(self, message: Sent, choice: str) -> Talk:
        """A button of an earlier message, of which others stand below."""
        (found,) = [button for button in message.buttons if self._pressed(button).choice == choice]
        self.looks()
        self.ada.presses(found["callback_data"], message)
        self.town.settles(self.ada)
        return self

    @property
    def last(self) -> Outgoing:
        message = with_buttons(self.ada)
        pressed = [(self._pressed(button), data(button["text"])) for button in message.buttons]
        buttons = [Button(id=one.choice, label=label) for one, label in pressed]
        return Outgoing(
            screen=pressed[0][0].screen,
            choices=tuple(one for one in buttons if not one.id.startswith("nav.")),
            nav=tuple(one for one in buttons if one.id.startswith("nav.")),
            language=str(self.stored().get("language") or "de"),
            file=next((FileToTake(id="", name=file[0]) for one in self.new() if (file := one.file)), None),
        )

    def text(self, language: str = "en") -> str:
        """The words that came or changed since the last step."""
        return "\n".join(message.text for message in self.new())

    def new(self) -> list[Sent]:
        return [one for one in self.ada.heard if self._before.get(one.id) != (one.text, one.edits)]

    def looks(self) -> None:
        self._before = {one.id: (one.text, one.edits) for one in self.ada.heard}

    def _pressed(self, button: dict[str, str]) -> Pressed:
        return self._callbacks.read(self.person, button["callback_data"])


def with_buttons(person: Person) -> Sent:
    return next(message for message in reversed(person.heard) if message.keyboard)
