"""What is in an order: lines of products, quantities, prices and returns."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from workshop.sample import truth
from workshop.sample.catalogue import Catalogue, sku_ids
from workshop.sample.columns import Counts, DrawnIds, Frame, Money
from workshop.sample.draw import chance, pick, spread
from workshop.sample.people import People
from workshop.sample.plan import Plan

MAX_LINES = 6
SWITCH_SHARE = 0.5  # people who move to the new version of their food once it is there


@dataclass
class Baskets:
    """Lines of the orders of a block; orders as in Orders, lines order by order."""

    order: np.ndarray  # (lines,) position of the order
    line: np.ndarray  # (lines,) 0 for the first
    sku: np.ndarray
    quantity: np.ndarray
    price: np.ndarray  # cents
    order_amount: np.ndarray  # (orders,) cents, the sum of quantity * price
    returned: np.ndarray  # (orders,) a part comes back: the last line, or part of an only line
    first_line: np.ndarray  # (orders,) position of the first line
    last_line: np.ndarray  # (orders,) position of the last line

    def returned_cents(self, net: np.ndarray) -> np.ndarray:
        """Return what a partial return pays back, cents, for each order with this net amount."""
        last = (self.quantity * self.price)[self.last_line]
        # At least a cent, at most nine tenths: a part stays bought.
        return np.minimum(np.where(self.last_line > self.first_line, last, last // 3), net * 9 // 10).clip(1)


def make_baskets(plan: Plan, people: People, catalogue: Catalogue, person: np.ndarray, day: np.ndarray) -> Baskets:
    """Draw the lines of each order; `person` and `day` have shape (orders,)."""
    rng = plan.rng("order_items", people.block)
    count = len(person)
    lines = 1 + rng.poisson(0.95, count).clip(max=MAX_LINES - 1)
    order, line = spread(lines)
    buyer, line_day = person[order], day[order] - plan.first_day
    size = len(order)
    both = people.pet[buyer] == 2
    pet = np.where(both, chance(rng, 0.5, size), people.pet[buyer] == 1).astype(np.int64)
    sku = np.empty(size, np.int64)
    for kind in (0, 1):
        skus = catalogue.sold_for(kind)
        mine = pet == kind
        sku[mine] = skus[pick(rng, catalogue.popularity[skus], mine.sum())]
    newest = catalogue.newest_by_day(plan)[pet, line_day]
    sku = np.where((newest >= 0) & chance(rng, people.novelty[buyer], size), newest, sku)

    habit = people.habit_sku
    switches = plan.rng("upgrades", people.block).random(len(people)) < SWITCH_SHARE
    upgrade = np.where(switches, catalogue.upgrade_by_sku()[habit], -1)[buyer]
    launched = (upgrade >= 0) & (catalogue.launch_day[upgrade] <= day[order])
    habitual = (line == 0) & chance(rng, truth.HABIT_SHARE, size)
    sku = np.where(habitual, np.where(launched, upgrade, habit[buyer]), sku)

    quantity = 1 + rng.poisson(0.25 * people.budget[buyer]).clip(max=9)
    price = catalogue.price[sku]
    first_line = np.cumsum(lines) - lines
    return Baskets(
        order=order,
        line=line,
        sku=sku,
        quantity=quantity,
        price=price,
        order_amount=np.add.reduceat(quantity * price, first_line) if size else np.zeros(0, np.int64),
        returned=chance(rng, truth.PARTIAL_REFUND_SHARE, count),
        first_line=first_line,
        last_line=first_line + lines - 1,
    )


def items_frame(baskets: Baskets, discount: np.ndarray, has_return_line: np.ndarray, first: int) -> Frame:
    """Return the table order_items.

    Line discounts add up to the order's discount to the cent: each line gets its share rounded down, the
    first line what is left. Orders with a return line get a copy of their last line with negative quantity.
    """
    gross = baskets.quantity * baskets.price
    share = gross * discount[baskets.order] // baskets.order_amount[baskets.order]
    if len(gross):
        share[baskets.first_line] += discount - np.add.reduceat(share, baskets.first_line)
    back = baskets.last_line[has_return_line]
    # A returned line follows the lines of its order.
    rows = np.append(np.arange(len(gross)), back)
    order = np.argsort(np.append(np.arange(len(gross)) * 2, back * 2 + 1), kind="stable")
    rows, is_back = rows[order], (order >= len(gross))
    return {
        "order_id": DrawnIds(first + baskets.order[rows] + 1, kind="order_id"),
        "line_no": Counts(baskets.line[rows] + 1 + is_back),
        "sku_id": sku_ids(baskets.sku[rows]),
        "quantity": Counts(np.where(is_back, -1, 1) * baskets.quantity[rows]),
        "unit_price": Money(baskets.price[rows]),
        "discount_amount": Money(np.where(is_back, 0, share[rows])),
    }
