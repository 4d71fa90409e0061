"""Expected against actual purchases after the day of a fit."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tagmart.scoring import metrics
from tagmart.scoring.btyd import BtydFit
from tagmart.scoring.expectation import expected_purchases, purchases_from_start


@dataclass(frozen=True)
class Holdout:
    """Expected against actual purchase days of each customer after the day of the fit."""

    correlation: float
    mae: float
    rmse: float
    auc: float  # of buying again at all, by what was expected
    cumulative_error: float  # expected over actual repeat purchases since the first ones, minus 1
    sum_ratio: float  # expected over actual purchases of the horizon


def holdout(fit: BtydFit, x, t_x, T, horizon: float, later) -> Holdout:
    """Compare; times in the unit of the fit, `later` the purchase days within the horizon."""
    expected = expected_purchases(fit, x, t_x, T, horizon)
    total = purchases_from_start(fit, np.asarray(T) + horizon).sum()
    return Holdout(
        correlation=float(np.corrcoef(expected, later)[0, 1]),
        mae=float(np.abs(expected - later).mean()),
        rmse=float(np.sqrt(((expected - later) ** 2).mean())),
        auc=metrics.auc(expected, np.asarray(later) > 0),
        cumulative_error=float(total / (np.asarray(x) + np.asarray(later)).sum() - 1),
        sum_ratio=metrics.sum_ratio(expected, later),
    )
