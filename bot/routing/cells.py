"""A rule as a row of German words, and back: for forms and sheets. What cannot be read is named cell by cell.

`write_cells(rule, terms)` gives the words by column key (`bot.routing.columns.HEADS`); `read_cells` takes words of the
same keys, German names or ids, several of them with semicolons between; a key that is missing is an empty cell.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches
from typing import Any, Final

from bot.routing.columns import HEADS, LONGEST_ID, LONGEST_TEXT, SEPARATOR
from bot.routing.conditions import AT_LEAST, CONDITIONS, TRUTHS, in_order
from bot.routing.faults import Fault, Faulty
from bot.routing.rules import WAYS, Rule, named, read_rule
from bot.routing.target import Target
from bot.routing.terms import Terms
from bot.vocabulary.facts import LARGEST_COUNT
from bot.vocabulary.german import BOOKINGS, TRUTH
from bot.vocabulary.rows import Row

Cells = Mapping[str, str]
#: So much of a word that nobody knows is said again.
LONGEST_QUOTED: Final = 60
YES, NO = TRUTH[True], TRUTH[False]
ID: Final = re.compile(rf"[a-z][a-z0-9_]{{1,{LONGEST_ID - 1}}}")


def write_cells(rule: Rule, terms: Terms) -> dict[str, str]:
    """Every column of the rule in words; `read_cells` gives the same rule back."""
    cells = dict.fromkeys(HEADS, "")
    for name, wanted in rule.when:
        match wanted:
            case bool():
                cells[name] = TRUTH[wanted]
            case int():
                cells[name] = str(wanted)
            case _:
                cells[name] = _joined(terms.values(name).get(one, one) for one in in_order(name, wanted))
    return cells | {
        "id": rule.id,
        "active": TRUTH[rule.active],
        "target": terms.target(rule.target),
        "booking": BOOKINGS[rule.booking],
        "also": _joined(terms.target(one) for one in rule.also),
        "because": rule.because,
        "source": rule.source,
        "inferred": TRUTH[rule.inferred],
        "comment": rule.comment,
    }


def read_cells(cells: Cells, terms: Terms, row: str) -> Rule | Faulty:
    """The rule of a row. `row` is how a person finds it: "Zeile 8" or "Regel 3"."""
    reading = _Reading(cells, terms, row)
    document = reading.document()
    if reading.faults:
        return Faulty(tuple(reading.faults))
    return read_rule(Row(row, document), terms.known)


def allowed_words(key: str, terms: Terms) -> tuple[str, ...]:
    """The words that a cell of this column may hold, for lists to choose from; none where the words are free."""
    if key in ("active", "inferred", *TRUTHS):
        return (YES, NO)
    if key in ("target", "also"):
        return tuple(terms.targets.values())
    if key == "booking":
        return tuple(BOOKINGS.values())
    if key in CONDITIONS and not key.endswith(AT_LEAST):
        return tuple(terms.values(key).values())
    return ()


class _Reading:
    """Reads the cells of one row and collects what is wrong with them."""

    def __init__(self, cells: Cells, terms: Terms, row: str) -> None:
        self.cells, self.terms, self.row = cells, terms, row
        self.faults: list[Fault] = []

    def document(self) -> dict[str, Any]:
        """The row as `read_rule` wants it."""
        target = self._one_target()
        document: dict[str, Any] = {
            "id": self._id(),
            "active": self._truth("active") is not False,
            "when": dict(self._when()),
            "target": target and named(target),
            "because": self._text("because"),
            "also": [named(one) for one in self._targets("also")],
            "source": self._text("source"),
            "inferred": self._truth("inferred") is True,
        }
        if (booking := self._booking(target)) is not None:
            document["booking"] = booking
        if comment := self._text("comment", needed=False):
            document["comment"] = comment
        return document

    def _words(self, key: str) -> str:
        return " ".join(self.cells.get(key, "").split())

    def _wrong(self, key: str, allowed: str) -> None:
        self.faults.append(Fault(row=self.row, column=HEADS[key], allowed=f"erlaubt ist {allowed}", key=key))

    def _id(self) -> str:
        words = self._words("id")
        if not ID.fullmatch(words):
            self._wrong("id", f"eine Kennung aus kleinen Buchstaben, Ziffern und _ (2 bis {LONGEST_ID} Zeichen)")
        return words

    def _text(self, key: str, *, needed: bool = True) -> str:
        words = self._words(key)
        if (needed and not words) or len(words) > LONGEST_TEXT or not words.isprintable():
            self._wrong(key, f"ein Text{' ' if needed else ', auch leer, '}bis {LONGEST_TEXT} Zeichen")
        return words

    def _truth(self, key: str) -> bool | None:
        """Yes, no, or an empty cell."""
        words = self._words(key).lower()
        if words not in (YES, NO, ""):
            self._wrong(key, f"{YES}, {NO} oder nichts")
        return {YES: True, NO: False}.get(words)

    def _when(self) -> Iterator[tuple[str, Any]]:
        for name in CONDITIONS:
            if not self._words(name):
                continue
            if name in TRUTHS:
                yield name, self._truth(name)
            elif name.endswith(AT_LEAST):
                yield name, self._count(name)
            else:
                yield name, self._ids(name, self.terms.values(name))

    def _count(self, key: str) -> int:
        words = self._words(key)
        if not words.isascii() or not words.isdecimal() or int(words[:9]) > LARGEST_COUNT:
            self._wrong(key, f"eine ganze Zahl von 0 bis {LARGEST_COUNT}")
            return 0
        return int(words)

    def _ids(self, key: str, names: Mapping[str, str]) -> list[str]:
        ids = {**{name.casefold(): id_ for id_, name in names.items()}, **{id_: id_ for id_ in names}}
        return [ids[word.casefold()] for word in self._entries(key) if self._is_one(key, word, ids, names.values())]

    def _targets(self, key: str) -> list[Target]:
        names = self.terms.targets
        targets = {**{name.casefold(): one for one, name in names.items()}, **{named(one): one for one in names}}
        return [
            targets[word.casefold()] for word in self._entries(key) if self._is_one(key, word, targets, names.values())
        ]

    def _one_target(self) -> Target | None:
        found = self._targets("target")
        if len(self._entries("target")) != 1:
            self._wrong("target", "genau eine Stelle")
        return found[0] if found else None

    def _booking(self, target: Target | None) -> str | None:
        """How it begins; an empty cell: the usual way of the target."""
        words = self._words("booking")
        if not words or target is None:
            return None
        ways = {BOOKINGS[way].casefold(): way.value for way in WAYS[target.kind]}
        ways |= {way.value: way.value for way in WAYS[target.kind]}
        if words.casefold() not in ways:
            self._wrong("booking", "hier " + " oder ".join(f"„{BOOKINGS[way]}“" for way in WAYS[target.kind]))
        return ways.get(words.casefold())

    def _entries(self, key: str) -> list[str]:
        return [word.strip() for word in self._words(key).split(SEPARATOR) if word.strip()]

    def _is_one(self, key: str, word: str, known: Mapping[str, Any], names: Collection[str]) -> bool:
        if word.casefold() in known:
            return True
        how = "eines" if key == "target" else "eines oder mehrere"
        some = SEPARATOR.join(f" {name}" for name in names).strip()
        said = f"„{word[:LONGEST_QUOTED]}“ ist nicht bekannt.{_meant(word, names)} Erlaubt ist {how} aus: {some}"
        self.faults.append(Fault(row=self.row, column=HEADS[key], allowed=said, key=key))
        return False


def _meant(word: str, names: Collection[str]) -> str:
    """The name that looks most like what was typed, if one does."""
    near = get_close_matches(word[:LONGEST_QUOTED].casefold(), [name.casefold() for name in names], n=1)
    found = next((name for name in names if name.casefold() in near), None)
    return f" Meinten Sie „{found}“?" if found else ""


def _joined(words: Iterator[str]) -> str:
    return f"{SEPARATOR} ".join(words)
