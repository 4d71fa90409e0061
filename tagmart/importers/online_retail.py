"""Online Retail (UCI): the invoices of a UK gift shop, 2010-12 to 2011-12; in its second edition from 2009-12 on."""

from __future__ import annotations

from tagmart.importers.data_set import Balance, DataSet, NoHome, Source

LINES = Source(
    name="lines",
    files=("online_retail.parquet", "online_retail.csv", "online_retail_II.parquet", "online_retail_II.csv"),
    columns={
        "invoice_no": ("text", "InvoiceNo", "Invoice"),
        "stock_code": ("text", "StockCode"),
        "description": ("text", "Description"),
        "quantity": ("integer", "Quantity"),
        "invoice_date": ("timestamp", "InvoiceDate"),
        "unit_price": ("money", "UnitPrice", "Price"),
        "customer_id": ("id", "CustomerID", "Customer ID"),
        "country": ("text", "Country"),
    },
    sums={"quantity x unit_price": "sum(quantity * unit_price)"},
)

# The second edition has a sheet a year, and both hold the first days of December 2010. Lines stand in the order of time,
# so a new sheet begins where time falls back by more than a day. A line that stands in a sheet twice was sold twice;
# lines that stand in two sheets are the same sale: the sheet that has most of them counts.
NUMBERED = """
with behind as (
    select *, invoice_date < lag(invoice_date) over (order by source_row) - interval 1 day as is_new_sheet from source.lines
),

in_sheets as (
    select *, count(*) filter (is_new_sheet) over (order by source_row rows unbounded preceding) as sheet from behind
)

select
    *,
    row_number() over (
        partition by
            sheet, invoice_no, stock_code, description, quantity, invoice_date, unit_price, customer_id, country
        order by source_row
    ) as copy
from in_sheets
"""

ONCE = """
select *
from source.numbered
qualify
    row_number() over (
        partition by
            copy, invoice_no, stock_code, description, quantity, invoice_date, unit_price, customer_id, country
        order by sheet
    ) = 1
"""

REPEATED = "select * from source.numbered anti join source.once using (source_row)"

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

DATA_SET = DataSet(
    title="Online Retail",
    sources=(LINES,),
    steps={"numbered": NUMBERED, "once": ONCE, "repeated": REPEATED},
    tables={"orders": ORDERS, "order_items": ORDER_ITEMS, "products": PRODUCTS, "customers": CUSTOMERS},
    balances=(
        Balance(
            "lines less those of a second sheet = order items",
            "select (select count(*) from source.lines) - (select count(*) from source.repeated)",
            "select count(*) from raw.order_items",
        ),
        Balance(
            "worth of all lines = order items",
            "select sum(quantity * unit_price) from source.once",
            "select sum(quantity * unit_price) from raw.order_items",
        ),
        Balance(
            "worth of all lines = orders less cancelled orders",
            "select sum(quantity * unit_price) from source.once",
            "select sum(case when status = 'cancelled' then -1 else 1 end * order_amount) from raw.orders",
        ),
        Balance(
            "invoices = orders",
            "select count(distinct invoice_no) from source.once",
            "select count(distinct order_id) from raw.orders",
        ),
        Balance(
            "lines without a customer = items of such orders",
            "select count(*) from source.once where customer_id is null",
            "select count(*) from raw.order_items inner join raw.orders using (order_id) where customer_id is null",
        ),
        Balance(
            "customer numbers = customers",
            "select count(distinct customer_id) from source.once",
            "select count(*) from raw.customers",
        ),
        Balance(
            "stock codes = products",
            "select count(distinct stock_code) from source.once",
            "select count(*) from raw.products",
        ),
    ),
    no_home=(
        NoHome(
            "{:,} lines of {:,} invoices stand in two sheets of the file: each counts once",
            "select count(*), count(distinct invoice_no) from source.repeated",
        ),
        NoHome(
            "description: {:,} lines describe their stock code in other words than most lines do (or not at all); "
            "products keep the most frequent description",
            "select count(*) from source.once left join raw.products on stock_code = sku_id "
            "where description is distinct from product_name",
        ),
        NoHome(
            "invoice_date: {:,} lines carry a later minute than their invoice began; "
            "an order has one time, its earliest",
            "select count(*) from source.once inner join raw.orders on invoice_no = order_id "
            "where invoice_date > ordered_at",
        ),
        NoHome(
            "country: {:,} lines without a customer have nobody to live in it",
            "select count(country) from source.once where customer_id is null",
        ),
        NoHome(
            "country: {:,} lines name another country than most of the customer's lines do",
            "select count(*) from source.once inner join raw.customers using (customer_id) "
            "where country is distinct from province",
        ),
    ),
    notes=(
        "country stands in customers.province.",
        "Times are taken as UTC. Add business_timezone: UTC to the vars to keep the shop's own dates.",
    ),
)
