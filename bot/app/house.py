"""Every table, catalogue and rule is read here, once, and checked: a bad one stops the program at the start."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import Any, Final

from bot.app.recogniser import read_recogniser
from bot.app.tables import PACKAGE, BadTable, checked, read_table
from bot.barriers.rules import Rules as BarrierRules
from bot.barriers.rules import read_rules as read_barrier_rules
from bot.booking.closures import Closures, read_closures
from bot.booking.hours import Calendar
from bot.booking.interpreters import Pool, read_pools
from bot.booking.read_hours import read_calendar, read_defaults
from bot.booking.rooms import read_rooms, room_names
from bot.cases import Casework
from bot.dialogs.knowledge import Knowledge
from bot.dialogs.screens.questions import OFFICES
from bot.handoff.guide import Guide, read_guide
from bot.handoff.invitations import Doors
from bot.handoff.queue import read_deadlines
from bot.handoff.roster import Roster, Rosters
from bot.i18n.catalogs import Catalogues, read_catalogues
from bot.i18n.languages import BY_TAG
from bot.places.gazetteer import Gazetteer, read_gazetteer
from bot.routing.desks import Directory
from bot.routing.directory import read_directory
from bot.routing.intakes import Intake
from bot.routing.laws import Law, read_laws
from bot.routing.terms import terms_of
from bot.rulework.desks import DeskWork
from bot.rulework.sample import sample_intakes
from bot.rulework.work import RuleWork
from bot.triage.rules import read_rules
from bot.turns.card import Office
from bot.turns.rulebook import Rulebook
from bot.turns.world import House
from bot.vocabulary.facts import County
from bot.vocabulary.topics import read_topics

YEARS_AHEAD: Final = 2
#: Without letters and digits that look or sound alike.
CODE_LETTERS: Final = "ABCDEFGHKLMNPRSTUVWXYZ2345679"


@dataclass(frozen=True, slots=True, kw_only=True)
class Premises:
    """All that was read at the start: what turns need, what colleagues need.

    `closed` names the days off, `rooms` are the names of rooms.
    """

    house: House
    casework: Casework
    rulework: RuleWork
    deskwork: DeskWork
    guide: Guide
    barrier_rules: BarrierRules
    laws: tuple[Law, ...]
    catalogues: Catalogues
    closed: Mapping[date, str]
    rooms: Mapping[str, str]


def furnish(root: Path, today: date) -> Premises:
    """Read `counties/`, `locales/` and the tables beside the code; raises `BadTable` naming the file."""
    topics = checked("topics.toml", lambda: read_topics(_own("vocabulary/tables/topics.toml")))
    tables = _county_tables(root / "counties")
    years = range(today.year, today.year + YEARS_AHEAD + 1)
    closures = checked("counties/closures.toml", lambda: read_closures(tables["closures"], years))
    gazetteer = _gazetteer(tables)
    directory = checked("counties", lambda: read_directory(tables, topics))
    rosters = _rosters(tables, directory, closures)
    calendars = rosters.tables().calendars
    know = Knowledge(
        topics=topics,
        rules=checked("criteria.toml", lambda: read_rules(_own("triage/tables/criteria.toml"), topics)),
        gazetteer=gazetteer,
        directory=directory,
        calendars=calendars,
        pools={county: _pools(tables, county) for county in County},
    )
    rulework = _rulework(know, rosters.tables())
    catalogues = checked("locales", lambda: read_catalogues(_po_texts(root)))
    deadlines = checked("deadlines.toml", lambda: read_deadlines(_own("handoff/tables/deadlines.toml")))
    names = {topic.id: topic.german for topic in topics.values()}
    names |= {office.value: catalogues["de"].render(label) for office, label in OFFICES.items()}
    return Premises(
        house=House(
            know=know,
            recogniser=read_recogniser(),
            rosters=rosters,
            rulebook=Rulebook(),
            catalogues=dict(catalogues),
            office=Office(german=catalogues["de"], deadlines=deadlines, closed_days=closures.closed, names=names),
            new_code=new_code,
        ),
        casework=Casework(directory=directory, calendars=calendars, deadlines=deadlines, closed_days=closures.closed),
        laws=checked("counties/laws.toml", lambda: read_laws(tables["laws"], topics)),
        barrier_rules=checked("barriers.toml", lambda: read_barrier_rules(_own("barriers/tables/barriers.toml"))),
        guide=checked("guide.toml", lambda: read_guide(_own("handoff/tables/guide.toml"))),
        rulework=rulework,
        deskwork=DeskWork(rosters=rosters, roster=rosters.tables(), rules=rulework),
        catalogues=catalogues,
        closed=closures.names,
        rooms={room: name for county in County for room, name in room_names(tables[county].get("rooms", {})).items()},
    )


def _rulework(know: Knowledge, roster: Roster) -> RuleWork:
    """What coordinators can do with the rules, in the words of the tables."""
    topics = {topic.id: topic.german for topic in know.topics.values()}
    places = {place.id: place.name for place in know.gazetteer.municipalities.values()}
    return RuleWork(
        directory=know.directory,
        desks=know.directory,
        terms={county: terms_of(county, know.directory, topics, places) for county in County},
        bookable=roster.bookable,
        sample=cache(partial(_sample, know)),
    )


def _sample(know: Knowledge) -> tuple[Intake, ...]:
    """Made when somebody first simulates: most processes never do."""
    shares = {row["id"]: row.get("share") for row in _own("vocabulary/tables/topics.toml")["topic"]}
    table = _own("rulework/tables/sample.toml")
    return checked("sample.toml", lambda: sample_intakes(table, shares, know.directory.municipalities, know.rules))


def read_places(root: Path) -> Gazetteer:
    """The places of both counties and those outside, alone."""
    return _gazetteer(_county_tables(root / "counties"))


def only_county(premises: Premises, county: str | None) -> Premises:
    """The same house, trying out one county alone."""
    if county is None:
        return premises
    know = replace(premises.house.know, county=County(county))
    return replace(premises, house=replace(premises.house, know=know))


def with_doors(premises: Premises, web: str, telegram: str | None = None) -> Premises:
    """The same house; invitations lead to this address and, where there is one, to this bot in Telegram."""
    return replace(premises, house=replace(premises.house, doors=Doors(web, telegram)))


def new_code(county: str) -> str:
    """The code of a case: county and five letters that can be read out on the telephone."""
    return f"{county.upper()}-" + "".join(secrets.choice(CODE_LETTERS) for _ in range(5))


def _own(path: str) -> dict[str, Any]:
    return read_table(PACKAGE / path)


def _gazetteer(tables: Mapping[str, Any]) -> Gazetteer:
    municipalities = [tables[county]["municipalities"] for county in County]
    return checked("counties/…/municipalities.toml", lambda: read_gazetteer(municipalities, tables["outside"]))


def _county_tables(folder: Path) -> Mapping[str, Any]:
    """`{"rsk": {"desks": …, …}, "rbk": {…}, "both": …, "hotlines": …, "outside": …}`."""
    shared = {path.stem: read_table(path) for path in sorted(folder.glob("*.toml"))}
    counties = {
        county: {path.stem: read_table(path) for path in sorted((folder / county).glob("*.toml"))} for county in County
    }
    for name, wanted in (("", _SHARED_FILES), *((county, _COUNTY_FILES) for county in County)):
        for file in wanted:
            if file not in (counties[County(name)] if name else shared):
                raise BadTable(f"counties/{name}{'/' if name else ''}{file}.toml: the file is missing")
    return {**shared, **{county.value: tables for county, tables in counties.items()}}


_SHARED_FILES: Final = ("both", "closures", "hotlines", "laws", "outside")
_COUNTY_FILES: Final = ("county", "municipalities", "desks", "services", "routing")


def _rosters(tables: Mapping[str, Any], directory: Directory, closures: Closures) -> Rosters:
    """The desks with their hours; each row is read once, so that its fault is named by its file."""
    defaults = checked("booking/tables/defaults.toml", lambda: read_defaults(_own("booking/tables/defaults.toml")))
    rows: dict[County, list[Mapping[str, Any]]] = {county: tables[county]["desks"]["desk"] for county in County}
    rooms = {desk: used for county in County for desk, used in _rooms(tables, county, rows[county]).items()}

    def read_hours(row: Mapping[str, Any]) -> Calendar:
        return read_calendar(row, defaults, closures, rooms.get(row["id"], ()))

    for county in County:
        checked(f"counties/{county}/desks.toml", partial(list, map(read_hours, rows[county])))
    return Rosters(directory, rows, read_hours)


def _rooms(tables: Mapping[str, Any], county: County, rows: list[Mapping[str, Any]]) -> Mapping[str, tuple[str, ...]]:
    table = tables[county].get("rooms", {})
    return checked(f"counties/{county}/rooms.toml", lambda: read_rooms(table, [row["id"] for row in rows]))


def _pools(tables: Mapping[str, Any], county: County) -> tuple[Pool, ...]:
    table = tables[county].get("interpreters", {})
    return checked(f"counties/{county}/interpreters.toml", lambda: read_pools(table, BY_TAG))


def _po_texts(root: Path) -> dict[str, str]:
    files = {path.parent.parent.name: path for path in sorted((root / "locales").glob("*/LC_MESSAGES/bot.po"))}
    return {tag: path.read_text(encoding="utf-8") for tag, path in files.items()}
