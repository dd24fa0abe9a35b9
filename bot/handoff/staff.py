"""A colleague: a case manager works for some desks, a coordinator for the counties of theirs."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    CASE_MANAGER = "case_manager"
    COORDINATOR = "coordinator"


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """A colleague. `desks` holds ids of desks; a coordinator's may also hold a county's id (`rsk`, `rbk`)."""

    id: str
    name: str
    role: Role
    desks: frozenset[str]
    sample: bool = False
