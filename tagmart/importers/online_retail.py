"""Online Retail (UCI): the invoices of a UK gift shop, 2010-12 to 2011-12; in its second edition from 2009-12 on."""

from __future__ import annotations

from tagmart.importers.data_set import Balance, DataSet, NoHome, Source
from tagmart.importers.online_retail_sheets import ONCE_OF_SHEETS
from tagmart.importers.online_retail_tables import TABLES

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

DATA_SET = DataSet(
    title="Online Retail",
    sources=(LINES,),
    steps=ONCE_OF_SHEETS,
    tables=TABLES,
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
            "description: {:,} lines describe their stock code in other words than most lines do (or not at all); products keep the most frequent description",
            "select count(*) from source.once left join raw.products on stock_code = sku_id where description is distinct from product_name",
        ),
        NoHome(
            "invoice_date: {:,} lines carry a later minute than their invoice began; an order has one time, its earliest",
            "select count(*) from source.once inner join raw.orders on invoice_no = order_id where invoice_date > ordered_at",
        ),
        NoHome(
            "country: {:,} lines without a customer have nobody to live in it",
            "select count(country) from source.once where customer_id is null",
        ),
        NoHome(
            "country: {:,} lines name another country than most of the customer's lines do",
            "select count(*) from source.once inner join raw.customers using (customer_id) where country is distinct from province",
        ),
    ),
    notes=(
        "country stands in customers.province.",
        "Times are taken as UTC. Add business_timezone: UTC to the vars to keep the shop's own dates.",
    ),
)
