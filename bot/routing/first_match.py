"""Which rule decides where: every region of facts, with the first rule that holds in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bot.routing.regions import EVERYBODY, Literal, Region

#: How many rules are looked at in all: those of real counties need some thousands of looks; this is a second or two.
MOST_LOOKS: Final = 120_000


class TooTangled(Exception):
    """The conditions cross each other so often that they cannot be looked through in time."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A rule as its questions; it decides where all are answered with yes, unless one before it does."""

    rule: str
    literals: tuple[Literal, ...]


#: The rule that decides, or none, and a region in which it does.
Leaf = tuple[str | None, Region]


def decided(rules: Sequence[Asked], region: Region = EVERYBODY) -> dict[str | None, Region]:
    """Each rule that decides for somebody in the region, with the first place where it does; `None`: no rule does."""
    found: dict[str | None, Region] = {}
    for rule, where in _leaves(tuple(rules), region):
        found.setdefault(rule, where)
    return found


def _leaves(rules: tuple[Asked, ...], region: Region) -> Iterator[Leaf]:
    """Two regions in which the rules that are left see the same are looked through once."""
    waiting, seen, looks = [(rules, region)], set[object](), 0
    while waiting:
        pending, where = waiting.pop()
        looks += len(pending)
        if looks > MOST_LOOKS:
            raise TooTangled
        left = _left(pending, where)
        key = (left, where.seen_by(_masks(left)))
        if key in seen:
            continue
        seen.add(key)
        if not left or not left[0].literals:
            yield (left[0].rule if left else None), where
            continue
        question = left[0].literals[0]
        waiting.append((left, where.where(question.opposite())))
        waiting.append((left, where.where(question)))


def _left(rules: tuple[Asked, ...], region: Region) -> tuple[Asked, ...]:
    """The rules that can still hold in the region, with the questions that are still open; up to one that does."""
    left: list[Asked] = []
    for rule in rules:
        answers = [(literal, region.answer(literal)) for literal in rule.literals]
        if any(answer is False for _, answer in answers):
            continue
        open_ = tuple(literal for literal, answer in answers if answer is None)
        left.append(rule if len(open_) == len(rule.literals) else Asked(rule.rule, open_))
        if not open_:
            break
    return tuple(left)


def _masks(rules: tuple[Asked, ...]) -> dict[str, int]:
    masks: dict[str, int] = {}
    for rule in rules:
        for literal in rule.literals:
            masks[literal.fact] = masks.get(literal.fact, 0) | literal.mask
    return masks
