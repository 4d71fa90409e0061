"""Sizes, dates and random streams of one run."""

from __future__ import annotations

import datetime
import zlib
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.special import hyp2f1

from tagmart.sample import calendar, truth
from tagmart.sample.draw import DAY

BLOCK_CUSTOMERS = 20_000  # customer rows drawn at once: bounds the memory, and is part of what a seed means
LAST_DAY = datetime.date(2025, 6, 30)


@dataclass(frozen=True)
class Plan:
    """What was asked for, and what follows from it."""

    customers: int
    days: int
    seed: int
    orders_per_customer: float = 10.0
    touchpoints_per_customer: float = 50.0
    dirt: bool = True
    last_date: datetime.date = LAST_DAY

    @cached_property
    def first_day(self) -> int:
        """First day of the brand, days since 1970-01-01."""
        return self.last_day - self.days + 1

    @cached_property
    def last_day(self) -> int:
        """Last day of the data, days since 1970-01-01."""
        return (self.last_date - datetime.date(1970, 1, 1)).days

    @property
    def start(self) -> int:
        """First second of the data, Shanghai time."""
        return self.first_day * DAY

    @property
    def end(self) -> int:
        """First second after the data, Shanghai time."""
        return (self.last_day + 1) * DAY

    @property
    def blocks(self) -> int:
        """Number of blocks of customers."""
        return -(-self.customers // BLOCK_CUSTOMERS)

    def block_customers(self, block: int) -> int:
        """Number of customer rows of a block."""
        return min(BLOCK_CUSTOMERS, self.customers - block * BLOCK_CUSTOMERS)

    @property
    def staff_count(self) -> int:
        """Members of staff: one for about 1,500 customers, six at least."""
        return int(np.clip(self.customers // 1500, 6, 400))

    @property
    def chat_count(self) -> int:
        """Group chats: one for about 250 customers."""
        return int(np.clip(self.customers // 250, 6, 4000))

    def rng(self, table: str, block: int = 0) -> np.random.Generator:
        """Return the random stream of one table and block; it depends on nothing drawn elsewhere."""
        key = (zlib.crc32(table.encode()), block)
        return np.random.default_rng(np.random.SeedSequence(self.seed, spawn_key=key))

    @cached_property
    def alpha(self) -> float:
        """The gamma rate in days that gives `orders_per_customer` on average, four digits."""
        people = 1 - truth.SECOND_ACCOUNT_SHARE
        first_day = _first_order_day_grid(self.days)
        times = self.days - 1 - first_day[first_day < self.days]
        buyers = people * truth.BUYER_SHARE * len(times) / len(first_day)
        extra = sum(
            people
            * truth.BUYER_SHARE
            * np.mean(first_day < campaign.start_day - self.first_day)
            * campaign.member_share
            * (1 - truth.HOLDOUT_SHARE)
            * campaign.intention_to_treat
            for campaign in calendar.campaigns(self)
        )
        beside = 1 + truth.UNPAID_SHARE + truth.FULL_REFUND_SHARE + truth.SAME_DAY_SHARE
        guests = truth.ANONYMOUS_SHARE * truth.GUEST_BUYER_SHARE * 1.5
        repeats = (self.orders_per_customer - guests - extra) / (buyers * beside) - 1
        low, high = 6.0, 1e6  # below six days people would buy nearly every day, which days of their own forbid
        if not expected_repeats(high, times).mean() < repeats < expected_repeats(low, times).mean():
            raise ValueError(
                f"{self.orders_per_customer:g} orders per customer cannot be drawn over {self.days} days: take another --orders-per-customer or more --days."
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
