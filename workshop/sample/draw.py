"""Small vectorised draws shared by the modules of the sample brand."""

from __future__ import annotations

import numpy as np

DAY = 86_400  # seconds

# Share of activity in each hour of a Shanghai day: quiet nights, peaks at lunch and after dinner.
HOUR_WEIGHTS = np.array([8, 4, 2, 1, 1, 3, 10, 24, 38, 48, 56, 60, 72, 58, 48, 48, 50, 52, 58, 72, 92, 98, 70, 30], dtype=float)
_MINUTE_OF_DAY = np.searchsorted(np.cumsum(np.repeat(HOUR_WEIGHTS / 60, 60)) / HOUR_WEIGHTS.sum(), (np.arange(65_536) + 0.5) / 65_536).astype(np.int64)


def spread(counts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return `(owner, rank)` of each unit when owner i has counts[i] units: [2, 0, 1] -> [0, 0, 2], [0, 1, 0]."""
    owner = np.repeat(np.arange(len(counts)), counts)
    rank = np.arange(len(owner)) - np.repeat(np.cumsum(counts) - counts, counts)
    return owner, rank


def clock(rng: np.random.Generator, size: int) -> np.ndarray:
    """Return seconds of the day that follow the brand's activity by hour, shape (size,)."""
    return _MINUTE_OF_DAY[rng.integers(0, 65_536, size)] * 60 + rng.integers(0, 60, size)


def pick(rng: np.random.Generator, weights: np.ndarray | list | tuple, size: int) -> np.ndarray:
    """Return `size` indices drawn with probability proportional to `weights`."""
    edges = np.cumsum(np.asarray(weights, dtype=float))
    return np.searchsorted(edges, rng.random(size) * edges[-1], side="right").clip(max=len(edges) - 1)


def chance(rng: np.random.Generator, probability: np.ndarray | float, size: int) -> np.ndarray:
    """Return booleans, true with the given probability, shape (size,)."""
    return rng.random(size) < probability


def seconds(rng: np.random.Generator, mean_days: float, size: int) -> np.ndarray:
    """Return exponential waiting times in whole seconds with a mean given in days."""
    return (rng.standard_exponential(size) * (mean_days * DAY)).astype(np.int64)
