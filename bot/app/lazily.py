"""Values by name that are made when they are first asked for, each once, also when two threads ask at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from threading import Lock
from typing import TypeVar

T = TypeVar("T")


class Lazily(Mapping[str, T]):
    """A mapping over what makes its values.

    >>> lengths = Lazily({"de": lambda: print("made") or 2})
    >>> "de" in lengths, lengths["de"], lengths["de"]
    made
    (True, 2, 2)
    """

    def __init__(self, makers: Mapping[str, Callable[[], T]]) -> None:
        self._makers = dict(makers)
        self._made: dict[str, T] = {}
        self._locks = {name: Lock() for name in makers}

    def __getitem__(self, name: str) -> T:
        if name not in self._made:
            with self._locks[name]:
                if name not in self._made:
                    self._made[name] = self._makers[name]()
        return self._made[name]

    def __contains__(self, name: object) -> bool:
        return name in self._makers

    def __iter__(self) -> Iterator[str]:
        return iter(self._makers)

    def __len__(self) -> int:
        return len(self._makers)
