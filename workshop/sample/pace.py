"""How fast people buy: solved from the orders that were asked for, once the calendar is known."""

from __future__ import annotations

from functools import cache

import numpy as np
from scipy.special import hyp2f1

from workshop.sample import truth
from workshop.sample.calendar import campaigns
from workshop.sample.plan import Plan


@cache
def alpha(plan: Plan) -> float:
    """The gamma rate in days that gives `orders_per_customer` on average, four digits."""
    people = 1 - truth.SECOND_ACCOUNT_SHARE
    first_day = _first_order_day_grid(plan.days)
    times = plan.days - 1 - first_day[first_day < plan.days]
    buyers = people * truth.BUYER_SHARE * len(times) / len(first_day)
    extra = sum(
        people
        * truth.BUYER_SHARE
        * np.mean(first_day < campaign.start_day - plan.first_day)
        * campaign.member_share
        * (1 - truth.HOLDOUT_SHARE)
        * campaign.intention_to_treat
        for campaign in campaigns(plan)
    )
    beside = 1 + truth.UNPAID_SHARE + truth.FULL_REFUND_SHARE + truth.SAME_DAY_SHARE
    guests = truth.ANONYMOUS_SHARE * truth.GUEST_BUYER_SHARE * 1.5
    repeats = (plan.orders_per_customer - guests - extra) / (buyers * beside) - 1
    low, high = 6.0, 1e6  # below six days people would buy nearly every day, which days of their own forbid
    if not expected_repeats(high, times).mean() < repeats < expected_repeats(low, times).mean():
        raise ValueError(
            f"{plan.orders_per_customer:g} orders per customer cannot be drawn over {plan.days} days: take another --orders-per-customer or more --days."
        )
    while high / low > 1 + 1e-9:
        middle = (low * high) ** 0.5
        too_many = expected_repeats(middle, times).mean() > repeats
        low, high = (middle, high) if too_many else (low, middle)
    # Four digits, so that the last bit of a library's hyp2f1 cannot change what is drawn.
    return round(high, 4)


def expected_repeats(alpha: float, times: np.ndarray) -> np.ndarray:
    """Return the BG/NBD expected repeat purchases within `times` days after the first purchase."""
    r, a, b = truth.R, truth.A, truth.B
    ratio = hyp2f1(r, b, a + b - 1, times / (alpha + times))
    return (a + b - 1) / (a - 1) * (1 - (alpha / (alpha + times)) ** r * ratio)


def registration_day(uniform: np.ndarray, days: int) -> np.ndarray:
    """Return the day of registration (float, from the first day): somewhat more of them early."""
    return days * uniform**1.25


def _first_order_day_grid(days: int, points: int = 4001) -> np.ndarray:
    """Return first-order days (from the first day) of evenly spread buyers; some lie after the last day."""
    step = (np.arange(points) + 0.5) / points
    other = (np.arange(points) * 0.6180339887) % 1  # golden-ratio sequence: even, unrelated to `step`
    late = np.clip((other - truth.SAME_DAY_FIRST_ORDER_SHARE) / (1 - truth.SAME_DAY_FIRST_ORDER_SHARE), 0, 1)
    lag = -truth.FIRST_ORDER_LAG_DAYS * np.log1p(-late)
    return np.floor(registration_day(step, days)) + np.ceil(lag)
