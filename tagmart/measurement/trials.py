"""Is a trial sound, what could it have shown, and what is a p-value worth among others."""

from __future__ import annotations

from math import sqrt

import numpy as np
from scipy.optimize import brentq
from scipy.special import chdtrc, nctdtr, stdtrit

from tagmart.measurement.arms import Arm

POWER, ALPHA = 0.8, 0.05
SAMPLE_RATIO_ALPHA = 0.001
# What people plan: an even split, or a round part that is held out (or treated). Nothing lies between 50 and 60, so that a split
# which went wrong is not taken for a plan.
PLANS = (0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 0.98, 0.99)


def planned_share(treatment: int, holdout: int) -> float:
    """Share of treatment that was most likely planned: the round one nearest to the members' own share; of two the more even one."""
    share = treatment / (treatment + holdout)
    plans = sorted({*PLANS, *(round(1 - plan, 2) for plan in PLANS)}, key=lambda plan: (abs(plan - 0.5), plan))
    return min(plans, key=lambda plan: round(abs(plan - share), 12))


def sample_ratio(treatment: int, holdout: int, planned: float) -> tuple[float, float]:
    """Chi-square with one degree of freedom against the planned share of treatment, and its p-value."""
    expected = planned * (treatment + holdout), (1 - planned) * (treatment + holdout)
    statistic = sum((count - hoped) ** 2 / hoped for count, hoped in zip((treatment, holdout), expected, strict=True))
    return statistic, float(chdtrc(1, statistic))


def error_where_alike(treatment: Arm, holdout: Arm) -> float:
    """Standard error of the difference in net amount where both arms scatter alike; 0 when nothing does, or an arm is empty.

    For planning: an arm of five who all bought nothing has no variance of its own, and would promise that everything shows.
    """
    arms = [arm for arm in (treatment, holdout) if arm.customers > 1]
    if not arms or not min(treatment.customers, holdout.customers):
        return 0.0
    pooled = sum((arm.customers - 1) * arm.covariance[0, 0] for arm in arms) / sum(arm.customers - 1 for arm in arms)
    return sqrt(pooled * (1 / treatment.customers + 1 / holdout.customers))


def detectable(error: float, customers: tuple[int, int]) -> float:
    """The smallest true difference that shows with a chance of POWER in a two-sided test at ALPHA, in the unit of `error`."""
    freedom = sum(customers) - 2
    critical = float(stdtrit(freedom, 1 - ALPHA / 2))

    def short_of_power(distance: float) -> float:
        other_side = np.nan_to_num(nctdtr(freedom, distance, -critical))  # where it is too small to be computed, it is nothing
        return float(1 - nctdtr(freedom, distance, critical) + other_side) - POWER

    return error * brentq(short_of_power, 1, 7, xtol=1e-13, rtol=1e-14)  # the root lies within for any freedom of 2 or more


def effect_size(difference: float, error: float, customers: tuple[int, int]) -> float:
    """A difference in standard deviations, where both arms have the same one: Cohen's d."""
    return difference / (error / sqrt(1 / customers[0] + 1 / customers[1]))


def holm(p_values: list[float]) -> list[float]:
    """Adjust p-values of one family, in their order: the chance of any false one among them stays below alpha.

    S. Holm (1979), A simple sequentially rejective multiple test procedure, Scandinavian Journal of Statistics 6.
    """
    order = np.argsort(p_values, kind="stable")
    stepped = np.maximum.accumulate([(len(p_values) - place) * p_values[index] for place, index in enumerate(order)])
    adjusted = np.empty(len(p_values))
    adjusted[order] = np.minimum(stepped, 1)
    return [float(value) for value in adjusted]
