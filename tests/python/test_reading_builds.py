"""Raw folders as shops export them, built by dbt: whatever a file is written in, staging is the same."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from conftest import Build
from workbooks import write_workbook

from tagmart.contract import raw_contract

CONTRACT = raw_contract()
STAGING = "+path:models/staging"
pytestmark = pytest.mark.slow  # a build each; tests/python/test_reading.py reads the same files without dbt
# What Chinese of both scripts and Latin-1 share is little: each brand has words of its own encoding.
WORDS = {"gbk": ("上海", "面霜 50ml", "老客", "女装"), "big5": ("臺北市", "面霜 50ml", "老顧客", "女裝"), "latin-1": ("São Paulo", "Crème", "José", "Größe")}


def brand(words: tuple[str, str, str, str]) -> dict[str, list[dict]]:
    """A small brand: rows of texts by table."""
    city, product, remark, category = words
    day = lambda number: str(datetime(2025, 6, 1 + number % 28, 9, 5, number % 60))  # noqa: E731
    return {
        "orders": [{"order_id": f"{number:05}", "customer_id": f"c{number % 7}", "ordered_at": day(number), "paid_at": day(number), "status": "completed",
                    "channel": "store", "order_amount": f"{number * 3}.5", "coupon_code": f"{remark}, \"{number}\""} for number in range(1, 40)],
        "order_items": [{"order_id": f"{number:05}", "line_no": "1", "sku_id": f"s{number % 3}", "quantity": "2", "unit_price": "1.25"} for number in range(1, 40)],
        "customers": [{"customer_id": f"c{number}", "registered_at": "2025-05-01", "gender": "female", "city": city, "occupation": f"{remark}\n{number}"}
                      for number in range(7)],
        "products": [{"sku_id": f"s{number}", "product_name": product, "category": category, "list_price": "199.9"} for number in range(3)],
    }  # fmt: skip


def write_text(folder: Path, tables: dict, ending: str, encoding: str, delimiter: str = ",", newline: str = "\r\n", title: str = "") -> None:
    for table, rows in tables.items():
        with (folder / f"{table}{ending}").open("w", encoding=encoding, newline="") as file:
            file.write(title)
            writer = csv.DictWriter(file, list(rows[0]), delimiter=delimiter, lineterminator=newline)
            writer.writeheader()
            writer.writerows(rows)


def write_parquet(folder: Path, tables: dict) -> None:
    for table, rows in tables.items():
        pq.write_table(pa.Table.from_pylist(rows), folder / f"{table}.parquet")


def write_typed_xlsx(folder: Path, tables: dict) -> None:
    """As Excel has it: times and amounts as numbers with a format, ids as texts, a cover sheet, a title row."""

    def cell(table: str, column: str, text: str) -> object:
        kind = CONTRACT[table]["columns"][column]
        return {"timestamp": datetime.fromisoformat, "money": float, "integer": int}.get(kind, str)(text)

    for table, rows in tables.items():
        cells = [[cell(table, column, text) for column, text in row.items()] for row in rows]
        write_workbook(folder / f"{table.upper()}.XLSX", {"封面": [["说明"]], "数据": [["导出报表"], [], [f" {name.title()} " for name in rows[0]], *cells]})


def write_bytes_parquet(folder: Path, tables: dict, encoding: str) -> None:
    """As pandas writes columns of bytes."""
    for table, rows in tables.items():
        pq.write_table(pa.table({name: [row[name].encode(encoding) for row in rows] for name in rows[0]}), folder / f"{table}.parquet")


def write_false_text_parquet(folder: Path, tables: dict, encoding: str) -> None:
    """As old systems write text: its bytes called UTF-8."""
    for table, rows in tables.items():
        columns = {}
        for name in rows[0]:
            columns[name] = pa.Array.from_buffers(pa.string(), len(rows), pa.array([row[name].encode(encoding) for row in rows], pa.binary()).buffers())
        pq.write_table(pa.table(columns), folder / f"{table}.parquet")


WAYS: dict[str, tuple[str, Callable[[Path, dict], None], str]] = {
    "GBK CSV": ("gbk", lambda f, t: write_text(f, t, ".csv", "gbk"), "Raw file customers.csv: read as GB18030 (GBK)"),
    "GBK CSV with semicolons, title lines and capitals": (
        "gbk", lambda f, t: write_text(f, t, ".CSV", "gbk", ";", title="客户导出\r\n\r\n"), "Raw file customers.CSV: read as GB18030 (GBK), 2 lines above the header left out"),
    "Unicode text of Excel": ("gbk", lambda f, t: write_text(f, t, ".txt", "utf-16", "\t"), "Raw file customers.txt: read as UTF-16"),
    "UTF-8 with a mark": ("gbk", lambda f, t: write_text(f, t, ".csv", "utf-8-sig"), ""),
    "UTF-8 TSV": ("gbk", lambda f, t: write_text(f, t, ".tsv", "utf-8", "\t", "\n"), ""),
    "Excel with a separator line": ("gbk", lambda f, t: write_text(f, t, ".csv", "utf-8-sig", ";", title="sep=;\r\n"), "Raw file customers.csv: 1 line above the header left out"),
    "spreadsheet": ("gbk", write_typed_xlsx, "Raw file CUSTOMERS.XLSX: read as a spreadsheet (xlsx), sheet 数据, without 封面"),
    "tabs called .xls": ("gbk", lambda f, t: write_text(f, t, ".xls", "gbk", "\t"), "Raw file customers.xls: read as GB18030 (GBK)"),
    "Parquet of bytes in UTF-8": ("gbk", lambda f, t: write_bytes_parquet(f, t, "utf-8"), ""),
    "Parquet of bytes in GBK": ("gbk", lambda f, t: write_bytes_parquet(f, t, "gbk"), "Raw file customers.parquet: column city read as GB18030 (GBK)"),
    "Parquet of text that is GBK": ("gbk", lambda f, t: write_false_text_parquet(f, t, "gbk"), "Raw file customers.parquet: column city read as GB18030 (GBK)"),
    "Big5 CSV": ("big5", lambda f, t: write_text(f, t, ".csv", "big5"), "Raw file customers.csv: read as Big5 (cp950)"),
    "Latin-1 CSV": ("latin-1", lambda f, t: write_text(f, t, ".csv", "latin-1", ";"), "Raw file customers.csv: read as Latin-1 (cp1252)"),
}  # fmt: skip


def staged(build: Build) -> dict[str, list[tuple]]:
    assert build.success, build.text[-3000:]
    assert build.rows("select count(*) from staging.stg_rejected_rows") == [(0,)]
    return {table: sorted(build.rows(f"select * from staging.stg_{table}"), key=repr) for table in CONTRACT}


@pytest.fixture(scope="module")
def clean(workshop, tmp_path_factory) -> Callable[[str], dict]:
    """What staging makes of the brand of an encoding in clean Parquet."""

    @cache
    def of(encoding: str) -> dict:
        folder = tmp_path_factory.mktemp(f"clean_{encoding}")
        write_parquet(folder, brand(WORDS[encoding]))
        found = staged(workshop.build(folder, select=STAGING))
        assert len(found["orders"]) == 39 and len(found["customers"]) == 7
        return found

    return of


@pytest.mark.parametrize("way", WAYS)
def test_every_way_of_writing_a_brand_gives_the_same_staging(workshop, clean, tmp_path, way):
    encoding, write, said = WAYS[way]
    write(tmp_path, brand(WORDS[encoding]))
    build = workshop.build(tmp_path, select=STAGING)
    assert staged(build) == clean(encoding)
    lines = [line for line in build.text.splitlines() if "Raw file customers" in line or "Raw file CUSTOMERS" in line]
    assert len(lines) == bool(said) and (not said or said in lines[0])


def test_a_table_in_each_way_gives_the_same_staging(workshop, clean, tmp_path):
    tables = brand(WORDS["gbk"])
    for table, way in {
        "orders": "spreadsheet",
        "order_items": "Unicode text of Excel",
        "customers": "GBK CSV",
        "products": "Parquet of text that is GBK",
    }.items():
        WAYS[way][1](tmp_path, {table: tables[table]})
    build = workshop.build(tmp_path, select=STAGING)
    assert staged(build) == clean("gbk")
    said = [line.partition("Raw file ")[2] for line in build.text.splitlines() if "Raw file " in line]
    assert said == [
        "ORDERS.XLSX: read as a spreadsheet (xlsx), sheet 数据, without 封面", "customers.csv: read as GB18030 (GBK)",
        "order_items.txt: read as UTF-16", "products.parquet: column product_name read as GB18030 (GBK), category read as GB18030 (GBK)",
    ]  # fmt: skip


def test_gbk_headers_title_lines_and_broken_lines(workshop, tmp_path):
    """The first faults of the kind that were seen: such a table counted as absent, or as empty."""
    write_text(tmp_path, {"orders": brand(WORDS["gbk"])["orders"]}, ".csv", "gbk")
    lines = ["客户导出", "", "customer_id,registered_at,gender,city,备注", "1,2025-01-01,female,上海,老客", "2,,,北京,,too,many", "3,,,交易成功,", "4"]
    (tmp_path / "customers.csv").write_bytes("\r\n".join(lines).encode("gbk") + b"\r\n5,,,\xff\xff,\r\n")
    (tmp_path / "staff.csv").write_bytes("userid,备注\r\n".encode("gbk"))
    (tmp_path / "manual_tags.csv").write_bytes(b"customer_id,tag_group,tag_name\r\n1,a,mixed\n1,b,line\r1,c,ends\r\n")
    build = workshop.build(tmp_path, select=STAGING, vars={"max_rejected_share": 1})
    assert build.success, build.text[-3000:]
    assert build.rows("select tag_name from staging.stg_manual_tags order by tag_group") == [("mixed",), ("line",), ("ends",)]
    assert build.rows("select customer_id, city from staging.stg_customers order by 1") == [("1", "上海"), ("3", "交易成功")]
    absent = next(line for line in build.text.splitlines() if "Optional raw tables absent" in line).rpartition(": ")[2].split(", ")
    assert "customers" not in absent and "staff" not in absent and "products" in absent
    assert "Raw table staff: columns with no home, not read: 备注" in build.text
    assert build.rows("select table_name, line_number, error_type from staging.stg_unreadable_lines order by 2") == [
        ("customers", 5, "TOO MANY COLUMNS"), ("customers", 7, "MISSING COLUMNS"), ("customers", 8, "INVALID ENCODING")]  # fmt: skip
    assert build.rows("select raw_rows, staged_rows, rejected_rows from staging.stg_row_balance where table_name = 'customers'") == [(5, 2, 3)]


def test_files_of_no_table_are_named_with_what_they_may_be(workshop, tmp_path):
    write_text(tmp_path, {"orders": brand(WORDS["gbk"])["orders"]}, ".csv", "utf-8")
    for name in ("order_item.csv", "买家数据.xlsx", "README.md", ".hidden", "~$orders.xlsx", *(f"zz{number:02}.csv" for number in range(10))):
        (tmp_path / name).write_text("x")
    (tmp_path / "archive").mkdir()
    build = workshop.build(tmp_path, select="stg_staff__checked")
    line = next(line for line in build.text.splitlines() if "belong to no raw table" in line)
    assert line.endswith(
        "that belong to no raw table, not read: order_item.csv (is it order_items?), zz00.csv, zz01.csv, zz02.csv, zz03.csv, zz04.csv, zz05.csv, "
        f"zz06.csv, zz07.csv, zz08.csv and 2 more; see what one holds: tagmart import exports --suggest '{workshop.raw_link}/zz00.csv'"
    )


def test_converted_files_follow_their_source(workshop, tmp_path):
    """Two builds in one process: a changed file is converted again, and what a view reads is still there afterwards."""
    tables = brand(WORDS["gbk"])
    write_text(tmp_path, tables, ".csv", "gbk")
    select = "+stg_customers +stg_orders"
    assert workshop.build(tmp_path, select=select).rows("select distinct city from staging.stg_customers") == [("上海",)]
    write_text(tmp_path, {"customers": [row | {"city": "广州"} for row in tables["customers"]]}, ".csv", "gbk")
    build = workshop.build(tmp_path, select=select, fresh=False)
    assert build.rows("select distinct city from staging.stg_customers") == [("广州",)]
    with duckdb.connect(str(build.database), read_only=True) as connection:
        assert connection.execute("select count(*) from staging.stg_orders").fetchall() == [(39,)]


def test_an_encoding_can_be_given(workshop, tmp_path):
    write_text(tmp_path, {"orders": brand(WORDS["gbk"])["orders"]}, ".csv", "utf-8")
    (tmp_path / "customers.csv").write_bytes("customer_id,city\n1,黃\n".encode("big5"))
    build = workshop.build(tmp_path, select=STAGING, vars={"raw_encoding": "big5"})
    assert build.rows("select city from staging.stg_customers") == [("黃",)]
    assert build.rows("select count(*) from staging.stg_orders") == [(39,)]
    build = workshop.build(tmp_path, select=STAGING, vars={"raw_encoding": "klingon"})
    assert "The var raw_encoding is 'klingon': give auto, gbk, big5, utf-8, latin-1 or another encoding that Python knows." in build.text
