"""Where a route leads: a desk, a coordination or a regular service."""

from __future__ import annotations

from dataclasses import dataclass

from bot.vocabulary.ways import TargetKind


@dataclass(frozen=True, slots=True)
class Target:
    kind: TargetKind
    id: str
