"""Exchange rates to CNY: what an accountant keeps, whether or not an order needs them."""

from __future__ import annotations

import numpy as np

from workshop.sample.columns import Dates, Frame, Numbers, words
from workshop.sample.plan import Plan

CURRENCIES = ["USD", "HKD"]
FIRST_RATES = np.array([7.12, 0.912])
EVERY_DAYS = 30


def exchange_rates_frame(plan: Plan) -> Frame:
    """Return the table exchange_rates: a row a currency and month, from the day before the first one on."""
    rng = plan.rng("exchange_rates")
    day = np.arange(plan.first_day - 1, plan.last_day + 1, EVERY_DAYS)
    steps = rng.normal(0, 0.004, (len(CURRENCIES), len(day)))
    rate = (FIRST_RATES[:, None] * np.exp(np.cumsum(steps, axis=1))).round(6)
    return {
        "currency": words(np.repeat(np.arange(len(CURRENCIES)), len(day)), CURRENCIES),
        "rate_date": Dates(np.tile(day, len(CURRENCIES))),
        "rate": Numbers(rate.ravel()),
    }
