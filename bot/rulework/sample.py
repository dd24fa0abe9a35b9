"""Intakes of nobody, for trying rules out: made from shares, always the same, every topic in every municipality."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any, Final, TypeVar

from bot.routing.intakes import Intake
from bot.triage.evaluate import suggest
from bot.triage.rules import Rules
from bot.vocabulary.facts import County, Facts, read_facts

T = TypeVar("T")
#: Primes far from each other: the draws of two questions do not go in step.
_PRIMES: Final = (
    7919, 104_729, 1_299_709, 15_485_863, 32_452_843, 49_979_687, 67_867_967, 86_028_121, 104_395_301, 122_949_823,
    141_650_939, 160_481_183, 179_424_673, 198_491_317, 217_645_177, 236_887_691, 256_203_161, 275_604_541,
)  # fmt: skip
_HUNDRED: Final = 100


def sample_intakes(
    table: Mapping[str, Any],
    shares: Mapping[str, int | None],
    municipalities: Mapping[str, County],
    rules: Rules,
) -> tuple[Intake, ...]:
    """The intakes of `tables/sample.toml`, each marked as a sample. `shares` is percent by topic, where it is known."""
    if table.get("sample") is not True:
        raise ValueError("sample.toml, sample: allowed is true, for these intakes are nobody's")
    facts = _all_facts(table, whole_shares(shares, table["shared"]), municipalities)
    return tuple(Intake(facts=one, suggestion=suggest(one, rules), sample=True) for one in facts)


def whole_shares(shares: Mapping[str, int | None], shared: Sequence[Sequence[str]]) -> dict[str, float]:
    """Percent for every topic: who shares a share gets a part of it; what is left of hundred is spread evenly."""
    parts = {topic: len(group) for group in shared for topic in group}
    known = {topic: share / parts.get(topic, 1) for topic, share in shares.items() if share}
    others = len(shares) - len(known)
    return {topic: known.get(topic, (_HUNDRED - sum(known.values())) / (others or 1)) for topic in shares}


def _all_facts(
    table: Mapping[str, Any], shares: Mapping[str, float], municipalities: Mapping[str, County]
) -> Iterator[Facts]:
    for place, county in municipalities.items():
        allotted = _allotted(shares, table["per_municipality"], hash_of(place))
        topics = [topic for topic, often in allotted.items() for _ in range(often)]
        for number, topic in enumerate(topics):
            yield _facts(table, shares, place, county, topic, hash_of(place) + number)


def _allotted(shares: Mapping[str, float], seats: int, turn: int) -> dict[str, int]:
    """So many seats for each topic, by the largest remainders, and none without one; among equals it is in turn."""
    exact = {topic: share * seats / _HUNDRED for topic, share in shares.items()}
    allotted = {topic: max(1, int(often)) for topic, often in exact.items()}
    order = {topic: (place + turn) % len(exact) for place, topic in enumerate(exact)}
    by_remainder = sorted(exact, key=lambda topic: (int(exact[topic]) - exact[topic], order[topic]))
    for topic in by_remainder[: max(0, seats - sum(allotted.values()))]:
        allotted[topic] += 1
    return allotted


def hash_of(place: str) -> int:
    """A number of a place that is the same in every process."""
    return sum(_HUNDRED**position * ord(letter) for position, letter in enumerate(place[-4:]))


def _facts(
    table: Mapping[str, Any], shares: Mapping[str, float], place: str, county: County, topic: str, number: int
) -> Facts:
    draw = (number * prime % 10_007 / 10_007 * _HUNDRED for prime in _PRIMES)
    how_many = _drawn(dict(enumerate(table["how_many_needs"], start=1)), next(draw)) or 1
    needs = dict.fromkeys([topic, *(_drawn(shares, next(draw)) or topic for _ in range(how_many - 1))])
    given: dict[str, Any] = {"county": county.value, "municipality": place, "needs": list(needs)}
    for name, wanted in table["facts"].items():
        value = _drawn(wanted, next(draw))
        if value is not None:
            given[name] = _value(name, value)
    return read_facts(given, frozenset(shares), {place: county})


def _drawn(wanted: Mapping[T, float], at: float) -> T | None:
    """What lies at this percent, or none behind the last."""
    return next((one for one, end in zip(wanted, accumulate(wanted.values()), strict=True) if at < end), None)


def _value(name: str, word: str) -> Any:
    """Keys of a table are words; numbers and truths among them are meant as such."""
    if name == "offices":
        return [word]
    if word in ("true", "false"):
        return word == "true"
    return int(word) if word.isdecimal() else word
