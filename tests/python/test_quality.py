"""The Great Expectations suites: clean data pass, and each kind of broken data is named in a sentence."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import duckdb
import pytest
from workbooks import write_workbook

from tagmart.contract import raw_contract

ROOT = Path(__file__).resolve().parents[2]
ROWS = 12

# Runs the command again and again in one process, so that Great Expectations is imported once. A process
# of its own, since an interpreter that has imported it prints pages of noise when it ends (see workshop/__main__.py).
WORKER = """
import contextlib, io, json, os, sys
from workshop.quality.run import quality_command
for line in sys.stdin:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            quality_command(json.loads(line))
        except SystemExit as end:
            status = end.code
    print(json.dumps([status, out.getvalue(), err.getvalue()]), flush=True)
os._exit(0)
"""

# What Great Expectations does on DuckDB when workshop/quality/gx_duckdb.py has not repaired it.
UNREPAIRED = """
import os, sys
os.environ["GX_ANALYTICS_ENABLED"] = "false"
import great_expectations as gx
source = gx.get_context(mode="ephemeral").data_sources.add_sql("d", connection_string="duckdb:///" + sys.argv[1])
batch = source.add_table_asset("t", table_name="t").add_batch_definition_whole_table("all").get_batch()
result = batch.validate(gx.expectations.ExpectColumnValuesToNotBeNull(column="a"))
print(result.success, "list index out of range" in str(result.exception_info), flush=True)
os._exit(0)
"""


@pytest.fixture(scope="session")
def check():
    """`check("raw", folder)` -> (exit status, standard output, standard error)."""
    worker = subprocess.Popen([sys.executable, "-c", WORKER], cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def run(*arguments: object) -> tuple[int, str, str]:
        worker.stdin.write(json.dumps([str(argument) for argument in arguments]) + "\n")
        worker.stdin.flush()
        return tuple(json.loads(worker.stdout.readline()))

    yield run
    worker.stdin.close()
    worker.wait(timeout=30)


# The repair ---------------------------------------------------------------------------------------


def test_great_expectations_still_needs_the_repair(check, tmp_path):
    """`check` is asked for only so that its process starts to import while this one does."""
    with duckdb.connect(str(tmp_path / "t.duckdb")) as connection:
        connection.execute("create table t as select 1 as a")
    done = subprocess.run([sys.executable, "-c", UNREPAIRED, str(tmp_path / "t.duckdb")], capture_output=True, text=True, cwd=tmp_path)
    assert done.stdout.split() == ["False", "True"], (
        "Great Expectations works on DuckDB without the repair, or fails in another way: remove workshop/quality/gx_duckdb.py "
        f"if it works. It said: {done.stdout} {done.stderr[-500:]}"
    )


# Raw deliveries -----------------------------------------------------------------------------------


def clean_rows(table: str) -> list[dict[str, str]]:
    """Rows that meet the contract, as text. A column has the same value in every table, so ids match."""
    spec = raw_contract()[table]

    def value(column: str, kind: str, i: int) -> str:
        codes = spec.get("codes", {}).get(column)
        if codes:
            known = codes["values"] if "values" in codes else ["page_view", "search"]
            return known[i % len(known)]
        moment = datetime(2024, 3, 1, 12) + timedelta(days=i)
        return {
            "text": f"{column}-{i}",
            "timestamp": f"{moment:%Y-%m-%d %H:%M:%S}",
            "date": f"{moment:%Y-%m-%d}",
            "money": f"{10 + i}.50",
            "integer": str(i),
            "number": f"{i}.25",
        }[kind]

    return [{column: value(column, kind, i) for column, kind in spec["columns"].items()} for i in range(ROWS)]


def write_csv(folder: Path, table: str, rows: list[dict[str, str]]) -> None:
    with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def deliver(folder: Path, table: str = "orders", **columns: object) -> list[dict[str, str]]:
    """Write clean orders and `table`, with some columns set: to a value, by a function of the row number, or dropped (...)."""
    write_csv(folder, "orders", clean_rows("orders"))
    rows = clean_rows(table)
    for i, row in enumerate(rows):
        for column, change in columns.items():
            if change is ...:
                del row[column]
            else:
                row[column] = change(i) if callable(change) else change
    write_csv(folder, table, rows)
    return rows


def test_clean_csv_folder_passes(check, tmp_path):
    for table in raw_contract():
        write_csv(tmp_path, table, clean_rows(table))
    before = sorted(os.listdir(tmp_path))
    status, out, err = check("raw", tmp_path)
    assert (status, err) == (0, ""), out
    assert all(f"raw.{table} " in out for table in raw_contract())
    assert "Failed:" not in out and "Absent" not in out
    assert sorted(os.listdir(tmp_path)) == before


def test_clean_parquet_folder_with_typed_columns_passes(check, tmp_path):
    types = {"text": "varchar", "timestamp": "timestamptz", "money": "double", "number": "double"}
    csv_folder, folder = tmp_path / "csv", tmp_path / "parquet"
    csv_folder.mkdir()
    folder.mkdir()
    for table in ("orders", "order_items", "costs", "wecom_staff_daily"):
        write_csv(csv_folder, table, clean_rows(table))
        columns = ", ".join(
            # Names in capitals, as some exports have them.
            f"cast({column} as {types.get(kind, kind)}) as {column.upper()}"
            for column, kind in raw_contract()[table]["columns"].items()
        )
        duckdb.execute(f"copy (select {columns} from read_csv('{csv_folder / table}.csv', all_varchar = true)) to '{folder / table}.parquet' (format parquet)")
    status, out, err = check("raw", folder)
    assert (status, err) == (0, ""), out


def test_absent_optional_tables_are_said_in_one_line(check, tmp_path):
    deliver(tmp_path)
    status, out, _ = check("raw", tmp_path)
    assert status == 0
    assert out.splitlines()[-1].startswith("Absent, not checked: campaign_members, campaigns, ")


# What is broken in a delivery and what is said of it. Twelve rows: one bad row is 8.33 % and never fails.
BROKEN_DELIVERIES = {
    "missing column": ("orders", {"paid_at": ...}, ["orders.paid_at must exist: it is missing."]),
    "wrong values": (
        "orders",
        {
            "order_id": "o1",
            "status": "gone",
            "channel": "fax",
            "paid_at": "",
            "ordered_at": "1970-01-01",
            "order_amount": "-5",
            "discount_amount": "7,50 EUR",
        },
        [
            "orders.paid_at must be filled in some rows: 12 of 12 do not, at most 99 % may.",
            "orders.order_id must identify a row: 11 of 12 rows do not, at most 5 % may.",
            "orders.discount_amount must be readable as money: 12 of 12 do not (such as 7,50 EUR), at most 8.33 % may.",
            "orders.ordered_at must not lie before 2000-01-01: 12 of 12 do not (such as 1970-01-01 00:00:00), at most 8.33 % may.",
            "orders.status must be one of created, paid, shipped, completed, cancelled, refunded, closed: 12 of 12 do not (such as gone), at most 8.33 % may.",
            "orders.channel must be one of store, app, mini_program, marketplace, wecom, live, web: 12 of 12 do not (such as fax), at most 50 % may.",
            "orders.order_amount must not be negative: 12 of 12 do not (such as -5), at most 8.33 % may.",
        ],
    ),
    "nothing where something is needed": (
        "orders",
        {"order_id": "", "ordered_at": "yesterday", "order_amount": " "},
        [
            "orders.order_id must be filled: 12 of 12 do not, at most 8.33 % may.",
            "orders.order_amount must be filled: 12 of 12 do not, at most 8.33 % may.",
            "orders.ordered_at must be readable as timestamp: 12 of 12 do not (such as yesterday), at most 8.33 % may.",
        ],
    ),
    "two bad rows of twelve": (
        "orders",
        {"status": lambda i: "gone" if i < 2 else "paid"},
        ["orders.status must be one of created, paid, shipped, completed, cancelled, refunded, closed: 2 of 12 do not (such as gone), at most 8.33 % may."],
    ),
    "orphans": (
        "order_items",
        {"order_id": lambda i: f"SO-{i}", "line_no": "1.5"},
        [
            "order_items.order_id must be one of orders.order_id: 12 of 12 do not (such as SO-0, SO-1, SO-10), at most 8.33 % may.",
            "order_items.line_no must be readable as integer: 12 of 12 do not (such as 1.5), at most 8.33 % may.",
        ],
    ),
    "unknown events": (
        "touchpoints",
        {"event_type": "blink"},
        ["touchpoints.event_type must be in the seed touchpoint_types: 12 of 12 do not (such as blink), at most 8.33 % may."],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN_DELIVERIES)
def test_broken_delivery_is_named(check, tmp_path, case):
    table, columns, sentences = BROKEN_DELIVERIES[case]
    deliver(tmp_path, table, **columns)
    status, out, err = check("raw", tmp_path)
    assert (status, err) == (1, "")
    assert said(out) == sentences


def said(out: str) -> list[str]:
    """The sentences of the failed expectations."""
    return [line.strip() for line in out.splitlines() if line.startswith("  ")]


def test_gbk_and_spreadsheets_are_checked_as_staging_reads_them(check, tmp_path):
    rows = deliver(tmp_path, coupon_code=lambda i: f"女装满减券{i}")
    header = list(rows[0])
    (tmp_path / "orders.csv").unlink()
    cells = [header, *([row[name] for name in header] for row in rows)]
    text = "订单导出\r\n" + "".join(",".join(row) + "\r\n" for row in cells)
    (tmp_path / "Orders.TXT").write_bytes(text.encode("gbk"))
    assert check("raw", tmp_path)[0] == 0
    (tmp_path / "Orders.TXT").write_bytes(text.encode("gbk") + b"one,two\r\n" * 6)
    assert said(check("raw", tmp_path)[1]) == ["orders must be readable line by line: 6 of 18 rows do not, at most 5 % may."]
    (tmp_path / "Orders.TXT").unlink()
    write_workbook(tmp_path / "orders.xlsx", {"封面": [["说明"]], "数据": cells})
    assert check("raw", tmp_path)[0] == 0
    write_workbook(tmp_path / "orders.xlsx", {"数据": [["x" if name == "status" else name for name in header], *cells[1:]]})
    assert any("status must exist" in sentence for sentence in said(check("raw", tmp_path)[1]))


def test_an_encoding_can_be_given(check, tmp_path):
    deliver(tmp_path)
    (tmp_path / "customers.csv").write_bytes("customer_id,city\n1,黃\n".encode("big5"))
    status, out, err = check("raw", tmp_path)
    assert (status, out) == (2, "") and "may be in GB18030 (GBK) or Big5 (cp950)" in err
    assert check("raw", tmp_path, "--raw-encoding", "big5")[0] == 0


def test_single_bad_rows_pass(check, tmp_path):
    deliver(
        tmp_path,
        order_id=lambda i: "" if i == 0 else f"o{max(i, 2)}",
        customer_id=lambda i: "" if i < 11 else "c1",
        ordered_at=lambda i: "never" if i == 2 else "2024-03-01",
        status=lambda i: "gone" if i == 3 else "paid",
        channel=lambda i: "fax" if i < 6 else "store",
        order_amount=lambda i: "-1" if i == 4 else "1",
        coupon_code=...,
    )
    status, out, _ = check("raw", tmp_path)
    assert status == 0, out


def test_odd_spellings_that_staging_reads_pass(check, tmp_path):
    deliver(
        tmp_path,
        ordered_at=lambda i: ["2024/3/1 12:00", "2024年3月1日 12时", "2024/03/01 12:00:00", "2024-03-01T12:00:00+08:00"][i % 4],
        paid_at=lambda i: ["1709294400", "1709294400000", "1709294400.0", "0"][i % 4],
        order_amount=lambda i: [f" {i}.0 ", f"¥{i}", f"{i}元", "1,234.50"][i % 4],
        staff_userid="NULL",
    )
    status, out, _ = check("raw", tmp_path)
    assert status == 0, out


def test_file_sent_twice_passes(check, tmp_path):
    write_csv(tmp_path, "orders", clean_rows("orders") * 2)
    assert check("raw", tmp_path)[0] == 0


def test_unreadable_lines_are_counted(check, tmp_path):
    deliver(tmp_path)
    with (tmp_path / "orders.csv").open("a", encoding="utf-8") as file:
        file.write("one,two\r\n" * 6)
    status, out, _ = check("raw", tmp_path)
    assert status == 1
    assert said(out) == ["orders must be readable line by line: 6 of 18 rows do not, at most 5 % may."]


def test_orders_without_rows_fail(check, tmp_path):
    (tmp_path / "orders.csv").write_text(",".join(raw_contract()["orders"]["columns"]) + "\n", encoding="utf-8")
    status, out, _ = check("raw", tmp_path)
    assert status == 1
    assert said(out) == ["orders must have at least 1 row: observed 0."]


def test_earliest_date_can_be_given(check, tmp_path):
    deliver(tmp_path, ordered_at="1997-06-01")
    assert check("raw", tmp_path)[0] == 1
    assert check("raw", tmp_path, "--earliest-date", "1990-01-01")[0] == 0


def test_what_cannot_be_read_ends_with_2(check, tmp_path):
    assert check("raw", tmp_path / "nowhere")[0] == 2
    status, out, err = check("raw", tmp_path)
    assert (status, out) == (2, "") and "The required raw table 'orders' is missing" in err
    deliver(tmp_path)
    (tmp_path / "staff.parquet").write_text("not parquet")
    status, out, err = check("raw", tmp_path)
    assert (status, out) == (2, "") and f"The raw file '{tmp_path / 'staff.parquet'}' of table 'staff' is not a Parquet file" in err
    (tmp_path / "staff.csv").write_text("userid\n")
    status, _, err = check("raw", tmp_path)
    assert status == 2 and f"'staff' has two files ({tmp_path / 'staff.parquet'} and {tmp_path / 'staff.csv'})" in err


# The mart -----------------------------------------------------------------------------------------

# Columns of customer_tags that the rows below leave at the same value, or at one value for buyers: name, type, value.
CONSTANT_TAGS = """
city varchar 'Hangzhou', wecom_lost_date date null, median_days_between_orders double null, is_due_to_repurchase boolean false,
items_count bigint 3, refund_rate double 0.1, discount_share double 0.2, coupon_order_share double 0.5,
promotion_order_share double 1, carts_30d bigint 0, product_view_to_order_rate_90d double 0.3,
churn_probability_30d double case when orders_count > 0 then 0.4 end,
churn_probability_90d double case when orders_count > 0 then 0.2 end,
expected_orders_90d double case when orders_count > 0 then 1.2 end,
clv_365d double case when orders_count > 0 then 300.5 end
"""

# Two dates; a regular buyer (c1), one who bought long ago (c2), one who never did (c3).
VARYING_TAGS = """
customer_id  as_of_date  is_current gender  age first_order last_order n  n30 n90 n365 net  net30 net90 net365 a7 a15 a30 last_active contact added
c1           2024-05-31  false      female  34  2024-01-10  2024-05-20 3  1   2   3    300  100   200   300    1  1   4   2024-05-30  true    2024-01-01
c1           2024-06-15  true       female  34  2024-01-10  2024-06-12 4  1   2   4    400  100   200   400    2  5   9   2024-06-14  true    2024-01-01
c2           2024-05-31  false      male    -   2022-02-01  2022-02-01 1  0   0   0    50   0     0     0      0  0   0   2022-02-01  false   -
c2           2024-06-15  true       male    -   2022-02-01  2022-02-01 1  0   0   0    50   0     0     0      0  0   0   2022-02-01  false   -
c3           2024-06-15  true       -       51  -           -          0  0   0   0    0    0     0     0      0  0   1   2024-06-01  true    2024-06-01
"""  # fmt: skip


def build_mart(file: Path) -> None:
    """A customer_tags of five rows by hand, and beside it a manifest with the contract of its columns."""
    header, *lines = [line.split() for line in VARYING_TAGS.strip().splitlines()]
    rows = ", ".join("(" + ", ".join("null" if cell == "-" else f"'{cell}'" for cell in line) + ")" for line in lines)
    constants = ", ".join(f"cast({value} as {kind}) as {name}" for name, kind, value in (part.split(maxsplit=2) for part in CONSTANT_TAGS.split(",")))
    with duckdb.connect(str(file)) as connection:
        connection.execute("create schema tags")
        connection.execute(
            f"""
            create table tags.customer_tags as
            with typed as (
                select
                    customer_id, as_of_date::date as as_of_date, is_current::boolean as is_current, gender, age::bigint as age,
                    first_order::date as first_order_date, last_order::date as last_order_date,
                    n::bigint as orders_count, n30::bigint as orders_count_30d, n90::bigint as orders_count_90d,
                    n365::bigint as orders_count_365d, net::decimal(18, 2) as net_amount, net30::decimal(18, 2) as net_amount_30d,
                    net90::decimal(18, 2) as net_amount_90d, net365::decimal(18, 2) as net_amount_365d,
                    a7::bigint as active_days_7d, a15::bigint as active_days_15d, a30::bigint as active_days_30d,
                    last_active::date as last_active_date, contact::boolean as is_wecom_contact,
                    added::date as wecom_added_date
                from (values {rows}) as hand_made({", ".join(header)})
            )
            select
                *, {constants},
                as_of_date - last_order_date as days_since_last_order,
                as_of_date - first_order_date as days_since_first_order,
                as_of_date - last_active_date as days_since_last_active,
                greatest(orders_count - 1, 0) as repurchase_count,
                net_amount::double / nullif(orders_count, 0) as average_order_amount,
                last_order_date + 40 as next_order_due_date, as_of_date + 30 as next_birthday_date,
                date '2022-01-01' as registered_date, date '2022-01-02' as first_touch_date
            from typed
            """
        )
    write_manifest(file)


def write_manifest(file: Path, tested: str = "true") -> Path:
    """A manifest whose contract of customer_tags is that of a built file; `tested` is what a dbt test on it says."""
    with duckdb.connect(str(file), read_only=True) as connection:
        types = {name: kind.lower() for name, kind, *_ in connection.execute("describe tags.customer_tags").fetchall()}
    keys = {"customer_id", "as_of_date", "is_current"}
    columns = {
        name: {"name": name, "data_type": kind, "meta": {} if name in keys else {"tag": {"name_en": name, "name_zh": f"标签 {name}"}}}
        for name, kind in types.items()
    }
    test = {"resource_type": "test", "name": "a_test", "attached_node": "model.tagmart.customer_tags", "test_metadata": {"kwargs": {"expression": tested}}}
    mart = {"resource_type": "model", "name": "customer_tags", "columns": columns}
    manifest = file.with_suffix(".json")
    manifest.write_text(json.dumps({"nodes": {"model": mart, "test": test}}), encoding="utf-8")
    return manifest


@pytest.fixture(scope="module")
def clean_mart(tmp_path_factory):
    file = tmp_path_factory.mktemp("mart") / "clean.duckdb"
    build_mart(file)
    return file


def test_hand_made_mart_passes_and_is_not_written_to(check, clean_mart):
    before = (clean_mart.read_bytes(), sorted(os.listdir(clean_mart.parent)))
    status, out, err = check("mart", clean_mart, "--manifest", clean_mart.with_suffix(".json"))
    assert (status, err) == (0, ""), out
    assert (clean_mart.read_bytes(), sorted(os.listdir(clean_mart.parent))) == before


# What is broken in a mart, with everything that is said of it. Rules that do not touch each other share a mart.
BROKEN_MARTS = {
    "missing columns": (
        "alter table {} drop column orders_count_30d; alter table {} drop column city",
        [
            "customer_tags: 5 more could not be checked, since they need a missing column.",
        ],
    ),
    "no rows": (
        "delete from {}",
        [
            "customer_tags must have at least 1 row: observed 0.",
            "customer_tags.as_of_date must be exactly 1 date where is_current: observed 0.",
        ],
    ),
    "grain and ranges": (
        "insert into {} from {} where customer_id = 'c2'; update {} set customer_id = null where customer_id = 'c3';"
        "update {} set is_current = true; update {} set active_days_15d = 0; update {} set active_days_30d = 31;"
        "update {} set coupon_order_share = 1.5; update {} set promotion_order_share = -0.1;"
        "update {} set net_amount_90d = -1 where orders_count > 0; update {} set carts_30d = -2",
        [
            "customer_tags.as_of_date must be exactly 1 date where is_current: observed 2.",
            "customer_tags.is_current must mark the rows of the newest as_of_date: 3 of 7 rows do not, none may.",
            "customer_tags.net_amount_90d must be at least 0: 6 of 7 do not (such as -1), at most 5 % may.",
            "customer_tags.active_days_30d must lie between 0 and 30: 7 of 7 do not (such as 31), none may.",
            "customer_tags.coupon_order_share must lie between 0 and 1: 7 of 7 do not (such as 1.5), none may.",
            "customer_tags.promotion_order_share must lie between 0 and 1: 7 of 7 do not (such as -0.1), none may.",
            "customer_tags.carts_30d must be at least 0: 7 of 7 do not (such as -2), none may.",
            "customer_tags.net_amount_90d must be 0 where orders_count_90d = 0: 4 of 5 do not (such as -1), none may.",
        ],
    ),
    "dates and empty windows": (
        "update {} set as_of_date = as_of_date - 1 where not is_current; update {} set registered_date = '2024-06-02';"
        "update {} set wecom_added_date = null; update {} set gender = 'M' where gender = 'male';"
        "update {} set orders_count_30d = 0; update {} set net_amount_30d = 7; update {} set next_birthday_date = date '2024-01-01'",
        [
            "customer_tags.as_of_date must be a month-end unless is_current: 2 of 5 rows do not, none may.",
            "customer_tags.gender must be one of male, female, unknown, other: 2 of 4 do not (such as M), none may.",
            "customer_tags.registered_date must not exceed as_of_date: 2 of 5 do not (such as 2024-05-30 against 2024-06-02), none may.",
            "customer_tags.as_of_date must not exceed next_birthday_date: 5 of 5 do not (such as 2024-01-01 against 2024-05-30, 2024-01-01 against 2024-06-15), none may.",
            "customer_tags.days_since_last_order must be the days from last_order_date to as_of_date: 2 of 5 rows do not, none may.",
            "customer_tags.days_since_first_order must be the days from first_order_date to as_of_date: 2 of 5 rows do not, none may.",
            "customer_tags.net_amount_30d must be 0 where orders_count_30d = 0: 5 of 5 do not (such as 7), none may.",
            "customer_tags.orders_count_30d must be at least 1 where days_since_last_order < 30: 2 of 2 do not (such as 0), none may.",
            "customer_tags.days_since_last_active must be the days from last_active_date to as_of_date: 2 of 5 rows do not, none may.",
            "customer_tags.wecom_added_date must be filled where is_wecom_contact: 3 of 3 do not, none may.",
        ],
    ),
    "orders": (
        "update {} set orders_count_30d = 3 where orders_count_90d = 2; update {} set repurchase_count = orders_count - 1;"
        "update {} set orders_count_365d = 9, orders_count_90d = 9 where customer_id = 'c2' and is_current;"
        "update {} set days_since_first_order = 999 where orders_count = 0;"
        "update {} set days_since_first_order = null where customer_id = 'c2' and not is_current;"
        "update {} set days_since_last_order = days_since_first_order + 1 where customer_id = 'c1' and is_current",
        [
            "customer_tags.repurchase_count must be at least 0: 1 of 5 do not (such as -1), none may.",
            "customer_tags.days_since_first_order must be filled where orders_count > 0: 1 of 4 do not, none may.",
            "customer_tags.days_since_first_order must be null where orders_count = 0: 1 of 1 do not (such as 999), none may.",
            "customer_tags.repurchase_count must be orders_count - 1, at least 0: 1 of 5 rows do not, none may.",
            "customer_tags.days_since_last_order must be the days from last_order_date to as_of_date: 1 of 5 rows do not, none may.",
            "customer_tags.days_since_first_order must be the days from first_order_date to as_of_date: 2 of 5 rows do not, none may.",
            "customer_tags.orders_count_30d must be 0 where days_since_last_order > 30: 1 of 3 do not (such as 3), none may.",
            "customer_tags.orders_count_90d must be 0 where days_since_last_order > 90: 2 of 3 do not (such as 2, 9), none may.",
            "customer_tags.orders_count_365d must be 0 where days_since_last_order > 365: 1 of 2 do not (such as 9), none may.",
        ],
    ),
    "predictions": (
        "update {} set churn_probability_90d = 1.2 where customer_id = 'c1'; update {} set clv_365d = -3 where customer_id = 'c2';"
        "update {} set expected_orders_90d = 0.5 where orders_count = 0",
        [
            "customer_tags.churn_probability_90d must lie between 0 and 1: 2 of 4 do not (such as 1.2), none may.",
            "customer_tags.clv_365d must be at least 0: 2 of 4 do not (such as -3.0), none may.",
            "customer_tags.expected_orders_90d must be null where orders_count = 0: 1 of 1 do not (such as 0.5), none may.",
            "customer_tags.churn_probability_90d must not exceed churn_probability_30d: 2 of 4 do not (such as 0.4 against 1.2), none may.",
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN_MARTS)
def test_broken_mart_is_named(check, clean_mart, tmp_path, case):
    changes, sentences = BROKEN_MARTS[case]
    file, manifest = shutil.copy(clean_mart, tmp_path / "broken.duckdb"), clean_mart.with_suffix(".json")
    with duckdb.connect(str(file)) as connection:
        connection.execute(changes.replace("{}", "tags.customer_tags"))
    status, out, err = check("mart", file, "--manifest", manifest)
    assert (status, err) == (1, "")
    assert said(out) == sentences


def test_what_dbt_tests_is_not_asked_again(check, clean_mart, tmp_path):
    """Of the broken columns dbt looks at one, and a longer name is another column."""
    file = shutil.copy(clean_mart, tmp_path / "broken.duckdb")
    with duckdb.connect(str(file)) as connection:
        connection.execute("update tags.customer_tags set coupon_order_share = 2, promotion_order_share = 2, carts_30d = -1")
    manifest = write_manifest(file, tested="coalesce(coupon_order_share between 0 and 1, true) and some_carts_30d >= 0")
    assert said(check("mart", file, "--manifest", manifest)[1]) == [
        "customer_tags.promotion_order_share must lie between 0 and 1: 5 of 5 do not (such as 2.0), none may.",
        "customer_tags.carts_30d must be at least 0: 5 of 5 do not (such as -1), none may.",
    ]


@pytest.mark.parametrize("command", ["mart", "drift"])
def test_mart_that_cannot_be_read_ends_with_2(check, clean_mart, tmp_path, command):
    (tmp_path / "limits.csv").write_text("tag,measure,limit,reason\n*,customers,300,\n*,psi,0.25,\n*,empty_share,0.1,\n")
    options = ["--limits", tmp_path / "limits.csv", "--out", tmp_path / "drift.csv"] if command == "drift" else []
    options += ["--manifest", clean_mart.with_suffix(".json")]
    assert check(command, tmp_path / "nowhere.duckdb", *options)[0] == 2
    (tmp_path / "text.duckdb").write_text("not a database, whatever its name says")
    assert check(command, tmp_path / "text.duckdb", *options)[0] == 2
    duckdb.connect(str(tmp_path / "empty.duckdb")).close()
    status, _, err = check(command, tmp_path / "empty.duckdb", *options)
    assert status == 2 and "has no table tags.customer_tags" in err
    status, _, err = check(command, clean_mart, *options[:-1], tmp_path / "nowhere.json")
    assert status == 2 and "run `dbt parse`" in err


def test_mart_with_a_column_of_the_wrong_type_ends_with_2(check, clean_mart, tmp_path):
    with duckdb.connect(str(tmp_path / "typed.duckdb")) as connection:
        connection.execute("create schema tags")
        connection.execute("create table tags.customer_tags as select date '2024-01-31' as last_order_date, 'soon' as next_order_due_date")
    status, out, err = check("mart", tmp_path / "typed.duckdb", "--manifest", clean_mart.with_suffix(".json"))
    assert (status, out) == (2, "")
    assert "tags.customer_tags: last_order_date must not exceed next_order_due_date: " in err
