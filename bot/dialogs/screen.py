"""A screen is data: what it says, what can be chosen, what typed words do there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from bot.dialogs.answers import Matter
from bot.dialogs.events import Event, Say
from bot.dialogs.knowledge import Knowledge
from bot.dialogs.outlook import Outlook
from bot.dialogs.session import Session
from bot.handoff.invitations import Invitation
from bot.handoff.messages import Message
from bot.i18n.text import Text
from bot.understanding.recognise import Recognition
from bot.vocabulary.facts import Facts

#: Language, what this is, place, need, questions, suggestion, where, for the meeting, date, check.
STEPS: Final = 10
LONGEST_TRAIL: Final = 40


class Asks(StrEnum):
    """What a screen wants typed; a channel that can make that easier does so."""

    PHONE = "phone"
    EMAIL = "email"


@dataclass(frozen=True, slots=True)
class Step:
    """What an answer leads to: the session as it is now, and what the world shall do or answer."""

    session: Session
    events: tuple[Event, ...] = ()

    def then(self, *events: Event) -> Step:
        return Step(self.session, (*self.events, *events))


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One moment of a conversation: the session, what is known, the time (UTC), the person's open cases.

    `messages` are those of the open cases, `invitations` those that the person has made, both in order.
    `outlook` is how long it will take, where the screen says so. `closed_towns` are the municipalities whose
    questions are not for the channel that the person uses.
    """

    session: Session
    know: Knowledge
    now: datetime
    matters: tuple[Matter, ...] = ()
    closed_cases: int = 0
    outlook: Outlook | None = None
    messages: tuple[Message, ...] = ()
    invitations: tuple[Invitation, ...] = ()
    closed_towns: frozenset[str] = frozenset()

    @property
    def facts(self) -> Facts:
        return self.session.facts

    def stay(self, *says: Text, **changes: Any) -> Step:
        """The same screen again, with a paragraph above it."""
        return Step(replace(self.session, **changes), tuple(Say(text) for text in says))

    def go(self, screen: str, *says: Text, **changes: Any) -> Step:
        """On to another screen; going to one that was already passed is going back to it."""
        trail = self.session.trail
        if screen in trail:
            trail = trail[: trail.index(screen)]
        elif screen != self.session.screen:
            trail = (*trail, self.session.screen)[-LONGEST_TRAIL:]
        return self.stay(*says, **{"screen": screen, "trail": trail, "marked": frozenset(), **changes})

    def restart(self, screen: str, *says: Text, **changes: Any) -> Step:
        """On to another screen from which back leads only to its parent."""
        return self.stay(*says, **{"screen": screen, "trail": (), "marked": frozenset(), **changes})


@dataclass(frozen=True, slots=True)
class Choice:
    """A button: a stable id, its words, and what it does (a screen's id, or a function)."""

    id: str
    label: Text
    does: str | Callable[[View], Step]


Says = tuple[Text, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """`parent` is where back leads when nothing was passed before; `step` is of `STEPS`, for the progress line.

    `hears` gets typed words after they were searched for distress; without it the bot asks for a button.
    `asks` says what is to be typed, where it is no free text; `records`: it can be said or shown, too.
    """

    id: str
    says: Callable[[View], Says]
    choices: Callable[[View], tuple[Choice, ...]]
    parent: str
    step: int | None = None
    hears: Callable[[View, str, Recognition], Step] | None = None
    asks: Asks | None = None
    records: bool = False
    private: bool = field(default=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A screen as it is shown now: paragraphs, its own choices, the ways out that every screen has."""

    screen: str
    says: Says
    choices: tuple[Choice, ...]
    nav: tuple[Choice, ...]
    step: int | None
    language: str
    asks: Asks | None = None
    records: bool = False


def always(*says: Text) -> Callable[[View], Says]:
    """Paragraphs that do not depend on anything."""
    return lambda view: says


def buttons(*choices: Choice) -> Callable[[View], tuple[Choice, ...]]:
    """Choices that do not depend on anything."""
    return lambda view: choices


def to(screen: str, *says: Text, **changes: Any) -> Callable[[View], Step]:
    """An action that goes on to a screen."""
    return lambda view: view.go(screen, *says, **changes)
