"""Money that goes back: full and partial refunds, and which of them leave a negative line."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from workshop.sample import truth
from workshop.sample.columns import NULL, DrawnIds, Frame, Money, Times
from workshop.sample.draw import DAY, chance, seconds
from workshop.sample.orders import CANCELLED, COMPLETED, FULL_REFUND, MINI_PROGRAM, STORE, WECOM, Orders, order_ids
from workshop.sample.people import People
from workshop.sample.plan import Plan


@dataclass
class Refunds:
    """Refunds of a block in order of time, one entry a refund."""

    order: np.ndarray  # position of the order
    time: np.ndarray
    cents: np.ndarray
    shipping: np.ndarray  # the part of the cents that is shipping

    def __len__(self) -> int:
        return len(self.order)


def has_return_line(orders: Orders) -> np.ndarray:
    """Return which orders record what came back as a negative line: in the shop and at the staff's, a whole line."""
    several = orders.baskets.last_line > orders.baskets.first_line
    return orders.baskets.returned & several & np.isin(orders.channel, [STORE, MINI_PROGRAM, WECOM])


def make_refunds(plan: Plan, people: People, orders: Orders) -> Refunds:
    """Draw the refunds: full ones, one in five of them in two parts, partial ones, and of shipping with or without goods."""
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
    goods = np.append(first_half, (cents - first_half)[halved])
    shipping = _shipping(plan, people, orders, order, len(full) + len(cancelled))
    late, late_time = _late_deliveries(plan, people, orders)
    order, time = np.append(order, late), np.append(time, late_time)
    shipping = np.append(shipping, orders.shipping[late])
    cents = np.append(goods, np.zeros(len(late), np.int64)) + shipping
    kept = time < plan.end  # a refund after the data is not known yet
    rank = np.flatnonzero(kept)[np.argsort(time[kept], kind="stable")]
    return Refunds(order[rank], time[rank], cents[rank], shipping[rank])


def _shipping(plan: Plan, people: People, orders: Orders, order: np.ndarray, full: int) -> np.ndarray:
    """Return the shipping that comes back with each refund of goods; only the first `full` ones, the full ones, can."""
    rng = plan.rng("refunds.shipping", people.block)  # its own stream: the goods that come back stay the same
    shipped = chance(rng, truth.SHIPPING_REFUND_SHARE, full)
    return np.where(np.append(shipped, np.zeros(len(order) - full, bool)), orders.shipping[order], 0)


def _late_deliveries(plan: Plan, people: People, orders: Orders) -> tuple[np.ndarray, np.ndarray]:
    """Return `(order, time)` of the refunds of shipping alone."""
    rng = plan.rng("refunds.late", people.block)
    sent = np.flatnonzero((orders.status == COMPLETED) & (orders.shipping > 0))
    late = sent[chance(rng, truth.SHIPPING_ONLY_SHARE, len(sent))]
    return late, orders.paid_at[late] + 5 * DAY


def refunds_frame(refunds: Refunds, first: int, first_order: int) -> Frame:
    """Return the table refunds; `first` and `first_order` count the refunds and orders of the blocks before."""
    return {
        "refund_id": DrawnIds(first + np.arange(len(refunds)) + 1, kind="refund_id"),
        "order_id": order_ids(first_order + refunds.order),
        "refunded_at": Times(refunds.time),
        "refund_amount": Money(refunds.cents),
        "shipping_refund_amount": Money(refunds.shipping),
    }
