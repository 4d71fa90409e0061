"""Columns of `tags.customer_tags` by what must hold of them; names as in docs/definitions.md."""

from __future__ import annotations

KEYS = ["customer_id", "as_of_date", "is_current"]
FACTS = """gender age age_band province city city_tier occupation marital_status member_level source_channel
    channel_state registered_date first_touch_date is_wecom_contact wecom_staff_count wecom_added_date
    wecom_lost_date loss_type groups_joined_count""".split()
CONSUMPTION = """first_order_date last_order_date orders_count orders_count_30d orders_count_90d orders_count_365d
    net_amount net_amount_30d net_amount_90d net_amount_365d days_since_last_order days_since_first_order
    average_order_amount repurchase_count median_days_between_orders next_order_due_date is_due_to_repurchase
    days_to_first_order items_count refund_rate discount_share coupon_order_share promotion_order_share
    new_product_order_share favourite_category favourite_style favourite_colour favourite_size price_band
    preferred_channel preferred_hour_band habitual_sku_id""".split()
INTERACTION = """active_days_7d active_days_15d active_days_30d last_active_date days_since_last_active
    passive_touch_count_15d active_touch_count_15d product_views_30d carts_30d favourites_30d coupons_claimed_30d
    articles_read_30d dwell_seconds_30d product_view_to_order_rate_90d messages_delivered_30d messages_opened_30d
    messages_clicked_30d follows_account reviews_count shares_count referrals_count ugc_count
    group_messages_30d""".split()
PREDICTIVE = """churn_probability_30d churn_probability_90d expected_orders_90d clv_365d price_sensitivity
    next_product_sku_id""".split()

ALWAYS_FILLED = [
    *KEYS,
    *("orders_count", "orders_count_30d", "orders_count_90d", "orders_count_365d", "repurchase_count"),
]
NOT_NEGATIVE = """wecom_staff_count groups_joined_count orders_count orders_count_30d orders_count_90d
    orders_count_365d repurchase_count days_since_last_order days_since_first_order median_days_between_orders
    days_since_last_active passive_touch_count_15d active_touch_count_15d
    product_views_30d carts_30d favourites_30d coupons_claimed_30d articles_read_30d dwell_seconds_30d
    product_view_to_order_rate_90d messages_delivered_30d messages_opened_30d messages_clicked_30d reviews_count
    shares_count referrals_count ugc_count group_messages_30d expected_orders_90d clv_365d""".split()
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
