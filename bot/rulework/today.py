"""Rules that count already, over the desks of this very day: who is away, and whether somebody stands in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from bot.routing.desks import Directory
from bot.routing.findings import Finding, Kind, Proof
from bot.routing.spoken import both
from bot.routing.target import Target
from bot.vocabulary.ways import TargetKind

NOBODY: Final = "„{desk}“ ist zurzeit nicht besetzt, und niemand vertritt. Dorthin führen: {rules}."
Prove = Callable[[Directory], Proof]


def present(directory: Directory) -> Directory:
    """As if everybody were there: who is away for some days hinders nobody from publishing."""
    return replace(directory, stand_ins={}, unattended=frozenset())


def stands_today(prove: Prove, directory: Directory) -> Proof:
    """What is wrong for good, then what is only wrong as long as somebody is away."""
    found = prove(present(directory)).findings
    return Proof((*found, *_stood_in(prove, directory, found), *_unattended(prove, directory)))


def _stood_in(prove: Prove, directory: Directory, found: Sequence[Finding]) -> Iterator[Finding]:
    """What a desk that stands in cannot do. While none does, there is nothing to prove again."""
    if directory.stand_ins:
        known = {one.german for one in found}
        today = prove(replace(directory, unattended=frozenset())).findings
        yield from (one for one in today if one.kind is Kind.NO_HOURS and one.german not in known)


def _unattended(prove: Prove, directory: Directory) -> Iterator[Finding]:
    """Each desk once, with the rules that lead there and somebody whom it concerns."""
    for desk in sorted(directory.unattended):
        alone = replace(directory, stand_ins={}, unattended=frozenset({desk}))
        led = [one for one in prove(alone).findings if one.kind is Kind.NOBODY_THERE]
        if led:
            rules = tuple(one.rule for one in led)
            name = directory.name(Target(TargetKind.DESK, desk))
            german = NOBODY.format(desk=name, rules=both(rules))
            yield replace(led[0], german=german, rule="", others=rules)
