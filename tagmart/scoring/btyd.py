"""BG/NBD and MBG/NBD: how often customers buy and when they stop, by maximum likelihood on grouped histories.

Purchases are Poisson with rate lambda while a customer is alive, lambda ~ gamma(shape r, rate alpha). After a purchase
she drops out with chance p ~ beta(a, b): in BG/NBD after each repeat purchase, in MBG/NBD after the first one too.

    P. S. Fader, B. G. S. Hardie, K. L. Lee (2005), "Counting Your Customers" the Easy Way: An Alternative to the
        Pareto/NBD Model, Marketing Science 24(2).
    E. P. Batislam, M. Denizel, A. Filiztekin (2007), Empirical validation and comparison of models for customer base
        analysis, International Journal of Research in Marketing 24(3).

With s = x (BG) or x + 1 (MBG), the times survived, both are one likelihood of a customer (x, t_x, T):

    ln L = ln G(r+x)/G(r) + r ln alpha + ln B(a, b+s)/B(a, b) - (r+x) ln(alpha+T) + ln(1 + e^D)
    D = ln a - ln(b+s-1) + (r+x) ln((alpha+T)/(alpha+t_x))      the log odds of having dropped out; -inf where s = 0
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import digamma, gammaln, polygamma

from tagmart.scoring.groups import PurchaseGroups
from tagmart.scoring.maximise import Objective, maximise
from tagmart.scoring.outcome import CONVERGED, DEGENERATE, TOO_LITTLE_DATA

PARAMETERS = ("r", "alpha", "a", "b")
SURVIVED_AT_FIRST = {"bg_nbd": 0, "mbg_nbd": 1}  # s - x
MIN_CUSTOMERS = 100
MIN_REPEAT_CUSTOMERS = 30
CHUNK = 1 << 15  # groups looked at together: they stay in the cache, and the sums have one fixed order


@dataclass(frozen=True)
class BtydFit:
    """A fitted model. Unless status is converged, all numbers but customers_count are NaN and reason says why."""

    model: str  # bg_nbd or mbg_nbd
    status: str
    reason: str | None
    r: float
    alpha: float  # in the time unit of the data
    a: float
    b: float
    r_se: float
    alpha_se: float
    a_se: float
    b_se: float
    log_likelihood: float
    customers_count: int
    repeat_customers_count: int
    steps: int

    @property
    def converged(self) -> bool:
        return self.status == CONVERGED


def fit_btyd(groups: PurchaseGroups) -> BtydFit:
    """Fit both models; return the one with the higher likelihood among those that converged (BG/NBD on a tie).

    When neither converged, the BG/NBD fit with its status and reason. The two have as many parameters, so the
    likelihood alone decides.
    """
    plain, modified = fit_model(groups, "bg_nbd"), fit_model(groups, "mbg_nbd")
    if modified.converged and not (plain.converged and plain.log_likelihood >= modified.log_likelihood):
        return modified
    return plain


def fit_model(groups: PurchaseGroups, model: str) -> BtydFit:
    """Fit one model (`bg_nbd` or `mbg_nbd`). Never raises for what the data are like: see BtydFit.status."""
    status, reason = _refusal(groups)
    if status:
        return _unfit(groups, model, status, reason)
    repeats = float((groups.x * groups.customers_count).sum())
    time = float((groups.T * groups.customers_count).sum())
    found = maximise(log_likelihood(groups, model), np.array([1.0, time / repeats, 1.0, 3.0]), PARAMETERS)
    if found.status != CONVERGED:
        return _unfit(groups, model, found.status, found.reason, found.steps)
    return BtydFit(model, CONVERGED, None, *map(float, found.parameters), *map(float, found.standard_errors), found.log_likelihood,
                   groups.customers, groups.repeat_customers, found.steps)


def log_likelihood(groups: PurchaseGroups, model: str) -> Objective:
    """Return the function (r, alpha, a, b) -> log-likelihood, gradient (4,), Hessian (4, 4), all analytic.

    What depends on x alone is summed over the distinct x; logarithms are taken once a distinct t_x and T.
    """
    first = SURVIVED_AT_FIRST[model]
    (xs, x_at), (ts, t_at), (Ts, T_at) = groups.distinct
    n, survived = groups.customers_count.astype(np.float64), xs + first
    can_drop = survived > 0
    n_x = np.bincount(x_at, n, len(xs))
    total = n.sum()
    chunks = [slice(start, start + CHUNK) for start in range(0, len(n), CHUNK)]

    def value_gradient_hessian(parameters: np.ndarray) -> tuple[float, np.ndarray, np.ndarray]:
        r, alpha, a, b = parameters
        log_T, log_t, inv_T, inv_t = np.log(alpha + Ts), np.log(alpha + ts), 1 / (alpha + Ts), 1 / (alpha + ts)
        lost_b = np.where(can_drop, b + survived - 1, 1.0)
        log_lost = np.where(can_drop, np.log(a) - np.log(lost_b), -np.inf)
        sums = np.zeros(9)
        n_dead, n_split, n_split_l, n_split_d = (np.zeros(len(xs)) for _ in range(4))
        for chunk in chunks:
            at, w = x_at[chunk], n[chunk]
            lT, vT, vt = log_T[T_at[chunk]], inv_T[T_at[chunk]], inv_t[t_at[chunk]]
            rate = r + xs[at]
            length, d = lT - log_t[t_at[chunk]], vT - vt
            odds = log_lost[at] + rate * length
            small = np.exp(-np.abs(odds))
            dead = np.where(odds > 0, 1.0, small) / (1 + small)
            w_dead, w_rate, rd = w * dead, w * rate, rate * d
            w_split = w_dead * (1 - dead)
            w_split_l, w_split_d = w_split * length, w_split * rd
            sums += [
                (w * (np.maximum(odds, 0) + np.log(1 + small)) - w_rate * lT).sum(), (w * lT).sum(), (w_dead * length).sum(),
                (w_rate * vT).sum(), (w_dead * rd).sum(), (w_split_l * length).sum(), (w_dead * d + w_split_l * rd - w * vT).sum(),
                (w_rate * vT * vT - w_dead * rd * (vT + vt)).sum(), (w_split_d * rd).sum(),
            ]
            # Groups are sorted by x: those of one x lie together.
            runs = np.flatnonzero(np.diff(at, prepend=-1))
            here = at[runs]
            for total_by_x, values in ((n_dead, w_dead), (n_split, w_split), (n_split_l, w_split_l), (n_split_d, w_split_d)):
                total_by_x[here] += np.add.reduceat(values, runs)
        mixture, sum_log_T, dead_l, rate_T, dead_d, split_ll, cross, curve, split_dd = sums
        value = mixture + (n_x * (gammaln(r + xs) - gammaln(r) + r * np.log(alpha) + gammaln(a + b) - gammaln(a + b + survived)
                                  + gammaln(b + survived) - gammaln(b))).sum()
        both, b_x = digamma(a + b) - digamma(a + b + survived), digamma(b + survived) - digamma(b)
        gradient = np.array([
            (n_x * (digamma(r + xs) - digamma(r))).sum() + total * np.log(alpha) - sum_log_T + dead_l,
            total * r / alpha - rate_T + dead_d,
            (n_x * both).sum() + n_dead.sum() / a,
            (n_x * (both + b_x)).sum() - (n_dead / lost_b).sum(),
        ])
        both, b_x = _trigamma(a + b) - _trigamma(a + b + survived), _trigamma(b + survived) - _trigamma(b)
        rr = (n_x * (_trigamma(r + xs) - _trigamma(r))).sum() + split_ll
        ra, rb = n_split_l.sum() / a, -(n_split_l / lost_b).sum()
        alpha_a, alpha_b = n_split_d.sum() / a, -(n_split_d / lost_b).sum()
        aa = (n_x * both).sum() + (n_split.sum() - n_dead.sum()) / a**2
        ab = (n_x * both).sum() - (n_split / lost_b).sum() / a
        bb = (n_x * (both + b_x)).sum() + ((n_split + n_dead) / lost_b**2).sum()
        r_alpha, alpha_alpha = total / alpha + cross, curve + split_dd - total * r / alpha**2
        hessian = np.array([[rr, r_alpha, ra, rb], [r_alpha, alpha_alpha, alpha_a, alpha_b], [ra, alpha_a, aa, ab], [rb, alpha_b, ab, bb]])
        return float(value), gradient, hessian

    return value_gradient_hessian


def _trigamma(values):
    return polygamma(1, values)


def _refusal(groups: PurchaseGroups) -> tuple[str | None, str | None]:
    if groups.customers < MIN_CUSTOMERS:
        return TOO_LITTLE_DATA, f"{groups.customers} customers, at least {MIN_CUSTOMERS} are needed"
    if groups.repeat_customers < MIN_REPEAT_CUSTOMERS:
        return TOO_LITTLE_DATA, f"{groups.repeat_customers} customers who bought again, at least {MIN_REPEAT_CUSTOMERS} are needed"
    if len(groups.x) == 1:
        return DEGENERATE, "all customers have the same history"
    return None, None


def _unfit(groups: PurchaseGroups, model: str, status: str, reason: str | None, steps: int = 0) -> BtydFit:
    return BtydFit(model, status, reason, *[float("nan")] * 9, groups.customers, groups.repeat_customers, steps)
