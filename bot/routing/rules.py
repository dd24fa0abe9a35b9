"""Rules of routing: what must be known of a person, where it leads, and why."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

from bot.routing.conditions import AT_LEAST, CHOICES, CONDITIONS, NEEDS, TRUTHS, Wanted, When, fulfilled, in_order
from bot.routing.target import Target
from bot.vocabulary.facts import LARGEST_COUNT, Facts, Office
from bot.vocabulary.rows import Row
from bot.vocabulary.ways import Booking, Suggestion, TargetKind

#: Ids that stand for what the person's municipality and needs make of them.
LOCAL: Final = Target(TargetKind.DESK, "local")
REGION: Final = Target(TargetKind.DESK, "region")
BY_NEED: Final = Target(TargetKind.SERVICE, "by_need")
STANDS_FOR: Final = frozenset({LOCAL, REGION, BY_NEED})
WAYS: Final[Mapping[TargetKind, tuple[Booking, ...]]] = {
    TargetKind.DESK: (Booking.APPOINTMENT, Booking.OPEN_HOURS),
    TargetKind.COORDINATION: (Booking.CLEARING,),
    TargetKind.SERVICE: (Booking.NONE,),
}
KEYS: Final = (
    "id", "active", "when", "target", "booking", "because", "also", "source", "inferred", "comment",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """`when` all of it is known to hold, the way leads to `target`. An unknown fact never fulfils a condition.

    A rule that is not `active` is kept, and never asked. `inferred`: no source says it in words.
    """

    id: str
    when: When
    target: Target
    booking: Booking
    because: str
    source: str
    also: tuple[Target, ...] = ()
    inferred: bool = False
    active: bool = True
    comment: str = ""

    def holds(self, facts: Facts, suggestion: Suggestion) -> bool:
        return self.active and all(fulfilled(name, wanted, facts, suggestion) for name, wanted in self.when)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The ids that a rule of one county may name."""

    topics: Collection[str]
    municipalities: Collection[str]
    targets: Mapping[TargetKind, Collection[str]]


def read_rule(row: Row, known: Known) -> Rule:
    """One rule of `routing.toml`; raises `ValueError` naming rule, key and what is allowed."""
    row.only(KEYS)
    target = _target(row, "target", row.words("target"), known)
    ways = WAYS[target.kind]
    return Rule(
        id=row.words("id"),
        when=read_when(Row(f"{row.where}, when", row.values.get("when", {})), known),
        target=target,
        booking=Booking(row.one_of("booking", ways, ways[0])),
        because=row.words("because"),
        source=row.words("source"),
        also=tuple(_target(row, "also", words, known) for words in row.texts("also")),
        inferred=row.truth("inferred"),
        active=row.truth("active", default=True),
        comment=row.maybe("comment") or "",
    )


def write_rule(rule: Rule) -> dict[str, Any]:
    """The rule as values of TOML and JSON; `read_rule` gives the same rule back."""
    written: dict[str, Any] = {"id": rule.id}
    if not rule.active:
        written["active"] = False
    if rule.when:
        written["when"] = {name: _written(name, wanted) for name, wanted in rule.when}
    written |= {"target": named(rule.target), "booking": str(rule.booking), "because": rule.because}
    if rule.also:
        written["also"] = [named(target) for target in rule.also]
    written["source"] = rule.source
    if rule.inferred:
        written["inferred"] = True
    if rule.comment:
        written["comment"] = rule.comment
    return written


def named(target: Target) -> str:
    """A target as rules name it: `desk:rbk_kuerten`."""
    return f"{target.kind}:{target.id}"


def _written(name: str, wanted: Wanted) -> list[str] | bool | int:
    return in_order(name, wanted) if isinstance(wanted, frozenset) else wanted


def _target(row: Row, key: str, words: str, known: Known) -> Target:
    kind, _, id_ = words.partition(":")
    if kind not in {*TargetKind}:
        raise row.wrong(key, "desk:, coordination: or service: and an id")
    target = Target(TargetKind(kind), id_)
    if target not in STANDS_FOR and id_ not in known.targets[target.kind]:
        stand_ins = [stand_in.id for stand_in in STANDS_FOR if stand_in.kind is target.kind]
        allowed = ", ".join([*sorted(stand_ins), *known.targets[target.kind]])
        raise row.wrong(key, f"{kind}: and one of {allowed}, not {id_!r}")
    return target


def read_when(row: Row, known: Known) -> tuple[tuple[str, Wanted], ...]:
    """The conditions in the order of the vocabulary, so that two rules that ask the same are equal."""
    row.only(CONDITIONS)
    return tuple((name, _wanted(row, name, known)) for name in CONDITIONS if name in row.values)


def _wanted(row: Row, name: str, known: Known) -> Wanted:
    if name in TRUTHS:
        return row.truth(name)
    if name.endswith(AT_LEAST):
        return int(row.number(name, LARGEST_COUNT))
    allowed = _allowed(name, known)
    if row.values[name] == []:
        raise row.wrong(name, "a list of at least one of " + ", ".join(allowed))
    return frozenset(row.some_of(name, allowed))


def _allowed(name: str, known: Known) -> Collection[str]:
    if name in NEEDS:
        return known.topics
    match name:
        case "municipality":
            return known.municipalities
        case "suggestion":
            return tuple(Suggestion)
        case "offices":
            return tuple(Office)
        case _:
            return tuple(CHOICES[name])


def check_order(where: str, rules: tuple[Rule, ...]) -> None:
    """The last rule has no condition and needs nothing to stand for it, so that nobody is left without a way."""
    last = rules[-1]
    if not always_there(last):
        raise ValueError(f"{where}, rule {last.id}: the last rule must have no `when` and a target that always exists")
    for rule in rules[:-1]:
        if always_there(rule):
            raise ValueError(f"{where}, rule {rule.id}: no rule after it could ever hold; give it a `when`")


def always_there(rule: Rule) -> bool:
    """The rule holds for everybody, and its target needs nothing to stand for it."""
    return rule.active and not rule.when and rule.target not in STANDS_FOR
