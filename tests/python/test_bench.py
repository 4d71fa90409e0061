"""The bench: its second day brings what it says, all of it reaches the marts, and a build that fails is told with what was measured."""

from __future__ import annotations

import re
import shutil

import duckdb
import pyarrow.parquet as pq
import pytest
from bench_days import BUSINESS_DATE, CUSTOMERS, Days, two_days
from click.testing import CliRunner

from workshop.bench import command, results
from workshop.bench.builds import build
from workshop.bench.changes import CANCELLED, CHEAPER, LATE, MERGED
from workshop.bench.days import deliver
from workshop.bench.passes import public_marts


@pytest.fixture(scope="module")
def days(tmp_path_factory) -> Days:
    return two_days(tmp_path_factory.mktemp("bench"))


def test_the_second_day_brings_what_it_says(days):
    said = days.delivery
    found = len(days.late), len(days.merged), len(days.corrected)
    assert found == (LATE, MERGED, CANCELLED + CHEAPER) == (said.late, said.merged, said.corrected)
    assert len({date.strftime("%Y-%m") for _, date in days.late}) > 5
    assert max(date for _, date in days.late) < said.newest.replace(day=1)
    assert len({account for pair in days.merged for account in pair}) == 2 * MERGED
    assert days.rows(f"select count(*) from day_1.orders where {BUSINESS_DATE} >= date '{said.newest}'") == [(0,)]
    assert days.rows("select count(*) from day_1.order_items anti join day_1.orders using (order_id)") == [(0,)]
    lines = days.rows(f"select count(*) from day_2.order_items where order_id in {tuple(order for order, _ in days.late)}")
    assert lines == [(said.late_lines,)] and said.late_lines >= LATE
    assert days.rows("select count(*) from day_2.touchpoints anti join day_1.touchpoints using (event_id)") == [(said.new_touchpoints,)]
    assert said.new_touchpoints > 0


def test_two_cuts_of_one_brand_are_the_same(days, tmp_path):
    assert deliver(days.folder / f"raw_{CUSTOMERS}", tmp_path) == days.delivery
    for file in days.folder.glob("day_?/*.parquet"):
        assert pq.read_table(file).equals(pq.read_table(tmp_path / file.parent.name / file.name)), file


def test_results_are_told_by_layer_and_by_fault():
    ran = {
        "results": [
            {"unique_id": "model.p.stg_orders", "status": "success", "message": "OK", "execution_time": 2.0},
            {"unique_id": "model.p.segment_rfm", "status": "error", "message": "Runtime Error\n  Out of Memory", "execution_time": 3.0},
            {"unique_id": "test.p.stg_orders_unique.0a1b", "status": "pass", "message": None, "execution_time": 1.0},
            {"unique_id": "test.p.segment_rfm_unique.0a1b", "status": "skipped", "message": None, "execution_time": 0.0},
            {"unique_id": "exposure.p.operations", "status": "no-op", "message": "NO-OP", "execution_time": 0.0},
        ]
    }
    manifest = {"nodes": {"model.p.stg_orders": {"fqn": ["p", "staging"]}, "model.p.segment_rfm": {"fqn": ["p", "segments"]}}}
    assert results.layers(ran, manifest) == {"staging": 2.0, "segments": 3.0, "data tests": 1.0}
    assert results.slowest(ran)[:2] == [("segment_rfm", 3.0), ("stg_orders", 2.0)]
    assert results.faults(ran, [], 1) == ["segment_rfm: Runtime Error Out of Memory", "1 of 5 nodes were skipped for that."]
    assert results.faults({}, ["", "Traceback"], -9) == ["dbt was ended by signal 9 (the system had no memory left)", "Traceback"]
    kinds = {"b": ("model", "public", "table"), "a": ("model", "public", "incremental"), "c": ("model", "private", "table"),
             "d": ("model", "public", "view"), "e": ("seed", "public", "seed")}  # fmt: skip
    nodes = {
        name: {"resource_type": kind, "access": access, "fqn": ["p", "tags"], "schema": "tags", "alias": name, "config": {"materialized": stored}}
        for name, (kind, access, stored) in kinds.items()
    }
    assert public_marts({"nodes": nodes}) == [("tags", "tags", "a"), ("tags", "tags", "b")]


@pytest.mark.slow
def test_all_that_arrives_reaches_the_marts_and_a_day_without_news_changes_nothing(days, monkeypatch):
    def kept(raw, database, where, title):
        built = build(raw, database, where, title)
        (where / title).mkdir()
        shutil.copy(database, where / title)
        return built

    def count(title: str, rows: str) -> int:
        with duckdb.connect(str(days.folder / title / "bench.duckdb"), read_only=True) as connection:
            connection.execute(f"attach '{days.folder}/a day later/bench.duckdb' as day_before (read_only)" if title == "nothing new" else "")
            return connection.execute(f"select count(*) from {rows}").fetchone()[0]

    monkeypatch.setattr(command, "build", kept)
    done = CliRunner().invoke(command.bench_command, ["--customers", str(CUSTOMERS), "--folder", str(days.folder), "--runs", "1"])
    assert done.exit_code == 0, done.output
    late = tuple(order for order, _ in days.late)
    for mart in ("staging.stg_orders", "intermediate.int_orders__validated"):
        assert [count(title, f"{mart} where order_id in {late}") for title in ("first build", "a day later")] == [0, LATE], mart
    for order, status, amount in days.corrected:
        corrected = f"staging.stg_orders where order_id = '{order}' and status = '{status}' and order_amount = {amount}"
        assert [count(title, corrected) for title in ("first build", "a day later")] == [0, 1], order
    for pair in days.merged:
        people = f"(select distinct customer_id from intermediate.int_identity__resolved where identifier in {pair})"
        newest = f"tags.customer_tags where customer_id in {pair} and as_of_date = (select max(as_of_date) from tags.customer_tags)"
        for of_pair in (people, newest):
            assert [count(title, of_pair) for title in ("first build", "a day later")] == [2, 1], pair
    tags, tags_before = "from tags.customer_tags", "from day_before.tags.customer_tags"
    assert count("nothing new", f"({tags} except all {tags_before})") == count("nothing new", f"({tags_before} except all {tags})") == 0
    assert count("nothing new", "tags.customer_tags") > 0
    figures = ("wall time, s", "in plain passes", "in floors", "CPU, s", "peak memory, MB", "largest spill, MB", "database after it, MB")
    layers = ("seeds", "staging", "intermediate", "scoring", "tags", "segments", "data tests")
    for name in (*figures, *layers):
        assert re.search(rf"^ *{name}( +[\d,.]+){{3}}$", done.output, re.MULTILINE), name
    assert len(re.findall(r"the 12 slowest of \d+ nodes", done.output)) == 3


@pytest.mark.slow
def test_a_build_that_fails_is_told_with_what_was_measured(days, tmp_path):
    raw = tmp_path / "raw_300"
    shutil.copytree(days.folder / f"raw_{CUSTOMERS}", raw)
    pq.write_table(pq.read_table(raw / "refunds.parquet").drop_columns("refund_amount"), raw / "refunds.parquet")
    done = CliRunner().invoke(command.bench_command, ["--customers", str(CUSTOMERS), "--folder", str(tmp_path), "--runs", "1"])
    assert done.exit_code == 1
    assert "first build FAILED" in done.output and "refund_amount" in done.output, done.output
    assert "leaked" not in done.output, done.output
    assert re.search(r"^peak memory, MB +[\d,]+$", done.output, re.MULTILINE), done.output
    assert re.search(r"^  in floors +-$", done.output, re.MULTILINE), done.output
