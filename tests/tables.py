"""The tables of counties/ as the program reads them, for tests."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from bot.places.gazetteer import Gazetteer, read_gazetteer

ROOT = Path(__file__).parent.parent / "counties"
COUNTIES = ("rsk", "rbk")


def table(name: str) -> dict[str, Any]:
    """A fresh copy of one table, such as `rbk/desks` or `hotlines`."""
    return tomllib.loads((ROOT / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def gazetteer() -> Gazetteer:
    return read_gazetteer([table(f"{county}/municipalities") for county in COUNTIES], table("outside"))
