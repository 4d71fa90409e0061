"""Concentration, cohorts, core pool and unit economics, computed afresh with numpy and plain loops: the reference of models/measurement/money."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal

import numpy as np
from measured_bridge import Purchase
from measured_periods import month_end


def concentration(amounts: list[Decimal], share: Decimal) -> dict:
    """Return Gini, share of the top 20 %, the fewest customers that make `share`, and the curve at 0 to 100 %; amounts are above 0."""
    rising = sorted(amounts)
    values = np.array([float(amount) for amount in rising])
    differences = np.abs(values[:, None] - values[None, :]).sum()
    made, head = Decimal(0), 0
    while made < share * sum(rising):
        head += 1
        made += rising[-head]
    places, sums = np.arange(len(values) + 1) / len(values), np.concatenate([[0], np.cumsum(values)]) / values.sum()
    curve = np.interp(np.arange(101) / 100, places, sums)
    return {
        "customers_count": len(rising),
        "net_amount_365d": sum(rising),
        "gini": differences / (2 * len(values) ** 2 * values.mean()),
        "top_20_amount_share": 1 - np.interp(0.8, places, sums),
        "head_customers_count": head,
        "curve": curve,
    }


def cohorts(purchases: list[Purchase], newest: date) -> dict[tuple[date, date], dict]:
    """Return {(cohort, month): people, purchases and money}, months by their first day up to the newest date's."""
    first: dict[str, date] = {}
    for purchase in purchases:
        if purchase.customer_id is not None:
            first[purchase.customer_id] = min(first.get(purchase.customer_id, purchase.day), purchase.day)
    rows = {}
    for cohort in sorted({day.replace(day=1) for day in first.values()}):
        people = {customer_id for customer_id, day in first.items() if day.replace(day=1) == cohort}
        month, number, so_far, begun = cohort, 0, Decimal(0), None
        while month <= newest:
            bought = [each for each in purchases if each.customer_id in people and each.day.replace(day=1) == month]
            money = sum((each.net for each in bought), Decimal(0))
            so_far, begun = so_far + money, money if begun is None else begun
            rows[cohort, month] = {
                "months_since": number,
                "is_complete": month_end(month) <= newest,
                "cohort_customers_count": len(people),
                "customers_count": len({each.customer_id for each in bought}),
                "month_orders_count": len(bought),
                "month_net_amount": money,
                "month_net_amount_share": float(money) / float(begun) if begun else None,
                "net_amount_so_far": so_far,
            }
            month, number = date(month.year + month.month // 12, month.month % 12 + 1, 1), number + 1
    return rows


def months(purchases: list[Purchase], costs: list[dict], first: date, newest: date) -> dict[date, dict]:
    """Return {month: sales and costs by kind}, from the first order or cost to the newest date."""
    spent: dict[date, dict] = defaultdict(lambda: dict.fromkeys(("traffic", "delivery", "staff", "other"), Decimal(0)))
    for cost in costs:
        spent[cost["cost_date"].replace(day=1)][cost["cost_kind"]] += cost["amount"]
    begun = [day for day in (first, *spent) if day is not None]
    rows, month = {}, min(begun).replace(day=1)
    while month <= newest:
        bought = [each for each in purchases if each.day.replace(day=1) == month]
        known = [each for each in bought if each.customer_id is not None]
        costs_known = bool(spent) and min(spent) <= month <= max(spent)
        is_sold = month >= first.replace(day=1) or month in spent
        if is_sold:
            rows[month] = {
                "is_complete": month_end(month) <= newest,
                "has_costs": costs_known,
                "customers_count": len({each.customer_id for each in known}),
                "purchases_count": len(bought),
                "customers_net_amount": sum((each.net for each in known), Decimal(0)),
                "brand_net_amount": sum((each.net for each in bought), Decimal(0)),
                "margin_amount": sum((each.net - each.cost for each in bought), Decimal(0))
                if bought and all(each.cost is not None for each in bought)
                else None,
                **{
                    f"{kind}_cost_amount": (spent.get(month) or {}).get(kind, Decimal(0)) if costs_known else None
                    for kind in ("traffic", "delivery", "staff", "other")
                },
            }
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return rows
