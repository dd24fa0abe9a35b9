"""Sentences as JSON values, so that one can wait in storage and be said in the reader's language later."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from bot.i18n.text import Near, Text, Value


def write_text(text: Text) -> dict[str, Any]:
    """The sentence as JSON values; what is not set is left out.

    >>> write_text(Text("It is {when}.", (("when", time(9, 30)),)))
    {'source': 'It is {when}.', 'values': {'when': {'time': '09:30:00'}}}
    """
    written: dict[str, Any] = {"source": text.source}
    if text.values:
        written["values"] = {name: _write(value) for name, value in text.values}
    if text.plural is not None:
        written |= {"plural": text.plural, "count": text.count}
    return written | ({"literal": True} if text.literal else {})


def read_text(written: dict[str, Any]) -> Text:
    """The sentence that `write_text` wrote."""
    values = tuple((name, _read(value)) for name, value in written.get("values", {}).items())
    return Text(
        written["source"], values, written.get("plural"), written.get("count"), bool(written.get("literal", False))
    )


def _write(value: Value) -> Any:
    match value:
        case Text():
            return {"text": write_text(value)}
        case datetime():
            return {"moment": value.isoformat()}
        case Near(day):
            return {"near": day.isoformat()}
        case date():
            return {"date": value.isoformat()}
        case time():
            return {"time": value.isoformat()}
        case _:
            return value


def _read(value: Any) -> Value:
    match value:
        case {"text": dict(written)}:
            return read_text(written)
        case {"moment": str(moment)}:
            return datetime.fromisoformat(moment)
        case {"date": str(day)}:
            return date.fromisoformat(day)
        case {"near": str(day)}:
            return Near(date.fromisoformat(day))
        case {"time": str(clock)}:
            return time.fromisoformat(clock)
        case int() | str():
            return value
        case _:
            raise ValueError("a stored sentence holds a value of no known kind")
