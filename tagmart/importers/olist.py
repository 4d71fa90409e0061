"""Olist: orders, items and reviews of a Brazilian marketplace, 2016 to 2018."""

from __future__ import annotations

from tagmart.importers.data_set import Balance, DataSet, NoHome, Source


def _files(name: str, original: str) -> tuple[str, ...]:
    """Return the names a file may have: all of it, a sample of it, or as its publisher calls it."""
    return (f"full_{name}.parquet", f"sample_{name}.parquet", f"{name}.parquet", f"{original}.csv")


SOURCES = (
    Source(
        name="orders",
        files=_files("orders", "olist_orders_dataset"),
        columns={
            "order_id": ("text",),
            "customer_id": ("text",),
            "order_status": ("text",),
            "order_purchase_timestamp": ("timestamp",),
            "order_approved_at": ("timestamp",),
            "order_delivered_carrier_date": ("timestamp",),
            "order_delivered_customer_date": ("timestamp",),
            "order_estimated_delivery_date": ("timestamp",),
        },
        is_sampled=True,
    ),
    Source(
        name="customers",
        files=_files("customers", "olist_customers_dataset"),
        columns={
            "customer_id": ("text",),
            "customer_unique_id": ("text",),
            "customer_zip_code_prefix": ("text",),
            "customer_city": ("text",),
            "customer_state": ("text",),
        },
        is_sampled=True,
    ),
    Source(
        name="order_items",
        files=_files("order_items", "olist_order_items_dataset"),
        columns={
            "order_id": ("text",),
            "order_item_id": ("integer",),
            "product_id": ("text",),
            "seller_id": ("text",),
            "shipping_limit_date": ("timestamp",),
            "price": ("money",),
            "freight_value": ("money",),
        },
        sums={"price": "sum(price)", "freight": "sum(freight_value)"},
        is_sampled=True,
    ),
    Source(
        name="products",
        files=_files("products", "olist_products_dataset"),
        columns={"product_id": ("text",), "product_category_name": ("text",)},
        is_optional=True,
    ),
    Source(
        name="category_names",
        files=_files("product_category_name_translation", "product_category_name_translation"),
        columns={"product_category_name": ("text",), "product_category_name_english": ("text",)},
        is_optional=True,
    ),
    Source(
        name="reviews",
        files=_files("order_reviews", "olist_order_reviews_dataset"),
        columns={
            "review_id": ("text",),
            "order_id": ("text",),
            "review_score": ("integer",),
            "review_comment_title": ("text",),
            "review_comment_message": ("text",),
            "review_creation_date": ("timestamp",),
            "review_answer_timestamp": ("timestamp",),
        },
        is_optional=True,
        is_sampled=True,
    ),
    Source(
        name="payments",
        files=_files("order_payments", "olist_order_payments_dataset"),
        columns={"order_id": ("text",), "payment_value": ("money",)},
        sums={"payment_value": "sum(payment_value)"},
        is_optional=True,
        is_sampled=True,
    ),
    Source(
        name="leads",
        files=_files("marketing_qualified_leads", "olist_marketing_qualified_leads_dataset"),
        columns={"mql_id": ("text",)},
        is_optional=True,
    ),
    Source(
        name="closed_deals",
        files=_files("closed_deals", "olist_closed_deals_dataset"),
        columns={"mql_id": ("text",), "seller_id": ("text",)},
        is_optional=True,
    ),
)

# customer_id of the source is new with every order; customer_unique_id is the person.
ORDERS = """
with persons as (
    select customer_id, min(customer_unique_id) as customer_unique_id from source.customers group by customer_id
),

amounts as (
    select order_id, sum(price) as price, sum(freight_value) as freight from source.order_items group by order_id
)

select
    orders.order_id,
    persons.customer_unique_id as customer_id,
    orders.order_purchase_timestamp as ordered_at,
    orders.order_approved_at as paid_at,
    case orders.order_status
        when 'delivered' then 'completed'
        when 'approved' then 'paid'
        when 'processing' then 'paid'
        when 'invoiced' then 'paid'
        when 'canceled' then 'cancelled'
        when 'unavailable' then 'closed'
        else orders.order_status
    end as status,
    'marketplace' as channel,
    coalesce(amounts.price, 0) as order_amount,
    coalesce(amounts.freight, 0) as shipping_amount,
    'BRL' as currency
from source.orders
left join persons using (customer_id)
left join amounts using (order_id)
"""

ORDER_ITEMS = """
select
    order_id,
    order_item_id as line_no,
    product_id as sku_id,
    1 as quantity,
    price as unit_price
from source.order_items
"""

PRODUCTS = """
select
    products.product_id as sku_id,
    coalesce(category_names.product_category_name_english, products.product_category_name) as category
from source.products
left join source.category_names using (product_category_name)
"""

