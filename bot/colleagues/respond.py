"""What a linked colleague's message or tap leads to: one answer."""

from __future__ import annotations

from collections.abc import Mapping

from bot.colleagues import away
from bot.colleagues.commands import command
from bot.colleagues.moment import Moment
from bot.colleagues.notes import Note
from bot.colleagues.taps import tapped, worded


def respond(here: Moment, content: Mapping[str, object]) -> Note:
    """One answer to one message."""
    match content:
        case {"tap": str(data)} if data.partition(":")[0] in (away.MOVE, away.SWAP):
            here.tx.lines.wait(here.line.person, None)
            return away.tapped(here, data)
        case {"tap": str(data)}:
            return tapped(here, data)
        case {"text": str(text)} if text.startswith("/"):
            return command(here, text)
        case {"text": str(text)} if here.line.waiting:
            return worded(here, here.line.waiting, text)
        case _:
            return Note("Das habe ich nicht verstanden. /help zeigt, was ich kann.")
