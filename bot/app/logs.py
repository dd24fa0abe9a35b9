"""What is logged: an event and fields from a list, one JSON object a line on stderr. Nothing else gets through.

So no name, text, number or address of a person, no token and no secret can be logged by mistake: not by us, not by a
library. A library's line keeps its level and the name of its logger; its words may quote anything and are left out.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Mapping, MutableMapping
from typing import Any, Final

import structlog

#: The fields that a line may have; their values are short words and numbers of ours.
FIELDS: Final = frozenset(
    {"event", "level", "logger", "timestamp", "seq", "id", "fault", "attempts", "why", "doing", "size", "count"}
)
LONGEST: Final = 120


def log_carefully() -> None:
    """From now on this process logs so; the first thing that a command does."""
    structlog.configure(
        processors=[
            structlog.stdlib.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            allowed_only,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    logging.basicConfig(handlers=[_Libraries()], level=logging.WARNING, force=True)


def allowed_only(logger: Any, name: str, line: MutableMapping[str, Any]) -> Mapping[str, Any]:
    """The fields of the list, cut to a length; a word of another type is only named by its type."""
    return {key: _short(value) for key, value in line.items() if key in FIELDS}


def _short(value: Any) -> str | int | float | bool | None:
    match value:
        case bool() | int() | float() | None:
            return value
        case str():
            return value[:LONGEST]
        case _:
            return type(value).__name__


class _Libraries(logging.Handler):
    """A library's line without its words."""

    def emit(self, record: logging.LogRecord) -> None:
        fault = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else None
        line = {"event": "library", "level": record.levelname.lower(), "logger": record.name, "fault": fault}
        print(json.dumps({key: value for key, value in line.items() if value}), file=sys.stderr)
