"""What the conversation knows beside the person: rules, topics, places, desks. Read once, never changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.booking.hours import Calendar
from bot.booking.interpreters import Pool
from bot.places.gazetteer import Gazetteer
from bot.routing.desks import Directory
from bot.triage.rules import Rules
from bot.vocabulary.facts import County
from bot.vocabulary.topics import Topics


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    topics: Topics
    rules: Rules
    gazetteer: Gazetteer
    directory: Directory
    calendars: Mapping[str, Calendar]
    #: Only this county's places are looked for, where somebody tries out one county.
    county: County | None = None
    #: Who can translate in a meeting, by county.
    pools: Mapping[County, Sequence[Pool]] = field(default_factory=dict)
