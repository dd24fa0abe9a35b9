"""What Telegram itself shows of the residents' bot, in nine languages: name, descriptions, commands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from bot.i18n.text import Text, _

#: The only name there is; a name is not translated.
NAME: Final = "Lotse"
LONGEST_COMMAND: Final = 256
LONGEST_DESCRIPTION: Final = 512
LONGEST_SHORT: Final = 120

#: Before the first message, in the empty chat.
DESCRIPTION: Final = _(
    "I help you find the right desk for your question: in Rhein-Sieg-Kreis and Rheinisch-Bergischer Kreis, "
    "in your language. It is free and voluntary. I am a computer program. Please tap Start."
)
#: On the bot's profile and where somebody shares it.
SHORT: Final = _("Find the right help, in your language. Free and voluntary.")
#: In the order of the menu; every one is a command of the dialog.
COMMANDS: Final[Mapping[str, Text]] = MappingProxyType(
    {
        "start": _("Start, or go on"),
        "help": _("What I can do"),
        "language": _("Change the language"),
        "person": _("Talk to a person"),
        "emergency": _("Emergency numbers"),
        "appointment": _("Show my appointment"),
        "bring": _("Bring somebody who needs help"),
        "mydata": _("My data: see it, get it, delete it"),
        "stop": _("Stop and forget my answers"),
    }
)


#: Where the dialog asks for a phone number, Telegram can send the person's own.
ASKS_CONTACT: Final = _("You can also send me your own number with the button below. Then you need not type it.")
SEND_CONTACT: Final = _("📱 Send my phone number")
CONTACT_CLOSED: Final = _("I have taken away the button for your phone number.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Presented:
    """The bot in one language."""

    description: str
    short: str
    commands: Mapping[str, str]


def presented(render: Callable[[Text], str]) -> Presented:
    """The bot in the language that `render` writes."""
    return Presented(
        description=render(DESCRIPTION),
        short=render(SHORT),
        commands={name: render(words) for name, words in COMMANDS.items()},
    )
