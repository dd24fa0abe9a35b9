"""What is known of one person's situation. An absent fact is unknown: never true, never false."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, Final


class County(StrEnum):
    RSK = "rsk"
    RBK = "rbk"


class Office(StrEnum):
    """A body that must still act on an open matter."""

    JOBCENTER = "jobcenter"
    SOZIALAMT = "sozialamt"
    ABH = "abh"
    ARBEITSAGENTUR = "arbeitsagentur"
    JUGENDAMT = "jugendamt"
    BAMF = "bamf"
    COURT = "court"
    SCHOOL = "school"
    HEALTH = "health"
    COUNSELLING = "counselling"
    LANDLORD = "landlord"
    CREDITOR = "creditor"
    OTHER = "other"


class LivingFrom(StrEnum):
    ASYLBLG = "asylblg"
    SGB2 = "sgb2"
    SGB12 = "sgb12"
    WAGES = "wages"
    FAMILY = "family"
    NOTHING = "nothing"


class StatusChange(StrEnum):
    RECENT = "recent"
    AHEAD = "ahead"
    NONE = "none"


class NextSteps(StrEnum):
    """Can the person take the next steps (letters, calls, appointments) alone?"""

    YES = "yes"
    WITH_SUPPORT = "with_support"
    NO = "no"


class Tried(StrEnum):
    """How far the regular services have come with the matter."""

    NOT_YET = "not_yet"
    IN_HAND = "in_hand"
    WAITING = "waiting"
    REFUSED = "refused"
    NO_SERVICE = "no_service"


class ResidenceDocument(StrEnum):
    PERMIT = "permit"
    TOLERATED = "tolerated"
    ASYLUM_PROCEDURE = "asylum_procedure"
    SECTION_24 = "section_24"
    EU = "eu"
    GERMAN = "german"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """One person's situation in the vocabulary of interface.md; `None` is unknown."""

    county: County | None = None
    municipality: str | None = None
    needs: tuple[str, ...] | None = None
    offices: tuple[Office, ...] | None = None
    contradictory_demands: bool | None = None
    living_from: LivingFrom | None = None
    status_change: StatusChange | None = None
    next_steps_alone: NextSteps | None = None
    tried: Tried | None = None
    waiting_months: int | None = None
    other_counselling: bool | None = None
    children: int | None = None
    newly_assigned: bool | None = None
    ill_or_disabled: bool | None = None
    children_interpret: bool | None = None
    residence_document: ResidenceDocument | None = None
    short_consultations_before: int | None = None


NAMES: Final = tuple(field.name for field in fields(Facts))
LARGEST_COUNT: Final = 1200  # months or children: anything above is a slip of the keyboard


class BadFact(ValueError):
    """A fact is not in the vocabulary: `key` names it, `allowed` says what may stand there."""

    def __init__(self, key: str, allowed: str) -> None:
        self.key, self.allowed = key, allowed
        super().__init__(f"{key}: allowed is {allowed}")


def read_facts(given: Mapping[str, Any], topics: frozenset[str], municipalities: Mapping[str, str]) -> Facts:
    """Facts from a JSON object; raises `BadFact` that names the key and what is allowed.

    `municipalities` maps each municipality's id to its county's id; a municipality without a county
    brings its county along.

    >>> read_facts({"needs": ["debt"], "offices": None}, frozenset({"debt"}), {}).needs
    ('debt',)
    """
    for key in given:
        if key not in NAMES:
            raise BadFact(key, "one of " + ", ".join(NAMES))
    known = {key: value for key, value in given.items() if value is not None}
    read = {key: _READ[key](key, value) for key, value in known.items() if key in _READ}
    if "needs" in known:
        read["needs"] = _ids("needs", known["needs"], topics)
    if "municipality" in known:
        _place(known, read, municipalities)
    return Facts(**read)


def write_facts(facts: Facts) -> dict[str, Any]:
    """The known facts as JSON values, in the order of the vocabulary."""
    known = {name: getattr(facts, name) for name in NAMES if getattr(facts, name) is not None}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in known.items()}


def _place(known: Mapping[str, Any], read: dict[str, Any], municipalities: Mapping[str, str]) -> None:
    place = known["municipality"]
    if not isinstance(place, str) or place not in municipalities:
        raise BadFact("municipality", "one of " + ", ".join(sorted(municipalities)))
    county = County(municipalities[place])
    if read.setdefault("county", county) != county:
        raise BadFact("county", f"{county} for the municipality {place}")
    read["municipality"] = place


def _ids(key: str, value: object, allowed: frozenset[str]) -> tuple[str, ...]:
    if not isinstance(value, list) or any(not isinstance(one, str) or one not in allowed for one in value):
        raise BadFact(key, "a list of " + ", ".join(sorted(allowed)))
    return tuple(dict.fromkeys(value))


def _one_of(kind: type[StrEnum]) -> Any:
    def read(key: str, value: object) -> StrEnum:
        if not isinstance(value, str) or value not in {*kind}:
            raise BadFact(key, "one of " + ", ".join(kind))
        return kind(value)

    return read


def _offices(key: str, value: object) -> tuple[Office, ...]:
    return tuple(Office(one) for one in _ids(key, value, frozenset(Office)))


def _truth(key: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise BadFact(key, "true or false")
    return value


def _count(key: str, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= LARGEST_COUNT:
        raise BadFact(key, f"a whole number from 0 to {LARGEST_COUNT}")
    return value


_READ: Final[Mapping[str, Any]] = {
    "county": _one_of(County),
    "offices": _offices,
    "contradictory_demands": _truth,
    "living_from": _one_of(LivingFrom),
    "status_change": _one_of(StatusChange),
    "next_steps_alone": _one_of(NextSteps),
    "tried": _one_of(Tried),
    "waiting_months": _count,
    "other_counselling": _truth,
    "children": _count,
    "newly_assigned": _truth,
    "ill_or_disabled": _truth,
    "children_interpret": _truth,
    "residence_document": _one_of(ResidenceDocument),
    "short_consultations_before": _count,
}
