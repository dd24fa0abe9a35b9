"""Whoever wrote what could not be handled hears it, and what they can do, instead of waiting for an answer."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from bot.i18n.text import Text, _
from bot.turns.messages import Outgoing, write_message
from bot.turns.ports import TurnTransaction

#: A word between two screens: it takes no buttons away.
SORRY: Final = "sorry"
_WORDS: Final[tuple[Text, ...]] = (
    _("I am sorry. Something went wrong here, and I could not answer your last message."),
    _("Please send it again. If it still does not work, talk to a person."),
)


def say_sorry(tx: TurnTransaction, seq: int, person: str, now: datetime) -> None:
    """In the language of the conversation; whoever has none yet has said nothing that is missing."""
    stored = tx.sessions.load(person)
    if stored is not None:
        message = Outgoing(screen=SORRY, says=_WORDS, language=stored.language or "de")
        tx.outbox.put(person, write_message(message), key=f"sorry:{seq}", now=now)
