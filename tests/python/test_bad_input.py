"""Bad input: every bad row is kept with its reason, nothing else is lost, the build stays green, and what cannot
be read at all is one clear sentence. The kinds stand in dirty.py."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path

import dirty
import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from conftest import PROJECT, Workshop
from dirty import CONTRACT, Kind
from draws import drawn

STAGING = "+path:models/staging"
LOSES_MUCH = {"max_rejected_share": 1}  # most rows of these folders are bad
OPTIONAL = [table for table, rules in CONTRACT.items() if not rules.get("required")]
CSV_KINDS = dirty.csv_kinds()
PARQUET_KINDS = dirty.parquet_kinds()


class Shop(Workshop):
    """A workshop whose raw folder has a path with spaces, quotes, brackets, a semicolon and Chinese in it."""

    def __init__(self, folder: Path):
        super().__init__(folder)
        self.raw_link = folder / 'brand [1]; it\'s "ours" 百分百%' / "raw data"
        self.raw_link.parent.mkdir()


@pytest.fixture(scope="module")
def shop(tmp_path_factory) -> Iterator[Shop]:
    folder = tmp_path_factory.mktemp("bad_input")
    yield Shop(folder)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def csv_folder(tmp_path_factory) -> Path:
    return dirty.write_csv_folder(tmp_path_factory.mktemp("dirty") / "csv", CSV_KINDS)


@pytest.fixture(scope="module")
def csv_build(shop, csv_folder):
    """All models, downstream too, on the dirty CSV files."""
    return shop.build(csv_folder, name="dirty_csv", vars=LOSES_MUCH)


@pytest.fixture(scope="module")
def parquet_folder(tmp_path_factory) -> Path:
    return dirty.write_parquet_folder(tmp_path_factory.mktemp("dirty") / "parquet", PARQUET_KINDS)


@pytest.fixture(scope="module")
def parquet_build(shop, parquet_folder):
    return shop.build(parquet_folder, name="dirty_parquet", select=STAGING, vars=LOSES_MUCH)


@cache
def read(database: Path, sql: str) -> list[tuple]:
    with duckdb.connect(str(database), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def staged(build, table: str) -> list[dict]:
    columns = list(CONTRACT[table]["columns"])
    rows = read(build.database, f"select {', '.join(columns)} from staging.stg_{table}")
    return [dict(zip(columns, row, strict=True)) for row in rows]


def rejected(build) -> list[tuple]:
    return read(build.database, "select table_name, reason_code, reason_column, row_json, copies from staging.stg_rejected_rows")


def check_kind(build, kind: Kind) -> None:
    """Its bad rows are rejected for its reasons, and only they; its good rows are staged, and read as they should."""
    found = [(reason, column) for table, reason, column, row, _ in rejected(build) if table == kind.table and kind.trace in row]
    assert Counter(found) == Counter(kind.rejected)
    key = CONTRACT[kind.table]["key"]
    for row in kind.staged:
        same_key = [other for other in staged(build, kind.table) if all(other[column] == row[column] for column in key if column in row)]
        assert [{column: other[column] for column in row} for other in same_key] == [row]


def check_balance(build, raw_rows: dict[str, int], kinds: list[Kind]) -> None:
    """Raw rows = staged + rejected + exact duplicates, each as counted outside; the money balances too."""
    balance = build.rows(
        "select table_name, raw_rows, staged_rows, rejected_rows, exact_duplicates, "
        "raw_amount - staged_amount - rejected_amount - duplicate_amount from staging.stg_row_balance"
    )
    expected = []
    for table in CONTRACT:
        mine = [kind for kind in kinds if kind.table == table]
        counts = [sum(len(kind.staged) for kind in mine), sum(len(kind.rejected) for kind in mine), sum(kind.duplicates for kind in mine)]
        expected.append((table, raw_rows.get(table, 0), *counts, 0))
    assert sorted(balance) == sorted(expected)
    assert all(raw == good + bad + copies for _, raw, good, bad, copies, _ in balance)


# --- rows ------------------------------------------------------------------------------------------


def test_dirty_csv_builds_green(csv_build):
    assert csv_build.success, csv_build.text[-3000:]
    assert csv_build.rows("select count(*) > 0 from tags.customer_tags") == [(True,)]


@pytest.mark.parametrize("kind", CSV_KINDS, ids=lambda kind: kind.name)
def test_kind_in_csv(csv_build, kind):
    check_kind(csv_build, kind)


def test_nothing_else_is_lost_in_csv(csv_build, csv_folder):
    for table in CONTRACT:
        expected = [row for kind in CSV_KINDS if kind.table == table for row in kind.staged]
        found = staged(csv_build, table)
        assert sorted(map(repr, found)) == sorted(map(repr, expected)), table


def test_csv_rows_balance_with_an_independent_count(csv_build, csv_folder):
    counted = {file.stem: dirty.records_in(file, dirty.dialect_of(file.stem).delimiter) for file in csv_folder.iterdir()}
    assert counted["orders"] > 480
    check_balance(csv_build, counted, CSV_KINDS)


def test_money_of_rejected_rows_and_copies_is_counted(csv_build):
    rejected_amount, duplicate_amount = csv_build.rows("select rejected_amount, duplicate_amount from staging.stg_row_balance where table_name = 'orders'")[0]
    assert rejected_amount > 0
    assert duplicate_amount == 3 * Decimal("100.5")


def test_rejected_rows_are_json_of_the_raw_row(csv_build, parquet_build):
    for build in (csv_build, parquet_build):
        assert build.rows("select count(*), count(*) filter (where not json_valid(row_json)) from staging.stg_rejected_rows")[0][1] == 0
    row = csv_build.rows("select row_json ->> 'order_amount' from staging.stg_rejected_rows where row_key = 'amount__ten_thousands'")
    assert row == [("1.2万",)]


def test_the_log_names_absent_tables_and_unknown_columns_once(csv_build):
    lines = csv_build.text.splitlines()
    absent = [line for line in lines if "Optional raw tables absent" in line]
    assert len(absent) == 1
    named = set(absent[0].rsplit(": ", 1)[1].split(", "))
    assert named == {"wecom_contact_ways", "wecom_group_chats", "wecom_contact_tags", "exchange_rates"}
    unknown = [line for line in lines if "Raw table campaign_members: columns with no home, not read: shop, note, 备注" in line]
    assert len(unknown) == 1
    assert len([line for line in lines if "Raw table costs: columns with no home, not read: amount__5" in line]) == 1
    assert len([line for line in lines if "Raw table costs: columns that stand there more than once, the first is read: amount" in line]) == 1


def test_the_build_ends_with_a_table_for_people(csv_build):
    """Of every raw table that has rows: rows, staged, duplicates, rejected, values lost and mended, and the two commonest reasons."""
    balance = csv_build.rows("select table_name, raw_rows, staged_rows, exact_duplicates, rejected_rows from staging.stg_row_balance where raw_rows > 0")
    is_lost = "kind in ('unreadable_value', 'out_of_range', 'unknown_code', 'word_for_nothing')"
    values = {
        table: list(map(str, counts))
        for table, *counts in csv_build.rows(
            f"select table_name, coalesce(sum(rows_count) filter ({is_lost}), 0), coalesce(sum(rows_count) filter (not {is_lost}), 0) from staging.stg_value_losses group by 1"
        )
    }
    said = [line.replace(",", "").split() for line in csv_build.text.splitlines()]
    table = said[said.index("Raw table rows staged duplicates rejected values lost mended commonest reasons".split()) + 1 :]
    lines = [line for line in table if line and line[0] in CONTRACT and line[1].isdecimal()]
    assert sorted(line[:7] for line in lines) == sorted([name, *map(str, counts), *values.get(name, ["0", "0"])] for name, *counts in balance)
    unreadable = len(dirty.BAD_TIMES) + 1  # and a header line in the middle
    assert lines[0][7:] == ["unreadable_value", "ordered_at", str(unreadable), "unreadable_value", "order_amount", str(len(dirty.BAD_AMOUNTS))]


# --- Parquet ----------------------------------------------------------------------------------------


def test_parquet_of_other_types_builds_green(parquet_build):
    assert parquet_build.success, parquet_build.text[-3000:]
    assert "Raw table orders: columns with no home, not read: note" in parquet_build.text


@pytest.mark.parametrize("kind", PARQUET_KINDS, ids=lambda kind: kind.name)
def test_kind_in_parquet(parquet_build, kind):
    check_kind(parquet_build, kind)


def test_parquet_rows_balance_with_an_independent_count(parquet_build, parquet_folder):
    check_balance(parquet_build, {file.stem: pq.read_metadata(file).num_rows for file in parquet_folder.iterdir()}, PARQUET_KINDS)


# --- tables that are not there --------------------------------------------------------------------


def test_only_orders(shop, tmp_path):
    build = shop.build(dirty.write_plain_folder(tmp_path / "raw", leave_out=tuple(OPTIONAL)), name="only_orders")
    assert build.success, build.text[-3000:]
    assert f"(their staging is empty): {', '.join(OPTIONAL)}" in build.text
    assert build.rows("select count(*) from staging.stg_orders") == [(40,)]
    assert build.rows("select count(*) from tags.customer_tags where is_current") == [(12,)]
    assert build.rows("select table_name from staging.stg_row_balance where raw_rows > 0 or staged_rows > 0") == [("orders",)]
    types = dict(build.rows("select column_name, data_type from information_schema.columns where table_name = 'stg_touchpoints'"))
    assert types["occurred_at"] == "TIMESTAMP" and types["duration_seconds"] == "BIGINT" and types["event_id"] == "VARCHAR"


def test_orders_with_a_header_only_stop_the_build(shop, tmp_path):
    build = shop.build(dirty.write_plain_folder(tmp_path / "raw", orders=0, leave_out=tuple(OPTIONAL)), name="no_orders", select="+int_as_of_dates")
    assert build.failed == ["stg_delivery_accepted"]
    assert (
        "The raw table orders stages none of its 0 rows, so there is nothing to build: look into staging.stg_rejected_rows and repair the export." in build.text
    )
    assert build.rows("select count(*) from information_schema.tables where table_name = 'int_as_of_dates'") == [(0,)]


@pytest.mark.slow
@pytest.mark.parametrize("table", drawn(OPTIONAL, least=4))
def test_without_one_optional_table(shop, tmp_path, table):
    folder = dirty.write_plain_folder(tmp_path / "raw", leave_out=(table,))
    build = shop.build(folder, name="without_one")
    assert build.success, build.text[-3000:]
    assert f"(their staging is empty): {', '.join(sorted(set(OPTIONAL) - {file.stem for file in folder.iterdir()}, key=OPTIONAL.index))}" in build.text
    assert build.rows(f"select count(*) from staging.stg_{table}") == [(0,)]
    assert build.rows("select count(*) from staging.stg_rejected_rows where reason_code <> 'orphan'") == [(0,)]
    assert build.rows("select count(*) > 0 from tags.customer_tags") == [(True,)]


# --- what cannot be read at all -------------------------------------------------------------------


def cut_short(folder: Path) -> None:
    whole = folder / "whole.parquet"
    pq.write_table(pa.table({"sku_id": [str(number) for number in range(1000)]}), whole)
    (folder / "products.parquet").write_bytes(whole.read_bytes()[:-300])
    whole.unlink()


def without_column(folder: Path) -> None:
    pq.write_table(pa.table({"order_id": ["1"], "Status": ["paid"]}), folder / "orders.parquet")
    (folder / "orders.csv").unlink()


def orders_text(folder: Path, old: str, new: str, encoding: str = "utf-8") -> None:
    file = folder / "orders.csv"
    file.write_bytes(file.read_text().replace(old, new, 1).encode(encoding))


FAULTS = {
    "no folder": (
        lambda folder: shutil.rmtree(folder),
        "The raw folder '{folder}' (var raw_path) does not exist or is empty: give the folder that holds orders.parquet, orders.csv or orders.xlsx.",
    ),
    "empty folder": (
        lambda folder: [file.unlink() for file in folder.iterdir()],
        "The raw folder '{folder}' (var raw_path) does not exist or is empty: give the folder that holds orders.parquet, orders.csv or orders.xlsx.",
    ),
    "no orders": (
        lambda folder: (folder / "orders.csv").unlink(),
        "The required raw table 'orders' is missing in the folder '{folder}': add orders.parquet, orders.csv or orders.xlsx (or the table itself).",
    ),
    "orders of no bytes": (
        lambda folder: (folder / "orders.csv").write_bytes(b""),
        "The raw file '{folder}/orders.csv' of table 'orders' is empty: export it again, or delete it if there is no such table.",
    ),
    "an optional table of no bytes": (
        lambda folder: (folder / "refunds.csv").write_bytes(b""),
        "The raw file '{folder}/refunds.csv' of table 'refunds' is empty: export it again, or delete it if there is no such table.",
    ),
    "a byte order mark alone": (
        lambda folder: (folder / "refunds.csv").write_bytes(b"\xef\xbb\xbf"),
        "The raw file '{folder}/refunds.csv' of table 'refunds' is empty: export it again, or delete it if there is no such table.",
    ),
    "a mark of UTF-16 and blank lines": (
        lambda folder: (folder / "refunds.csv").write_bytes("\r\n \r\n".encode("utf-16")),
        "The raw file '{folder}/refunds.csv' of table 'refunds' is empty: export it again, or delete it if there is no such table.",
    ),
    "Parquet of no bytes": (
        lambda folder: [(folder / "staff.csv").unlink(), (folder / "staff.parquet").write_bytes(b"")],
        "The raw file '{folder}/staff.parquet' of table 'staff' is empty: export it again, or delete it if there is no such table.",
    ),
    "no required column in CSV": (
        lambda folder: orders_text(folder, "paid_at", "payed_at"),
        "The raw table 'orders' in the folder '{folder}' has no column 'paid_at', which it must have: add the column (it has: order_id, ",
    ),
    "no required column in Parquet": (
        without_column,
        "The raw table 'orders' in the folder '{folder}' has no column 'customer_id', which it must have: add the column (it has: order_id, status).",
    ),
    "no required column in an optional table": (
        lambda folder: (folder / "refunds.csv").write_text("refund_id,order_id,refunded_at\n1,2,2026-01-01\n"),
        "The raw table 'refunds' in the folder '{folder}' has no column 'refund_amount', which it must have: add the column "
        "(it has: refund_id, order_id, refunded_at); a CSV file or a sheet has its column names in one row above the data.",
    ),
    "Chinese column names": (
        lambda folder: (folder / "orders.csv").write_bytes("订单编号,买家会员名,付款时间\r\n1,张三,2026-01-01\r\n".encode("gbk")),
        "has no column 'order_id', which it must have: add the column (it has: 订单编号, 买家会员名, 付款时间); a CSV file or a sheet has its "
        "column names in one row above the data; for columns with other names see tagmart import exports --suggest '{folder}/orders.csv'.",
    ),
    "no identifier in consents": (
        lambda folder: (folder / "consents.csv").write_text("channel,status\nsms,withdrawn\n"),
        "The raw table 'consents' in the folder '{folder}' has no column 'customer_id' or 'unionid' or 'openid' or 'external_userid' or 'device_id' or "
        "'phone_hash', which it must have: add the column (it has: channel, status)",
    ),
    "two encodings are as likely": (
        lambda folder: (folder / "customers.csv").write_bytes("customer_id,city\n1,黃\n".encode("big5")),
        "The raw file '{folder}/customers.csv' of table 'customers' may be in GB18030 (GBK) or Big5 (cp950), and too little in it says "
        "which: set raw_encoding to gbk or big5, or save it as CSV UTF-8.",
    ),
    "a web page called .xls": (
        lambda folder: [(folder / "staff.csv").unlink(), (folder / "staff.xls").write_text("<html><table><tr><td>userid</td></tr></table></html>")],
        "The raw file '{folder}/staff.xls' of table 'staff' is a web page (HTML), whatever its ending says: open it in Excel and save it as "
        ".xlsx or CSV UTF-8.",
    ),
    "a zip file that is no spreadsheet": (
        lambda folder: [(folder / "staff.csv").unlink(), (folder / "staff.xlsx").write_bytes(b"PK\x03\x04 and so on")],
        "The raw file '{folder}/staff.xlsx' of table 'staff' could not be read as a spreadsheet (",
    ),
    "records in a column": (
        lambda folder: [(folder / "staff.csv").unlink(), pq.write_table(pa.table({"userid": [{"name": "a"}]}), folder / "staff.parquet")],
        "The raw file '{folder}/staff.parquet' of table 'staff' has in column 'userid' records instead of values (STRUCT(",
    ),
    "Parquet that is not Parquet": (
        lambda folder: (folder / "staff.csv").rename(folder / "staff.parquet"),
        "The raw file '{folder}/staff.parquet' of table 'staff' is not a Parquet file, or not all of it: export or copy it again, or give a .csv file instead.",
    ),
    "Parquet cut short": (
        lambda folder: [(folder / "products.csv").unlink(), cut_short(folder)],
        "The raw file '{folder}/products.parquet' of table 'products' is not a Parquet file, or not all of it: "
        "export or copy it again, or give a .csv file instead.",
    ),
    "CSV and Parquet": (
        lambda folder: pq.write_table(pa.table({"order_id": ["1"]}), folder / "orders.parquet"),
        "The raw table 'orders' has two files ({folder}/orders.parquet and {folder}/orders.csv): remove one of them.",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_fault_is_one_clear_sentence(shop, tmp_path, fault):
    break_it, sentence = FAULTS[fault]
    folder = dirty.write_plain_folder(tmp_path / "raw", leave_out=("order_items", "touchpoints"))
    break_it(folder)
    build = shop.build(folder, name="faulty", select="stg_staff")
    assert not build.success
    assert sentence.format(folder=shop.raw_link) in build.text
    assert not build.database.exists() or read_tables(build) == []


def read_tables(build) -> list[tuple]:
    """What was built before the fault was found: it should be nothing."""
    return build.rows("select table_name from information_schema.tables")


# --- the warehouse --------------------------------------------------------------------------------


WAREHOUSE = {"raw_schema": "raw", "as_of_date": "2026-04-30", "max_rejected_share": 1}


def test_a_warehouse_schema_gives_the_same_staging(shop, parquet_build, parquet_folder):
    """The same but for one row: with an as_of_date, later events are kept, and 2099 is one of them."""
    with duckdb.connect(str(shop.kept("warehouse"))) as connection:
        connection.execute("create schema raw")
        for file in parquet_folder.iterdir():
            connection.execute(f"create table raw.{file.stem} as select * from read_parquet('{file}')")
    build = shop.build(parquet_folder / "not read", name="warehouse", fresh=False, vars=WAREHOUSE, select=STAGING)
    assert build.success, build.text[-3000:]
    kept = {row for row in rejected(parquet_build) if row[1] == "implausible_future"}
    assert len(kept) == 1
    assert Counter(rejected(build)) == Counter(set(rejected(parquet_build)) - kept)
    for table in CONTRACT:
        from_folder, from_schema = (Counter(map(repr, staged(source, table))) for source in (parquet_build, build))
        later = list((from_schema - from_folder).elements())
        assert from_folder - from_schema == Counter(), table
        assert len(later) == (table == "orders"), table
        assert all("timestamp_of_2099" in row for row in later)


def test_a_warehouse_without_the_schema_is_a_clear_error(shop, csv_folder):
    build = shop.build(csv_folder, name="no_schema", vars=WAREHOUSE, select="stg_staff")
    assert not build.success
    assert "The required raw table 'orders' is missing in the schema 'raw': add orders.parquet, orders.csv or orders.xlsx (or the table itself)." in build.text


# --- the cure in macros/cross_db/engine_settings.sql ----------------------------------------------------


@pytest.mark.skipif(int(duckdb.__version__.split(".")[0]) < 2, reason="duckdb 1 has no type_pushdown optimizer, nor the bug that it brought")
def test_type_pushdown_still_breaks_try_cast_over_read_csv(tmp_path):
    """Fails when DuckDB has mended issue 23818: then the macro engine_settings and its paragraph in STACK.md can go."""
    cure = "set global disabled_optimizers = 'type_pushdown'"
    assert cure in (PROJECT / "macros" / "cross_db" / "engine_settings.sql").read_text()
    file = tmp_path / "amounts.csv"
    file.write_text("amount\n1.5\nfree\n")
    query = f"select try_cast(amount as decimal(18, 4)) from read_csv('{file}', header = true, auto_detect = false, columns = {{'amount': 'VARCHAR'}})"
    with duckdb.connect() as connection:
        with pytest.raises(duckdb.ConversionException):
            connection.execute(query).fetchall()
        connection.execute(cure)
        assert connection.execute(query).fetchall() == [(Decimal("1.5"),), (None,)]
