"""The raw tables of Online Retail, as SQL over source.once."""

# An invoice number that begins with C is a cancellation: its quantities are negative, its order
# amount is the positive worth of what was cancelled.
ORDERS = """
select
    invoice_no as order_id,
    min(customer_id) as customer_id,
    min(invoice_date) as ordered_at,
    min(invoice_date) as paid_at,
    case when invoice_no like 'C%' then 'cancelled' else 'completed' end as status,
    'web' as channel,
    case when invoice_no like 'C%' then -1 else 1 end * sum(quantity * unit_price) as order_amount,
    'GBP' as currency
from source.once
group by invoice_no
"""

ORDER_ITEMS = """
select
    invoice_no as order_id,
    row_number() over (partition by invoice_no order by source_row) as line_no,
    stock_code as sku_id,
    quantity,
    unit_price
from source.once
"""

PRODUCTS = """
with descriptions as (
    select stock_code, description, count(description) as lines_count
    from source.once
    where stock_code is not null
    group by stock_code, description
),

ranked as (
    select
        *,
        row_number() over (partition by stock_code order by lines_count desc, description nulls last) as position
    from descriptions
)

select stock_code as sku_id, description as product_name from ranked where position = 1
"""

CUSTOMERS = """
with countries as (
    select customer_id, country, count(country) as lines_count
    from source.once
    where customer_id is not null
    group by customer_id, country
),

ranked as (
    select
        *,
        row_number() over (partition by customer_id order by lines_count desc, country nulls last) as position
    from countries
)

select customer_id, country as province from ranked where position = 1
"""

TABLES = {"orders": ORDERS, "order_items": ORDER_ITEMS, "products": PRODUCTS, "customers": CUSTOMERS}
