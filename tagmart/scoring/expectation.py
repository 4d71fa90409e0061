"""What a fitted BTYD model says of a customer (x, t_x, T): are they alive, how many purchases will come, will none come.

Given that they are alive at T, their rate is gamma(r+x, alpha+T) and their dropout chance p is beta(a, b+s), s as in likelihood.
Their purchases within the next t are then

    E(t | alive) = integral over p of (1 - (1 + p z)^-(r+x)) / p,   z = t / (alpha+T)

the Euler form of the expression with the Gauss hypergeometric function in Fader, Hardie and Lee (2005), equation 10.
That one divides by a - 1 and subtracts large numbers; this one has a smooth positive integrand (at p = 0 it is
(r+x) z) for every a > 0, a = 1 too. It is integrated by Gauss-Jacobi quadrature, whose weight is the beta density.
It does not depend on t_x, so that it is worked out once for each (x, T), however many customers share them. In a limit
(see dropout) p is one number or two, and the integral a sum.

Times are in the unit of alpha. Functions take scalars or arrays that broadcast and return float64 arrays.
"""

from __future__ import annotations

import numpy as np

from tagmart.scoring.btyd import BtydFit
from tagmart.scoring.dropout import MODELS
from tagmart.scoring.quadrature import NODE_COUNTS, beta_nodes, nodes_needed

LARGEST_LOG_ODDS = 700.0  # exp of more is infinite; a customer with such odds has left by any measure
LARGEST_Z = 2000.0  # what 1024 nodes integrate to full precision


def p_alive(fit: BtydFit, x, t_x, T) -> np.ndarray:
    """P(alive at T) = 1 / (1 + e^D), D as in likelihood; 1 for one-time buyers of BG/NBD, who had no chance to drop out."""
    x, t_x, T = (np.asarray(values, dtype=np.float64) for values in (x, t_x, T))
    log_odds = lost_log_odds(fit, x) + (fit.r + x) * (np.log(fit.alpha + T) - np.log(fit.alpha + t_x))
    return 1 / (1 + np.exp(np.minimum(log_odds, LARGEST_LOG_ODDS)))


def lost_log_odds(fit: BtydFit, x) -> np.ndarray:
    """ln of the odds to have dropped out at the last of x + 1 purchases, before silence counts; -inf where it cannot be."""
    xs, at = np.unique(np.asarray(x, dtype=np.float64), return_inverse=True)
    model = MODELS[fit.model]
    return model.law(xs + model.at_first, fit.law_parameters).lost[at].reshape(np.shape(x))


def no_purchase_probability(fit: BtydFit, x, t_x, T, t) -> np.ndarray:
    """P(no purchase in (T, T+t]) = 1 - p_alive (1 - ((alpha+T)/(alpha+T+t))^(r+x)).

    This is churn; 1 - p_alive is not, being 0 for one-time buyers of BG/NBD however long they have been silent.
    """
    return 1 - p_alive(fit, x, t_x, T) * purchase_if_alive(fit, x, T, t)


def purchase_if_alive(fit: BtydFit, x, T, t) -> np.ndarray:
    """P(a purchase in (T, T+t] | alive)."""
    x, T, t = (np.asarray(values, dtype=np.float64) for values in (x, T, t))
    return -np.expm1(-(fit.r + x) * np.log1p(t / (fit.alpha + T)))


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
    level = np.searchsorted(NODE_COUNTS, nodes_needed(flat_z))
    order = np.lexsort((level, flat_x))
    edges = np.flatnonzero((np.diff(flat_x[order]) != 0) | (np.diff(level[order]) != 0)) + 1
    for rows in np.split(order, edges) if len(order) else []:
        repeats, count = flat_x[rows[0]], NODE_COUNTS[level[rows[0]]]
        p, weight = _chances(fit, float(repeats), count)
        # One node after the other: sums of few terms in a fixed order, without a table of rows by nodes.
        total = np.zeros(len(rows))
        for node, share in zip(p, weight, strict=True):
            total += share * _until_dropping_out(node, fit.r + repeats, flat_z[rows])
        result[rows] = total
    return result.reshape(z.shape)


def _chances(fit: BtydFit, x: float, count: int) -> tuple[np.ndarray, np.ndarray]:
    """The chances of dropping out of a customer who is alive after x repeat purchases, and their weights."""
    kind, survived, chance = MODELS[fit.model].kind, x + MODELS[fit.model].at_first, fit.drop_out_chance
    if kind == "beta":
        return beta_nodes(fit.a, fit.b + survived, count)
    if kind == "at_once" and survived == 0:
        return np.array([0.0, 1.0]), np.array([1 - chance, chance])
    return np.array([chance if kind == "common" else 0.0]), np.ones(1)


def _until_dropping_out(p: float, shape: float, z: np.ndarray) -> np.ndarray:
    """(1 - (1 + p z)^-shape) / p, shape z where p = 0."""
    return shape * z if p == 0 else -np.expm1(-shape * np.log1p(p * z)) / p
