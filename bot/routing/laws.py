"""What a law sets a time for, so that a card can remind of it. Nobody is told what they may apply for."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.vocabulary.facts import Facts, ResidenceDocument
from bot.vocabulary.rows import Row, ids_of, rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """A German sentence for the card of somebody with one of these topics; `documents`: only if they have one of these.

    After `until` it is no longer shown. `checked`: somebody in the counties has confirmed it.
    """

    id: str
    topics: tuple[str, ...]
    says: str
    source: str
    read_on: date
    documents: tuple[ResidenceDocument, ...] = ()
    until: date | None = None
    checked: bool = False

    @property
    def sources(self) -> tuple[str, ...]:
        """Where it can be read, one after the other."""
        return tuple(one.strip() for one in self.source.split(";"))

    def concerns(self, facts: Facts, today: date) -> bool:
        over = self.until is not None and self.until < today
        named = not self.documents or facts.residence_document in self.documents
        return not over and named and not {*self.topics}.isdisjoint(facts.needs or ())


def laws_for(laws: Collection[Law], facts: Facts, today: date) -> tuple[Law, ...]:
    return tuple(law for law in laws if law.concerns(facts, today))


def read_laws(table: Mapping[str, Any], topics: Collection[str]) -> tuple[Law, ...]:
    """The rows of `laws.toml`; raises `ValueError` naming row, key and what is allowed."""
    ids_of(table, "law", "laws")
    return tuple(_law(Row(f"law {values['id']}", values), topics) for values in rows(table, "law", "laws"))


def _law(row: Row, topics: Collection[str]) -> Law:
    row.only(("id", "topics", "documents", "says", "until", "source", "read_on", "checked"))
    read_on, about = row.day("read_on"), row.some_of("topics", topics)
    if read_on is None:
        raise row.wrong("read_on", "the day on which the source was read")
    if not about:
        raise row.wrong("topics", "a list of at least one topic")
    return Law(
        id=row.words("id"),
        topics=about,
        says=row.words("says"),
        source=row.words("source"),
        read_on=read_on,
        documents=tuple(ResidenceDocument(one) for one in row.some_of("documents", tuple(ResidenceDocument))),
        until=row.day("until"),
        checked=row.truth("checked"),
    )
