"""Parquet files: in place, but for texts and bytes that are no UTF-8."""

from __future__ import annotations

import hashlib
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from encoded_words import WORDS

from tagmart.duckdb_plugin import converted_folder
from tagmart.reading.parquet import readable_parquet
from tagmart.reading.problem import ReadingProblem
from tagmart.reading.raw_file import describe
from tagmart.reading.raw_folder import find_raw_files

KNOWN = ("customer_id", "city", "phone_hash")


def false_text(values: list[bytes | None], kind: pa.DataType | None = None) -> pa.Array:
    """Bytes that the file calls text, as systems write them that never ask."""
    kind = kind or pa.string()
    bytes_ = pa.array(values, pa.large_binary() if kind == pa.large_string() else pa.binary())
    return pa.Array.from_buffers(kind, len(values), bytes_.buffers())


def write(folder: Path, **columns: pa.Array) -> Path:
    file = folder / "customers.parquet"
    pq.write_table(pa.table(columns), file)
    return file


def read(file: Path, **options) -> tuple[dict, str]:
    found, note = readable_parquet(file, file.parent / "out", KNOWN, **options)
    return pq.read_table(found).to_pydict(), note


def test_utf_8_is_read_in_place(tmp_path):
    file = write(tmp_path, customer_id=pa.array([1, 2]), city=pa.array(["上海", None]), phone_hash=pa.array(["é".encode(), b""]))
    assert readable_parquet(file, tmp_path / "out", KNOWN) == (file, "")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("codec", ["gb18030", "cp950", "cp1252"])
@pytest.mark.parametrize("kind", ["text", "large text", "bytes", "dictionary"])
def test_words_of_another_encoding(tmp_path, codec, kind):
    words = WORDS[codec]
    encoded = [None, b"", b"plain", *(word.encode(codec) for word in words)]
    column = {"text": false_text, "large text": lambda values: false_text(values, pa.large_string()), "bytes": pa.array,
              "dictionary": lambda values: pa.array(values).dictionary_encode()}[kind](encoded)  # fmt: skip
    rows, note = read(write(tmp_path, customer_id=pa.array(range(len(encoded))), City=column))
    assert rows == {"customer_id": list(range(len(encoded))), "City": [None, "", "plain", *words]}
    assert note.startswith("customers.parquet: column City read as ")


def test_a_column_of_both_and_one_that_is_utf_8_by_chance(tmp_path):
    city = false_text(["上海市".encode(), "北京".encode("gbk"), "交易成功".encode("gbk"), b"x"])
    other = false_text(["女装".encode("gbk")] * 3 + [b""])
    rows, _ = read(write(tmp_path, city=city, phone_hash=other))
    assert rows == {"city": ["上海市", "北京", "交易成功", "x"], "phone_hash": ["女装", "女装", "女装", ""]}


def test_bytes_that_are_no_text_become_hexadecimal(tmp_path):
    keys = [hashlib.sha256(str(number).encode()).digest() for number in range(50)]
    rows, note = read(write(tmp_path, city=pa.array(["上海"] * 50), phone_hash=pa.array(keys)))
    assert rows == {"city": ["上海"] * 50, "phone_hash": [key.hex() for key in keys]}
    assert note == "customers.parquet: column phone_hash read as bytes (hexadecimal)"


def test_text_that_nothing_decides_is_asked_for(tmp_path):
    file = write(tmp_path, city=false_text(["黃".encode("big5")]))
    with pytest.raises(
        ReadingProblem, match=r"customers.parquet' has text in column 'city' that is not UTF-8: export it again in UTF-8, or set raw_encoding\.$"
    ):
        read(file)
    assert read(file, encoding="big5")[0] == {"city": ["黃"]}


def test_columns_that_nobody_reads_are_left_alone(tmp_path):
    file = write(tmp_path, city=pa.array(["上海"]), note=pa.array([b"\xff\xfe"]))
    assert readable_parquet(file, tmp_path / "out", KNOWN) == (file, "")


@pytest.mark.parametrize(("content", "says"), [(b"", "is empty"), (b" \r\n", "is empty"), (b"PAR1", "is not a Parquet file"), (b"order_id\n1\n", "is not a Parquet"),
                                               (b"PAR1" + bytes(100) + b"PAR1", "is not a Parquet file, or not all of it: export")])  # fmt: skip
def test_what_is_no_parquet(tmp_path, content, says):
    (tmp_path / "customers.parquet").write_bytes(content)
    assert says in describe(tmp_path / "customers.parquet", tmp_path / "out", KNOWN, "auto")["fault"]


def test_a_large_file_cut_short_is_found_without_reading_it(tmp_path):
    file = write(tmp_path, city=pa.array(["上海"]))
    with file.open("r+b") as content:
        content.truncate(100_000_000)
    assert "is not a Parquet file, or not all of it" in describe(file, tmp_path / "out", KNOWN, "auto")["fault"]


def test_which_files_are_tables(tmp_path):
    names = ["Orders.CSV", "orders.parquet", "customers .txt", "STAFF.XLS", "order_items.ods", "order.csv", "订单.xlsx", "refunds.json", ".orders.csv", "~$orders.xlsx",
             "ReadMe.txt", "Thumbs.db"]  # fmt: skip
    for name in names:
        (tmp_path / name).touch()
    (tmp_path / "costs.csv").mkdir()
    found = find_raw_files(tmp_path, ["orders", "order_items", "customers", "staff", "refunds", "costs"])
    assert {table: [Path(file).name for file in files] for table, files in found["files"].items()} == {
        "orders": ["orders.parquet", "Orders.CSV"], "order_items": ["order_items.ods"], "customers": ["customers .txt"], "staff": ["STAFF.XLS"], "refunds": [], "costs": [],
    }  # fmt: skip
    assert found["others"] == [["order.csv", "orders"], ["refunds.json", "refunds"], ["订单.xlsx", ""]]
    assert find_raw_files(tmp_path / "costs.csv", ["orders"])["exists"] is False
    assert find_raw_files(tmp_path / "nowhere", ["orders"])["exists"] is False


@pytest.mark.parametrize(("database", "folder"), [("target/tagmart.duckdb", "target/tagmart.raw"), ("/data/brand.v2.duckdb", "/data/brand.v2.raw"), ("brand", "brand.raw"),
                                                  (":memory:", None), ("md:brand", None)])  # fmt: skip
def test_where_converted_files_go(database, folder):
    assert converted_folder(database) == (Path(folder) if folder else None)


def test_duckdb_still_stops_at_text_that_is_not_utf_8(tmp_path):
    """When this fails, DuckDB reads such a column, and the look into every Parquet file can go."""
    file = write(tmp_path, city=false_text([b"\xff\xff"]))
    with pytest.raises(duckdb.Error, match="(?i)utf-?8"):
        duckdb.sql(f"select city from read_parquet('{file}')").fetchall()
