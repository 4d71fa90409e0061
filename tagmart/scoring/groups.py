"""Sufficient statistics of repeat buying: how many customers share (x, t_x, T)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np


@dataclass(frozen=True)
class PurchaseGroups:
    """Customers with the same history, one entry a group, sorted by (x, t_x, T), no group twice.

    Times are in any one unit (days in the models, weeks in the literature); parameters come out in the same.
    """

    x: np.ndarray  # (groups,) int64: purchase days after the first
    t_x: np.ndarray  # (groups,) float64: from the first to the last purchase; 0 when x = 0
    T: np.ndarray  # (groups,) float64: from the first purchase to the end of the observation
    customers_count: np.ndarray  # (groups,) int64

    @cached_property
    def distinct(self) -> list[tuple[np.ndarray, np.ndarray]]:
        """For x, t_x and T: the values (float64) that occur, rising, and where each group's value stands among them."""
        return [_distinct(values) for values in (self.x.astype(np.float64), self.t_x, self.T)]

    @property
    def customers(self) -> int:
        return int(self.customers_count.sum())

    @property
    def repeat_customers(self) -> int:
        return int(self.customers_count[self.x > 0].sum())


def purchase_groups(x, t_x, T, customers_count=None) -> PurchaseGroups:
    """Return the groups in canonical order: sorted and merged, so that the order of rows decides no bit.

    Args:
        x, t_x, T: arrays of one length, see PurchaseGroups.
        customers_count: how many customers each row stands for; None: one each.

    Raises:
        ValueError: lengths differ, a value is missing or negative, x is no whole number, t_x lies behind T, or t_x
            is not 0 exactly where x is.
    """
    x, t_x, T = (np.atleast_1d(np.asarray(values, dtype=np.float64)) for values in (x, t_x, T))
    count = np.ones(len(x)) if customers_count is None else np.atleast_1d(np.asarray(customers_count, dtype=np.float64))
    _check(x, t_x, T, count)
    keys = [np.ascontiguousarray(values + 0.0) for values in (T, t_x, x)]  # + 0.0: minus zero is zero
    count = count.astype(np.int64)
    if not _is_sorted(keys):
        order = np.lexsort(keys)
        keys, count = [values[order] for values in keys], count[order]
    T, t_x, x = keys
    is_new = np.ones(len(x), dtype=bool)
    if len(x) > 1:
        is_new[1:] = (np.diff(x) != 0) | (np.diff(t_x) != 0) | (np.diff(T) != 0)
    starts = np.flatnonzero(is_new)
    if len(starts) < len(x):
        count = np.add.reduceat(count, starts)
        x, t_x, T = x[starts], t_x[starts], T[starts]
    kept = count > 0
    if not kept.all():
        x, t_x, T, count = x[kept], t_x[kept], T[kept], count[kept]
    return PurchaseGroups(x.astype(np.int64), t_x, T, count)


def _distinct(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """np.unique with the inverse, but for whole numbers (days) without sorting millions of rows."""
    whole = values.astype(np.int64)
    if not len(values) or values.max() > 10_000 or (whole != values).any():
        return np.unique(values, return_inverse=True)
    occurs = np.zeros(whole.max() + 1, dtype=bool)
    occurs[whole] = True
    return np.flatnonzero(occurs).astype(np.float64), (np.cumsum(occurs) - 1)[whole]


def _is_sorted(keys: list[np.ndarray]) -> bool:
    """True when rows rise by the last key, then the one before it, and so on; sorting millions of rows costs a second."""
    undecided = np.ones(max(len(keys[0]) - 1, 0), dtype=bool)
    for values in reversed(keys):
        step = np.diff(values)
        if (step[undecided] < 0).any():
            return False
        undecided &= step == 0
    return True


def _check(x: np.ndarray, t_x: np.ndarray, T: np.ndarray, count: np.ndarray) -> None:
    if not len(x) == len(t_x) == len(T) == len(count):
        raise ValueError(f"x, t_x, T and customers_count have {len(x)}, {len(t_x)}, {len(T)} and {len(count)} rows: give one of each a group.")
    for name, values in (("x", x), ("t_x", t_x), ("T", T), ("customers_count", count)):
        if not (np.isfinite(values) & (values >= 0)).all():
            raise ValueError(f"{name} has a value that is missing, infinite or negative.")
    if (x != np.floor(x)).any() or (count != np.floor(count)).any():
        raise ValueError("x and customers_count are counts: give whole numbers.")
    if (t_x > T).any():
        raise ValueError("t_x is larger than T in a row: the last purchase lies behind the end of the observation.")
    if ((x == 0) != (t_x == 0)).any():
        raise ValueError("t_x must be 0 where x = 0 and more than 0 elsewhere: merge purchases of the same day into one.")
