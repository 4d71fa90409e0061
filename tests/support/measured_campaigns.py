"""Campaigns measured a second time, from rows and not from sums: pandas, scipy and statsmodels, without the models' SQL."""

from __future__ import annotations

from decimal import Decimal

import numpy as np

VARIABLES = ("net", "before_net", "before_orders")


def sums_of(rows: np.ndarray) -> dict:
    """What the database would add up of customers (customers, 3): outcome and covariates, in whole hundredths."""
    exact = [[Decimal(str(value)) for value in row] for row in rows.tolist()]
    sums = {"customers_count": len(exact), "buyers_count": sum(row[0] > 0 for row in exact)}
    for first, name in enumerate(VARIABLES):
        sums[f"{name}_sum"] = sum((row[first] for row in exact), Decimal(0))
        for second in range(first, len(VARIABLES)):
            sums[f"{name}_{VARIABLES[second]}_sum"] = sum((row[first] * row[second] for row in exact), Decimal(0))
    return sums
