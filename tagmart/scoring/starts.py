"""Where ascents of the BTYD likelihoods begin: at a few points far apart, and beside the edge of the family (see edge)."""

from __future__ import annotations

import numpy as np
from scipy.special import digamma

from tagmart.scoring.dropout import MODELS
from tagmart.scoring.groups import PurchaseGroups
from tagmart.scoring.likelihood import purchases_of

# Each: r, alpha over the time that passes for a repeat purchase, then the law. The first is home. When ascents from the first
# four end at one height, there was no higher one in 700 drawn brands; else the others are made too.
SPREAD = {
    "beta": [(1, 1, 1, 3), (8, 3, 0.2, 0.3), (8, 3, 80, 120), (0.2, 1, 0.25, 4.75), (0.2, 1, 0.45, 0.05), (8, 3, 0.018, 0.002), (1, 1, 0.45, 0.05)],
    "none": [(1, 1), (8, 3), (0.2, 1)],
    "common": [(1, 1, 0.25), (8, 3, 2), (0.2, 1, 0.02)],
}
SPREAD["at_once"] = SPREAD["common"]
TELLING = 4
FEW_LEAVE, FEWEST, ALL_ALIKE, AT_ONCE = 1e-3, 1e-4, 300.0, 0.01  # a, beside nobody dropping out; a + b, beside the others
SHAPES = np.geomspace(1e-3, 1e5, 49)  # the b that are tried
FAINT = -600.0  # log odds so small that the chance to have dropped out is linear in them


def spread(groups: PurchaseGroups, model: str) -> list[np.ndarray]:
    """Points (k,) far apart, for any of dropout.MODELS; the first is home, from which running away is measured."""
    repeats, time = (float((values * groups.customers_count).sum()) for values in (groups.x, groups.T))
    return [np.array([r, size * time / repeats, *law]) for r, size, *law in SPREAD[MODELS[model].kind]]


def beside(groups: PurchaseGroups, model: str, limit: str, parameters: np.ndarray) -> list[np.ndarray]:
    """Points of BG/NBD or MBG/NBD just inside of one of its limits, given the parameters that are likeliest there.

    Next to nobody dropping out, only where that is likelier: see edge.
    """
    r, alpha, *odds = parameters
    kind = MODELS[limit].kind
    if kind == "none":
        return [np.array([r, alpha, max(FEW_LEAVE * min(b, 1.0), FEWEST), b]) for b in rising_shapes(groups, model, r, alpha)]
    chance, size = odds[0] / (1 + odds[0]), ALL_ALIKE if kind == "common" else AT_ONCE
    return [np.array([r, alpha, size * chance, size * (1 - chance)])]


def rising_shapes(groups: PurchaseGroups, model: str, r: float, alpha: float) -> list[float]:
    """The b whose beta(a, b) with a small a raises the likelihood above that of nobody dropping out, more than the b around."""
    xs, x_at = groups.distinct[0]
    n_x = np.bincount(x_at, groups.customers_count.astype(np.float64), len(xs))
    s = xs + MODELS[model].at_first
    silent = purchases_of(groups)(r, alpha, np.full(len(xs), FAINT)).dead * np.exp(-FAINT)  # sums of e^D'
    can = s > 0
    s, n_x, silent = s[can], n_x[can], silent[can]
    b = SHAPES[:, None]
    rises = (n_x * (digamma(b) - digamma(b + s)) + silent / (b + (s - 1))).sum(axis=1) * np.minimum(SHAPES, 1.0)
    around = np.pad(rises, 1, constant_values=-np.inf)
    return [float(shape) for shape in SHAPES[(rises > 0) & (rises >= around[:-2]) & (rises > around[2:])]]
