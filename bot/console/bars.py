"""Bars of a picture: how long each part is on a common scale. A template draws them; a table says the same in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

STEPS: Final = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
MOST_TICKS: Final = 8


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a bar: what it is, where it begins, how long it is."""

    kind: str
    x: int
    width: int


@dataclass(frozen=True, slots=True)
class Scale:
    """From nothing to `most`, with round ticks."""

    most: int
    ticks: tuple[int, ...]


def scale_for(values: Iterable[int]) -> Scale:
    """The scale on which all values have room.

    >>> scale_for([65, 120]).ticks
    (0, 20, 40, 60, 80, 100, 120)
    """
    largest = max((*values, 1))
    step = next((step for step in STEPS if largest <= step * MOST_TICKS), STEPS[-1])
    count = -(-largest // step)
    return Scale(count * step, tuple(step * number for number in range(count + 1)))


def parts(*pieces: tuple[str, int]) -> tuple[Part, ...]:
    """Pieces one after the other; those of length nothing are left out.

    >>> parts(("reported", 20), ("came", 0), ("waiting", 3))
    (Part(kind='reported', x=0, width=20), Part(kind='waiting', x=20, width=3))
    """
    found, at = [], 0
    for kind, width in pieces:
        if width:
            found.append(Part(kind, at, width))
            at += width
    return tuple(found)
