"""Small weights made for a test."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from bot.understanding.leaning import LEANINGS, PIECES, Weights


def weights_for(label: str, pieces: Iterable[int], strength: float) -> Weights:
    """Weights by which these pieces, all of one message, give one label these odds and every other label none."""
    numbers = [*pieces]
    column = LEANINGS.index(label)
    weights = np.zeros((PIECES, len(LEANINGS)), np.int8)
    weights[numbers, column] = 100
    scale = np.full(len(LEANINGS), strength / 100 / np.sqrt(len(numbers)), np.float32)
    bias = np.full(len(LEANINGS), -9.0, np.float32)
    bias[column] = 0
    return Weights(rarity=np.ones(PIECES, np.float32), weights=weights, scale=scale, bias=bias)
