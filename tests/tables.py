"""The tables of counties/ as the program reads them, for tests."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from bot.places.gazetteer import Gazetteer, read_gazetteer
from bot.routing.desks import Directory
from bot.routing.directory import read_directory
from bot.routing.ruleset import RuleSet
from bot.routing.terms import Terms, terms_of
from bot.vocabulary.facts import County
from bot.vocabulary.topics import LABELS

ROOT = Path(__file__).parent.parent / "counties"
COUNTIES = ("rsk", "rbk")
TOPICS = tuple(LABELS)


def table(name: str) -> dict[str, Any]:
    """A fresh copy of one table, such as `rbk/desks` or `hotlines`."""
    return tomllib.loads((ROOT / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def gazetteer() -> Gazetteer:
    return read_gazetteer([table(f"{county}/municipalities") for county in COUNTIES], table("outside"))


def tables() -> dict[str, Any]:
    """A fresh copy of all tables that the directory is read from."""
    names = ("county", "municipalities", "desks", "services", "routing")
    counties = {county: {name: table(f"{county}/{name}") for name in names} for county in COUNTIES}
    return counties | {"both": table("both"), "hotlines": table("hotlines")}


@cache
def directory() -> Directory:
    return read_directory(tables(), TOPICS)


@cache
def german_topics() -> dict[str, str]:
    rows = tomllib.loads((ROOT.parent / "bot/vocabulary/tables/topics.toml").read_text(encoding="utf-8"))["topic"]
    return {row["id"]: row["german"] for row in rows}


@cache
def terms(county: str) -> Terms:
    names = {place.id: place.name for place in gazetteer().municipalities.values()}
    return terms_of(County(county), directory(), german_topics(), names)


def ruleset(county: str) -> RuleSet:
    """The county's rules as its file has them."""
    return RuleSet(County(county), directory().rules[County(county)])