CUSTOMERS = """
with places as (
    select customer_unique_id, customer_state, customer_city, count(*) as orders_count
    from source.customers
    where customer_unique_id is not null
    group by customer_unique_id, customer_state, customer_city
),

ranked as (
    select
        *,
        row_number() over (
            partition by customer_unique_id
            order by orders_count desc, customer_state nulls last, customer_city nulls last
        ) as position
    from places
)

select customer_unique_id as customer_id, customer_state as province, customer_city as city
from ranked
where position = 1
"""

# One review can be about several orders, and one order can have several reviews.
TOUCHPOINTS = """
select
    concat_ws('-', reviews.review_id, reviews.order_id) as event_id,
    reviews.review_creation_date as occurred_at,
    'review' as event_type,
    'web' as touchpoint,
    orders.customer_id,
    reviews.review_score as rating
from source.reviews
left join raw.orders using (order_id)
"""

DATA_SET = DataSet(
    title="Olist",
    sources=SOURCES,
    tables={
        "orders": ORDERS,
        "order_items": ORDER_ITEMS,
        "products": PRODUCTS,
        "customers": CUSTOMERS,
        "touchpoints": TOUCHPOINTS,
    },
    balances=(
        Balance("orders = orders", "select count(*) from source.orders", "select count(*) from raw.orders"),
        Balance(
            "orders with a customer = the same",
            "select count(*) from source.orders semi join source.customers using (customer_id)",
            "select count(customer_id) from raw.orders",
        ),
        Balance(
            "price of the orders' items = order amounts",
            "select sum(price) from source.order_items semi join source.orders using (order_id)",
            "select sum(order_amount) from raw.orders",
        ),
        Balance(
            "freight of the orders' items = shipping amounts",
            "select sum(freight_value) from source.order_items semi join source.orders using (order_id)",
            "select sum(shipping_amount) from raw.orders",
        ),
        Balance("items = items", "select count(*) from source.order_items", "select count(*) from raw.order_items"),
        Balance(
            "price of the items = quantity x unit_price",
            "select sum(price) from source.order_items",
            "select sum(quantity * unit_price) from raw.order_items",
        ),
        Balance("products = products", "select count(*) from source.products", "select count(*) from raw.products"),
        Balance(
            "unique customers = customers",
            "select count(distinct customer_unique_id) from source.customers",
            "select count(*) from raw.customers",
        ),
        Balance("reviews = touchpoints", "select count(*) from source.reviews", "select count(*) from raw.touchpoints"),
        Balance(
            "review scores = ratings",
            "select sum(review_score) from source.reviews",
            "select sum(rating) from raw.touchpoints",
        ),
    ),
    no_home=(
        NoHome(
            "payments (type, instalments, value): {:,} rows worth {:,.2f}, price and freight together; how an order was paid is not a raw column",
            "select count(*), sum(payment_value) from source.payments",
        ),
        NoHome(
            "sellers: {:,} of them in seller_id and shipping_limit_date of the items; a brand sells by itself",
            "select count(distinct seller_id) from source.order_items",
        ),
        NoHome(
            "marketing qualified leads: {:,} rows; they are would-be sellers, so their origin is no customer's source_channel",
            "select count(*) from source.leads",
        ),
        NoHome("closed deals: {:,} rows; contracts with sellers", "select count(*) from source.closed_deals"),
        NoHome(
            "order_delivered_carrier_date, order_delivered_customer_date, order_estimated_delivery_date: {:,} orders; deliveries are not a raw column",
            "select count(*) from source.orders",
        ),
        NoHome(
            "customer_id: {:,} of them, new with every order; the customer is customer_unique_id",
            "select count(distinct customer_id) from source.customers",
        ),
        NoHome(
            "customer_city, customer_state: {:,} rows give another place than most of the customer's rows do",
            "select count(*) from source.customers as s inner join raw.customers as r "
            "on s.customer_unique_id = r.customer_id "
            "where (s.customer_state, s.customer_city) is distinct from (r.province, r.city)",
        ),
        NoHome(
            "customer_zip_code_prefix: {:,} rows; province and city are kept",
            "select count(customer_zip_code_prefix) from source.customers",
        ),
        NoHome(
            "review_comment_title, review_comment_message, review_answer_timestamp: {:,} reviews with a text; touchpoints keep the score",
            "select count(*) from source.reviews where review_comment_title is not null or review_comment_message is not null",
        ),
        NoHome(
            "product names (the source has only their length), weights, sizes and photo counts: {:,} products",
            "select count(*) from source.products",
        ),
    ),
    notes=(
        "The source has no names for products; category is English where the translation has it.",
        "Times are taken as UTC. Add business_timezone: UTC to the vars to keep the source's own dates.",
        "The sample files overlap and are picked in different ways: shares and rates need --unbiased, which has no reviews.",
    ),
    unbiased_sample="tirth",
)
