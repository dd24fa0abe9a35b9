"""The numbers and lists of triage as checked values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.vocabulary.facts import LivingFrom, Office, StatusChange
from bot.vocabulary.topics import Topics

ANY_OTHER = "*"


@dataclass(frozen=True, slots=True, kw_only=True)
class Absorption:
    """`need` takes `takes` into itself, so that the two count once."""

    need: str
    takes: str
    when_status_change: StatusChange | None = None
    unless_office: Office | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a rule comes from, and whether its words are inferred."""

    source: str
    inferred: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Thresholds, legal areas and counting rules of the five criteria (`tables/criteria.toml`)."""

    topics: Topics
    criteria_needed: int
    least_needs: int
    least_clusters: int
    least_offices: int
    least_areas: int
    least_waiting_months: int
    area_groups: Mapping[str, str]
    area_by_status: Mapping[LivingFrom, Mapping[str, str]]
    absorptions: tuple[Absorption, ...]
    large_family_children: int
    repeated_short_consultations: int
    origins: Mapping[str, Origin]


SECTIONS = (
    "multiple_needs",
    "many_actors",
    "cross_legal",
    "limited_self_help",
    "regular_system_insufficient",
    "orientation",
    "decision",
)


def read_rules(table: Mapping[str, Any], topics: Topics) -> Rules:
    """The rules of `tables/criteria.toml`; raises `ValueError` naming the section and the key."""
    cross = _section(table, "cross_legal")
    return Rules(
        topics=topics,
        criteria_needed=_number(table, "decision", "criteria_needed"),
        least_needs=_number(table, "multiple_needs", "least_needs"),
        least_clusters=_number(table, "multiple_needs", "least_clusters"),
        least_offices=_number(table, "many_actors", "least_offices"),
        least_areas=_number(table, "cross_legal", "least_areas"),
        least_waiting_months=_number(table, "regular_system_insufficient", "least_waiting_months"),
        area_groups=dict(cross.get("groups", {})),
        area_by_status=_by_status(cross.get("by_status", {}), topics),
        absorptions=tuple(_absorption(row, topics) for row in table.get("absorbs", ())),
        large_family_children=_number(table, "orientation", "large_family_children"),
        repeated_short_consultations=_number(table, "orientation", "repeated_short_consultations"),
        origins={name: _origin(table, name) for name in SECTIONS},
    )


def _section(table: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    if not isinstance(table.get(name), dict):
        raise ValueError(f"criteria.toml: the section [{name}] is missing")
    section: Mapping[str, Any] = table[name]
    return section


def _number(table: Mapping[str, Any], section: str, key: str) -> int:
    value = _section(table, section).get(key)
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise ValueError(f"criteria.toml [{section}] {key}: a whole number from 1 is allowed, not {value!r}")
    return value


def _origin(table: Mapping[str, Any], name: str) -> Origin:
    section = _section(table, name)
    if not isinstance(section.get("source"), str) or not isinstance(section.get("inferred"), bool):
        raise ValueError(f"criteria.toml [{name}]: source (text) and inferred (true or false) are needed")
    return Origin(source=section["source"], inferred=section["inferred"])


def _by_status(table: Mapping[str, Any], topics: Topics) -> Mapping[LivingFrom, Mapping[str, str]]:
    for status, areas in table.items():
        if status not in {*LivingFrom}:
            raise ValueError(f"criteria.toml [cross_legal.by_status.{status}]: allowed is {', '.join(LivingFrom)}")
        for topic in areas:
            _known(topic, topics, f"cross_legal.by_status.{status}")
    return {LivingFrom(status): dict(areas) for status, areas in table.items()}


def _absorption(row: Mapping[str, Any], topics: Topics) -> Absorption:
    if row.get("need") != ANY_OTHER:
        _known(row.get("need"), topics, "absorbs need")
    _known(row.get("takes"), topics, "absorbs takes")
    change, office = row.get("when_status_change"), row.get("unless_office")
    return Absorption(
        need=row["need"],
        takes=row["takes"],
        when_status_change=None if change is None else StatusChange(change),
        unless_office=None if office is None else Office(office),
    )


def _known(topic: object, topics: Topics, where: str) -> None:
    if topic not in topics:
        raise ValueError(f"criteria.toml [{where}]: {topic!r} is not a topic of topics.toml")
