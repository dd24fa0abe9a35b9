"""A county small enough to try out everybody in it, and random rules for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import chain, combinations, product
from typing import Any, Final

from hypothesis import strategies as st

from bot.routing.desks import Coordination, CountyData, Desk, Directory, Service
from bot.routing.rules import BY_NEED, LOCAL, REGION, WAYS, Rule
from bot.routing.ruleset import RuleSet
from bot.routing.target import Target
from bot.routing.terms import Terms, terms_of
from bot.vocabulary.facts import County, Facts, LivingFrom, Office
from bot.vocabulary.ways import Booking, Suggestion, TargetKind

RBK: Final = County.RBK
PLACES: Final = ("ahof", "bdorf", "cstadt")
TOPICS: Final = ("debt", "health_care", "school_education")
LIVING: Final = (LivingFrom.ASYLBLG, LivingFrom.SGB2, LivingFrom.WAGES)
#: Facts that the rules of this county may ask for, with all the values that could make a difference.
VALUES: Final[Mapping[str, tuple[Any, ...]]] = {
    "living_from": (None, *LIVING),
    "children_interpret": (None, True, False),
    "children": (None, 0, 1, 2, 3),
    "offices": (None, (), (Office.ABH,), (Office.COURT,), (Office.ABH, Office.COURT)),
}
ENDS: Final = Target(TargetKind.COORDINATION, "office")


def desk(id_: str, *places: str, region: bool = False) -> Desk:
    return Desk(
        id=id_, county=RBK, name=id_, municipalities=places, employer="x", posts=1, vzae=1, source="test", region=region
    )


def service(id_: str, *topics: str, area: tuple[str, ...] = (), general: bool = False) -> Service:
    return Service(id=id_, county=RBK, name=id_, topics=topics, source="test", area=area, general=general)


def small_directory(*, general: bool = True) -> Directory:
    """Two places with a desk, one with a region of the KI only; a general service, or none."""
    desks = [desk("a_desk", "ahof"), desk("b_desk", "bdorf"), desk("ki", "ahof", "cstadt", region=True)]
    services = [service("debts", "debt"), service("doctors", "health_care", area=("bdorf", "cstadt"))]
    services += [service("everything", general=True)] if general else []
    return Directory(
        counties={RBK: CountyData(id=RBK, name="Klein", source="test")},
        municipalities=dict.fromkeys(PLACES, RBK),
        desks_by_id={one.id: one for one in desks},
        coordinations={"office": Coordination(id="office", county=RBK, name="office", source="test")},
        services={one.id: one for one in services},
        hotlines={},
        first_lines={},
        rules={RBK: ()},
        local_desks={
            place: tuple(one for one in desks if place in one.municipalities and not one.region) for place in PLACES
        },
        region_desks=dict.fromkeys(("ahof", "cstadt"), desks[2]),
    )


BOOKABLE: Final = {"a_desk": {Booking.APPOINTMENT, Booking.OPEN_HOURS}, "b_desk": {Booking.APPOINTMENT}, "ki": set()}


def small_terms(directory: Directory) -> Terms:
    return terms_of(RBK, directory, {topic: topic.title() for topic in TOPICS}, {})


def everybody(rules: RuleSet) -> Iterator[tuple[Facts, Suggestion]]:
    """All combinations of facts; what no rule asks for stays unknown."""
    asked = {name.removesuffix("_at_least") for rule in rules for name, _ in rule.when}
    names = [name for name in VALUES if name in asked]
    needs = list(chain.from_iterable(combinations(TOPICS, size) for size in range(len(TOPICS) + 1)))
    for place, some, suggestion in product((*PLACES, None), needs, Suggestion):
        for values in product(*(VALUES[name] for name in names)):
            known = dict(zip(names, values, strict=True))
            yield Facts(county=RBK, municipality=place, needs=some, **known), suggestion


def _some(values: tuple[Any, ...]) -> st.SearchStrategy[frozenset[Any]]:
    return st.frozensets(st.sampled_from(values), min_size=1)


_CONDITIONS: Final[Mapping[str, st.SearchStrategy[Any]]] = {
    "suggestion": _some(tuple(Suggestion)),
    "municipality": _some(PLACES),
    "needs_any": _some(TOPICS),
    "needs_all": _some(TOPICS),
    "needs_only": _some(TOPICS),
    "offices": _some((Office.ABH, Office.COURT)),
    "living_from": _some(LIVING),
    "children_interpret": st.booleans(),
    "children_at_least": st.integers(0, 3),
}
_OFTEN: Final = ("suggestion", "municipality", "needs_any", "needs_all", "needs_only")
_TARGETS: Final = (
    LOCAL,
    REGION,
    BY_NEED,
    ENDS,
    *(Target(TargetKind.DESK, one) for one in ("a_desk", "b_desk", "ki", "gone")),
    *(Target(TargetKind.SERVICE, one) for one in ("debts", "doctors")),
)


@st.composite
def conditions(draw: st.DrawFn, asked: tuple[str, ...], most: int = 3) -> tuple[tuple[str, Any], ...]:
    names = draw(st.sets(st.sampled_from(asked), max_size=most))
    return tuple((name, draw(_CONDITIONS[name])) for name in _CONDITIONS if name in names)


@st.composite
def a_rule(draw: st.DrawFn, asked: tuple[str, ...] = tuple(_CONDITIONS)) -> Rule:
    target = draw(st.sampled_from(_TARGETS))
    return Rule(
        id="to_be_named",
        when=draw(conditions(asked)),
        target=target,
        booking=draw(st.sampled_from(WAYS[target.kind])),
        because="Weil es so ist.",
        source="test",
        also=tuple(draw(st.lists(st.sampled_from(_TARGETS), max_size=1))),
        active=draw(st.sampled_from((True, True, True, False))),
    )


LAST: Final = Rule(
    id="last", when=(), target=ENDS, booking=Booking.CLEARING, because="Sonst hilft die Koordination.", source="test"
)


@st.composite
def drafts(draw: st.DrawFn, most: int = 6) -> RuleSet:
    """Any rules; they may leave somebody without a way. They ask for few facts, so that everybody can be tried."""
    others = draw(st.sets(st.sampled_from([name for name in _CONDITIONS if name not in _OFTEN]), max_size=2))
    rules = draw(st.lists(a_rule((*_OFTEN, *sorted(others))), min_size=1, max_size=most))
    return RuleSet(RBK, tuple(replace(rule, id=f"r{number}") for number, rule in enumerate(rules, start=1)))


@st.composite
def complete(draw: st.DrawFn) -> RuleSet:
    """Rules with a last one that takes everybody."""
    return RuleSet(RBK, (*draw(drafts()).rules, LAST))
