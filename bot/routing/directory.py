"""The tables of counties/ become one directory, checked as a whole: nothing leads to what is not there."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import chain
from typing import Any, Final

from bot.routing.desks import (
    Coordination,
    CountyData,
    Desk,
    Directory,
    Service,
    TelegramUse,
    local_desks,
    region_desks,
)
from bot.routing.focus import read_counted, read_fits
from bot.routing.hotlines import read_first_lines, read_hotlines
from bot.routing.rules import Known, Rule, check_order, read_rule
from bot.vocabulary.facts import County, ResidenceDocument
from bot.vocabulary.german import LANGUAGES
from bot.vocabulary.rows import Row, ids_of, rows
from bot.vocabulary.ways import TargetKind

Tables = Mapping[str, Any]
#: A desk's hours and its rules of booking are read by bot.booking.
BOOKING_KEYS: Final = (
    "hours", "closures", "first_minutes", "short_minutes", "buffer_before_minutes", "buffer_after_minutes",
    "lead_working_days", "horizon_days",
)  # fmt: skip
LARGEST_VZAE: Final = 50


def read_directory(tables: Tables, topics: Collection[str]) -> Directory:
    """The directory of `{"rsk": {"county": …, "desks": …}, "rbk": {…}, "both": …, "hotlines": …}`.

    Raises `ValueError` that names the row, the key and what is allowed.
    """
    municipalities = {
        id_: county for county in County for id_ in ids_of(tables[county]["municipalities"], "municipality", county)
    }
    desks = list(chain.from_iterable(read_desks(county, tables[county]["desks"], municipalities) for county in County))
    services = list(read_services(None, tables["both"], municipalities, topics))
    for county in County:
        services += read_services(county, tables[county]["services"], municipalities, topics)
    coordinations = list(chain.from_iterable(read_coordinations(county, tables[county]["county"]) for county in County))
    known = _known(topics, municipalities, desks, coordinations, services)
    _check_apart([id_ for ids in known.targets.values() for id_ in ids])
    hotlines = read_hotlines(tables["hotlines"])
    return Directory(
        counties={county: read_county(county, tables[county]["county"]) for county in County},
        municipalities=municipalities,
        desks_by_id={desk.id: desk for desk in desks},
        coordinations={coordination.id: coordination for coordination in coordinations},
        services={service.id: service for service in services},
        hotlines=hotlines,
        first_lines=read_first_lines(tables["hotlines"], hotlines),
        rules={
            None: read_rules("both", tables["both"], known),
            **{county: read_rules(county, tables[county]["routing"], known) for county in County},
        },
        local_desks=local_desks(desks, municipalities),
        region_desks=region_desks(desks),
    )


def read_county(county: County, table: Tables) -> CountyData:
    row = Row(f"county {county}", table.get("county"))
    row.only(("id", "name", "focus", "open", "four_eyes", "source"))
    row.one_of("id", (county,))
    return CountyData(
        id=county,
        name=row.words("name"),
        source=row.words("source"),
        focus=row.texts("focus"),
        open=row.texts("open"),
        four_eyes=row.truth("four_eyes"),
    )


def read_coordinations(county: County, table: Tables) -> list[Coordination]:
    ids_of(table, "coordination", county)
    return [_coordination(county, values) for values in rows(table, "coordination", county)]


def _coordination(county: County, values: Mapping[str, Any]) -> Coordination:
    row = Row(f"coordination {values['id']}", values)
    row.only(("id", "name", "address", "phone", "email", "open", "source"))
    return Coordination(
        id=row.words("id"),
        county=county,
        name=row.words("name"),
        source=row.words("source"),
        address=row.maybe("address"),
        phone=row.maybe("phone"),
        email=row.maybe("email"),
        open=row.texts("open"),
    )


def read_desks(county: County, table: Tables, municipalities: Mapping[str, County]) -> list[Desk]:
    """The rows of `desks.toml`; a desk serves municipalities of its own county only."""
    own = [place for place, of in municipalities.items() if of == county]
    ids_of(table, "desk", county)
    return [read_desk(county, values, own) for values in rows(table, "desk", county)]


def read_desk(county: County, values: Mapping[str, Any], own: Collection[str]) -> Desk:
    """One row of `desks.toml`; `own` are the county's municipalities."""
    row = Row(f"desk {values['id']}", values)
    row.only((*_DESK_KEYS, *BOOKING_KEYS))
    municipalities = row.some_of("municipalities", own)
    if not municipalities:
        raise row.wrong("municipalities", "a list of at least one of " + ", ".join(own))
    return Desk(
        id=row.words("id"),
        county=county,
        name=row.words("name"),
        municipalities=municipalities,
        employer=row.words("employer"),
        posts=int(row.number("posts", LARGEST_VZAE)) if "posts" in row.values else None,
        vzae=row.number("vzae", LARGEST_VZAE),
        source=row.words("source"),
        region=row.truth("region"),
        place=row.maybe("place"),
        address=row.maybe("address"),
        phone=row.maybe("phone"),
        email=row.maybe("email"),
        focus=row.texts("focus"),
        languages=row.some_of("languages", LANGUAGES),
        fits=read_fits(row, own),
        access=row.texts("access"),
        clearing=row.maybe("clearing"),
        interpreters=row.maybe("interpreters"),
        load=row.maybe("load"),
        counted=read_counted(row),
        deviations=row.texts("deviations"),
        notes=row.texts("notes"),
        telegram=TelegramUse(row.one_of("telegram", tuple(TelegramUse), TelegramUse.NOTIFY_ONLY)),
        calendar=row.mail("calendar"),
        closed=row.truth("closed"),
        open=row.texts("open"),
    )


