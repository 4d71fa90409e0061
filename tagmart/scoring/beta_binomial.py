"""Beta-binomial: the share of a customer's orders with a coupon, shrunk towards everybody's.

Each order has a coupon with a chance of the customer's own, chances are beta(a, b) between customers. Of k of n orders:

    ln L = ln B(a+k, b+n-k) - ln B(a, b)                    (up to what does not depend on a and b)
    E(chance | k, n) = (a + k) / (a + b + n)

    J. G. Skellam (1948), A probability distribution derived from the binomial distribution by regarding the probability
        of success as variable between the sets of trials, Journal of the Royal Statistical Society B 10(2).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from scipy.special import digamma, gammaln, polygamma

from tagmart.scoring.maximise import Objective, maximise
from tagmart.scoring.outcome import CONVERGED, DEGENERATE, TOO_LITTLE_DATA
from tagmart.scoring.tables import by_date, fit_id

PARAMETERS = ("a", "b")
MIN_CUSTOMERS = 30  # with two orders or more: one order says nothing of how customers differ
SCHEMA = pa.schema(
    [
        ("as_of_date", pa.date32()),
        ("share_kind", pa.string()),
        ("fit_id", pa.string()),
        ("status", pa.string()),
        ("reason", pa.string()),
        *[(name, pa.float64()) for name in ("a", "b", "a_se", "b_se", "log_likelihood")],
        ("customers_count", pa.int64()),
    ]
)


@dataclass(frozen=True)
class BetaBinomialFit:
    """A fitted model; parameters are NaN unless status is converged, and reason says why."""

    status: str
    reason: str | None
    a: float
    b: float
    a_se: float
    b_se: float
    log_likelihood: float
    customers_count: int

    @property
    def converged(self) -> bool:
        return self.status == CONVERGED


def fit_beta_binomial(k, n, customers_count=None) -> BetaBinomialFit:
    """Fit customers grouped by k of n; arrays (groups,), 0 <= k <= n, n of 1 or more.

    Raises:
        ValueError: lengths differ, or k and n are not such counts.
    """
    k, n = (np.atleast_1d(np.asarray(values, dtype=np.float64)) for values in (k, n))
    weight = np.ones(len(k)) if customers_count is None else np.atleast_1d(np.asarray(customers_count, dtype=np.float64))
    if not (len(k) == len(n) == len(weight) and ((k >= 0) & (k <= n) & (n >= 1) & (weight >= 0)).all()):
        raise ValueError("k, n and customers_count must have one length, and k must be 0 to n, n at least 1.")
    order = np.lexsort((weight, k, n))
    k, n, weight = k[order], n[order], weight[order]
    customers, telling = int(weight.sum()), int(weight[n > 1].sum())
    nothing = [float("nan")] * 5
    if telling < MIN_CUSTOMERS:
        reason = f"{telling} customers with two orders or more, at least {MIN_CUSTOMERS} are needed"
        return BetaBinomialFit(TOO_LITTLE_DATA, reason, *nothing, customers)
    share = float((weight * k).sum() / (weight * n).sum())
    if share in (0.0, 1.0):
        return BetaBinomialFit(DEGENERATE, "no order has one" if share == 0 else "every order has one", *nothing, customers)
    found = maximise(log_likelihood(k, n, weight), np.array([2 * share, 2 * (1 - share)]), PARAMETERS)
    if found.status != CONVERGED:
        return BetaBinomialFit(found.status, found.reason, *nothing, customers)
    return BetaBinomialFit(CONVERGED, None, *map(float, found.parameters), *map(float, found.standard_errors), found.log_likelihood, customers)


def log_likelihood(k: np.ndarray, n: np.ndarray, weight: np.ndarray) -> Objective:
    """Return the function (a, b) -> log-likelihood, gradient (2,), Hessian (2, 2), all analytic."""

    def beta(a: float, b: float):
        return gammaln(a) + gammaln(b) - gammaln(a + b)

    def value_gradient_hessian(parameters: np.ndarray) -> tuple[float, np.ndarray, np.ndarray]:
        a, b = parameters
        value = (weight * (beta(a + k, b + n - k) - beta(a, b))).sum()
        both = digamma(a + b) - digamma(a + b + n)
        gradient = np.array([(weight * (digamma(a + k) - digamma(a) + both)).sum(), (weight * (digamma(b + n - k) - digamma(b) + both)).sum()])
        both = (weight * (polygamma(1, a + b) - polygamma(1, a + b + n))).sum()
        aa = (weight * (polygamma(1, a + k) - polygamma(1, a))).sum() + both
        bb = (weight * (polygamma(1, b + n - k) - polygamma(1, b))).sum() + both
        return float(value), gradient, np.array([[aa, both], [both, bb]])

    return value_gradient_hessian


def fit_shares_by_date(grouped: pa.Table | pa.RecordBatchReader) -> pa.Table:
    """Fit each as-of date and kind of share. Columns: as_of_date, share_kind, orders_count (n), with_count (k), customers_count."""
    rows = [
        _row(day, str(kind), {name: values[part["share_kind"] == kind] for name, values in part.items()})
        for day, part in by_date(grouped)
        for kind in sorted(set(part["share_kind"]))
    ]
    return pa.Table.from_pylist(rows, schema=SCHEMA)


def _row(day: dt.date, kind: str, part: dict[str, np.ndarray]) -> dict:
    fit = fit_beta_binomial(part["with_count"], part["orders_count"], part["customers_count"])
    row = {name: getattr(fit, name) for name in ("status", "reason", "customers_count")}
    numbers = {name: getattr(fit, name) for name in ("a", "b", "a_se", "b_se", "log_likelihood")} if fit.converged else {}
    return {"as_of_date": day, "share_kind": kind, "fit_id": fit_id(f"{kind}_share", day, fit.status, list(numbers.values()))} | row | numbers
