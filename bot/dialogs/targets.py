"""Desks, coordinations and services as a resident reads them: German names, places and hours as data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import chain
from typing import Final

from bot.booking.hours import HoursKind, Weekly
from bot.dialogs.answers import Matter
from bot.dialogs.hotlines import hotline_line
from bot.dialogs.screen import View
from bot.i18n.text import Text, _, data
from bot.routing.desks import Service
from bot.routing.lists import hotlines_for, services_for
from bot.routing.route import Target
from bot.vocabulary.facts import County
from bot.vocabulary.ways import TargetKind

MOST_SERVICES: Final = 8
_EVERYTHING: Final = _("advice about many questions")
WEEKDAYS: Final = (
    _("Monday"),
    _("Tuesday"),
    _("Wednesday"),
    _("Thursday"),
    _("Friday"),
    _("Saturday"),
    _("Sunday"),
)


def target_name(view: View, target: Target) -> Text:
    """The name on the door."""
    return data(view.know.directory.name(target))


def target_of_matter(view: View, matter: Matter) -> Text:
    return target_name(view, Target(matter.target_kind, matter.target))


def desk_name(view: View, desk: str) -> Text:
    return target_name(view, Target(TargetKind.DESK, desk))


def place_lines(view: View, target: Target) -> tuple[Text, ...]:
    """Where it is, as far as a source says so."""
    return place_line(view.know.directory.address(target))


def place_line(address: str | None) -> tuple[Text, ...]:
    return (_("📍 {address}", address=data(address)),) if address else ()


def matter_place(view: View, matter: Matter) -> tuple[Text, ...]:
    """A date at another place than the desk's is there."""
    if matter.appointment is not None and matter.appointment.place:
        return place_line(matter.appointment.place)
    return place_lines(view, Target(matter.target_kind, matter.target))


def has_dates(view: View, desk: str) -> bool:
    calendar = view.know.calendars.get(desk)
    return calendar is not None and bool(calendar.hours(HoursKind.APPOINTMENT))


def open_hours(view: View, desk: str) -> tuple[Text, ...]:
    """The hours in which one simply comes; hours that are only a sample say so."""
    calendar = view.know.calendars.get(desk)
    rows = calendar.hours(HoursKind.OPEN, view.now.date()) if calendar else ()
    lines = tuple(_hours(row) for row in rows)
    samples = (_("(Sample hours: please ask before you go.)"),) if any(row.sample for row in rows) else ()
    return (*lines, *samples)


def _hours(row: Weekly) -> Text:
    return _("🕘 {day}: from {opens} to {closes}", day=WEEKDAYS[row.weekday], opens=row.opens, closes=row.closes)


def also_lines(view: View, also: Iterable[Target]) -> tuple[Text, ...]:
    """Regular services that help as well, and with what."""
    services = [view.know.directory.services[target.id] for target in also if target.kind is TargetKind.SERVICE]
    lines = [_service_lines(view, service, view.facts.needs or ()) for service in services[:MOST_SERVICES]]
    return (_("These places can help you too:"), *chain.from_iterable(lines)) if lines else ()


def service_lines(view: View, county: County, municipality: str | None, topics: tuple[str, ...]) -> tuple[Text, ...]:
    services = services_for(view.know.directory, county, municipality, topics)
    return tuple(chain.from_iterable(_service_lines(view, service, topics) for service in services))


def _service_lines(view: View, service: Service, topics: Sequence[str]) -> tuple[Text, ...]:
    """What is on the door, what it helps with of what was asked for, and the ways there."""
    helps = [view.know.topics[topic].label for topic in topics if topic in service.topics]
    line = _("• {name}: {topics}", name=data(service.name), topics=_listed(helps or [_EVERYTHING]))
    return (line, *_ways_there(view, Target(TargetKind.SERVICE, service.id)))


def _listed(texts: Sequence[Text]) -> Text:
    first, *others = texts
    return _("{first} · {others}", first=first, others=_listed(others)) if others else first


def contact_lines(view: View) -> tuple[Text, ...]:
    """How to reach the coordination without this chat, one thing a line; only what a source states."""
    counties = [view.facts.county] if view.facts.county else list(County)
    offices = [Target(TargetKind.COORDINATION, f"{county}_koordination") for county in counties]
    return tuple(chain.from_iterable(reach_lines(view, office) for office in offices))


def reach_lines(view: View, target: Target) -> tuple[Text, ...]:
    """The name on the door and all ways there."""
    return (target_name(view, target), *_ways_there(view, target))


def _ways_there(view: View, target: Target) -> tuple[Text, ...]:
    there = view.know.directory.whereabouts(target)
    return (
        *((_("📍 {address}", address=data(there.address)),) if there.address else ()),
        *((_("📞 {number}", number=data(there.phone)),) if there.phone else ()),
        *((_("✉️ {address}", address=data(there.email)),) if there.email else ()),
        *((_("🌐 {address}", address=data(there.web)),) if there.web else ()),
    )


def hotline_lines(view: View, kind: str | None, local: datetime) -> tuple[Text, ...]:
    """The numbers for an emergency, the first one first."""
    language = view.session.language or "de"
    found = hotlines_for(view.know.directory, kind, language, local)
    return tuple(hotline_line(hotline.id, hotline.number, hotline.name) for hotline in found)
