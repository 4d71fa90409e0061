"""Few groups in place of many: where to begin an ascent is the same on both, and costs a hundredth."""

from __future__ import annotations

import numpy as np

from tagmart.scoring.groups import PurchaseGroups, purchase_groups

ENOUGH = 1024  # groups that are looked at as they are
AGES = 12  # classes of T with equally many customers
LAST_BOUGHT = np.array([0.1, 0.3, 0.5, 0.7, 0.85, 0.95])  # of t_x / T, where classes end
REPEATS = np.array([2, 3, 4, 6, 9, 14, 21, 32, 48, 80, 160, 640])  # where classes of x begin; 0 and 1 are their own


def coarse(groups: PurchaseGroups) -> PurchaseGroups:
    """The same customers in at most some hundred groups of like x, t_x and T, each at its means; the groups themselves
    where they are few. x is rounded: counts stay counts."""
    if len(groups.x) <= ENOUGH:
        return groups
    n = groups.customers_count.astype(np.float64)
    Ts, T_at = groups.distinct[2]
    by_age = np.bincount(T_at, n, len(Ts))
    age = ((by_age.cumsum() - by_age / 2) / by_age.sum() * AGES).astype(int)[T_at]
    last = np.searchsorted(LAST_BOUGHT, groups.t_x / np.maximum(groups.T, np.finfo(float).tiny))
    often = np.where(groups.x > 0, 1 + np.searchsorted(REPEATS, groups.x, side="right"), 0)
    _, cell = np.unique((often * (len(LAST_BOUGHT) + 1) + last) * AGES + age, return_inverse=True)
    customers = np.bincount(cell, n)
    x, t_x, T = (np.bincount(cell, n * values) / customers for values in (groups.x, groups.t_x, groups.T))
    return purchase_groups(np.rint(x), np.minimum(t_x, T), T, np.rint(customers))
