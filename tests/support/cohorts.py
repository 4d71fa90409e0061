"""Cohorts of buyers, (x, t_x, T) in whole days: brands as they are, brands of one kind only, and what no model foresees."""

from __future__ import annotations

import numpy as np

from tagmart.scoring.groups import PurchaseGroups, purchase_groups

# Customers, T from and to, shape and mean gap of the rates, chances to drop out, whether the first purchase counts.
Chances = tuple[float, float] | float | str  # beta(a, b), one for all, or a word below
KINDS: dict[str, tuple[int, int, int, float, float, Chances, bool]] = {
    "as CDNOW": (1500, 1, 700, 0.25, 120, (0.8, 2.4), False),
    "as CDNOW, stopping at first": (1500, 1, 700, 0.5, 86, (0.9, 1.6), True),
    "one-time heavy": (1000, 30, 720, 1, 40, (2, 0.5), True),
    "four of five stop at first": (1000, 30, 720, 2, 30, "most at once", True),
    "old": (2000, 900, 1100, 0.8, 62, (1, 2), False),
    "old, half stop at each": (2000, 1800, 2000, 3, 10, 0.5, True),
    "old, half stop at first": (1000, 900, 1100, 0.4, 60, "half at once", True),
    "tiny": (120, 1, 700, 0.8, 62, (0.8, 2.5), False),
    "huge heterogeneity": (1500, 1, 700, 0.03, 100, (0.1, 0.2), False),
    "nearly Poisson": (3000, 1, 700, 30, 100, (1, 4), False),
    "Poisson": (1500, 1, 700, 1e9, 100, (1, 4), False),
    "Poisson, stopping at first": (1500, 1, 700, 1e9, 50, (1, 1), True),
    "nobody stops": (1500, 1, 700, 0.8, 88, 0.0, False),
    "all stop at once": (1500, 1, 700, 0.8, 38, 1.0, False),
    "some stop at once": (1500, 1, 700, 0.8, 38, "some at once", False),
    "some stop at first": (1500, 1, 700, 0.8, 38, "some at once", True),
    "all of one age": (1000, 365, 366, 0.7, 86, (0.8, 2.4), False),
    "one chance for all": (1500, 1, 700, 0.8, 38, 0.2, False),
    "one chance, at first too": (1500, 1, 700, 0.8, 38, 0.5, True),
    "grocery": (1500, 200, 700, 6, 7, (0.5, 30), False),
    "grocery, two kinds": (1500, 100, 700, 3, 7, "two kinds", True),
    "young": (1500, 0, 31, 1, 40, (1, 3), False),
    "daily": (800, 300, 400, 1e9, 1.1, 0.002, False),
}
SHARES = {
    "half at once": (0.5, 1.0, 0.05),
    "most at once": (0.82, 1.0, 0.05),
    "some at once": (0.4, 1.0, 0.0),
    "two kinds": (0.4, 0.5, 0.003),
}  # share, its chance, that of others


def cohort(kind: str, seed: int, customers: int | None = None) -> PurchaseGroups:
    """Draw one of KINDS."""
    size, youngest, oldest, shape, gap, chances, at_first = KINDS[kind]
    rng, size = np.random.default_rng([seed, *kind.encode()]), customers or size
    T = rng.integers(youngest, oldest, size)
    rates = rng.gamma(shape, 1 / (shape * gap), size)
    if isinstance(chances, str):
        share, theirs, others = SHARES[chances]
        chance = np.where(rng.random(size) < share, theirs, others)
    else:
        chance = rng.beta(*chances, size) if isinstance(chances, tuple) else np.full(size, chances)
    return purchase_groups(*drawn(rng, T, rates, chance, at_first))


def drawn(rng: np.random.Generator, T: np.ndarray, rates: np.ndarray, chance: np.ndarray, at_first: bool) -> tuple:
    """Histories of customers with these rates a day and chances to drop out after each repeat purchase (at_first: after the first too)."""
    arrivals = rng.poisson(rates * T)
    x = np.minimum(arrivals, rng.geometric(np.clip(chance, 1e-12, 1)) - at_first)
    t_x = np.where(x > 0, np.ceil(T * rng.beta(np.maximum(x, 1), np.maximum(arrivals - x + 1, 1))), 0)
    t_x = np.minimum(t_x, T)
    return np.minimum(x, t_x), t_x, T


def random_cohort(seed: int) -> PurchaseGroups:
    """A brand of any size, age and process; in half of them two kinds of customers, which neither model knows."""
    rng = np.random.default_rng([77, seed])
    size = int(rng.choice([150, 500, 1000, 3000]))
    T = rng.integers(*[(1, 700), (1, 60), (900, 1100), (30, 720), (364, 366), (1500, 2000)][rng.integers(6)], size)
    shape, mean = np.exp(rng.uniform([-3, -6], [3, -2]))
    rates, chance = np.minimum(rng.gamma(shape, mean / shape, size), 2), rng.beta(*np.exp(rng.uniform(-4, 3, 2)), size)
    other = rng.random(size) < rng.uniform(0.1, 0.9)
    process = rng.integers(4)
    if process == 0:
        chance = np.where(other, 1.0, rng.uniform(0, 0.1))
    if process == 1:
        chance = np.where(other, chance, rng.beta(*np.exp(rng.uniform(-3, 2, 2)), size))
        rates = np.where(other, rates, np.minimum(rates * np.exp(rng.uniform(-3, 3)), 2))
    return purchase_groups(*drawn(rng, T, rates, chance, bool(rng.integers(2))))


def regular(seed: int) -> PurchaseGroups:
    """Purchases every 30, 60 or 90 days without any chance, and one in two who bought once: neither model's."""
    rng = np.random.default_rng(seed)
    T = rng.integers(60, 700, 1500)
    x = np.where(rng.random(1500) < 0.5, 0, T // rng.choice([30, 60, 90], 1500))
    return purchase_groups(x, np.minimum(T, 30 * x), T)
