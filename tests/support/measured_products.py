"""Products of a built brand, counted order by order from staged rows: what was viewed, bought, paid, paid back, and bought with or after what."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise
from statistics import median

from measured_channels import records, shares

NOTHING = "without_lines"


def orders_of(database) -> list[dict]:
    """Return the valid orders: customer_id, payable, refunded, is_purchase, and lines by product as lists of (quantity, line_amount)."""
    lines, refunded = defaultdict(lambda: defaultdict(list)), defaultdict(Decimal)
    for item in records(database, "select * from intermediate.int_order_items__described"):
        lines[item["order_id"]][item["sku_id"]].append((item["quantity"], item["line_amount"]))
    for refund in records(database, "select * from intermediate.int_refunds__dated"):
        refunded[refund["order_id"]] += refund["refund_amount"]
    orders = records(database, "select * from intermediate.int_orders__validated where is_valid order by ordered_at, order_id")
    return [
        order | {"lines": lines[order["order_id"]], "refunded": refunded[order["order_id"]],
                 "is_purchase": not 0 < order["payable_amount"] <= refunded[order["order_id"]]} for order in orders
    ]  # fmt: skip


def shared(order: dict) -> dict[str, tuple[Decimal, Decimal]]:
    """What each product of an order has of its payable and of its refund, to four decimals: the shares of all up to it, less those before."""
    weights = {sku: max(sum((amount for _, amount in rows), Decimal(0)), Decimal(0)) for sku, rows in order["lines"].items()}
    if not sum(weights.values()):
        weights = {sku: Decimal(sum(quantity for quantity, _ in rows)) for sku, rows in order["lines"].items()} or {NOTHING: Decimal(1)}
    so_far, before, parts = Decimal(0), (Decimal(0), Decimal(0)), {}
    for sku in sorted(weights, key=str.encode):
        so_far += weights[sku]
        share = float(so_far) / float(sum(weights.values()))
        reached = tuple(Decimal(repr(float(order[name]) * share)).quantize(Decimal("0.0001"), "ROUND_HALF_UP") for name in ("payable_amount", "refunded"))
        parts[sku], before = (reached[0] - before[0], reached[1] - before[1]), reached
    return parts


def product_performance(database) -> dict[str, dict]:
    """Return by product: views, viewers, viewed, followed, dwell, timed, carts, buyers, orders, lines, quantity, line, payable, refund, returned."""
    newest = database.execute("select max(as_of_date) from intermediate.int_as_of_dates").fetchall()[0][0]
    orders, found = orders_of(database), defaultdict(lambda: defaultdict(Decimal))
    bought, first_views = defaultdict(list), {}
    for order in orders:
        for sku, (payable, refund) in shared(order).items():
            cell = found[sku]
            cell["payable"], cell["refund"] = cell["payable"] + payable, cell["refund"] + refund
            if order["is_purchase"]:
                rows = order["lines"].get(sku, [])
                cell["orders"], cell["lines"] = cell["orders"] + 1, cell["lines"] + len(rows)
                cell["quantity"] += sum(quantity for quantity, _ in rows)
                cell["line"] += sum((amount for _, amount in rows), Decimal(0))
                if order["customer_id"]:
                    bought[order["customer_id"], sku].append(order["ordered_date"])
    for _, sku in bought:
        found[sku]["buyers"] += 1
    valid = {order["order_id"] for order in orders}
    for item in records(database, "select * from staging.stg_order_items where quantity < 0"):
        if item["order_id"] in valid:
            found[item["sku_id"]]["returned"] -= item["quantity"]
    for touch in records(database, "select * from intermediate.int_touchpoints__unified where sku_id is not null"):
        sku, who = touch["sku_id"], touch["customer_id"]
        if touch["event_type"] == "product_view":
            found[sku]["views"] += 1
            found[sku]["dwell"] += touch["duration_seconds"] or 0
            found[sku]["timed"] += touch["duration_seconds"] is not None
            if who:
                first_views[who, sku] = min(touch["occurred_date"], first_views.get((who, sku), touch["occurred_date"]))
        elif touch["event_type"] == "add_to_cart":
            found[sku]["carts"] += 1
    for (who, sku), day in first_views.items():
        found[sku]["viewers"] += 1
        if day + timedelta(30) <= newest:
            found[sku]["viewed"] += 1
            found[sku]["followed"] += any(day <= other <= day + timedelta(30) for other in bought[who, sku])
    for product in records(database, "select sku_id from staging.stg_products"):
        found[product["sku_id"]]["known"] += 1
    return found


def product_association(database) -> dict[tuple, tuple]:
    """Return by kind, product and other product: place, pair, sku, other, total, confidence with interval, shrunk lift, median days."""
    baskets = [order for order in orders_of(database) if order["is_purchase"] and order["lines"]]
    by_customer = defaultdict(list)
    for order in baskets:
        by_customer[order["customer_id"]].append(order)
    by_customer.pop(None, None)
    followed = [(one, other, (other["ordered_date"] - one["ordered_date"]).days) for own in by_customer.values() for one, other in pairwise(own)]
    steps = {"together": [(order, order, None) for order in baskets], "in_sequence": followed}
    found = {}
    for kind, pairs in steps.items():
        firsts, others, both = Counter(), Counter(), defaultdict(list)
        for one, other, days in pairs:
            firsts.update(one["lines"].keys())
            others.update(other["lines"].keys())
            for sku in one["lines"]:
                for next_sku in other["lines"]:
                    if kind == "in_sequence" or sku != next_sku:
                        both[sku, next_sku].append(days)
        for sku in firsts:
            own = {next_sku: days for (first, next_sku), days in both.items() if first == sku and len(days) >= 5}
            lifts = {next_sku: (len(days) + 10) / (firsts[sku] * others[next_sku] / len(pairs) + 10) for next_sku, days in own.items()}
            ranked = sorted(own, key=lambda next_sku: (-round(lifts[next_sku], 9), -len(own[next_sku]), next_sku.encode()))
            for place, next_sku in enumerate(ranked[:20], 1):
                days = None if kind == "together" else median(own[next_sku])
                count = len(own[next_sku])
                numbers = (count, firsts[sku], others[next_sku], len(pairs), *shares(count, firsts[sku]))
                found[kind, sku, next_sku] = (place, *numbers, lifts[next_sku], days)
    return found
