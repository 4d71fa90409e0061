"""Differences between two arms, with 95 % intervals: Welch for money, Newcombe for rates, CUPED with what was known before.

B. L. Welch (1947), The generalization of "Student's" problem when several different population variances are involved,
    Biometrika 34.
R. G. Newcombe (1998), Interval estimation for the difference between independent proportions, Statistics in Medicine 17.
A. Deng, Y. Xu, R. Kohavi, T. Walker (2013), Improving the sensitivity of online controlled experiments by utilizing
    pre-experiment data, WSDM.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot, sqrt

import numpy as np
from scipy.special import ndtri, stdtr, stdtrit

from tagmart.measurement.arms import Arm

CONFIDENCE = 0.95
Z = float(ndtri((1 + CONFIDENCE) / 2))


@dataclass(frozen=True)
class Difference:
    """Treatment less hold-out, in the unit of the outcome; its standard error, interval and two-sided p (0 to 1)."""

    value: float
    error: float
    low: float
    high: float
    p_value: float


def welch(value: float, of_means: tuple[float, float], customers: tuple[int, int]) -> Difference | None:
    """Test a difference of two means whose own variances are `of_means`; None where a mean has no or both have zero variance."""
    total = sum(of_means)
    if not (min(customers) > 1 and total > 0):
        return None
    freedom = total**2 / sum(part**2 / (count - 1) for part, count in zip(of_means, customers, strict=True))
    error = sqrt(total)
    reach = float(stdtrit(freedom, (1 + CONFIDENCE) / 2)) * error
    return Difference(value, error, value - reach, value + reach, float(2 * stdtr(freedom, -abs(value) / error)))


def money_difference(treatment: Arm, holdout: Arm) -> Difference | None:
    """Difference in mean net amount a customer."""
    of_means = (float(treatment.of_mean[0, 0]), float(holdout.of_mean[0, 0])) if holdout.customers and treatment.customers else (0.0, 0.0)
    return welch(float(treatment.mean[0] - holdout.mean[0]), of_means, (treatment.customers, holdout.customers))


def adjusted_difference(treatment: Arm, holdout: Arm) -> Difference | None:
    """The same, less what the covariates before the assignment explain.

    One weight of the covariates for both arms, the one that makes the variance of the difference smallest: so it is never larger than
    without. A covariate that is the same for everybody, or says what another says, gets nothing.
    """
    if min(treatment.customers, holdout.customers) < 2:
        return None
    both = treatment.of_mean + holdout.of_mean
    scale = np.sqrt(np.diag(both))
    scale[scale == 0] = 1
    weights = np.linalg.pinv(both[1:, 1:] / np.outer(scale[1:], scale[1:]), rcond=1e-10, hermitian=True) @ (both[1:, 0] / scale[1:]) / scale[1:]
    contrast = np.array([1.0, *-weights])
    of_means = tuple(max(float(contrast @ arm.of_mean @ contrast), 0.0) for arm in (treatment, holdout))
    if sum(of_means) <= 1e-12 * both[0, 0]:
        return None
    return welch(float(contrast @ (treatment.mean - holdout.mean)), of_means, (treatment.customers, holdout.customers))


def wilson(count: int, total: int) -> tuple[float, float]:
    """95 % interval of a rate, 0 to 1; NaN of nobody."""
    if not total:
        return float("nan"), float("nan")
    rate, squared = count / total, Z**2
    centre, reach = rate + squared / (2 * total), Z * sqrt(rate * (1 - rate) / total + squared / (4 * total**2))
    return max(0.0, (centre - reach) / (1 + squared / total)), min(1.0, (centre + reach) / (1 + squared / total))


def rate_difference(treatment: Arm, holdout: Arm) -> tuple[float, float, float]:
    """Difference in the share of customers who bought, with its interval; NaN where an arm is empty."""
    if not treatment.customers or not holdout.customers:
        return float("nan"), float("nan"), float("nan")
    rates = [arm.buyers / arm.customers for arm in (treatment, holdout)]
    (low_t, high_t), (low_h, high_h) = (wilson(arm.buyers, arm.customers) for arm in (treatment, holdout))
    value = rates[0] - rates[1]
    return value, value - hypot(rates[0] - low_t, high_h - rates[1]), value + hypot(high_t - rates[0], rates[1] - low_h)
