"""Lists for people who go on without a case: regular services for their topics, and numbers for an emergency."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from bot.routing.desks import Directory, Service
from bot.routing.hotlines import ANY_LANGUAGE, Hotline
from bot.vocabulary.facts import County, ResidenceDocument

MOST_HOTLINES: Final = 3
DANGER: Final = "danger"


def services_for(
    directory: Directory,
    county: County,
    municipality: str | None,
    topics: Sequence[str],
    document: ResidenceDocument | None = None,
) -> tuple[Service, ...]:
    """The regular services for these topics, the first topic's first; local ones before those of the county.

    A topic that no service is named for brings the services that counsel on everything. What is only for people with a
    certain residence document comes last, and only where it is known that they have it.
    """
    near = services_near(directory, county, municipality)
    found = dict.fromkeys(service for topic in topics for service in near if topic in service.topics)
    named = {topic for service in found for topic in service.topics}
    if not named.issuperset(topics) or not topics:
        found |= dict.fromkeys(service for service in near if service.general)
    own = [service for service in _in_reach(directory, county, municipality) if document in service.documents]
    return tuple(
        found | dict.fromkeys(service for service in own if not service.topics or {*service.topics} & {*topics})
    )


def hotlines_for(directory: Directory, kind: str | None, language: str, now: datetime) -> tuple[Hotline, ...]:
    """The numbers to show at once; `now` is the time on a German clock.

    112 or 110 stands at the top where life may be in danger, and at most three others follow. A number that nobody
    answers now is left out.
    """
    lines = directory.first_lines[kind or "none"]
    wanted = [directory.hotlines[id_] for id_ in lines.get(language, lines[ANY_LANGUAGE])]
    danger = [hotline for hotline in wanted if DANGER in hotline.kinds]
    others = [hotline for hotline in wanted if DANGER not in hotline.kinds and hotline.answers(now)]
    return (*danger, *others[:MOST_HOTLINES])


def services_near(directory: Directory, county: County, municipality: str | None) -> list[Service]:
    """The county's services for everybody in this municipality, local ones first."""
    near = [service for service in _in_reach(directory, county, municipality) if not service.documents]
    return sorted(near, key=lambda service: not service.area)


def _in_reach(directory: Directory, county: County, municipality: str | None) -> list[Service]:
    every = directory.services.values()
    return [service for service in every if service.county == county and service.serves(municipality)]
