"""The ways out that every screen has, and the commands that work everywhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from bot.dialogs.screen import Choice, Step, View
from bot.dialogs.screens.every import SCREENS
from bot.i18n.text import _


def back(view: View) -> Step:
    """To the screen before, or to the screen's parent where none was passed."""
    trail = view.session.trail
    if trail:
        return view.go(trail[-1])
    here = SCREENS.get(view.session.screen)
    return view.restart(here.parent if here else "language")


def _to(screen: str) -> Callable[[View], Step]:
    return lambda view: view.go(screen)


def _start(view: View) -> Step:
    """From the top: to the open case where there is one, else to the first question that is still open."""
    if view.matters:
        return view.restart("mine")
    if view.session.consented:
        return view.restart("next")
    return view.restart("welcome" if view.session.language else "language")


#: In the order in which they are shown.
NAV: Final = (
    Choice("nav.back", _("Back"), back),
    Choice("nav.person", _("Talk to a person"), _to("person")),
    Choice("nav.emergency", _("Emergency"), _to("emergency")),
    Choice("nav.language", _("Language"), _to("language")),
    Choice("nav.help", _("Help"), _to("help")),
)
#: Stands under a reminder, which may come on any screen.
SHOW_APPOINTMENT: Final = Choice("nav.appointment", _("Show my appointment"), _to("mine"))
COMMANDS: Final[Mapping[str, Callable[[View], Step]]] = {
    "start": _start,
    "help": _to("help"),
    "language": _to("language"),
    "person": _to("person"),
    "emergency": _to("emergency"),
    "appointment": _to("mine"),
    "bring": _to("bring"),
    "mydata": _to("mydata"),
    "stop": _to("stop"),
    "back": back,
}


def command_of(text: str) -> str | None:
    """The command in a message that begins with a slash, without the bot's name.

    >>> command_of("/Help@lotse_bot please"), command_of("help")
    ('help', None)
    """
    words = text.strip().split()
    if not words or not words[0].startswith("/"):
        return None
    return words[0][1:].split("@")[0].lower()
