"""What the references of money read of a built brand: validated orders, refunds, lines, products, classes, tags and dates, as rows."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal
from pathlib import Path

from compared import rows_of
from measured_bridge import Purchase


class Measured:
    """Rows of a built database. `classes[scheme][as_of_date][customer_id]` is a class, `amounts[as_of_date][customer_id]` a year's money."""

    def __init__(self, database: Path):
        self.database = database
        self.as_of_dates = sorted(row["as_of_date"] for row in self.rows("intermediate.int_as_of_dates"))
        self.newest = self.as_of_dates[-1]
        self.events = self.rows("seeds.calendar_events")
        self.costs = self.rows("intermediate.int_costs__dated")
        self.orders = [row for row in self.rows("intermediate.int_orders__validated") if row["is_valid"]]
        self.first: date | None = min((row["ordered_date"] for row in self.orders), default=None)
        self.purchases = self._purchases()
        self.classes: dict[str, dict[date, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
        for row in self.rows("segments.customer_segments"):
            self.classes[row["scheme_code"]][row["as_of_date"]][row["customer_id"]] = row["segment_code"]
        self.amounts: dict[date, dict[str, Decimal]] = defaultdict(dict)
        for row in self.rows("tags.customer_tags", ["customer_id", "as_of_date", "net_amount_365d"]):
            self.amounts[row["as_of_date"]][row["customer_id"]] = row["net_amount_365d"]

    def rows(self, relation: str, columns: list[str] | None = None) -> list[dict]:
        return rows_of(self.database, relation, columns)

    def classes_between(self, scheme: str, earlier: date, later: date) -> dict[str, tuple[str, str]]:
        """Each customer's class of a scheme at two dates; `_entered` where they were not known."""
        dates = [self.classes[scheme][day] for day in (earlier, later)]
        return {customer_id: tuple(day.get(customer_id, "_entered") for day in dates) for customer_id in {*dates[0], *dates[1]}}

    def _purchases(self) -> list[Purchase]:
        refunds: dict[str, Decimal] = defaultdict(Decimal)
        for row in self.rows("intermediate.int_refunds__dated"):
            refunds[row["order_id"]] += row["refund_amount"]
        unit_costs = {row["sku_id"]: row["unit_cost"] for row in self.rows("intermediate.int_products__described")}
        lines: dict[str, list[dict]] = defaultdict(list)
        for row in self.rows("intermediate.int_order_items__described"):
            lines[row["order_id"]].append(row)
        purchases = []
        for order in self.orders:
            refunded, payable = refunds[order["order_id"]], order["payable_amount"]
            costs = [(line["quantity"], unit_costs.get(line["sku_id"])) for line in lines[order["order_id"]]]
            cost = sum(count * each for count, each in costs) if costs and all(each is not None for _, each in costs) else None
            if not (payable > 0 and refunded >= payable):
                purchases.append(Purchase(order["customer_id"], order["ordered_date"], payable - refunded, cost))
        return purchases
