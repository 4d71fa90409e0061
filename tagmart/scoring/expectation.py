"""What a fitted BTYD model says of a customer (x, t_x, T): is she alive, how many purchases will come, will none come.

Given that she is alive at T, her rate is gamma(r+x, alpha+T) and her dropout chance p is beta(a, b+s), s as in btyd.
Her purchases within the next t are then

    E(t | alive) = integral over p of (1 - (1 + p z)^-(r+x)) / p,   z = t / (alpha+T)

the Euler form of the expression with the Gauss hypergeometric function in Fader, Hardie and Lee (2005), equation 10.
That one divides by a - 1 and subtracts large numbers; this one has a smooth positive integrand (at p = 0 it is
(r+x) z) for every a > 0, a = 1 too. It is integrated by Gauss-Jacobi quadrature, whose weight is the beta density.
It does not depend on t_x, so that it is worked out once for each (x, T), however many customers share them.

Times are in the unit of alpha. Functions take scalars or arrays that broadcast and return float64 arrays.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from scipy.linalg import eigh_tridiagonal

from tagmart.scoring.btyd import SURVIVED_AT_FIRST, BtydFit

LARGEST_LOG_ODDS = 700.0  # exp of more is infinite; a customer with such odds has left by any measure
NODE_COUNTS = (16, 24, 32, 48, 64, 96, 128, 192, 256, 512, 1024)
LARGEST_Z = 2000.0  # what 1024 nodes integrate to full precision


def p_alive(fit: BtydFit, x, t_x, T) -> np.ndarray:
    """P(alive at T) = 1 / (1 + e^D), D as in btyd; 1 for one-time buyers of BG/NBD, who had no chance to drop out."""
    x, t_x, T = (np.asarray(values, dtype=np.float64) for values in (x, t_x, T))
    survived = x + SURVIVED_AT_FIRST[fit.model]
    shape = np.where(survived > 0, fit.b + survived - 1, 1.0)
    log_odds = np.log(fit.a) - np.log(shape) + (fit.r + x) * (np.log(fit.alpha + T) - np.log(fit.alpha + t_x))
    return np.where(survived > 0, 1 / (1 + np.exp(np.minimum(log_odds, LARGEST_LOG_ODDS))), 1.0)


def no_purchase_probability(fit: BtydFit, x, t_x, T, t) -> np.ndarray:
    """P(no purchase in (T, T+t]) = 1 - p_alive (1 - ((alpha+T)/(alpha+T+t))^(r+x)).

    This is churn; 1 - p_alive is not, being 0 for one-time buyers of BG/NBD however long they have been silent.
    """
    x, T, t = (np.asarray(values, dtype=np.float64) for values in (x, T, t))
    return 1 + p_alive(fit, x, t_x, T) * np.expm1(-(fit.r + x) * np.log1p(t / (fit.alpha + T)))


def expected_purchases(fit: BtydFit, x, t_x, T, t) -> np.ndarray:
    """E(purchases in (T, T+t]) = p_alive E(t | alive)."""
    return p_alive(fit, x, t_x, T) * purchases_if_alive(fit, x, T, t)


def purchases_from_start(fit: BtydFit, t) -> np.ndarray:
    """E(repeat purchases within t of the first one) of a customer of whom nothing else is known."""
    return expected_purchases(fit, 0, 0, 0, t)


def purchases_if_alive(fit: BtydFit, x, T, t) -> np.ndarray:
    """E(t | alive) as above.

    Raises:
        ValueError: t is more than 2000 times alpha+T: such an alpha is no fit.
    """
    x, T, t = np.broadcast_arrays(*(np.asarray(values, dtype=np.float64) for values in (x, T, t)))
    z = t / (fit.alpha + T)
    if (z > LARGEST_Z).any():
        raise ValueError(f"The horizon is {z.max():.0f} times alpha + T; more than {LARGEST_Z:.0f} is not supported.")
    flat_x, flat_z, result = x.ravel(), z.ravel(), np.zeros(z.size)
    level = np.searchsorted(NODE_COUNTS, _nodes_needed(flat_z))
    order = np.lexsort((level, flat_x))
    edges = np.flatnonzero((np.diff(flat_x[order]) != 0) | (np.diff(level[order]) != 0)) + 1
    for rows in np.split(order, edges) if len(order) else []:
        repeats, count = flat_x[rows[0]], NODE_COUNTS[level[rows[0]]]
        p, weight = beta_nodes(fit.a, fit.b + float(repeats) + SURVIVED_AT_FIRST[fit.model], count)
        # One node after the other: sums of few terms in a fixed order, without a table of rows by nodes.
        total = np.zeros(len(rows))
        for node, share in zip(p, weight, strict=True):
            total -= share / node * np.expm1(-(fit.r + repeats) * np.log1p(node * flat_z[rows]))
        result[rows] = total
    return result.reshape(z.shape)


@lru_cache(maxsize=4096)
def beta_nodes(a: float, b: float, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Nodes in (0, 1) and weights with sum 1: Gauss quadrature for the beta(a, b) density (Golub and Welsch, 1969)."""
    k = np.arange(1, count, dtype=np.float64)
    total = a + b
    with np.errstate(invalid="ignore"):
        diagonal = np.concatenate([[a / total], 0.5 + (a - b) * (total - 2) / (2 * (2 * k + total) * (2 * k + total - 2))])
        squared = k * (k + a - 1) * (k + b - 1) * (k + total - 2) / ((2 * k + total - 1) * (2 * k + total - 2) ** 2 * (2 * k + total - 3))
    squared[0] = a * b / (total**2 * (total + 1))  # the variance; the general form is 0/0 where total = 1 or 2
    nodes, vectors = eigh_tridiagonal(diagonal, np.sqrt(squared))
    nodes, weights = np.maximum(nodes, np.finfo(float).tiny), vectors[0] ** 2
    nodes.flags.writeable = weights.flags.writeable = False  # the cache hands out the same arrays again
    return nodes, weights


def _nodes_needed(z: np.ndarray) -> np.ndarray:
    """Nodes for full precision.

    The integrand is singular at p = -1/z. On [-1, 1] that is 1 + 2/z away, and n nodes leave an error of about
    exp(-2 n arccosh(1 + 2/z)): 20/arccosh would do, twice that also where large r+x steepen the integrand.
    """
    return np.minimum(np.ceil(40 / np.arccosh(1 + 2 / np.maximum(z, 1e-9))), NODE_COUNTS[-1])
