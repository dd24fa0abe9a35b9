"""One row of a table, read with care: a wrong value is named by its row, its key and what is allowed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, time
from typing import Any

from bot.vocabulary.mail import is_mail_address


class Row:
    """The values of one row; `where` is how a coordinator finds it ("desk rbk_kuerten")."""

    def __init__(self, where: str, values: Any) -> None:
        if not isinstance(values, Mapping):
            raise ValueError(f"{where}: allowed is a row of keys and values")
        self.where, self.values = where, values

    def wrong(self, key: str, allowed: str) -> ValueError:
        return ValueError(f"{self.where}, {key}: allowed is {allowed}")

    def only(self, keys: Collection[str]) -> None:
        """A key that nobody reads is a slip of the keyboard."""
        for key in self.values:
            if key not in keys:
                raise self.wrong(key, "one of " + ", ".join(keys))

    def words(self, key: str) -> str:
        value = self.values.get(key)
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(key, "a text that is not empty")
        return value

    def maybe(self, key: str) -> str | None:
        return self.words(key) if key in self.values else None

    def mail(self, key: str) -> str | None:
        words = self.maybe(key)
        if words is not None and not is_mail_address(words):
            raise self.wrong(key, "an e-mail address such as kalender@stadt.example")
        return words

    def one_of(self, key: str, allowed: Collection[str], default: str | None = None) -> str:
        value = self.values.get(key, default)
        if not isinstance(value, str) or value not in allowed:
            raise self.wrong(key, "one of " + ", ".join(allowed))
        return value

    def some_of(self, key: str, allowed: Collection[str]) -> tuple[str, ...]:
        value = self.values.get(key, [])
        if not isinstance(value, list) or any(one not in allowed for one in value):
            raise self.wrong(key, "a list of " + ", ".join(allowed))
        return tuple(value)

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.values.get(key, [])
        if not isinstance(value, list) or any(not isinstance(one, str) or not one for one in value):
            raise self.wrong(key, "a list of texts")
        return tuple(value)

    def truth(self, key: str, *, default: bool = False) -> bool:
        value = self.values.get(key, default)
        if not isinstance(value, bool):
            raise self.wrong(key, "true or false")
        return value

    def number(self, key: str, largest: float) -> float:
        value = self.values.get(key)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= largest:
            raise self.wrong(key, f"a number from 0 to {largest:g}")
        return float(value)

    def whole(self, key: str, largest: int, default: object = None, smallest: int = 0) -> int:
        value = self.values.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int) or not smallest <= value <= largest:
            raise self.wrong(key, f"a whole number from {smallest} to {largest}")
        return value

    def clock(self, key: str, default: time | None = None) -> time:
        value = self.values.get(key, default)
        try:
            return value if isinstance(value, time) else time.fromisoformat(str(value))
        except ValueError as error:
            raise self.wrong(key, 'a time such as "09:00"') from error

    def day(self, key: str) -> date | None:
        return _day(self, key, self.values[key]) if key in self.values else None

    def days(self, key: str) -> frozenset[date]:
        value = self.values.get(key, [])
        if not isinstance(value, list):
            raise self.wrong(key, 'a list of days such as "2026-05-14"')
        return frozenset(_day(self, key, one) for one in value)


def _day(row: Row, key: str, value: object) -> date:
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise row.wrong(key, 'a day such as "2026-05-14"') from error


def rows(table: Mapping[str, Any], name: str, where: str) -> list[Mapping[str, Any]]:
    """The rows `[[name]]` of a table; it must have some."""
    found = table.get(name)
    if not isinstance(found, list) or not found:
        raise ValueError(f"{where}: it needs at least one row [[{name}]]")
    return found


def ids_of(table: Mapping[str, Any], name: str, where: str) -> tuple[str, ...]:
    """The ids of all rows, each there once."""
    ids: list[str] = []
    for number, values in enumerate(rows(table, name, where), start=1):
        id_ = Row(f"{where}, {name} {number}", values).words("id")
        if id_ in ids:
            raise ValueError(f"{where}, {name} {id_}: this id is there twice")
        ids.append(id_)
    return tuple(ids)
