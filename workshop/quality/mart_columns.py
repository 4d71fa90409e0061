"""Columns of `tags.customer_tags` by what must hold of them; which there are, the metadata of the mart says."""

from __future__ import annotations

from functools import cache

import yaml

from tagmart.contract import project_root

KEYS = ["customer_id", "as_of_date", "is_current"]
ALWAYS_FILLED = [
    *KEYS,
    *("orders_count", "orders_count_30d", "orders_count_90d", "orders_count_365d", "repurchase_count"),
]


@cache
def tags() -> dict[str, dict]:
    """Return `{column: meta.tag with the data type}` of the columns of customer_tags that are tags."""
    text = (project_root() / "models/tags/customer_tags.yml").read_text(encoding="utf-8")
    columns = yaml.safe_load(text)["models"][0]["columns"]
    found = {column["name"]: (column["data_type"], column["config"]["meta"].get("tag")) for column in columns}
    return {name: {**tag, "type": data_type} for name, (data_type, tag) in found.items() if tag}


def predictive() -> list[str]:
    return [name for name, tag in tags().items() if tag["life_stage"] == "predictive"]


def not_negative() -> list[str]:
    """Whole numbers count something or are days; of the others, those that add up or divide what does."""
    return [name for name, tag in tags().items() if tag["type"] == "bigint" and name not in (*AMOUNTS, *ACTIVE_DAYS)] + NOT_NEGATIVE


NOT_NEGATIVE = ["median_days_between_orders", "product_view_to_order_rate_90d", "expected_orders_90d", "clv_365d"]
# Shares of a customer's own orders: outside 0 to 1 they are computed wrongly.
SHARES = """coupon_order_share promotion_order_share new_product_order_share""".split()
PROBABILITIES = "churn_probability_30d churn_probability_90d price_sensitivity".split()
# Ratios and sums of raw amounts: a refund or discount larger than its order, or more items returned
# than bought, is possible in a single case and wrong as a habit.
MOST_ROWS = 0.95
AMOUNT_RATIOS = ["refund_rate", "discount_share"]
AMOUNTS = ["net_amount", "net_amount_30d", "net_amount_90d", "net_amount_365d", "average_order_amount", "items_count"]
# The column on the left never exceeds the one on the right.
ORDERED_PAIRS = [
    ("orders_count_30d", "orders_count_90d"),
    ("orders_count_90d", "orders_count_365d"),
    ("orders_count_365d", "orders_count"),
    ("days_since_last_order", "days_since_first_order"),
    ("active_days_7d", "active_days_15d"),
    ("active_days_15d", "active_days_30d"),
    ("first_order_date", "last_order_date"),
    ("last_order_date", "next_order_due_date"),
    # Nothing that happened after the as-of date is known on that date.
    *[
        (column, "as_of_date")
        for column in """registered_date first_touch_date first_order_date last_order_date last_active_date
            wecom_added_date wecom_lost_date""".split()
    ],
]
ACTIVE_DAYS = {"active_days_7d": 7, "active_days_15d": 15, "active_days_30d": 30}
ORDER_WINDOWS = (30, 90, 365)
GENDERS = ["male", "female", "unknown", "other"]
