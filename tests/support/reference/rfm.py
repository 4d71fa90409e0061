"""The RFM scheme from its definition: three scores, their baselines, eight cells and the prospects."""

from __future__ import annotations

from fractions import Fraction

import pandas as pd

CELLS = {
    (True, True, True): "important_value",
    (False, True, True): "important_keep",
    (True, False, True): "important_develop",
    (False, False, True): "important_win_back",
    (True, True, False): "general_value",
    (False, True, False): "general_keep",
    (True, False, False): "general_develop",
    (False, False, False): "general_win_back",
}
RECENCY_DAYS = (5, 10, 20, 40)
FREQUENCY_ORDERS = (15, 10, 5, 2)
MONETARY_AMOUNTS = (2000, 1000, 500, 200)
SCORES = ("recency_score", "frequency_score", "monetary_score")


def segment_rfm(
    tags: pd.DataFrame, method: str = "threshold", window: int = 90, baseline: str | float = "mean", includes_baseline: bool = False
) -> pd.DataFrame:
    """Score and classify every row of `tags` (customer_id, as_of_date, orders and amounts)."""
    rows = []
    for as_of_date, people in tags.groupby("as_of_date", sort=True):
        rows += _one_date(as_of_date, people.to_dict("records"), method, window, baseline, includes_baseline)
    return pd.DataFrame(rows, dtype=object)


def _one_date(as_of_date, people, method, window, baseline, includes_baseline) -> list[dict]:
    buyers = [row for row in people if row["orders_count"] > 0]
    recent = [row for row in buyers if row[f"orders_count_{window}d"] > 0]
    recency = _scorer(method, [row["days_since_last_order"] for row in buyers], RECENCY_DAYS, smaller_is_better=True)
    frequency = _scorer(method, [row[f"orders_count_{window}d"] for row in recent], FREQUENCY_ORDERS)
    monetary = _scorer(method, [row[f"net_amount_{window}d"] for row in recent], MONETARY_AMOUNTS)
    scores = {}
    for row in buyers:
        is_recent = row[f"orders_count_{window}d"] > 0
        scores[row["customer_id"]] = (
            recency(row["days_since_last_order"]),
            frequency(row[f"orders_count_{window}d"]) if is_recent else 1,
            monetary(row[f"net_amount_{window}d"]) if is_recent else 1,
        )
    if baseline == "mean":
        levels = [Fraction(sum(of_all), len(of_all)) for of_all in zip(*scores.values(), strict=True)]
    else:
        levels = [baseline] * 3
    rows = []
    for row in people:
        own = scores.get(row["customer_id"])
        if own is None:
            segment = "prospect"
        else:
            pairs = zip(own, levels, strict=True)
            segment = CELLS[tuple(score >= level if includes_baseline else score > level for score, level in pairs)]
        rows.append(
            {"customer_id": row["customer_id"], "as_of_date": as_of_date, "segment_code": segment, **dict(zip(SCORES, own or (None, None, None), strict=True))}
        )
    return rows


def _scorer(method: str, values: list, cuts: tuple, *, smaller_is_better: bool = False):
    """Return the function from a value to its score of 1 (worst) to 5 (best)."""
    if method == "threshold":

        def score(value):
            for points, cut in zip((5, 4, 3, 2), cuts, strict=True):
                if (value <= cut) if smaller_is_better else (value >= cut):
                    return points
            return 1

        return score
    worst_first = sorted(set(values), reverse=smaller_is_better)
    return {value: 5 * place // len(worst_first) + 1 for place, value in enumerate(worst_first)}.__getitem__
