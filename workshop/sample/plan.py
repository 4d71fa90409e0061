"""Sizes, dates and random streams of one run."""

from __future__ import annotations

import datetime
import zlib
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from workshop.sample.draw import DAY

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
