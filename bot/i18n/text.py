"""A sentence is a `Text` until the shell knows who reads it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final, TypeAlias

#: What may stand in a placeholder. A `Text` inside a `Text` is translated with it.
Value: TypeAlias = "str | int | date | time | datetime | Near | Text"


@dataclass(frozen=True, slots=True)
class Near:
    """A day of the next weeks, whose year nobody needs to be told: on a button each word counts."""

    day: date


@dataclass(frozen=True, slots=True)
class Text:
    """One whole sentence or paragraph: its English source, the values of its placeholders.

    `plural` and `count` are set together by `n_`. `literal` marks words that are data (the name of
    a desk, what a person typed) and are never translated.

    >>> _("Your code is {code}.", code="K7").source
    'Your code is {code}.'
    """

    source: str
    values: tuple[tuple[str, Value], ...] = ()
    plural: str | None = None
    count: int | None = None
    literal: bool = False


def _(source: str, /, **values: Value) -> Text:
    """A sentence for the catalogues; placeholders are named."""
    return Text(source, tuple(values.items()))


def n_(one: str, many: str, n: int, /, **values: Value) -> Text:
    """A sentence that counts; `{n}` is the number."""
    return Text(one, (("n", n), *values.items()), plural=many, count=n)


def data(words: str) -> Text:
    """Words that are the same in every language: a name, an address, what somebody typed."""
    return Text(words, literal=True)


NOTHING: Final = data("")
