"""Gamma-Gamma: what a purchase of a customer is worth, shrunk towards the mean of all customers.

The value of one purchase is gamma(p, rate nu), and nu differs between customers as gamma(q, rate gamma). A purchase of a
customer with x purchases of mean value m is worth

    E(value of a purchase | x, m) = p (gamma + x m) / (px + q - 1)

    P. S. Fader, B. G. S. Hardie, K. L. Lee (2005), RFM and CLV: Using Iso-Value Curves for Customer Base Analysis,
        Journal of Marketing Research 42(4).
    P. S. Fader, B. G. S. Hardie (2013), The Gamma-Gamma Model of Monetary Value, brucehardie.com/notes/025.

As in the first paper x and m are those of the repeat purchases: the first one often differs. The model takes value and
frequency as independent; `correlation` is the check.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tagmart.scoring.gamma_gamma_likelihood import log_likelihood
from tagmart.scoring.maximise import maximise
from tagmart.scoring.outcome import CONVERGED, DEGENERATE, TOO_LITTLE_DATA
from tagmart.scoring.several import agree, highest

PARAMETERS = ("p", "q", "gamma")
MIN_CUSTOMERS = 30
TELLING = 3  # ascents that decide when they agree; else all are made
MOST_CORRELATION = 0.3  # beyond it value and frequency are not nearly independent


@dataclass(frozen=True)
class GammaGammaFit:
    """A fitted model. Unless status is converged, the parameters are NaN and reason says why."""

    status: str
    reason: str | None
    p: float
    q: float
    gamma: float  # in the currency of the data
    p_se: float
    q_se: float
    gamma_se: float
    log_likelihood: float
    customers_count: int
    correlation: float  # Pearson, between x and m over customers; NaN where either does not vary

    @property
    def converged(self) -> bool:
        return self.status == CONVERGED


def fit_gamma_gamma(x, m, customers_count=None) -> GammaGammaFit:
    """Fit customers grouped by x and nearly equal m.

    Args:
        x: (groups,) purchases that m is the mean of, 1 or more.
        m: (groups,) mean value of a purchase; groups with m = 0 or less say nothing of the model and are left out.
        customers_count: (groups,) None: one customer each. Grouping values that differ by a thousandth changes the
            parameters by about a millionth.

    Raises:
        ValueError: lengths differ, a value is missing, or x is below 1.
    """
    x, m = (np.atleast_1d(np.asarray(values, dtype=np.float64)) for values in (x, m))
    n = np.ones(len(x)) if customers_count is None else np.atleast_1d(np.asarray(customers_count, dtype=np.float64))
    if not len(x) == len(m) == len(n):
        raise ValueError("x, m and customers_count differ in length: give one of each a group.")
    if not (np.isfinite(x) & np.isfinite(m) & (x >= 1) & (n >= 0)).all():
        raise ValueError("A value of x, m or customers_count is missing, or x is below 1.")
    order = np.lexsort((n, m, x))
    x, m, n = (values[order][(m[order] > 0) & (n[order] > 0)] for values in (x, m, n))
    customers = int(n.sum())
    if customers < MIN_CUSTOMERS:
        return _unfit(TOO_LITTLE_DATA, f"{customers} customers with a repeat purchase of some value, at least {MIN_CUSTOMERS} are needed", customers)
    if m.min() == m.max():
        return _unfit(DEGENERATE, "every purchase is worth the same", customers)
    correlation = _correlation(x, m, n)
    objective, starts = log_likelihood(x, m, n), _starts(m, n)
    ascents = [maximise(objective, start, PARAMETERS, starts[1]) for start in starts[:TELLING]]
    if not agree(ascents):
        ascents += [maximise(objective, start, PARAMETERS, starts[1]) for start in starts[TELLING:]]
    found = highest(ascents)
    if found.status != CONVERGED:
        return _unfit(found.status, found.reason, customers, correlation)
    if found.parameters[1] <= 1:
        return _unfit(DEGENERATE, f"values are so unequal that their mean does not exist (q = {found.parameters[1]:.3f}, not above 1)", customers, correlation)
    return GammaGammaFit(CONVERGED, None, *map(float, found.parameters), *map(float, found.standard_errors), found.log_likelihood, customers, correlation)


def expected_amount(fit: GammaGammaFit, x, m) -> np.ndarray:
    """E(value of a purchase | x, m); the population's mean p gamma / (q-1) where x = 0."""
    x, m = np.asarray(x, dtype=np.float64), np.asarray(m, dtype=np.float64)
    return fit.p * (fit.gamma + x * m) / (fit.p * x + fit.q - 1)


def _starts(m: np.ndarray, n: np.ndarray) -> list[np.ndarray]:
    """From the mean; and from the median, since one huge value in a thousand moves the mean out of reach."""
    by_value = np.argsort(m, kind="stable")
    mean, median = (n * m).sum() / n.sum(), m[by_value][np.searchsorted(n[by_value].cumsum(), n.sum() / 2)]
    shapes = ((2.0, 3.0, mean), (2.0, 3.0, median), (20.0, 20.0, 20 * median), (20.0, 1.0, 0.1 * median), (0.5, 20.0, 20 * median))
    return [np.array(shape) for shape in shapes]


def _correlation(x: np.ndarray, m: np.ndarray, n: np.ndarray) -> float:
    dx, dm = x - (n * x).sum() / n.sum(), m - (n * m).sum() / n.sum()
    spread = np.sqrt((n * dx * dx).sum() * (n * dm * dm).sum())
    return float((n * dx * dm).sum() / spread) if spread > 0 else float("nan")


def _unfit(status: str, reason: str | None, customers: int, correlation: float = float("nan")) -> GammaGammaFit:
    return GammaGammaFit(status, reason, *[float("nan")] * 7, customers, correlation)
