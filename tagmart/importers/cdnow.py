"""CDNOW: every purchase of the 23,570 people who first bought CDs there in early 1997, or of the 1/10 sample."""

from __future__ import annotations

from tagmart.importers.data_set import Balance, DataSet, NoHome, Source

PURCHASES = Source(
    name="purchases",
    files=("cdnow_master.parquet", "cdnow_master.csv", "cdnow_sample.parquet", "cdnow_sample.csv"),
    columns={
        "customer_id": ("integer", "master_customer_id"),
        "order_date": ("date",),
        "cds": ("integer",),
        "dollars": ("money",),
        "line_no": ("integer",),
        "sample_customer_id": ("integer",),
    },
    optional_columns=("line_no", "sample_customer_id"),
    sums={"dollars": "sum(dollars)", "cds": "sum(cds)"},
)

# The price of one CD is not known: dollars over CDs, rounded up to 4 decimals, and the rounding taken
# off as a line discount, so that the line nets to the dollars exactly.
NUMBERED = """
select
    *,
    format('L{:06d}', coalesce(line_no, source_row)) as order_id,
    ((cast(dollars * 10000 as bigint) + cds - 1) // nullif(cds, 0)) * 0.0001 as unit_price
from source.purchases
"""

ORDERS = """
select
    order_id,
    customer_id,
    order_date as ordered_at,
    order_date as paid_at,
    'completed' as status,
    'web' as channel,
    dollars as order_amount,
    'USD' as currency
from source.numbered
"""

ORDER_ITEMS = """
select
    order_id,
    1 as line_no,
    'CD' as sku_id,
    cds as quantity,
    unit_price,
    cds * unit_price - dollars as discount_amount
from source.numbered
"""

CUSTOMERS = """
select distinct customer_id from source.purchases where customer_id is not null
"""

DATA_SET = DataSet(
    title="CDNOW",
    sources=(PURCHASES,),
    steps={"numbered": NUMBERED},
    tables={"orders": ORDERS, "order_items": ORDER_ITEMS, "customers": CUSTOMERS},
    balances=(
        Balance(
            "purchases = orders",
            "select count(*) from source.purchases",
            "select count(distinct order_id) from raw.orders",
        ),
        Balance(
            "purchases = order items",
            "select count(*) from source.purchases",
            "select count(distinct order_id) from raw.order_items",
        ),
        Balance(
            "dollars = order amounts",
            "select sum(dollars) from source.purchases",
            "select sum(order_amount) from raw.orders",
        ),
        Balance(
            "dollars of purchases with CDs = items net of their discount",
            "select sum(dollars) from source.purchases where cds <> 0",
            "select sum(quantity * unit_price - discount_amount) from raw.order_items",
        ),
        Balance(
            "CDs = quantities",
            "select sum(cds) from source.purchases",
            "select sum(quantity) from raw.order_items",
        ),
        Balance(
            "customer numbers = customers",
            "select count(distinct customer_id) from source.purchases",
            "select count(*) from raw.customers",
        ),
    ),
    no_home=(
        NoHome("cdnow_customers_summary_with_transactions and published_parameters.json: not read, since both are derived from the purchases"),
        NoHome(
            "sample_customer_id: {:,} rows number the customer within the sample too; customer_id is the master's number",
            "select count(sample_customer_id) from source.purchases",
        ),
    ),
    notes=(
        "The source has days, not times: an order stands at 00:00.",
        "The source does not say which CDs: all are one sku, CD, at the average price of the order.",
        "The orders are of 1997 and 1998, so earliest_date has to lie before them.",
    ),
    dbt_vars={"earliest_date": "1996-01-01"},
)
