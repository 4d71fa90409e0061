"""Channels and the chain of a built brand, counted one customer after the other from the tag mart, purchases, contacts and raw costs."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from decimal import Decimal
from statistics import median

from statsmodels.stats.proportion import proportion_confint

HORIZONS = (1, 7, 30)
STEPS = ["source", "reached", "interested", "first_order", "retained", "repurchased", "advocate"]


def rate(judged: list[bool]) -> tuple:
    """Of who is judged, those who did: of, count, share and its Wilson interval."""
    return (len(judged), sum(judged), *shares(sum(judged), len(judged)))


def shares(count: int, of: int) -> tuple:
    return (count / of, *proportion_confint(count, of, method="wilson")) if of else (None, None, None)


def channel_quality(database) -> dict[tuple, tuple]:
    """Return by level, channel and code what the columns of channel_quality after channel_state say, in their order."""
    customers = records(database, "select * from tags.customer_tags where is_current")
    newest = database.execute("select max(as_of_date) from intermediate.int_as_of_dates").fetchall()[0][0]
    spells, orders = defaultdict(list), defaultdict(list)
    for event in records(database, "select * from intermediate.int_contacts__dated"):
        spells[event["customer_id"]].append(event)
    for row in records(database, "select * from intermediate.int_purchases__counted"):
        if row["ordered_date"] <= newest < row["undone_date"]:
            orders[row["customer_id"]].append(row["ordered_date"])
    members = defaultdict(list)
    for customer in customers:
        channel = customer["source_channel"] or "unknown"
        members["channel", channel, None].append(customer)
        members["state", channel, customer["channel_state"] or "none"].append(customer)
    costs = defaultdict(list)
    for cost in records(database, "select * from staging.stg_costs"):
        if cost["cost_date"] <= newest:
            costs["channel", cost["channel"], None].append(cost)
    return {key: _channel(members[key], costs[key], spells, orders, newest) for key in {*members, *costs}}


def _channel(customers, costs, spells, orders, newest) -> tuple:
    judged = [rate([_is_kept(one, spells, days) for one in customers if _added(one) and _added(one) + timedelta(days) <= newest]) for days in HORIZONS]
    seen = [(one, min(filter(None, (one["first_touch_date"], one["registered_date"])), default=None)) for one in customers]
    early = [(one["first_order_date"], came) for one, came in seen if came and came + timedelta(30) <= newest]
    judged.append(rate([bool(bought) and bought <= came + timedelta(30) for bought, came in early if not bought or bought >= came]))
    old = [one for one in customers if one["first_order_date"] and one["first_order_date"] + timedelta(90) <= newest]
    judged.append(rate([any(day <= one["first_order_date"] + timedelta(90) for day in sorted(orders[one["customer_id"]])[1:]) for one in old]))
    buyers = sum(one["orders_count"] > 0 for one in customers)
    net = sum((one["net_amount"] for one in customers), Decimal(0))
    scores = [round(Decimal(one["clv_365d"]), 4) for one in customers if one["clv_365d"] is not None]
    clv = sum(scores) if scores else None
    cost = sum(row["amount"] for row in costs) if costs else None
    traffic = [row["amount"] for row in costs if row["cost_kind"] == "traffic"]
    spent = sum(traffic) if traffic else None
    waited = [one["days_to_first_order"] for one in customers if one["days_to_first_order"] is not None]
    worth = net + clv if clv is not None else None
    ends = (median(waited) if waited else None, buyers, net, clv, cost, spent, _over(spent, buyers), _over(worth, buyers), _over(worth, spent))
    return (len(customers), sum(bool(_added(one)) for one in customers), *(value for one in judged for value in one), *ends)


def _added(customer: dict):
    return customer["wecom_added_date"]


def _is_kept(customer: dict, spells, days: int) -> bool:
    events = [event for event in spells[customer["customer_id"]] if event["event_date"] <= _added(customer) + timedelta(days)]
    kinds = [event["event_kind"] for event in events]
    if kinds.count("added") > kinds.count("lost") + kinds.count("renewed"):
        return True
    ends = sorted((event["event_at"], event["loss_type"] != "transfer") for event in events if event["event_kind"] == "lost")
    return bool(ends) and not ends[-1][1]


def _over(part, whole) -> float | None:
    return float(part) / float(whole) if part is not None and whole else None


def chain_funnel(database) -> dict[tuple, tuple]:
    """Return by level, channel, crowd and step: customers, of how many, share and interval."""
    sql = "select t.*, c.segment_code as crowd from tags.customer_tags as t join segments.segment_crowd as c using (customer_id, as_of_date) where t.is_current"
    came, judged = defaultdict(int), defaultdict(int)
    for one in records(database, sql):
        cells = [(level, *cell) for level, cell in _cells(one)]
        for cell in cells:
            came[cell, 0] += 0
        for place, (done, may) in enumerate(_steps(one)):
            for cell in cells:
                judged[cell, place] += may
                came[cell, place] += done
            if not done:
                break
    found = {}
    for cell in {cell for cell, _ in came}:
        for place, step in enumerate(STEPS):
            of = judged[cell, place]
            found[(*cell, step)] = (came[cell, place], *((of, *shares(came[cell, place], of)) if place else (None,) * 4))
    return found


def _cells(one: dict):
    channel = one["source_channel"] or "unknown"
    return [("brand", (None, None)), ("channel", (channel, None)), ("crowd", (None, one["crowd"])), ("channel_crowd", (channel, one["crowd"]))]


def _steps(one: dict):
    """Of each step, whether the customer took it, and whether they are old enough to be judged by it."""
    bought, own = one["first_order_date"], [one[name] for name in ("last_active_touch_date", "last_advocacy_date", "last_order_date") if one[name]]
    yield True, True
    yield bool(one["first_touch_date"] or bought), True
    yield bool(own), True
    yield bool(bought), True
    yield max(own) >= bought + timedelta(30), bought + timedelta(30) <= one["as_of_date"]
    yield one["last_order_date"] > bought, True
    yield one["last_advocacy_date"] is not None, True


def records(database, sql: str) -> list[dict]:
    cursor = database.execute(sql)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
