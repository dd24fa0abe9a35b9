"""recognise: what messages on standard input need. It is there in a second: it loads no more than the recogniser."""

from __future__ import annotations

from typing import Any, TextIO

from bot.commands.lines import each
from bot.turns.ports import Recogniser


def recognise(recogniser: Recogniser, language: str | None, given: TextIO, out: TextIO) -> int:
    """One message a line."""

    def answer(text: str) -> dict[str, Any]:
        found = recogniser.recognise(text, language)
        return {
            "needs": [need.topic for need in found.needs],
            "scores": {need.topic: round(need.score, 3) for need in found.needs},
            "urgent": found.urgent,
            "language": language or found.language,
        }

    return each(answer, given, out)
