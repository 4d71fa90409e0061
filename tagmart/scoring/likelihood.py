"""The likelihood of repeat buying on grouped histories, with any law of dropping out.

Purchases are Poisson with rate lambda while a customer is alive, lambda ~ gamma(shape r, rate alpha). With s the
purchases survived (x, or x + 1 where the first counts) and stayed and lost those of the law (see dropout), a customer
(x, t_x, T) has

    ln L = ln G(r+x)/G(r) + r ln alpha - (r+x) ln(alpha+T) + stayed(s) + ln(1 + e^D)
    D = lost(s) + (r+x) ln((alpha+T)/(alpha+t_x))                  the log odds of having dropped out

G is the gamma function.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from tagmart.scoring.dropout import Model
from tagmart.scoring.groups import PurchaseGroups
from tagmart.scoring.maximise import Objective

CHUNK = 1 << 15  # groups looked at together: they stay in the cache, and the sums have one fixed order


@dataclass(frozen=True)
class Purchases:
    """ln L but for `stayed`, summed over customers, and its derivatives by r, alpha and the lost(s) of each x."""

    value: float
    gradient: np.ndarray  # (2,) by r and alpha
    hessian: np.ndarray  # (2, 2)
    dead: np.ndarray  # (xs,) by lost: the customers expected to have dropped out
    split: np.ndarray  # (xs,) by lost twice
    split_own: np.ndarray  # (2, xs) by lost and by r, alpha


def log_likelihood(groups: PurchaseGroups, model: Model) -> Objective:
    """Return the function (r, alpha, *parameters of the law) -> log-likelihood, gradient, Hessian, all analytic."""
    xs, x_at = groups.distinct[0]
    n_x = np.bincount(x_at, groups.customers_count.astype(np.float64), len(xs))
    purchases = purchases_of(groups)

    def value_gradient_hessian(parameters: np.ndarray) -> tuple[float, np.ndarray, np.ndarray]:
        law = model.law(xs + model.at_first, parameters[2:])
        own = purchases(parameters[0], parameters[1], law.lost)
        gradient = np.concatenate([own.gradient, (law.stayed_1 * n_x + law.lost_1 * own.dead).sum(-1)])
        across = (own.split_own[:, None] * law.lost_1).sum(-1)
        within = (law.stayed_2 * n_x + law.lost_2 * own.dead + law.lost_1[:, None] * law.lost_1 * own.split).sum(-1)
        return own.value + float((n_x * law.stayed).sum()), gradient, np.block([[own.hessian, across], [across.T, within]])

    return value_gradient_hessian


def purchases_of(groups: PurchaseGroups) -> Callable[[float, float, np.ndarray], Purchases]:
    """Return the function (r, alpha, lost of each distinct x) -> Purchases.

    What depends on x or on T alone is summed over the distinct x and T; logarithms are taken once a distinct t_x and T.
    Nothing is the difference of two large numbers where r and alpha are large (rates all but equal): ln G(r+x)/G(r) is
    the sum of ln(r+i), and times stand as shares of alpha + time and as ln(1 + time/alpha).
    """
    (xs, x_at), (ts, t_at), (Ts, T_at) = groups.distinct
    n, x = groups.customers_count.astype(np.float64), groups.x.astype(np.float64)
    n_x, n_T, repeats_T = np.bincount(x_at, n, len(xs)), np.bincount(T_at, n, len(Ts)), np.bincount(T_at, n * x, len(Ts))
    before, until = np.arange(xs.max(initial=0.0)), xs.astype(int)
    chunks = [slice(start, start + CHUNK) for start in range(0, len(n), CHUNK)]
    # Groups are sorted by x: in a chunk, those of one x lie together.
    runs = [np.flatnonzero(np.diff(x_at[chunk], prepend=-1)) for chunk in chunks]

    def sums(r: float, alpha: float, lost: np.ndarray) -> Purchases:
        (log_T, log_t), (share_T, share_t) = ((function(Ts), function(ts)) for function in (lambda t: np.log1p(t / alpha), lambda t: t / (alpha + t)))
        summed = np.zeros(7)
        n_dead, n_split, n_split_l, n_split_d = (np.zeros(len(xs)) for _ in range(4))
        for chunk, begins in zip(chunks, runs, strict=True):
            at, w, T_here, t_here = x_at[chunk], n[chunk], T_at[chunk], t_at[chunk]
            rate = r + x[chunk]
            length, qT, qt = log_T.take(T_here) - log_t.take(t_here), share_T.take(T_here), share_t.take(t_here)
            odds, rd = lost.take(at) + rate * length, rate * (qt - qT)
            small = np.exp(-np.abs(odds))
            both = 1 + small
            mixed = np.log(both) + np.maximum(odds, 0)
            np.putmask(small, odds > 0, 1.0)
            dead = small / both
            w_dead = w * dead
            w_split, w_dead_d = w_dead * (1 - dead), w_dead * rd
            w_split_l, w_split_d = w_split * length, w_split * rd
            summed += [
                (w * mixed).sum(),
                (w_dead * length).sum(),
                w_dead_d.sum(),
                (w_split_l * length).sum(),
                (w_dead * (qt - qT) + w_split_l * rd).sum(),
                (w_dead_d * (2 - qT - qt)).sum(),
                (w_split_d * rd).sum(),
            ]
            here = at[begins]
            for total_by_x, values in ((n_dead, w_dead), (n_split, w_split), (n_split_l, w_split_l), (n_split_d, w_split_d)):
                total_by_x[here] += np.add.reduceat(values, begins)
        mixture, dead_l, dead_d, split_ll, cross, curve, split_dd = summed
        rises = np.array([np.log(r + before), 1 / (r + before), -1 / (r + before) ** 2])
        rise, rise_1, rise_2 = (np.concatenate([np.zeros((3, 1)), rises.cumsum(axis=1)], axis=1)[:, until] * n_x).sum(axis=1)
        ended = share_T / (alpha + Ts)
        by_alpha = float((n_T * share_T).sum() * r / alpha - (repeats_T / (alpha + Ts)).sum())  # of those who have not dropped out
        r_alpha = float((n_T * share_T).sum() + cross) / alpha
        return Purchases(
            float(mixture + rise - r * (n_T * log_T).sum() - (repeats_T * np.log(alpha + Ts)).sum()),
            np.array([rise_1 - (n_T * log_T).sum() + dead_l, by_alpha + dead_d / alpha]),
            np.array([[rise_2 + split_ll, r_alpha], [r_alpha, (split_dd / alpha - curve / alpha - ((r * n_T + repeats_T) * ended).sum() - by_alpha) / alpha]]),
            n_dead,
            n_split,
            np.array([n_split_l, n_split_d / alpha]),
        )

    return sums
