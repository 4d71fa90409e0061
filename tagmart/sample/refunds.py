"""Money that goes back: full and partial refunds, and which of them leave a negative line."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tagmart.sample.columns import NULL, Frame, Ids, Money, Times
from tagmart.sample.draw import DAY, chance, seconds
from tagmart.sample.orders import CANCELLED, FULL_REFUND, MINI_PROGRAM, STORE, WECOM, Orders, order_ids
from tagmart.sample.people import People
from tagmart.sample.plan import Plan


@dataclass
class Refunds:
    """Refunds of a block in order of time, one entry a refund."""

    order: np.ndarray  # position of the order
    time: np.ndarray
    cents: np.ndarray

    def __len__(self) -> int:
        return len(self.order)


def has_return_line(orders: Orders) -> np.ndarray:
    """Return which orders record what came back as a negative line: in the shop and at the staff's, a whole line."""
    several = orders.baskets.last_line > orders.baskets.first_line
    return orders.baskets.returned & several & np.isin(orders.channel, [STORE, MINI_PROGRAM, WECOM])


def make_refunds(plan: Plan, people: People, orders: Orders) -> Refunds:
    """Draw the refunds: full ones, one in five of them in two parts, and partial ones."""
    rng = plan.rng("refunds", people.block)
    full = np.flatnonzero(orders.kind == FULL_REFUND)
    cancelled = np.flatnonzero((orders.status == CANCELLED) & (orders.paid_at != NULL))
    part = np.flatnonzero(orders.baskets.returned)
    order = np.concatenate([full, cancelled, part])
    net = orders.net[order]
    cents = np.concatenate([net[: len(full) + len(cancelled)], orders.baskets.returned_cents(orders.net)[part]])
    time = orders.paid_at[order] + 3600 + np.minimum(seconds(rng, 4, len(order)), 14 * DAY)
    halved = (np.arange(len(order)) < len(full)) & chance(rng, 0.2, len(order))
    first_half = np.where(halved, cents // 2, cents)
    order, time = np.append(order, order[halved]), np.append(time, time[halved] + 1800)
    cents = np.append(first_half, (cents - first_half)[halved])
    kept = time < plan.end  # a refund after the data is not known yet
    rank = np.flatnonzero(kept)[np.argsort(time[kept], kind="stable")]
    return Refunds(order[rank], time[rank], cents[rank])


def refunds_frame(refunds: Refunds, first: int, first_order: int) -> Frame:
    """Return the table refunds; `first` and `first_order` count the refunds and orders of the blocks before."""
    return {
        "refund_id": Ids(first + np.arange(len(refunds)) + 1, prefix="R", width=10),
        "order_id": order_ids(first_order + refunds.order),
        "refunded_at": Times(refunds.time),
        "refund_amount": Money(refunds.cents),
    }
