"""The bridge of net amount and margin between two periods, customer by customer in exact fractions: the reference of gmv_bridge."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from shapley import shapley

PARTS = ("entry", "exit", "migrated_in", "migrated_out", "anonymous", "buyers", "orders_per_buyer", "amount_per_order", "margin_share")


@dataclass(frozen=True)
class Purchase:
    """What is left of an order: its customer (None when anonymous), day, net amount, and what the goods cost (None when not known)."""

    customer_id: str | None
    day: date
    net: Decimal
    cost: Decimal | None


class Bridges:
    """All purchases of a brand, by customer, and from when on a customer is gone."""

    def __init__(self, purchases: list[Purchase], lost_after_days: int):
        self.purchases, self.lost_after_days = purchases, lost_after_days
        self.days: dict[str | None, list[date]] = defaultdict(list)
        for purchase in purchases:
            self.days[purchase.customer_id].append(purchase.day)

    def bridge(self, earlier, later, classes: dict[str, tuple[str, str]]) -> dict[tuple[str, str], dict]:
        """Return {(class, measure): parts, from_amount and amount} of two periods with `starts` and `ends`.

        `classes` has each customer's class at the close of the earlier and of the later period; who is missing is `_entered` at both.
        """
        sides = [[each for each in self.purchases if period.starts <= each.day <= period.ends] for period in (earlier, later)]
        rows: dict[tuple[str, str], dict] = defaultdict(lambda: defaultdict(Fraction))
        stayed: dict[tuple[str, str], list[list[Purchase]]] = defaultdict(lambda: [[], []])
        measures = ["net_amount"] + (["margin"] if all(each.cost is not None for side in sides for each in side) else [])
        bought = [{each.customer_id for each in side} for side in sides]
        for side, purchases in enumerate(sides):
            for purchase in purchases:
                own = classes.get(purchase.customer_id, ("_entered", "_entered"))
                part, sign = self._part(purchase.customer_id, side, own, earlier, later, bought), (-1, 1)[side]
                for measure in measures:
                    amount = Fraction(purchase.net) - (Fraction(purchase.cost) if measure == "margin" else 0)
                    row = rows["_anonymous" if part == "anonymous" else own[side], measure]
                    row[("from_amount", "amount")[side]] += amount
                    if part == "stayed":
                        stayed[own[side], measure][side].append(purchase)
                    else:
                        row[part] += sign * amount
        for key, both in stayed.items():
            factors = [_factors(both[side], both[1 - side], key[1]) for side in (0, 1)]
            for name, value in shapley(*factors).items():
                rows[key][name] += value
        return rows

    def _part(self, customer_id, side: int, own: tuple[str, str], earlier, later, bought: list[set]) -> str:
        if customer_id is None:
            return "anonymous"
        if min(self.days[customer_id]) > earlier.ends:
            return "entry"
        last = max(day for day in self.days[customer_id] if day <= later.ends)
        if customer_id not in bought[1] and (later.ends - last).days > self.lost_after_days:
            return "exit"
        return "stayed" if own[0] == own[1] else ("migrated_out", "migrated_in")[side]


def _factors(own: list[Purchase], other: list[Purchase], measure: str) -> dict[str, Fraction]:
    """Buyers, orders per buyer, amount per order and share of margin of one period; what it cannot say the other period says."""
    said = own or other
    buyers, orders, net = len({each.customer_id for each in said}), len(said), sum(Fraction(each.net) for each in said)
    share, per_order = Fraction(1), net / orders
    if measure == "margin":
        nets = [sum(Fraction(each.net) for each in side) / len(side) for side in (said, other) if side]
        per_order = next((value for value in nets if value), Fraction(1))
        share = (net - sum(Fraction(each.cost) for each in said)) / orders / per_order
    return {
        "buyers": Fraction(len({each.customer_id for each in own})),
        "orders_per_buyer": Fraction(orders, buyers),
        "amount_per_order": per_order,
        "margin_share": share,
    }
