"""A coordinator says what a desk is: load, prove, save; all in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final, Protocol

from bot.handoff.acts import fault_of_reason
from bot.handoff.reach import counties_of
from bot.handoff.roster import Absence, DeskVersion, Roster, Rosters
from bot.handoff.roster import Desks as DesksRead
from bot.handoff.roster import Overtaken as Lost
from bot.handoff.staff import Role, Staff
from bot.routing.findings import Finding, Proof
from bot.routing.rules import STANDS_FOR
from bot.routing.spoken import numbered
from bot.rulework.answers import RuleTransaction
from bot.rulework.desk_words import Document, difference
from bot.rulework.work import RuleWork
from bot.vocabulary.facts import County


class Desks(DesksRead, Protocol):
    def versions(self, desk: str, /) -> Sequence[DeskVersion]: ...
    def put(self, version: DeskVersion, /) -> None: ...
    def absence(self, number: int, /) -> Absence | None: ...
    def be_away(self, absence: Absence, /) -> int: ...
    def be_back(self, number: int, by: str, now: datetime, /) -> None: ...


class DeskTransaction(RuleTransaction, Protocol):
    @property
    def desks(self) -> Desks: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Late:
    """Somebody else was faster; `changes` are theirs, `version` is how the desk stands now."""

    version: DeskVersion
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """It may not be done, in German. `findings`: with it the published rules would no longer hold.

    `key` is the field concerned.
    """

    german: str
    key: str = ""
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    version: DeskVersion
    changes: tuple[str, ...]


NOT_YOURS: Final = Refused(german="Die Stellen dieses Kreises ändert nur seine Koordination.")
NO_CHANGE: Final = Refused(german="Es wurde nichts geändert.")
ID_TAKEN: Final = Refused(german="Eine Stelle mit dieser Kennung gibt es schon.", key="id")
UNPROVEN: Final = (
    "So würden die geltenden Regeln nicht mehr überall aufgehen. Bitte ändern Sie zuerst die Regeln oder ergänzen Sie "
    "hier, was fehlt."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskWork:
    """What coordinators can do with desks. `rules` are over the `roster` of this moment."""

    rosters: Rosters
    roster: Roster
    rules: RuleWork

    def at(self, roster: Roster, rules: RuleWork) -> DeskWork:
        return replace(self, roster=roster, rules=rules)

    def may(self, staff: Staff, county: County) -> bool:
        return staff.role is Role.COORDINATOR and county in counties_of(staff, self.roster.directory)

    def of(self, tx: DeskTransaction, desk: str) -> DeskVersion | None:
        """What counts of a desk now."""
        return self.rosters.version(tx.desks, desk)

    def history(self, tx: DeskTransaction, desk: str) -> tuple[Entry, ...]:
        """Every version, newest first, with what it made different from the one before."""
        found = [*tx.desks.versions(desk), *filter(None, [self.rosters.embedded(desk)])]
        before: list[Document] = [one.document for one in found[1:]] + [{}]
        return tuple(
            Entry(version=one, changes=self._changes(old, one) if old else ())
            for one, old in zip(found, before, strict=True)
        )

    def save(
        self, tx: DeskTransaction, seen: DeskVersion, document: Document, reason: str, by: Staff, now: datetime
    ) -> DeskVersion | Late | Refused:
        """The desk is what `document` says from now on. `seen` is what the colleague changed; number -1: a new desk."""
        if not self.may(by, seen.county):
            return NOT_YOURS
        if fault := fault_of_reason(reason):
            return Refused(german=fault, key="grund")
        current = self.of(tx, seen.desk)
        if seen.number < 0 and seen.desk in self._taken():
            return ID_TAKEN
        if (current.number if current else -1) != seen.number:
            return self._late(seen, current) if current and seen.number >= 0 else ID_TAKEN
        if current and current.document == document:
            return NO_CHANGE
        version = DeskVersion(
            desk=seen.desk, number=seen.number + 1 if current else 1, county=seen.county, document=document,
            author=by.id, at=now, reason=reason.strip(),
        )  # fmt: skip
        if findings := self.unproven(tx, version):
            return Refused(german=UNPROVEN, findings=findings)
        try:
            tx.desks.put(version)
        except Lost:
            current = self.of(tx, seen.desk)
            return self._late(seen, current) if current else ID_TAKEN
        return version

    def unproven(self, tx: DeskTransaction, version: DeskVersion) -> tuple[Finding, ...]:
        """What the proof of the published rules would find with this desk, and does not find without it."""
        others = [one for one in tx.desks.current() if one.desk != version.desk]
        there = self.rosters.with_versions((*others, version))
        published = self.rules.published(tx, version.county).rules
        found = _fresh(self.rules.prove(published), self.rules.at(there).prove(published))
        return tuple(replace(one, german=numbered(one.german, published)) for one in found)

    def _taken(self) -> frozenset[str]:
        """Names that stand for something else wherever a desk is named."""
        directory = self.roster.directory
        rooms = (room for calendar in self.roster.calendars.values() for room in calendar.rooms)
        stand_ins = (one.id for one in STANDS_FOR)
        return frozenset((*directory.coordinations, *directory.services, *rooms, *stand_ins, *County))

    def _changes(self, before: Document, after: DeskVersion) -> tuple[str, ...]:
        return difference(before, after.document, self._places(after.county))

    def _late(self, seen: DeskVersion, current: DeskVersion) -> Late:
        return Late(version=current, changes=self._changes(seen.document, current))

    def _places(self, county: County) -> Mapping[str, str]:
        return self.rules.terms[county].municipalities


def _fresh(before: Proof, after: Proof) -> tuple[Finding, ...]:
    known = {one.german for one in before.findings}
    return tuple(one for one in after.findings if one.german not in known)


def new_desk(county: County, desk: str) -> DeskVersion:
    """A desk that is not there yet, as what a colleague has seen of it."""
    empty: dict[str, Any] = {}
    return DeskVersion(desk=desk, number=-1, county=county, document=empty)
