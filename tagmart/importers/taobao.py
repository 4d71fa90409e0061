"""Taobao UserBehavior (Tianchi): page views, carts, favourites and purchases over nine days of 2017."""

from __future__ import annotations

from tagmart.importers.data_set import Balance, DataSet, NoHome, Source

BEHAVIOUR = Source(
    name="behaviour",
    files=("user_behavior.parquet", "user_behavior.csv"),
    columns={
        "user_id": ("integer",),
        "item_id": ("integer",),
        "category_id": ("integer",),
        "behavior_type": ("text",),
        "ts": ("integer", "timestamp"),
        "event_time_utc": ("timestamp",),
    },
    optional_columns=("event_time_utc",),
)

# A row has no id. Its position in this order is one, and keeps exact duplicates apart.
NUMBERED = """
select
    *,
    coalesce(event_time_utc, make_timestamp(ts * 1000000)) as occurred_at,
    row_number() over (
        order by
            user_id nulls last, ts nulls last, item_id nulls last, behavior_type nulls last,
            category_id nulls last, event_time_utc nulls last
    ) as position
from source.behaviour
"""

ORDERS = """
select
    format('B{:09d}', position) as order_id,
    user_id as customer_id,
    occurred_at as ordered_at,
    occurred_at as paid_at,
    'completed' as status,
    'marketplace' as channel,
    0 as order_amount
from source.numbered
where behavior_type = 'buy'
"""

ORDER_ITEMS = """
select
    format('B{:09d}', position) as order_id,
    1 as line_no,
    item_id as sku_id,
    1 as quantity,
    0 as unit_price
from source.numbered
where behavior_type = 'buy'
"""

# An unknown behaviour keeps its own name, for staging to reject.
TOUCHPOINTS = """
select
    format('E{:09d}', position) as event_id,
    occurred_at,
    case behavior_type
        when 'pv' then 'product_view'
        when 'cart' then 'add_to_cart'
        when 'fav' then 'favourite'
        else behavior_type
    end as event_type,
    'app' as touchpoint,
    user_id as customer_id,
    item_id as sku_id,
    category_id as category
from source.numbered
where behavior_type is distinct from 'buy'
"""

PRODUCTS = """
with categories as (
    select item_id, category_id, count(category_id) as rows_count
    from source.behaviour
    where item_id is not null
    group by item_id, category_id
),

ranked as (
    select
        *,
        row_number() over (
            partition by item_id
            order by rows_count desc, cast(category_id as varchar) nulls last
        ) as position
    from categories
)

select item_id as sku_id, category_id as category from ranked where position = 1
"""

CUSTOMERS = """
select distinct user_id as customer_id from source.behaviour where user_id is not null
"""

DATA_SET = DataSet(
    title="Taobao UserBehavior",
    sources=(BEHAVIOUR,),
    steps={"numbered": NUMBERED},
    tables={
        "orders": ORDERS,
        "order_items": ORDER_ITEMS,
        "touchpoints": TOUCHPOINTS,
        "products": PRODUCTS,
        "customers": CUSTOMERS,
    },
    balances=(
        Balance(
            "rows = orders + touchpoints",
            "select count(*) from source.behaviour",
            "select (select count(distinct order_id) from raw.orders) + (select count(distinct event_id) from raw.touchpoints)",
        ),
        Balance(
            "buys = orders",
            "select count(*) from source.behaviour where behavior_type = 'buy'",
            "select count(*) from raw.orders",
        ),
        Balance(
            "buys = order items",
            "select count(*) from source.behaviour where behavior_type = 'buy'",
            "select sum(quantity) from raw.order_items",
        ),
        Balance(
            "users = customers",
            "select count(distinct user_id) from source.behaviour",
            "select count(*) from raw.customers",
        ),
        Balance(
            "items = products",
            "select count(distinct item_id) from source.behaviour",
            "select count(*) from raw.products",
        ),
    ),
    no_home=(
        NoHome(
            "category_id: {:,} rows name another category than most rows of their item; touchpoints keep it, products and purchases do not",
            "select count(*) from source.behaviour inner join raw.products on cast(item_id as varchar) = sku_id "
            "where cast(category_id as varchar) is distinct from category",
        ),
    ),
    notes=(
        "The source has no prices: every order amount and unit price is 0.00, so tags and segments of money are empty.",
        "Times out of the nine days (2017-11-25 to 2017-12-03 in China) are kept as they are.",
    ),
)
