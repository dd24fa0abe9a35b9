"""The directory: counties, their coordinations, the desks of the case managers, regular services, hotlines, rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from bot.routing.conditions import When
from bot.routing.hotlines import Hotline
from bot.routing.rules import Rule
from bot.routing.target import Target
from bot.vocabulary.facts import County, ResidenceDocument
from bot.vocabulary.ways import TargetKind


@dataclass(frozen=True, slots=True, kw_only=True)
class CountyData:
    """A county as a whole; `open` is what it must still supply, in German.

    `four_eyes`: whoever drafted rules may not publish them alone.
    """

    id: County
    name: str
    source: str
    focus: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    four_eyes: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Coordination:
    """The KIM coordination of a county, which also clears where somebody belongs."""

    id: str
    county: County
    name: str
    source: str
    address: str | None = None
    phone: str | None = None
    email: str | None = None
    open: tuple[str, ...] = ()


class TelegramUse(StrEnum):
    """What a desk's carrier allows in Telegram: nothing at all, or of the card a hint that there is one, or the card.

    `OFF` counts for residents too: they go on in the web chat.
    """

    OFF = "off"
    NOTIFY_ONLY = "notify_only"
    FULL = "full"


@dataclass(frozen=True, slots=True, kw_only=True)
class Focus:
    """A focus group of a desk, as far as facts can tell: when all of it is known to hold, the desk fits for it."""

    when: When
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """The running cases of a desk as a source counts them; `case_management` are some of them, where it says so.

    Not `complete`: there are more, because short consultations are not counted.
    """

    cases: int
    on: date
    source: str
    case_management: int | None = None
    complete: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """One or more case managers' posts. `region` marks a desk of the county that serves several municipalities.

    What no source states is empty; `open` says so, for the county to fill in. `vzae` are full-time equivalents.
    `languages` are tags of the languages that are spoken there. A `closed` desk takes nobody new. `calendar` is the
    e-mail address of the desk's own calendar, to which dates are sent as invitations.
    """

    id: str
    county: County
    name: str
    municipalities: tuple[str, ...]
    employer: str
    posts: int | None
    vzae: float
    source: str
    region: bool = False
    place: str | None = None
    address: str | None = None
    phone: str | None = None
    email: str | None = None
    focus: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    fits: tuple[Focus, ...] = ()
    access: tuple[str, ...] = ()
    clearing: str | None = None
    interpreters: str | None = None
    load: str | None = None
    counted: Counted | None = None
    deviations: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    telegram: TelegramUse = TelegramUse.NOTIFY_ONLY
    calendar: str | None = None
    closed: bool = False
    open: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StandIn:
    """A desk that takes the new people of another one, up to and with this day."""

    desk: str
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """A regular service and the topics it is named for. No `area`: the whole county.

    `general` ones help when no other is named for a topic. `documents`: only for people with one of these.
    """

    id: str
    county: County | None
    name: str
    topics: tuple[str, ...]
    source: str
    area: tuple[str, ...] = ()
    general: bool = False
    documents: tuple[ResidenceDocument, ...] = ()
    note: str | None = None
    address: str | None = None
    phone: str | None = None
    email: str | None = None
    web: str | None = None

    def serves(self, municipality: str | None) -> bool:
        """An unknown municipality is served by whoever serves the whole county."""
        return not self.area or municipality in self.area


@dataclass(frozen=True, slots=True, kw_only=True)
class Whereabouts:
    """How somebody is reached, as far as a source says so."""

    address: str | None = None
    phone: str | None = None
    email: str | None = None
    web: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory:
    """Everything a route can lead to. `rules` has those of each county, and under `None` those without a county.

    `versions` are the numbers of published rules; a county that is not in it has those of its file, which are 0.
    `stand_ins` are there for desks where nobody is today; at `unattended` ones nobody is, and nobody stands in.
    """

    counties: Mapping[County, CountyData]
    municipalities: Mapping[str, County]
    desks_by_id: Mapping[str, Desk]
    coordinations: Mapping[str, Coordination]
    services: Mapping[str, Service]
    hotlines: Mapping[str, Hotline]
    first_lines: Mapping[str, Mapping[str, tuple[str, ...]]]
    rules: Mapping[County | None, tuple[Rule, ...]]
    local_desks: Mapping[str, tuple[Desk, ...]]
    region_desks: Mapping[str, Desk]
    versions: Mapping[County | None, int] = field(default_factory=dict)
    stand_ins: Mapping[str, StandIn] = field(default_factory=dict)
    unattended: frozenset[str] = frozenset()

    def ruled_by(self, county: County, rules: tuple[Rule, ...], version: int) -> Directory:
        """The same directory with other rules of one county."""
        return replace(self, rules={**self.rules, county: rules}, versions={**self.versions, county: version})

    def staffed_by(self, desks: Iterable[Desk]) -> Directory:
        """The same directory with other desks."""
        found = {desk.id: desk for desk in desks}
        return replace(
            self,
            desks_by_id=found,
            local_desks=local_desks(found.values(), self.municipalities),
            region_desks=region_desks(found.values()),
        )

    def telegram_in(self, municipality: str) -> TelegramUse:
        """What is allowed in a municipality; where several desks serve it, the strictest says."""
        serving = self.local_desks.get(municipality, ())
        region = self.region_desks.get(municipality)
        uses = [desk.telegram for desk in (serving or filter(None, [region]))]
        return min(uses, key=[*TelegramUse].index, default=TelegramUse.NOTIFY_ONLY)

    def desks(self) -> tuple[Desk, ...]:
        """Those that take new people."""
        return tuple(desk for desk in self.desks_by_id.values() if not desk.closed)

    def desk(self, desk_id: str, /) -> Desk | None:
        """Any desk by its id: also a closed one has a name on old cards."""
        return self.desks_by_id.get(desk_id)

    def open_desk(self, desk_id: str, /) -> Desk | None:
        desk = self.desks_by_id.get(desk_id)
        return None if desk is None or desk.closed else desk

    def has(self, target: Target) -> bool:
        match target.kind:
            case TargetKind.DESK:
                return self.open_desk(target.id) is not None
            case TargetKind.COORDINATION:
                return target.id in self.coordinations
            case TargetKind.SERVICE:
                return target.id in self.services

    def name(self, target: Target) -> str:
        """The German name on the door."""
        return self._entry(target).name

    def address(self, target: Target) -> str | None:
        """Where it is, as far as a source says so."""
        match self._entry(target):
            case Desk() as desk:
                return desk.address or desk.place
            case Coordination() as coordination:
                return coordination.address
            case Service() as service:
                return service.address

    def whereabouts(self, target: Target) -> Whereabouts:
        """All ways there that a source states."""
        entry = self._entry(target)
        web = entry.web if isinstance(entry, Service) else None
        return Whereabouts(address=self.address(target), phone=entry.phone, email=entry.email, web=web)

    def _entry(self, target: Target) -> Desk | Coordination | Service:
        match target.kind:
            case TargetKind.DESK:
                return self.desks_by_id[target.id]
            case TargetKind.COORDINATION:
                return self.coordinations[target.id]
            case TargetKind.SERVICE:
                return self.services[target.id]


def local_desks(desks: Iterable[Desk], municipalities: Iterable[str]) -> Mapping[str, tuple[Desk, ...]]:
    """The municipalities' own desks that take new people, in their order."""
    own = [desk for desk in desks if not desk.region and not desk.closed]
    return {place: tuple(desk for desk in own if place in desk.municipalities) for place in municipalities}


def region_desks(desks: Iterable[Desk]) -> Mapping[str, Desk]:
    """The desk of the KI that serves a municipality as part of a region."""
    return {place: desk for desk in desks if desk.region and not desk.closed for place in desk.municipalities}
