"""What a criterion answers: it holds, it fails, or a fact is missing; each with its sentence."""

from __future__ import annotations

from dataclasses import dataclass

from bot.i18n.text import Text


@dataclass(frozen=True, slots=True)
class Holds:
    """The criterion holds; `evidence` are the ids (needs, offices, areas) it rests on."""

    because: Text
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fails:
    """The criterion does not hold."""

    because: Text
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unknown:
    """The criterion cannot be judged before one of the `missing` facts is known."""

    missing: tuple[str, ...]
    because: Text


Finding = Holds | Fails | Unknown
