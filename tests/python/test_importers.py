"""The importers: nothing lost, typed as the contract says, the same bytes every time, errors for people."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
import xlsxwriter
from click.testing import CliRunner

from tagmart.contract import raw_contract
from tagmart.importers import run_import
from tagmart.importers.command import import_command
from tagmart.importers.run import steps_count

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"
CASES = {
    "online_retail": ("online_retail", "online_retail/online_retail.parquet", {}),
    "cdnow": ("cdnow", "cdnow", {}),
    "cdnow sample": ("cdnow", "cdnow/cdnow_sample.parquet", {}),
    "olist": ("olist", "olist", {}),
    "olist unbiased": ("olist", "olist", {"unbiased": True}),
    "taobao": ("taobao", "taobao/user_behavior.parquet", {}),
}
CON = duckdb.connect()
ENGINE_TYPES = {
    "text": "VARCHAR",
    "timestamp": "TIMESTAMP",
    "date": "DATE",
    "money": "DECIMAL(18,4)",
    "integer": "BIGINT",
    "number": "DOUBLE",
}


def rows(folder: Path, sql: str) -> list[tuple]:
    """Run SQL over the Parquet files of a folder, each a view named as its file."""
    CON.execute("drop schema if exists raw cascade; create schema raw; use raw")
    for file in folder.glob("*.parquet"):
        CON.execute(f"create view {file.stem} as select * from read_parquet('{file}')")
    return CON.execute(sql).fetchall()


def tables(folder: Path) -> set[str]:
    return {file.stem for file in folder.iterdir()}


@pytest.fixture(scope="module")
def imported(tmp_path_factory):
    """Return (summary, folder) of a case; every case is imported once."""
    done = {}

    def get(case: str):
        name, source, options = CASES[case]
        if not (DATA / source).exists():
            pytest.skip(f"the public data set {source} is not in the checkout's sibling folder shared/data")
        if case not in done:
            folder = tmp_path_factory.mktemp("raw") / name
            done[case] = run_import(name, DATA / source, folder, **options), folder
        return done[case]

    return get


# --- every data set -------------------------------------------------------------------------------


@pytest.mark.parametrize("case", CASES)
def test_what_was_read_was_written(imported, case):
    summary, folder = imported(case)
    assert summary.balances
    for balance in summary.balances:
        assert balance.read == balance.written, balance.what
    assert tables(folder) == {table.table for table in summary.written}
    for table in summary.written:
        assert table.rows > 0
        assert rows(folder, f"select count(*) from {table.table}") == [(table.rows,)]


@pytest.mark.parametrize("case", CASES)
def test_columns_and_keys_are_those_of_the_contract(imported, case):
    _, folder = imported(case)
    for table in tables(folder):
        rules = raw_contract()[table]
        found = {column[0]: column[1] for column in rows(folder, f"describe {table}")}
        expected = {name: ENGINE_TYPES[kind] for name, kind in rules["columns"].items() if name in found}
        assert found == expected
        assert list(found) == list(expected), "columns stand in the order of the contract"
        assert set(rules["must_exist"]) <= set(found)
        key = ", ".join(rules["key"])
        is_null = " or ".join(f"{column} is null" for column in rules["key"])
        assert rows(folder, f"select {key} from {table} group by all having count(*) > 1 or {is_null}") == []


@pytest.mark.parametrize("case", ["online_retail", "cdnow", "olist", "taobao"])
def test_the_same_source_gives_the_same_bytes_in_the_steps_announced(imported, case, tmp_path):
    _, folder = imported(case)
    name, source, options = CASES[case]
    steps = []
    run_import(name, DATA / source, tmp_path / "again", on_step=steps.append, **options)
    assert len(steps) == len(set(steps)) == steps_count(name)
    for file in folder.iterdir():
        assert (tmp_path / "again" / file.name).read_bytes() == file.read_bytes(), file.name


@pytest.mark.parametrize("case", CASES)
def test_the_summary_tells_what_came_in_and_what_to_do_next(imported, case):
    summary, folder = imported(case)
    text = summary.text()
    for file in summary.read:
        assert file.file in text
    for table in summary.written:
        assert f"{table.table}.parquet" in text
        assert f"{table.rows:,} rows" in text
    assert summary.no_home
    earliest = ', earliest_date: "1996-01-01"' if case.startswith("cdnow") else ""
    assert f"dbt build --vars '{{raw_path: {folder.as_posix()}{earliest}}}'" == text.splitlines()[-1].strip()


# --- Online Retail --------------------------------------------------------------------------------


def test_online_retail_usual_cleaning(imported):
    _, folder = imported("online_retail")
    query = """
        select
            count(*), count(distinct o.customer_id), count(distinct i.order_id),
            round(sum(i.quantity * i.unit_price), 2)
        from order_items as i
        inner join orders as o using (order_id)
        where o.customer_id is not null and o.status <> 'cancelled' and i.quantity > 0 and i.unit_price > 0
    """
    assert rows(folder, query) == [(397884, 4338, 18532, Decimal("8911407.90"))]


def test_online_retail_raw_checks(imported):
    summary, folder = imported("online_retail")
    assert summary.read[0].rows == 541909
    assert summary.read[0].sums == {"quantity x unit_price": Decimal("9747747.934")}
    assert {table.table: table.rows for table in summary.written} == {
        "orders": 25900,
        "order_items": 541909,
        "products": 4070,
        "customers": 4372,
    }
    assert rows(folder, "select count(*), sum(quantity * unit_price) from order_items") == [(541909, Decimal("9747747.934"))]
    anonymous = "select count(*) from order_items inner join orders using (order_id) where customer_id is null"
    assert rows(folder, anonymous) == [(135080,)]


def test_online_retail_keeps_every_line_in_file_order(imported):
    """Put together again, the raw tables give the source back: also its 5,268 exact duplicate lines."""
    _, folder = imported("online_retail")
    source = DATA / CASES["online_retail"][1]
    lines = f"""
        with lines as (
            select *, row_number() over (partition by invoice_no order by file_row_number) as line_no
            from read_parquet('{source}', file_row_number = true)
        )
    """
    back = f"""{lines}
        select count(*)
        from lines as l
        inner join order_items as i
            on l.invoice_no = i.order_id and l.line_no = i.line_no and l.stock_code = i.sku_id
            and l.quantity = i.quantity and cast(l.unit_price as decimal(18, 4)) = i.unit_price
        inner join orders as o
            on l.invoice_no = o.order_id and cast(l.customer_id as varchar) is not distinct from o.customer_id
    """
    assert rows(folder, back) == [(541909,)]
    duplicates = f"""{lines},
        kept as (
            select l.* exclude (file_row_number, line_no)
            from lines as l inner join order_items as i on l.invoice_no = i.order_id and l.line_no = i.line_no
        )
        select (select count(*) from kept) - (select count(*) from (select distinct * from kept))
    """
    assert rows(folder, duplicates) == [(5268,)]


def test_online_retail_cancellations_and_bad_debt(imported):
    _, folder = imported("online_retail")
    cancelled = "select count(*), min(order_amount) > 0, sum(order_amount) from orders where status = 'cancelled'"
    assert rows(folder, cancelled) == [(3836, True, Decimal("896812.49"))]
    items = "select max(quantity), sum(quantity * unit_price) from order_items inner join orders using (order_id) where status = 'cancelled'"
    assert rows(folder, items) == [(-1, Decimal("-896812.49"))]
    negative = "select order_id, order_amount, status from orders where order_amount < 0 order by order_id"
    assert rows(folder, negative) == [
        ("A563186", Decimal("-11062.06"), "completed"),
        ("A563187", Decimal("-11062.06"), "completed"),
    ]
    fixed = "select distinct channel, currency, ordered_at = paid_at from orders"
    assert rows(folder, fixed) == [("web", "GBP", True)]


# --- CDNOW ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("case", "orders", "customers", "dollars", "cds"),
    [("cdnow", 69659, 23570, "2500315.63", 167881), ("cdnow sample", 6919, 2357, "244091.94", 16479)],
)
def test_cdnow_lines_net_to_the_dollars(imported, case, orders, customers, dollars, cds):
    _, folder = imported(case)
    totals = "select count(*), count(distinct customer_id), sum(order_amount) from orders"
    assert rows(folder, totals) == [(orders, customers, Decimal(dollars))]
    assert rows(folder, "select count(*) from customers") == [(customers,)]
    lines = """
        select
            count(*), sum(quantity), min(line_no), max(line_no), min(sku_id), max(sku_id), min(discount_amount) >= 0,
            max(discount_amount) < 0.01, bool_and(quantity * unit_price - discount_amount = order_amount)
        from order_items inner join orders using (order_id)
    """
    assert rows(folder, lines) == [(orders, cds, 1, 1, "CD", "CD", True, True, True)]
    dates = """
        select min(ordered_at)::varchar, max(paid_at)::varchar, bool_and(ordered_at = ordered_at::date) from orders
    """
    assert rows(folder, dates) == [("1997-01-01 00:00:00", "1998-06-30 00:00:00", True)]


def test_cdnow_sample_customers_are_those_of_the_master(imported):
    _, sample = imported("cdnow sample")
    _, master = imported("cdnow")
    shared = f"select count(*) from customers semi join '{master / 'customers.parquet'}' using (customer_id)"
    assert rows(sample, shared) == [(2357,)]


# --- Olist ----------------------------------------------------------------------------------------


def test_olist_orders(imported):
    _, folder = imported("olist")
    assert rows(folder, "select status, count(*) from orders group by status order by status") == [
        ("cancelled", 625),
        ("closed", 609),
        ("completed", 23440),
        ("created", 5),
        ("paid", 617),
        ("shipped", 1107),
    ]
    totals = "select count(*), sum(order_amount), sum(shipping_amount), count(*) filter (paid_at is null) from orders"
    assert rows(folder, totals) == [(26403, Decimal("3604729.44"), Decimal("593266.53"), 150)]
    without_items = "select count(*), sum(order_amount) from orders anti join order_items using (order_id)"
    assert rows(folder, without_items) == [(775, Decimal("0"))]
    known = "select count(*), count(distinct customer_id) from orders semi join customers using (customer_id)"
    assert rows(folder, known) == [(26403, 26051)]


def test_olist_reviews_products_and_what_stays_behind(imported):
    summary, folder = imported("olist")
    source = DATA / "olist"
    same = f"""
        select count(*)
        from touchpoints as t
        inner join read_parquet('{source}/sample_order_reviews.parquet') as r
            on t.event_id = r.review_id || '-' || r.order_id and t.rating = r.review_score
            and t.occurred_at = r.review_creation_date
        inner join orders as o on r.order_id = o.order_id and t.customer_id = o.customer_id
        where t.event_type = 'review' and t.touchpoint = 'web'
    """
    assert rows(folder, same) == [(10959,)]
    categories = "select count(*), count(category), count(*) filter (category = 'perfumery') from products"
    assert rows(folder, categories) == [(32951, 32341, 868)]
    text = "\n".join(summary.no_home)
    for count in ("27,881 rows worth 4,361,231.10", "2,334 of them in seller_id", "8,000 rows", "842 rows"):
        assert count in text


def test_olist_unbiased_keeps_whole_orders(imported):
    _, folder = imported("olist unbiased")
    assert tables(folder) == {"orders", "order_items", "products", "customers"}
    totals = "select count(*), sum(order_amount), sum(shipping_amount) from orders"
    assert rows(folder, totals) == [(8000, Decimal("1089660.09"), Decimal("182201.39"))]


# --- Taobao ---------------------------------------------------------------------------------------


def test_taobao_rows_become_orders_or_touchpoints(imported):
    _, folder = imported("taobao")
    events = "select event_type, count(*) from touchpoints group by event_type order by event_type"
    assert rows(folder, events) == [("add_to_cart", 4497), ("favourite", 2356), ("product_view", 75872)]
    orders = "select count(*), sum(order_amount), min(status), max(channel) from orders"
    assert rows(folder, orders) == [(1750, Decimal("0"), "completed", "marketplace")]
    items = "select count(*), sum(quantity), sum(unit_price) from order_items inner join orders using (order_id)"
    assert rows(folder, items) == [(1750, 1750, Decimal("0"))]
    assert rows(folder, "select count(*) from customers") == [(815,)]
    odd = """
        with times as (select occurred_at from touchpoints union all select ordered_at from orders)
        select count(*), min(occurred_at)::varchar from times
        where occurred_at < timestamp '2017-11-24 16:00:00' or occurred_at >= timestamp '2017-12-03 16:00:00'
    """
    assert rows(folder, odd) == [(35, "2017-09-11 08:16:39")]


def test_taobao_gives_the_source_back(imported):
    _, folder = imported("taobao")
    source = DATA / CASES["taobao"][1]
    back = f"""
        with raw_rows as (
            select customer_id, sku_id, occurred_at, event_type from touchpoints
            union all
            select customer_id, sku_id, ordered_at, 'buy' from orders inner join order_items using (order_id)
        ),
        source_rows as (
            select
                cast(user_id as varchar), cast(item_id as varchar), event_time_utc,
                case behavior_type
                    when 'pv' then 'product_view' when 'cart' then 'add_to_cart'
                    when 'fav' then 'favourite' else behavior_type
                end
            from '{source}'
        )
        select count(*) from (from raw_rows intersect all from source_rows)
    """
    assert rows(folder, back) == [(84475,)]


# --- made-up sources: other spellings, ties, duplicates -------------------------------------------

UCI = """InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country
536365,85123A,"HEART, WHITE",6,{day1} 8:26,2.55,17850,United Kingdom
536365,85123A,"HEART, WHITE",6,{day1} 8:26,2.55,17850,United Kingdom
536365,71053,LANTERN £5,-1,{day1} 8:27,3.39,17850,United Kingdom
C536366,71053,LANTERN,-6,{day2} 9:00,3.391,17850,France
536367,71053,,1,{day2} 9:01,0,,EIRE
536368,71053,LANTERN,1,{day2} 9:02,-5,17851,Norway
536369,71053,,1,{day2} 9:03,1,17851,France
"""


@pytest.mark.parametrize(
    ("day1", "day2", "encoding"),
    [
        ("12/1/2010", "12/13/2010", "latin-1"),
        ("1/12/2010", "13/12/2010", "utf-8"),
        ("2010-12-01", "2010-12-13", "utf-8-sig"),
    ],
)
def test_online_retail_csv_with_its_first_headers(tmp_path, day1, day2, encoding):
    source = tmp_path / "data.csv"
    source.write_text(UCI.format(day1=day1, day2=day2), encoding=encoding)
    folder = tmp_path / "raw"
    summary = run_import("online_retail", source, folder)
    orders = "select order_id, customer_id, ordered_at::varchar, status, order_amount::varchar from orders order by order_id"
    assert rows(folder, orders) == [
        ("536365", "17850", "2010-12-01 08:26:00", "completed", "27.2100"),
        ("536367", None, "2010-12-13 09:01:00", "completed", "0.0000"),
        ("536368", "17851", "2010-12-13 09:02:00", "completed", "-5.0000"),
        ("536369", "17851", "2010-12-13 09:03:00", "completed", "1.0000"),
        ("C536366", "17850", "2010-12-13 09:00:00", "cancelled", "20.3460"),
    ]
    lines = "select line_no, sku_id, quantity from order_items where order_id = '536365' order by line_no"
    assert rows(folder, lines) == [(1, "85123A", 6), (2, "85123A", 6), (3, "71053", -1)]
    assert rows(folder, "from products order by sku_id") == [("71053", "LANTERN"), ("85123A", "HEART, WHITE")]
    assert rows(folder, "from customers order by customer_id") == [("17850", "United Kingdom"), ("17851", "France")]
    assert summary.read[0].rows == 7


def test_online_retail_csv_equals_parquet(tmp_path):
    source = DATA / CASES["online_retail"][1]
    if not source.exists():
        pytest.skip("the public data set online_retail is not in the checkout's sibling folder shared/data")
    for kind in ("parquet", "csv"):
        CON.execute(f"copy (select * from '{source}' limit 5000) to '{tmp_path}/lines.{kind}'")
        run_import("online_retail", tmp_path / f"lines.{kind}", tmp_path / kind)
    for file in (tmp_path / "parquet").iterdir():
        assert (tmp_path / "csv" / file.name).read_bytes() == file.read_bytes()


def test_customer_numbers_lose_the_point_that_gaps_give_them(tmp_path):
    source = tmp_path / "floats.csv"
    text = UCI.format(day1="2010-12-01", day2="2010-12-02").replace(",17850,", ",17850.0,")
    source.write_text(text, encoding="utf-8")
    run_import("online_retail", source, tmp_path / "raw")
    assert rows(tmp_path / "raw", "select customer_id from customers order by 1") == [("17850",), ("17851",)]


# The second edition: a sheet a year, both with the first days of December 2010. What stands in both is one sale; what
# stands twice in one sheet (85123A in 536365) was sold twice.
HEADER_II = ["Invoice", "StockCode", "Description", "Quantity", "InvoiceDate", "Price", "Customer ID", "Country"]
BOTH = [
    ["536365", "85123A", "HEART", 6, "2010-12-01 08:26", 2.55, 17850.0, "United Kingdom"],
    ["536365", "85123A", "HEART", 6, "2010-12-01 08:26", 2.55, 17850.0, "United Kingdom"],
    ["536365", "71053", "LANTERN", 1, "2010-12-01 08:26", 3.39, 17850.0, "United Kingdom"],
    ["C536379", "D", "Discount", -1, "2010-12-09 09:41", 27.5, 14527.0, "United Kingdom"],
]
SHEETS = {
    "Year 2009-2010": [
        ["489434", "85048", "BALL", 12, "2009-12-01 07:45", 6.95, 13085.0, "United Kingdom"],
        ["A506401", "B", "Adjust bad debt", 1, "2010-04-29 13:36", -53594.36, None, "United Kingdom"],
        *BOTH,
    ],
    "Year 2010-2011": [*BOTH, ["536400", "71053", "LANTERN", 2, "2010-12-10 10:00", 3.39, 17850.0, "United Kingdom"]],
}


def online_retail_ii(path: Path) -> Path:
    """Write the two sheets as a workbook, or one below the other as a CSV with the dates that Excel shows."""
    if path.suffix == ".xlsx":
        with xlsxwriter.Workbook(path) as book:
            date = book.add_format({"num_format": "m/d/yyyy h:mm"})
            for name, lines in SHEETS.items():
                sheet = book.add_worksheet(name)
                for place, line in enumerate([HEADER_II, *lines]):
                    sheet.write_row(place, 0, line)
                    if place:
                        sheet.write_datetime(place, 4, datetime.fromisoformat(line[4]), date)
        return path
    lines = [line for sheet in SHEETS.values() for line in sheet]
    shown = [[*line[:4], datetime.fromisoformat(line[4]).strftime("%-m/%-d/%Y %-H:%M"), *line[5:]] for line in lines]
    text = [",".join("" if cell is None else str(cell) for cell in line) for line in [HEADER_II, *shown]]
    path.write_text("\n".join(text) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["online_retail_II.xlsx", "Online Retail.xlsx", "online_retail_II.csv"])
def test_online_retail_ii_counts_the_days_of_both_sheets_once(tmp_path, name):
    summary = run_import("online_retail", online_retail_ii(tmp_path / name).parent, tmp_path / "raw")
    assert summary.read[0].rows == 11
    orders = "select order_id, customer_id, ordered_at::varchar, status, order_amount::varchar from orders order by 1"
    assert rows(tmp_path / "raw", orders) == [
        ("489434", "13085", "2009-12-01 07:45:00", "completed", "83.4000"),
        ("536365", "17850", "2010-12-01 08:26:00", "completed", "33.9900"),
        ("536400", "17850", "2010-12-10 10:00:00", "completed", "6.7800"),
        ("A506401", None, "2010-04-29 13:36:00", "completed", "-53594.3600"),
        ("C536379", "14527", "2010-12-09 09:41:00", "cancelled", "27.5000"),
    ]
    lines = "select line_no, sku_id, quantity from order_items where order_id = '536365' order by line_no"
    assert rows(tmp_path / "raw", lines) == [(1, "85123A", 6), (2, "85123A", 6), (3, "71053", 1)]
    assert "4 lines of 2 invoices stand in two sheets of the file: each counts once" in summary.no_home


def test_online_retail_ii_keeps_a_line_that_only_one_of_the_sheets_has(tmp_path):
    source = online_retail_ii(tmp_path / "lines.csv")
    text = source.read_text(encoding="utf-8").splitlines()
    del text[7]  # of the second sheet's two hearts one
    source.write_text("\n".join(text), encoding="utf-8")
    run_import("online_retail", source, tmp_path / "raw")
    assert rows(tmp_path / "raw", "select count(*) from order_items where order_id = '536365'") == [(3,)]


def test_real_days_that_stand_in_two_sheets_change_nothing(tmp_path):
    """The first nine days of the real file, once more before it: the lines and the money of the file alone."""
    source = DATA / CASES["online_retail"][1]
    if not source.exists():
        pytest.skip("the public data set online_retail is not in the checkout's sibling folder shared/data")
    CON.execute(f"create or replace temp table year as select * from '{source}' limit 60000")
    CON.execute(f"copy (from year where invoice_date < '2010-12-09 20:02' union all from year) to '{tmp_path}/both.parquet'")
    CON.execute(f"copy year to '{tmp_path}/year.parquet'")
    both = run_import("online_retail", tmp_path / "both.parquet", tmp_path / "raw")
    run_import("online_retail", tmp_path / "year.parquet", tmp_path / "alone")
    assert both.read[0].rows > 80000
    for file in (tmp_path / "alone").iterdir():
        assert (tmp_path / "raw" / file.name).read_bytes() == file.read_bytes(), file.name


@pytest.mark.parametrize(
    ("name", "encoding", "text"),
    [
        ("cdnow_master.csv", "utf-16", "customer_id\torder_date\tcds\tdollars\n1\t1997-01-01\t1\t11.77\n"),
        ("cdnow_master.txt", "utf-8-sig", "customer_id;order_date;cds;dollars\n1;1997-01-01;1;11.77\n"),
        ("cdnow_master.tsv", "ascii", "CDNOW of 1997\n\ncustomer_id\torder_date\tcds\tdollars\n1\t1997-01-01\t1\t11.77\n"),
    ],
)
def test_importers_read_text_of_any_encoding_and_delimiter(tmp_path, name, encoding, text):
    (tmp_path / name).write_text(text, encoding=encoding)
    run_import("cdnow", tmp_path, tmp_path / "raw")
    assert rows(tmp_path / "raw", "select customer_id, order_amount from orders") == [("1", Decimal("11.7700"))]


def test_olist_reads_chinese_text_in_gbk(tmp_path):
    folder = olist_folder(tmp_path)
    customers = folder / "olist_customers_dataset.csv"
    customers.write_text(customers.read_text().replace("sao paulo", "上海市浦东新区").replace("campinas", "广州市天河区"), encoding="gbk")
    run_import("olist", folder, tmp_path / "raw")
    assert rows(tmp_path / "raw", "select city from customers") in ([("上海市浦东新区",)], [("广州市天河区",)])


def test_cdnow_numbers_rows_that_have_no_number_and_keeps_odd_ones(tmp_path):
    source = tmp_path / "cdnow.csv"
    source.write_text("customer_id,order_date,cds,dollars\n1,19970101,3,10.00\n1,19970101,3,10.00\n2,19980630,0,1.00\n")
    run_import("cdnow", source, tmp_path / "raw")
    items = "select order_id, quantity, unit_price, discount_amount from order_items order by order_id"
    assert rows(tmp_path / "raw", items) == [
        ("L000001", 3, Decimal("3.3334"), Decimal("0.0002")),
        ("L000002", 3, Decimal("3.3334"), Decimal("0.0002")),
        ("L000003", 0, None, None),
    ]


def test_taobao_keeps_duplicates_apart_and_unknown_behaviour(tmp_path):
    source = tmp_path / "user_behavior.csv"
    lines = ["2,7,70,pv,1511544071", "1,9,90,buy,1511544070", "1,9,90,buy,1511544070", "1,8,80,pv,1511544070"]
    header = "user_id,item_id,category_id,behavior_type,timestamp"
    source.write_text("\n".join([header, *lines, "1,8,81,share,1511544070", "10,8,81,pv,-1"]))
    run_import("taobao", source, tmp_path / "raw")
    assert rows(tmp_path / "raw", "select order_id, customer_id from orders order by 1") == [
        ("B000000003", "1"),
        ("B000000004", "1"),
    ]
    events = "select event_id, event_type, occurred_at::varchar, customer_id, category from touchpoints order by 1"
    assert rows(tmp_path / "raw", events) == [
        ("E000000001", "product_view", "2017-11-24 17:21:10", "1", "80"),
        ("E000000002", "share", "2017-11-24 17:21:10", "1", "81"),
        ("E000000005", "product_view", "2017-11-24 17:21:11", "2", "70"),
        ("E000000006", "product_view", "1969-12-31 23:59:59", "10", "81"),
    ]
    assert rows(tmp_path / "raw", "from products order by 1") == [("7", "70"), ("8", "81"), ("9", "90")]


def olist_folder(tmp_path: Path) -> Path:
    """Write a little marketplace under the file names of its publisher."""
    folder = tmp_path / "olist"
    folder.mkdir()
    times = "order_purchase_timestamp,order_approved_at,order_delivered_carrier_date,order_delivered_customer_date"
    (folder / "olist_orders_dataset.csv").write_text(
        f"order_id,customer_id,order_status,{times},order_estimated_delivery_date\n"
        "o1,c1,delivered,2018-01-01 10:00:00,2018-01-01 10:05:00,,,\n"
        "o2,c2,lost,2018-01-02 10:00:00,,,,\n"
    )
    (folder / "olist_customers_dataset.csv").write_text(
        "customer_id,customer_unique_id,customer_zip_code_prefix,customer_city,customer_state\nc1,u1,01001,sao paulo,SP\nc2,u1,01001,campinas,SP\n"
    )
    (folder / "olist_order_items_dataset.csv").write_text(
        "order_id,order_item_id,product_id,seller_id,shipping_limit_date,price,freight_value\n"
        "o1,1,p1,s1,2018-01-05 00:00:00,10.50,1.25\no9,1,p1,s1,2018-01-05 00:00:00,3.00,0.00\n"
    )
    return folder


def test_olist_with_its_first_file_names_and_only_the_needed_files(tmp_path):
    summary = run_import("olist", olist_folder(tmp_path), tmp_path / "raw")
    assert tables(tmp_path / "raw") == {"orders", "order_items", "customers"}
    orders = """
        select order_id, customer_id, status, order_amount::varchar, shipping_amount::varchar from orders order by 1
    """
    assert rows(tmp_path / "raw", orders) == [
        ("o1", "u1", "completed", "10.5000", "1.2500"),
        ("o2", "u1", "lost", "0.0000", "0.0000"),
    ]
    assert rows(tmp_path / "raw", "select count(*) from order_items") == [(2,)], "staging judges orphans"
    assert rows(tmp_path / "raw", "from customers") == [("u1", "SP", "campinas")]
    assert "payments" not in summary.text()


# --- the command, and errors for people -----------------------------------------------------------


def run(*arguments) -> tuple[int, str]:
    result = CliRunner().invoke(import_command, [str(argument) for argument in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


@pytest.fixture
def cds(tmp_path) -> Path:
    source = tmp_path / "source" / "cdnow_master.csv"
    source.parent.mkdir()
    source.write_text("customer_id,order_date,cds,dollars,line_no\n1,1997-01-01,1,11.77,2\n")
    return source


def test_command_imports_and_says_so(cds, tmp_path):
    folder = tmp_path / "my raw"
    status, output = run("cdnow", cds, folder)
    assert status == 0
    assert "CDNOW: imported into" in output
    assert f"""dbt build --vars '{{raw_path: "{folder.as_posix()}", earliest_date: "1996-01-01"}}'""" in output
    assert rows(folder, "select order_id from orders") == [("L000002",)]


def test_force_replaces_raw_tables_and_leaves_other_files(cds, tmp_path):
    folder = tmp_path / "raw"
    folder.mkdir()
    (folder / "touchpoints.csv").write_text("event_id\n1\n")
    (folder / "notes.txt").write_text("mine")
    status, output = run("cdnow", cds, folder)
    assert status == 1
    assert "is not empty" in output and "--force" in output
    assert tables(folder) == {"touchpoints", "notes"}
    status, _ = run("cdnow", cds, folder, "--force")
    assert status == 0
    assert tables(folder) == {"orders", "order_items", "customers", "notes"}


def test_a_failed_import_leaves_what_was_there(cds, tmp_path):
    folder = tmp_path / "raw"
    run("cdnow", cds, folder)
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    cds.write_text(cds.read_text().replace("11.77", "eleven"))
    status, output = run("cdnow", cds, folder, "--force")
    assert status == 1 and "dollars" in output and "'eleven'" in output
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before


def write(tmp_path: Path, name: str, text: str) -> Path:
    path = tmp_path / name
    path.write_text(text)
    return path


HEADER = "customer_id,order_date,cds,dollars\n"
ERRORS = {
    "no file": (lambda p: ["cdnow", p / "nowhere.csv"], ["nowhere.csv does not exist", "SOURCE"]),
    "other ending": (lambda p: ["cdnow", write(p, "a.json", "{}")], ["a.json is neither .parquet nor .csv", "save it"]),
    "no spreadsheet": (lambda p: ["cdnow", write(p, "a.xlsx", "x")], ["a.xlsx", "has no column customer_id"]),
    "a line too short": (
        lambda p: ["cdnow", write(p, "a.csv", f"{HEADER}1,1997-01-01,1,2\n1,1997-01-01\n")],
        ["a.csv could not be read as rows (line 3 has not the columns of the header)", "repair the line"],
    ),
    "no parquet": (lambda p: ["cdnow", write(p, "a.parquet", "x")], ["a.parquet could not be read as a Parquet file"]),
    "empty file": (lambda p: ["cdnow", write(p, "a.csv", "")], ["a.csv"]),
    "no rows": (lambda p: ["cdnow", write(p, "a.csv", HEADER)], ["a.csv has no orders"]),
    "no column": (
        lambda p: ["online_retail", write(p, "a.csv", "InvoiceNo,StockCode\n1,2\n")],
        ["a.csv has no column description or Description"],
    ),
    "no number": (
        lambda p: ["cdnow", write(p, "a.csv", f"{HEADER}1,1997-01-01,1.5,2\n")],
        ["a.csv, column cds, data row 1: '1.5' is not a whole number"],
    ),
    "fifth decimal": (
        lambda p: ["cdnow", write(p, "a.csv", f"{HEADER}1,1997-01-01,1,2.12345\n")],
        ["column dollars", "'2.12345' is not a number of at most 4 decimals"],
    ),
    "no date": (
        lambda p: ["cdnow", write(p, "a.csv", f"{HEADER}1,1997-01-01,1,2\n1,soon,1,2\n")],
        ["column order_date, data row 2: 'soon' is not a date"],
    ),
    "folder without the file": (lambda p: ["taobao", p], ["holds no user_behavior.parquet or user_behavior.csv"]),
    "olist as a file": (lambda p: ["olist", write(p, "a.csv", "x\n")], ["a.csv is one file", "folder"]),
    "unbiased without samples": (lambda p: ["olist", olist_folder(p), "--unbiased"], ["source_samples", "--unbiased"]),
    "unbiased elsewhere": (lambda p: ["cdnow", write(p, "a.csv", HEADER), "--unbiased"], ["leave out --unbiased"]),
}


@pytest.mark.parametrize("case", ERRORS)
def test_errors_are_one_sentence_and_leave_nothing(tmp_path, case):
    make, parts = ERRORS[case]
    name, source, *options = make(tmp_path)
    status, output = run(name, source, tmp_path / "raw", *options)
    assert status == 1
    errors = [line for line in output.splitlines() if line.startswith("Error: ")]
    assert len(errors) == 1 and output.strip().endswith(errors[0])
    for part in parts:
        assert part in errors[0]
    assert not (tmp_path / "raw").exists()


def test_target_must_be_another_folder(cds, tmp_path):
    status, output = run("cdnow", cds, cds.parent, "--force")
    assert status == 1 and "holds the source data" in output
    status, output = run("cdnow", cds, cds, "--force")
    assert status == 1 and "is a file" in output


def test_unknown_names_are_refused_with_the_known_ones():
    status, output = run("amazon", "a.csv", "b")
    assert status == 2
    for name in ("online_retail", "cdnow", "olist", "taobao"):
        assert name in output
