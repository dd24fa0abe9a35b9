"""What a coordinator asks for, and what the answers are; what is asked of storage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from bot.handoff.staff import Staff
from bot.routing.difference import Change
from bot.routing.findings import Proof
from bot.routing.intakes import Intake
from bot.routing.versions import Draft, Step, Version
from bot.vocabulary.facts import County


class Rules(Protocol):
    """What storage keeps; `save`, `begin`, `discard` and `publish` raise `bot.routing.versions.Overtaken`."""

    def current(self) -> Mapping[County, int]: ...
    def version(self, county: County, number: int, /) -> Version | None: ...
    def versions(self, county: County, /) -> Sequence[Version]: ...
    def publish(self, version: Version, /) -> None: ...
    def draft(self, county: County, /) -> Draft | None: ...
    def begin(self, draft: Draft, /) -> None: ...
    def save(self, draft: Draft, expected: int, /, back: int | None = None) -> None: ...
    def step(self, county: County, revision: int, /) -> Step | None: ...
    def next_revision(self, county: County, /) -> int: ...
    def discard(self, county: County, expected: int, /) -> None: ...


class Intakes(Protocol):
    def last(self, county: County, most: int, /) -> Sequence[Intake]: ...


class RuleTransaction(Protocol):
    @property
    def rules(self) -> Rules: ...

    @property
    def intakes(self) -> Intakes: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A coordinator wants something done with a county's draft, as they saw it (`revision`)."""

    county: County
    revision: int
    by: Staff
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Overtaken:
    """Somebody else was faster: who and when, and what is different from what this colleague saw or wants.

    `draft` is how it stands now; none if it was published or thrown away. `changes` are theirs.
    """

    german: str
    draft: Draft | None = None
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """It may not be done, in German; with the proof, if that is why."""

    german: str
    proof: Proof | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A version in the history; `changes` is what it made different from the one before."""

    version: Version
    changes: tuple[Change, ...]


NOT_YOURS: Final = Refused("Die Regeln dieses Kreises ändert nur seine Koordination.")
NO_DRAFT: Final = Overtaken(german="Den Entwurf gibt es nicht mehr: er wurde veröffentlicht oder verworfen.")
NO_CHANGE: Final = Refused("Der Entwurf sagt dasselbe wie die geltende Fassung.")
NOTHING_BACK: Final = Refused("Es gibt keine Änderung mehr, die man zurücknehmen könnte.")
FOUR_EYES: Final = Refused(
    "Vier-Augen-Prinzip: Wer den Entwurf geändert hat, veröffentlicht ihn nicht allein. Bitte gibt eine zweite Person "
    "den Entwurf in diesem Stand frei oder veröffentlicht ihn."
)
UNPROVEN: Final = "Die Prüfung hat etwas gefunden. Erst wenn nichts mehr offen ist, kann veröffentlicht werden."
CHANGED: Final = (
    "Der Entwurf wurde inzwischen von jemand anderem geändert. Ihre Eingabe ist noch nicht gespeichert; bitte prüfen "
    "Sie sie am neuen Stand."
)
OTHER_VERSION: Final = "Inzwischen gilt Fassung {number}. Bitte sehen Sie sich den Unterschied noch einmal an."
