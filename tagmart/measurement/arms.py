"""One arm of a trial: how many customers, and mean and covariance of what they spent and of what was known of them before.

The database adds up numbers and products as decimals; here they become means and covariances in exact fractions, so that no
large sum cancels against another and the same rows give the same bits on every engine.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

VARIABLES = ("net", "before_net", "before_orders")  # the outcome first, then the covariates


@dataclass(frozen=True)
class Arm:
    """Customers and buyers (whole numbers), mean (3,) and covariance (3, 3) of VARIABLES; covariance is NaN below two customers."""

    customers: int
    buyers: int
    mean: np.ndarray
    covariance: np.ndarray

    @property
    def of_mean(self) -> np.ndarray:
        """Covariance (3, 3) of the arm's mean."""
        return self.covariance / self.customers


def product_name(first: int, second: int) -> str:
    """The column that holds the sum of the product of two of VARIABLES, by their places in any order."""
    return f"{VARIABLES[min(first, second)]}_{VARIABLES[max(first, second)]}_sum"


def arm_of(sums: Mapping) -> Arm:
    """Return the arm of a row with customers_count, buyers_count, a `<variable>_sum` each and the sums of their products.

    Raises:
        ValueError: fewer customers than none, or more buyers than customers.
    """
    customers, buyers = int(sums["customers_count"]), int(sums["buyers_count"])
    if not 0 <= buyers <= customers:
        raise ValueError(f"{buyers} buyers of {customers} customers: buyers must be 0 to all of them.")
    totals = [Fraction(sums[f"{name}_sum"]) for name in VARIABLES]
    covariance = np.full((len(VARIABLES), len(VARIABLES)), np.nan)
    for first in range(len(VARIABLES)):
        for second in range(first + 1 if customers > 1 else 0):
            about_mean = Fraction(sums[product_name(first, second)]) - totals[first] * totals[second] / customers
            covariance[first, second] = covariance[second, first] = float(about_mean / (customers - 1))
    mean = np.array([float(total / customers) if customers else np.nan for total in totals])
    return Arm(customers, buyers, mean, covariance)
