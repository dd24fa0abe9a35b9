"""Input and output of the commands: one JSON object or one text a line, UTF-8, errors that say what to do."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any, TextIO

from bot.i18n.languages import BY_TAG

WRONG_INPUT = 2
_written = json.JSONEncoder(ensure_ascii=False).encode


def each(handle: Callable[[str], Any], given: TextIO, out: TextIO) -> int:
    """Answer each line with one JSON line; wrong input ends with a sentence on stderr and exit code 2."""
    for number, line in enumerate(given, start=1):
        text = line.rstrip("\r\n")
        try:
            answer = handle(text)
        except ValueError as error:
            print(f"line {number}: {error}", file=sys.stderr)
            return WRONG_INPUT
        out.write(_written(answer) + "\n")
        out.flush()  # whoever types line by line wants to see each answer
    return 0


def known_language(tag: str | None) -> str | None:
    """One of the nine; raises `ValueError` that lists them."""
    if tag is not None and tag not in BY_TAG:
        raise ValueError(f"--language: allowed is one of {', '.join(BY_TAG)}")
    return tag


def json_object(text: str) -> dict[str, Any]:
    """The object of a line; raises `ValueError` in words for anything else."""
    try:
        found = json.loads(text)
    except json.JSONDecodeError as error:
        raise ValueError(
            f"this is not JSON ({error.msg} at column {error.colno}); allowed is one object a line"
        ) from error
    if not isinstance(found, dict):
        raise ValueError(f"allowed is a JSON object, not {type(found).__name__}")
    return found
