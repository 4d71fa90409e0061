"""How a class of customers differs from its neighbour in what they buy over the next 30 days: what fit_class_contrasts returns."""

from __future__ import annotations

from math import isnan

import pyarrow as pa

from tagmart.measurement.arms import VARIABLES, Arm, arm_of, product_name
from tagmart.measurement.intervals import money_difference, rate_difference

DIFFERENCES = (
    *("buyers_share_difference", "buyers_share_difference_low", "buyers_share_difference_high"),
    *("net_amount_difference", "net_amount_difference_low", "net_amount_difference_high"),
)
SCHEMA = pa.schema(
    [
        *[(name, pa.string()) for name in ("scheme_code", "segment_code", "neighbour_segment_code")],
        *[(name, pa.int64()) for name in ("customers_count", "neighbour_customers_count")],
        *[(name, pa.float64()) for name in DIFFERENCES],
    ]
)


def contrasts(pairs: pa.Table | pa.RecordBatchReader) -> pa.Table:
    """Return a row a pair of classes: the class less its neighbour, share of buyers (0 to 1) and money a customer, with 95 % intervals.

    Shares by Newcombe, money by Welch; null where there is nothing to infer from: nobody in a class, or money that does not vary.
    """
    rows = (pairs if isinstance(pairs, pa.Table) else pairs.read_all()).to_pylist()
    found = [_contrast(row) for row in rows]
    return pa.Table.from_pylist([{name: row[name] for name in SCHEMA.names if name in row} | each for row, each in zip(rows, found, strict=True)], SCHEMA)


def _contrast(row: dict) -> dict[str, float | None]:
    own, other = _arm(row, ""), _arm(row, "neighbour_")
    money = money_difference(own, other)
    values = (*rate_difference(own, other), *((money.value, money.low, money.high) if money else (None,) * 3))
    return {name: None if value is None or isnan(value) else float(value) for name, value in zip(DIFFERENCES, values, strict=True)}


def _arm(row: dict, side: str) -> Arm:
    """An arm of one class; nothing was known before that could explain part of what they spend."""
    unknown = {f"{name}_sum": 0 for name in VARIABLES} | {product_name(first, second): 0 for first in range(3) for second in range(3)}
    return arm_of(unknown | {name: row[f"{side}{name}"] for name in ("customers_count", "buyers_count", "net_sum", "net_net_sum")})
