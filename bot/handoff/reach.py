"""A case manager sees the cases of their desks, a coordinator those of their counties, and nobody any other.

While a desk is away, the colleagues of the desk that stands in see its cases too, and answer them.
"""

from __future__ import annotations

from bot.handoff.case import Case
from bot.handoff.ports import Desk, Directory
from bot.handoff.staff import Role, Staff
from bot.vocabulary.facts import County


def sees(staff: Staff, case: Case, directory: Directory) -> bool:
    match staff.role:
        case Role.CASE_MANAGER:
            return case.target_id in desks_today(staff, directory)
        case Role.COORDINATOR:
            return case.county in counties_of(staff, directory)


def desks_today(staff: Staff, directory: Directory) -> frozenset[str]:
    """The colleague's own desks and those that they stand in for while nobody is there."""
    return staff.desks | {desk for desk, other in directory.stand_ins.items() if other.desk in staff.desks}


def counties_of(staff: Staff, directory: Directory) -> frozenset[str]:
    """The counties of a colleague's desks; a county's own id counts as the county."""
    named = staff.desks & {*County}
    return frozenset(named) | {desk.county for desk in directory.desks() if desk.id in staff.desks}


def desks_of(staff: Staff, directory: Directory) -> tuple[Desk, ...]:
    """The desks whose calendar a colleague sees, in the directory's order."""
    counties = counties_of(staff, directory)
    every, mine = staff.role is Role.COORDINATOR, desks_today(staff, directory)
    return tuple(desk for desk in directory.desks() if desk.id in mine or (every and desk.county in counties))


def desks_of_county(county: str, directory: Directory) -> tuple[Desk, ...]:
    return tuple(desk for desk in directory.desks() if desk.county == county)
