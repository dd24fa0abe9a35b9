"""Many people at once, each with a telephone: they read the newest screen and answer it until their way is at its end.

Whoever gets no answer for long taps once more, as people do; everything else they do once.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import cycle, islice
from random import Random
from typing import Any, Final, Protocol

from bot.channels.telegram_callbacks import Callbacks
from tests.telegram.fake_world import Sent
from tests.telegram.person import Person
from tests.telegram.town import Town

#: Seconds after which a person believes that their tap was not heard.
PATIENCE: Final = 45.0
LOOK_AGAIN: Final = 0.25
#: Each has a desk with dates of its own. People are dealt out evenly: the eight or more first dates that it has in four
#: weeks, holidays among them, are enough for all, and few enough that people want the same ones.
TOWNS: Final = ("Siegburg", "Lohmar", "Eitorf", "Bornheim", "Rheinbach", "Overath", "Odenthal", "Kürten")


class Way(Protocol):
    """What somebody wants: what they do on each screen, until nothing is left to do."""

    def does(self, screen: str, offered: list[str], chance: Random) -> Tap | Text | None: ...


@dataclass(frozen=True, slots=True)
class Tap:
    choice: str


@dataclass(frozen=True, slots=True)
class Text:
    words: str


class Lost(AssertionError):
    """Somebody is on a screen on which they do not know what to do."""


@dataclass(frozen=True, slots=True)
class Books:
    """The short way to a first date. Half of them want the first one, as people do, so they want the same."""

    town: str
    taps: Mapping[str, str] = field(
        default_factory=lambda: {
            "language": "de", "welcome": "go_on", "consent": "agree", "need.understood": "right", "suggestion": "go_on",
            "how": "appointment", "need.vague": "again", "reach": "chat", "name": "without", "summary": "confirm",
        }
    )  # fmt: skip

    def does(self, screen: str, offered: list[str], chance: Random) -> Tap | Text | None:
        match screen:
            case "mine":
                return None
            case "place":
                return Text(self.town)
            case "need":
                return Text("Ich suche eine Wohnung")
            case "slots":
                dates = [one for one in offered if one[:1].isdigit()]
                return Tap(dates[0] if chance.random() < 0.5 else chance.choice(dates))
            case _ if screen.startswith("ask."):
                return Tap("skip")
            case _ if screen in self.taps:
                return Tap(self.taps[screen])
            case _:
                raise Lost(screen)


@dataclass(frozen=True, slots=True)
class OnlyLooks:
    """Refuses that anything is stored, and reads where there is help all the same."""

    def does(self, screen: str, offered: list[str], chance: Random) -> Tap | Text | None:
        match screen:
            case "language":
                return Tap(chance.choice(["ar", "en", "fa", "uk"]))
            case "welcome":
                return Tap("go_on")
            case "consent":
                return Tap("refuse")
            case "refused":
                return Tap("rbk")
            case "refused.rbk":
                return Tap("housing")
            case _ if screen.startswith("refused.rbk."):
                return None
            case _:
                raise Lost(screen)


@dataclass(slots=True)
class Visitor:
    """One of them. `acted` is what they saw when they last did something."""

    person: Person
    name: str
    way: Way
    chance: Random
    acted: tuple[Any, ...] = ()
    since: float = 0.0
    impatient: int = 0

    def looks(self, callbacks: Callbacks) -> bool:
        """Does what there is to do; true when their way is at its end."""
        page = next((one for one in reversed(self.person.chat) if one.keyboard), None)
        if page is None or (self._sight(page) == self.acted and not self._runs_out_of_patience()):
            return False
        pressed = [callbacks.read(self.name, button["callback_data"]) for button in page.buttons]
        offered = {one.choice: button for one, button in zip(pressed, page.buttons, strict=True)}
        self.acted, self.since = self._sight(page), time.monotonic()
        try:
            deed = self.way.does(pressed[0].screen, [*offered], self.chance)
        except (Lost, IndexError) as error:
            raise Lost([(one.id, one.by_bot, one.text) for one in self.person.chat][-8:]) from error
        match deed:
            case None:
                return True
            case Text(words):
                self.person.types(words)
            case Tap(choice):
                assert choice in offered, (choice, [*offered])
                self.person.presses(offered[choice]["callback_data"], page)
        return False

    def _sight(self, page: Sent) -> tuple[Any, ...]:
        return (page.id, page.edits, page.text)

    def _runs_out_of_patience(self) -> bool:
        late = time.monotonic() - self.since > PATIENCE
        self.impatient += late
        return late


@dataclass(slots=True)
class Crowd:
    """All of them; only so many are there at once, and who has ended makes room for the next."""

    town: Town
    outside: list[Visitor]
    at_once: int
    inside: dict[int, Visitor] = field(default_factory=dict)
    ended: list[Visitor] = field(default_factory=list)
    all_at: float = 0.0

    def runs(self, seconds: float, left: int = 0) -> None:
        """Until everybody's way is at its end, or only so many are left."""
        end, callbacks = time.monotonic() + seconds, self.town.residents.callbacks
        while len(self.outside) + len(self.inside) > left:
            assert time.monotonic() < end, self.stuck()
            while self.outside and len(self.inside) < self.at_once:
                self._comes(self.outside.pop())
            for visitor in self._touched():
                if visitor.looks(callbacks):
                    self.ended.append(self.inside.pop(visitor.person.id))

    def _touched(self) -> list[Visitor]:
        """Those in whose chats something happened; now and then all, because somebody may have lost patience."""
        world = self.town.telegram.world
        with world.changed:
            world.changed.wait_for(lambda: bool(world.touched), LOOK_AGAIN)
            touched, world.touched = world.touched, set()
        if time.monotonic() > self.all_at:
            self.all_at = time.monotonic() + 2.0
            touched = {*self.inside}
        return [self.inside[chat] for chat in touched if chat in self.inside]

    def stuck(self) -> str:
        """What those see who are not at the end."""
        seen = [visitor.person.heard[-1:] for visitor in self.inside.values()]
        return f"{len(seen)} conversations do not end: {[one[0].text[:80] for one in seen if one][:5]}"

    def told(self) -> str:
        everybody = (*self.ended, *self.inside.values())
        return f"{len(self.ended)} ended, {sum(visitor.impatient for visitor in everybody)} tapped once more"

    def _comes(self, visitor: Visitor) -> None:
        self.inside[visitor.person.id] = visitor
        visitor.since = time.monotonic()
        visitor.person.starts()


def crowd(here: Town, chance: Random, *, books: int, look: int, at_once: int) -> Crowd:
    ways: list[Way] = [Books(town) for town in islice(cycle(TOWNS), books)]
    ways += [OnlyLooks() for _ in range(look)]
    chance.shuffle(ways)
    people = [(here.person(), way) for way in ways]
    visitors = [Visitor(person, here.name(person), way, Random(chance.random())) for person, way in people]
    return Crowd(here, visitors, at_once)