_DESK_KEYS: Final = (
    "id", "name", "municipalities", "employer", "posts", "vzae", "source", "region", "place", "address", "phone",
    "email", "focus", "languages", "fits", "access", "clearing", "interpreters", "load", "counted", "deviations",
    "notes", "telegram", "calendar", "closed", "open",
)  # fmt: skip


def read_services(
    county: County | None, table: Tables, municipalities: Mapping[str, County], topics: Collection[str]
) -> list[Service]:
    """The rows of `services.toml`, in the order in which they are offered."""
    where = county or "both"
    own = [place for place, of in municipalities.items() if of == county]
    ids_of(table, "service", where)
    found = rows(table, "service", where)
    return [_service(county, Row(f"service {values['id']}", values), own, topics) for values in found]


def _service(county: County | None, row: Row, own: Collection[str], topics: Collection[str]) -> Service:
    row.only(("id", "name", "topics", "area", "general", "documents", "note", "source", *_WAYS_THERE))
    return Service(
        id=row.words("id"),
        county=county,
        name=row.words("name"),
        topics=row.some_of("topics", topics),
        source=row.words("source"),
        area=row.some_of("area", own),
        general=row.truth("general"),
        documents=tuple(ResidenceDocument(one) for one in row.some_of("documents", tuple(ResidenceDocument))),
        note=row.maybe("note"),
        **{key: row.maybe(key) for key in _WAYS_THERE},
    )


_WAYS_THERE: Final = ("address", "phone", "email", "web")


def read_rules(where: str, table: Tables, known: Known) -> tuple[Rule, ...]:
    """The rules in the order in which they are asked; the last one always holds."""
    ids_of(table, "rule", where)
    found = rows(table, "rule", where)
    rules = tuple(read_rule(Row(f"routing {where}, rule {values['id']}", values), known) for values in found)
    check_order(f"routing {where}", rules)
    return rules


def _known(
    topics: Collection[str],
    municipalities: Collection[str],
    desks: Collection[Desk],
    coordinations: Collection[Coordination],
    services: Collection[Service],
) -> Known:
    return Known(
        topics=topics,
        municipalities=municipalities,
        targets={
            TargetKind.DESK: [desk.id for desk in desks],
            TargetKind.COORDINATION: [coordination.id for coordination in coordinations],
            TargetKind.SERVICE: [service.id for service in services],
        },
    )


def _check_apart(ids: Collection[str]) -> None:
    seen: set[str] = set()
    for id_ in ids:
        if id_ in seen:
            raise ValueError(f"{id_}: two rows of different tables have this id")
        seen.add(id_)
