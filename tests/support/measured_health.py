"""How classes differ from their neighbours, by the libraries themselves: the reference of models/measurement/health."""

from __future__ import annotations

from datetime import date, timedelta

from scipy import stats
from statsmodels.stats.proportion import confint_proportions_2indep


def outcome_date(as_of_dates: list[date]) -> date | None:
    """Return the latest as-of date whose next 30 days are over."""
    return max((day for day in as_of_dates if day + timedelta(days=30) <= max(as_of_dates)), default=None)


def neighbours(codes: list[str]) -> dict[str, str | None]:
    """Return each class's neighbour, of the classes of one scheme by position."""
    return {code: (codes[place + 1] if place + 1 < len(codes) else codes[place - 1] if place else None) for place, code in enumerate(codes)}


def contrast(own: list[float], other: list[float]) -> dict:
    """Return the differences in the share who bought and in money a customer, with 95 % intervals.

    Arguments are what each customer of a class spent in the 30 days; NaN marks who bought nothing, which is not the same as a free order.
    """
    buyers = [sum(1 for spent in side if spent == spent) for side in (own, other)]
    low, high = confint_proportions_2indep(buyers[0], len(own), buyers[1], len(other), compare="diff", method="newcomb")
    row = {
        "buyers_share_difference": buyers[0] / len(own) - buyers[1] / len(other),
        "buyers_share_difference_low": low,
        "buyers_share_difference_high": high,
    }
    spent = [[amount if amount == amount else 0.0 for amount in side] for side in (own, other)]
    if min(len(own), len(other)) > 1 and any(len(set(side)) > 1 for side in spent):
        interval = stats.ttest_ind(*spent, equal_var=False).confidence_interval(0.95)
        row["net_amount_difference"] = sum(spent[0]) / len(own) - sum(spent[1]) / len(other)
        row["net_amount_difference_low"], row["net_amount_difference_high"] = interval
    return row
