"""A brand as activation sees it: its customers, their classes, what may be sent to them and what they are worth."""

from __future__ import annotations

from datetime import date
from math import floor

from reference.channels import CHANNELS, seed
from reference.identity import business_date
from reference.known import Known
from reference.may_contact import route


class Brand:
    """The marts that activation reads (rows of the newest date), what is known of contacting, and the settings."""

    def __init__(self, known: Known, customers: list[dict], classes: dict[str, dict[str, str]], permissions: dict[tuple[str, str], dict]):
        self.known, self.classes, self.newest = known, classes, known.newest
        self.customers = {row["customer_id"]: row for row in customers}
        self.permissions = {customer_id: {channel: permissions[customer_id, channel] for channel in CHANNELS} for customer_id in self.customers}
        self.routes = {customer_id: route(of_customer) for customer_id, of_customer in self.permissions.items()}
        self.senders = {customer_id: known.sender(customer_id) for customer_id in self.customers}
        orders = sum(row["orders_count"] for row in customers)
        self.average_order = float(sum(row["net_amount"] for row in customers)) / orders if orders else 0.0
        self.products = known.tables.get("products", [])

    def value(self, customer: dict) -> float:
        """A year at the customer's own average order and rhythm, but no more orders than they placed so far."""
        rhythm = customer["median_days_between_orders"]
        orders = min(customer["orders_count"], 365 if rhythm is None else floor(365 / max(rhythm, 1)))
        average = customer["average_order_amount"]
        return (self.average_order if average is None else average) * max(1, orders)

    def margin(self, customer: dict) -> float | None:
        """Return what an average product of the customer's category leaves at the prices that they pay; None where no cost is known."""
        costs = [row for row in self.products if row["unit_cost"] is not None and (row["list_price"] or 0) > 0]
        own = [row for row in costs if row["category"] is not None and row["category"] == customer["favourite_category"]] or costs
        paid = 1 - (customer["discount_share"] or 0)
        if not own or paid <= 0:
            return None
        return 1 - float(sum(row["unit_cost"] for row in own)) / float(sum(row["list_price"] for row in own)) / paid

    def is_fading(self, customer: dict) -> bool:
        return self.classes[customer["customer_id"]]["lifecycle"] in ("declining", "lost")

    def common_days(self) -> list[tuple[str, date, str, str | None, str | None]]:
        """Return the days that many share: anchor, day, occasion, category, product."""
        days = [("promotion", row["starts_at"], row["campaign_id"], None) for row in self.known.tables["campaigns"] if row["campaign_kind"] == "promotion"]
        days += [("launch", row["launched_at"], row["sku_id"], row["category"]) for row in self.products]
        found = [(anchor, business_date(at), name, category, name if anchor == "launch" else None) for anchor, at, name, category in days if at is not None]
        for row in seed("calendar_events"):
            if row["event_kind"] == "member_day" or row["is_promotion"] == "true":
                anchor = "member_day" if row["event_kind"] == "member_day" else "promotion"
                found.append((anchor, date.fromisoformat(row["starts_on"]), row["event_code"], None, None))
        return [day for day in found if abs((day[1] - self.newest).days) < 500]
