"""BG/NBD and MBG/NBD written again from their formula: in fifty digits, and as what scipy climbs from many points."""

from __future__ import annotations

from decimal import Decimal, localcontext

import numpy as np
from scipy.optimize import minimize

from tagmart.scoring.groups import PurchaseGroups

FARTHEST = 12.0  # in logarithms, from 1 and from the mean gap between purchases
INSIDE = 9.5  # farther out a search has not ended at a maximum, but run away


def exact(groups: PurchaseGroups, parameters: list[float], at_first: int) -> float:
    """The log-likelihood in fifty digits; products in place of gamma functions."""
    with localcontext() as context:
        context.prec = 50
        r, alpha, a, b = (Decimal(float(value)) for value in parameters)
        total = Decimal(0)
        for x, t_x, T, n in zip(groups.x, groups.t_x, groups.T, groups.customers_count, strict=True):
            x, t_x, T, s = int(x), Decimal(float(t_x)), Decimal(float(T)), int(x) + at_first
            often = sum(((r + i).ln() for i in range(x)), Decimal(0)) + r * alpha.ln()
            stayed = sum((((b + i) / (a + b + i)).ln() for i in range(s)), Decimal(0))
            silent = -(r + x) * (alpha + T).ln()
            gone = (a / (b + s - 1)).ln() - (r + x) * (alpha + t_x).ln() if s else None
            total += int(n) * (often + stayed + (silent if gone is None else silent + (1 + (gone - silent).exp()).ln()))
        return float(total)


def searched(groups: PurchaseGroups, at_first: int, starts: int = 10) -> tuple[float, bool]:
    """The highest log-likelihood that L-BFGS finds from eight corners and random points, and whether its place is inside."""
    home = np.log((groups.T * groups.customers_count).sum() / (groups.x * groups.customers_count).sum())
    points = [(0, 0, 0, 1.1), (0, 0, -3, 1.6), (0, 0, 4, 4.6), (0, 0, -4.6, -3.5), (1, 0, 1, -1), (1, -2, 1, -1), (-2, -2, 0, 1), (3, 1, 0, 0)]
    points += list(np.random.default_rng(0).uniform([-4, -5, -5, -5], [4, 4, 5, 5], (starts, 4)))
    centre = np.array([0, home, 0, 0])
    falling = _falling(groups, at_first)
    with np.errstate(all="ignore"):
        ends = [
            minimize(
                falling,
                centre + point,
                jac=True,
                method="L-BFGS-B",
                bounds=[(c - FARTHEST, c + FARTHEST) for c in centre],
                options={"maxiter": 600, "maxfun": 900, "ftol": 1e-13, "gtol": 1e-7},
            )
            for point in points
        ]
    best = min(ends, key=lambda end: end.fun)
    return -best.fun, bool((np.abs(best.x - centre) < INSIDE).all())


def _falling(groups: PurchaseGroups, at_first: int):
    """Minus the log-likelihood and its gradient, by the logarithms of r, alpha, a and b."""
    x, t_x, T, n = (values.astype(float) for values in (groups.x, groups.t_x, groups.T, groups.customers_count))
    s, i = x + at_first, np.arange(int(x.max()) + 1.0)
    can, last = s > 0, np.maximum(s, 1) - 1

    def up_to(terms: np.ndarray, count: np.ndarray) -> np.ndarray:
        return np.concatenate([[0.0], terms.cumsum()])[count.astype(int)]

    def value_and_gradient(theta: np.ndarray) -> tuple[float, np.ndarray]:
        r, alpha, a, b = np.exp(theta)
        length = np.log1p((T - t_x) / (alpha + t_x))
        odds = np.where(can, np.log(a) - np.log(b + last) + (r + x) * length, -1e300)
        dead = np.where(can, 1 / (1 + np.exp(-np.clip(odds, -700, 700))), 0)
        value = n * (up_to(np.log(r + i), x) - r * np.log1p(T / alpha) - x * np.log(alpha + T) + up_to(-np.log1p(a / (b + i)), s) + np.logaddexp(0, odds))
        gradient = [
            r * (n * (up_to(1 / (r + i), x) - np.log1p(T / alpha) + dead * length)).sum(),
            alpha * (n * ((r * T / alpha - x) / (alpha + T) - dead * (r + x) * (T - t_x) / ((alpha + T) * (alpha + t_x)))).sum(),
            a * (n * (up_to(-1 / (a + b + i), s) + dead / a)).sum(),
            b * (n * (up_to(a / ((b + i) * (a + b + i)), s) - dead / (b + last))).sum(),
        ]
        return -value.sum(), -np.array(gradient)

    return value_and_gradient
