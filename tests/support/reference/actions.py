"""What each customer is due for in the next 14 days, over which channel and with what expected value."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

from reference.brand import Brand
from reference.channels import CHANNEL_OF, CHANNELS, STAFFED, seed
from reference.identity import business_date

PLAYBOOK = seed("action_playbook")
DAYS = 14


def options(brand: Brand) -> list[dict]:
    """Return every due action and way to do it; on the first day there may be a second way, without staff."""
    common = brand.common_days()
    return [option for customer in brand.customers.values() for option in _options_of(brand, customer, common)]


def _options_of(brand: Brand, customer: dict, common: list[tuple]) -> list[dict]:
    customer_id, found = customer["customer_id"], []
    taken = defaultdict(lambda: None)
    for row in brand.known.touches[customer_id]:
        day = business_date(row["occurred_at"])
        taken[row["content_id"]] = max(taken[row["content_id"]] or day, day)
    pays_full = customer["orders_count"] > 0 and customer["coupon_order_share"] < 0.5 and not brand.is_fading(customer)
    value, margin, churn = brand.value(customer), brand.margin(customer), customer["churn_probability_90d"]
    churn = 0.5 if churn is None else churn
    mine = [row for row in PLAYBOOK if brand.classes[customer_id].get(row["scheme_code"]) == row["segment_code"]]
    for action in mine:
        before = [row for row in mine if row["scheme_code"] == action["scheme_code"] and int(row["position"]) < int(action["position"])]
        is_early = any(row["anchor"] == "none" and taken[row["action_code"]] is None for row in before)
        if action["offer"] == "coupon" and (pays_full or is_early):
            continue
        share = float(action["offer_share"])
        if share > 0 and margin is not None and share > margin:
            continue
        due = sorted(
            (day, occasion or "", sku)
            for day, occasion, sku in _days(brand, customer, action, common, taken[action["action_code"]])
            if _is_due(brand, action, day, taken)
        )
        if due:
            chance = {"churn": churn, "purchase": 1 - churn, "one": 1}[action["score"]]
            worth = chance * value * float(action["prior_uplift"]) * (1 - share)
            found += _ways(brand, customer_id, action, due[0], worth, chance, value)
    return found


def _days(brand: Brand, customer: dict, action: dict, common: list[tuple], last: date | None) -> list[tuple[date, str | None, str | None]]:
    """What just happened is known on the day after; without an anchor the first day is the one on which the pause is over."""
    added = customer["wecom_added_date"] if customer["is_wecom_contact"] else None
    own = {"none": brand.newest, "add": added, "order": customer["last_order_date"], "birthday": customer["next_birthday_date"]}
    after = timedelta(days=int(action["day_offset"] or 1))
    if action["anchor"] in ("add", "order"):
        after = max(after, timedelta(days=1))
    elif action["anchor"] == "none" and last is not None:
        after = max(after, last + timedelta(days=int(action["cadence_days"])) - brand.newest)
    sku = customer["next_product_sku_id"] or customer["habitual_sku_id"]
    if action["anchor"] in own:
        anchor = own[action["anchor"]]
        return [] if anchor is None else [(anchor + after, None, sku)]
    return [
        (day + after, occasion, launched or sku)
        for anchor, day, occasion, category, launched in common
        if anchor == action["anchor"] and (anchor != "launch" or (category is not None and category == customer["favourite_category"]))
    ]


def _is_due(brand: Brand, action: dict, day: date, taken: dict) -> bool:
    last = taken[action["action_code"]]
    return 0 < (day - brand.newest).days <= DAYS and (last is None or (day - last).days >= int(action["cadence_days"]))


def _ways(brand: Brand, customer_id: str, action: dict, due: tuple, worth: float, chance: float, value: float) -> list[dict]:
    """The action's own channel where the customer allows it (on the first day: and it is below its cap), else their best one."""
    day, occasion, sku = due
    is_first = day == brand.newest + timedelta(days=1)
    route, own = brand.routes[customer_id], CHANNEL_OF[action["touchpoint"]]
    is_allowed, is_full = brand.permissions[customer_id][own]["is_allowed"], brand.permissions[customer_id][own]["is_over_cap"]
    best = own if is_allowed and not (is_first and is_full) else route["channel"] or (own if is_allowed else None)
    is_over_cap = is_first and best is not None and brand.permissions[customer_id][best]["is_over_cap"]
    channels = [best]
    if is_first and best in STAFFED and route["without_staff"] is not None:
        channels.append(route["without_staff"])
    found = []
    for channel in channels:
        left = worth - (float(CHANNELS[channel]["unit_cost_amount"]) if channel else 0)
        if left > 0:
            found.append({
                "customer_id": customer_id, "due_date": day, "action_code": action["action_code"], "occasion": occasion or None, "sku_id": sku,
                "channel": channel, "blocked_reason": route["blocked_reason"] if channel is None else None, "probability": chance,
                "value_at_stake": value, "expected_value": left, "is_over_cap": is_over_cap,
                "sender_userid": brand.senders[customer_id] if channel in STAFFED else None,
            })  # fmt: skip
    return found
