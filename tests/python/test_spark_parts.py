"""What of Spark needs no Spark: the comparison of two engines, and how raw files are handed over."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tagmart.engines import rows_of
from tagmart.spark import raw_files
from workshop.spark.compare import compare, public_marts
from workshop.spark.plans import loops
from workshop.spark.skew import Tasks, tasks_of


class Session:
    """As much of a session as raw_files asks for when Spark is on this machine."""

    class conf:
        @staticmethod
        def get(name: str, default: str = "") -> str:
            return "sc://localhost:15002"


@pytest.fixture
def built(tmp_path) -> Path:
    with duckdb.connect(str(tmp_path / "built.duckdb")) as connection:
        connection.execute("create schema tags")
        connection.execute("create table tags.mart as select * from (values (1, 'a', 0.1, '0.25'), (2, null, null, 'x')) as rows (id, name, share, said)")
        connection.execute("alter table tags.mart alter share type double; alter table tags.mart add column input_fingerprint bigint default 5")
    return tmp_path / "built.duckdb"


def there(folder: Path, rows: dict) -> Path:
    (folder / "tags.mart").mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.table(rows), folder / "tags.mart" / "rows.parquet")
    return folder


SAME = {
    "id": pa.array([2, 1], pa.int32()),
    "name": [None, "a"],
    "share": [None, 0.1 * (1 + 1e-12)],
    "said": ["x", "0.2500000000001"],
    "input_fingerprint": [1, 2],
}


def test_rows_are_the_same_but_for_the_last_digits_of_doubles_and_for_hashes(built, tmp_path):
    found = compare(built, there(tmp_path, SAME), "tags.mart", ["id"])
    assert found.is_none, found


@pytest.mark.parametrize(
    ("other", "finding"),
    [
        ({"share": [None, 0.1001]}, "share"),
        ({"share": [0.0, 0.1]}, "share"),
        ({"name": ["", "a"]}, "name"),
        ({"said": ["x", "0.2501"]}, "said"),
        ({"said": ["y", "0.25"]}, "said"),
    ],
)
def test_a_cell_that_differs_is_named_with_an_example(built, tmp_path, other, finding):
    found = compare(built, there(tmp_path, SAME | other), "tags.mart", ["id"])
    assert found.columns == {finding: 1} and finding in found.examples and not found.is_none


def test_keys_of_one_engine_only(built, tmp_path):
    found = compare(built, there(tmp_path, SAME | {"id": pa.array([3, 1], pa.int32())}), "tags.mart", ["id"])
    assert (found.only_here, found.only_there) == (1, 1) and not found.is_none


def test_columns_and_tables_of_one_engine_only(built, tmp_path):
    assert "no such table" in compare(built, tmp_path, "tags.mart", ["id"]).note
    assert "extra" in compare(built, there(tmp_path, SAME | {"extra": [1, 2]}), "tags.mart", ["id"]).note


def test_without_a_key_rows_are_counted(built, tmp_path):
    assert compare(built, there(tmp_path, SAME | {"said": ["x", "0.25"]}), "tags.mart", []).is_none
    found = compare(built, there(tmp_path, SAME | {"share": [None, 0.1001]}), "tags.mart", [])
    assert (found.only_here, found.only_there) == (2, 2) or (found.only_here, found.only_there) == (1, 1)
    assert not found.is_none


def test_keys_come_from_the_tests_of_a_mart():
    model = {"resource_type": "model", "schema": "tags", "alias": "mart", "access": "public", "config": {"materialized": "table"}}
    test = {"resource_type": "test", "attached_node": "model.mart", "test_metadata": {"name": "primary_key", "kwargs": {"columns": ["id"]}}}
    private = model | {"alias": "inner", "access": "private"}
    manifest = {"nodes": {"model.mart": model, "model.inner": private, "test.mart": test}}
    assert public_marts(manifest) == {"tags.mart": ["id"]}
    assert public_marts(manifest, only_public=False) == {"tags.mart": ["id"], "tags.inner": []}


def test_a_csv_file_is_handed_over_as_parquet_and_its_broken_lines_apart(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "orders.csv"
    file.write_bytes("order_id,order_amount\n1,10元\n2,3,4\n".encode("gbk"))
    found = raw_files.raw_file(Session, str(file), "gbk", "order_id,order_amount")
    assert found["columns"] == {"order_id": {"name": "`order_id`", "type": "varchar"}, "order_amount": {"name": "`order_amount`", "type": "varchar"}}
    path = found["from"].removeprefix("parquet.`").removesuffix("`")
    assert pq.read_table(path).to_pylist() == [{"order_id": "1", "order_amount": "10元"}]
    lines = raw_files.unreadable_lines(Session, json.dumps({"orders": found})).removeprefix("parquet.`").removesuffix("`")
    assert [(row["table_name"], row["line_number"], row["line_text"]) for row in pq.read_table(lines).to_pylist()] == [("orders", 3, "2,3,4")]


def test_parquet_is_read_in_place_unless_spark_would_read_a_column_otherwise(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    pq.write_table(pa.table({"Order_ID": ["1"]}), tmp_path / "plain.parquet")
    plain = raw_files.raw_file(Session, str(tmp_path / "plain.parquet"), "auto", "order_id")
    assert plain["from"] == f"parquet.`{tmp_path / 'plain.parquet'}`" and plain["columns"]["order_id"] == {"name": "`Order_ID`", "type": "varchar"}
    pq.write_table(pa.table({"order_id": pa.array([2**63], pa.uint64())}), tmp_path / "unsigned.parquet")
    unsigned = raw_files.raw_file(Session, str(tmp_path / "unsigned.parquet"), "auto", "order_id")
    assert "tagmart.raw" in unsigned["from"] and unsigned["columns"]["order_id"]["type"] == "varchar"


def test_a_file_that_cannot_be_read_says_why(tmp_path):
    (tmp_path / "orders.csv").write_bytes(b"")
    assert raw_files.raw_file(Session, str(tmp_path / "orders.csv"), "auto", "order_id")["fault"]


def test_rows_of_a_relation_in_an_order():
    with duckdb.connect() as connection:
        rows = rows_of(connection.sql("select * from (values (2, 'b'), (1, 'a')) as rows (n, x)"), "x", "n")
        rows = rows.read_all() if hasattr(rows, "read_all") else rows
    assert rows.to_pylist() == [{"x": "a"}, {"x": "b"}]


def test_tasks_that_read_a_shuffle_are_counted_by_query_and_way():
    started = [
        {"Event": "SparkListenerJobStart", "Stage IDs": [stage], "Properties": group} for stage, group in [(0, {"spark.jobGroup.id": "join|left"}), (1, {})]
    ]
    ended = [(0, 0, 9000), (0, 10, 100), (0, 30, 500), (0, 20, 200), (1, 99, 9000)]  # stage, rows of a shuffle, milliseconds
    metrics = [{"Executor Run Time": time, "Shuffle Read Metrics": {"Total Records Read": rows}} for _, rows, time in ended]
    tasks = [{"Event": "SparkListenerTaskEnd", "Stage ID": each[0], "Task Metrics": read} for each, read in zip(ended, metrics)]
    log = [json.dumps(event) for event in [{"Event": "SparkListenerLogStart"}, *started, *tasks]]
    assert tasks_of(log) == [Tasks("join", "left", count=3, longest=0.5, middle=0.2, most_rows=30, middle_rows=20)]


PLAN = """== Parsed Logical Plan ==
BroadcastNestedLoopJoin stands for nothing here
== Physical Plan ==
Union
:- *(3) Project [a#1]
:  +- BroadcastNestedLoopJoin BuildRight, ExistenceJoin(exists#3), (a#1 = b#2)
:     :- *(1) ColumnarToRow
:     :  +- FileScan parquet spark_catalog.staging.lines[a#1] Batched: true
:     +- BroadcastExchange IdentityBroadcastMode, [plan_id=7]
:        +- FileScan parquet spark_catalog.staging.orders[b#2] Batched: true
+- *(9) BroadcastNestedLoopJoin BuildLeft, Cross
   :- BroadcastExchange IdentityBroadcastMode, [plan_id=9]
   :  +- *(5) HashAggregate(keys=[], functions=[max(b#2)])
   :     +- FileScan parquet spark_catalog.staging.orders[b#2] Batched: true
   +- ReusedExchange [b#4], BroadcastExchange IdentityBroadcastMode, [plan_id=7]
"""


def test_joins_without_an_equality_are_read_from_a_plan():
    orders, lines = ["staging.orders"], ["staging.lines"]
    assert list(loops(PLAN)) == [
        ("BroadcastNestedLoopJoin BuildRight, ExistenceJoin(exists#3), (a#1 = b#2)", [lines, orders]),
        ("BroadcastNestedLoopJoin BuildLeft, Cross", [[], orders]),
    ]
