"""tagmart publish after builds of a later day, of a selection, failed, interrupted and without tests: what may go out and what is named."""

from __future__ import annotations

import json

import duckdb
import pytest
from published import (
    CODES,
    NODES,
    SEED,
    SEGMENT,
    STAGED,
    TAGS,
    UNIQUE,
    WARNS,
    build,
    change,
    green_build,
    green_database,
    publish,
    small_manifest,
    write_manifest,
)

from tagmart.publish.green import PublishProblem, require_green

__all__ = ["green_build", "green_database"]  # the fixture `built`
GREEN = {
    "all of it, a day later": {"made": NODES[:4], "passed": NODES[4:]},
    "nothing new": {"kept": NODES[:4], "passed": NODES[4:]},
    "staging read again with equal rows": {"made": [SEED, STAGED], "kept": [TAGS, SEGMENT], "passed": [UNIQUE, CODES]},
    "a selection that nothing reads": {"made": [SEGMENT], "passed": [CODES]},
    "a mart, and what reads it is left alone": {"made": [TAGS], "kept": [SEGMENT], "passed": [UNIQUE, CODES]},
    "a selection that is left alone": {"kept": [TAGS]},
    "dbt test": {"passed": [UNIQUE, CODES]},
    "a test that only warns": {"failed": [WARNS]},
}
REFUSED = {
    "a failed test": ({"failed": [CODES]}, "Test rfm_codes_are_known has failed"),
    "a failed test before what waits for it": ({"made": [TAGS], "failed": [UNIQUE]}, "Test unique_customer_tags has failed"),
    "a failed model": ({"failed": [SEGMENT]}, "Model segment_rfm has failed"),
    "a test older than its model": ({"made": [SEGMENT]}, "Test rfm_codes_are_known has not been asked since segment_rfm was built again"),
    "dbt run of all": ({"made": NODES[:4]}, "Test rfm_codes_are_known has not been asked since segment_rfm"),
    "a mart older than what it reads": ({"made": [TAGS], "passed": [UNIQUE]}, "Model segment_rfm has not been built since customer_tags was built again"),
    "staging older than its seed": ({"made": [SEED]}, "Model stg_orders has not been built since city_tiers was built again"),
    "a killed build": ({"begun": NODES}, "Model customer_tags was taken on by a build that was interrupted"),
    "a killed dbt test": ({"begun": [CODES]}, "Test rfm_codes_are_known was taken on by a build that was interrupted"),
}


def refusal(database):
    """The sentence with which a database is not published; None when it may be."""
    with duckdb.connect(str(database), read_only=True) as connection:
        try:
            require_green(connection, small_manifest())
        except PublishProblem as problem:
            return problem.message


@pytest.mark.parametrize("later", GREEN.values(), ids=GREEN)
def test_what_is_green_may_be_published_again(built, later):
    build(built, 2, **later)
    assert refusal(built) is None


@pytest.mark.parametrize("later, sentence", REFUSED.values(), ids=REFUSED)
def test_what_is_not_green_is_named_until_a_whole_build_is_green(built, later, sentence):
    build(built, 2, **later)
    said = refusal(built)
    assert said.startswith(sentence) and said.endswith("run dbt build and publish when it is green.")
    build(built, 3, kept=NODES[:4], passed=NODES[4:])
    assert refusal(built) is None


def test_a_refusal_leaves_what_was_published(built, tmp_path):
    assert "2 marts, 4 rows" in publish(built, tmp_path / "out").output
    before = {path: path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file()}
    change(built, "update segments.segment_rfm set segment_code = 'old'")
    build(built, 2, made=[SEGMENT], failed=[CODES])
    said = publish(built, tmp_path / "out")
    assert said.exit_code == 1 and "Test rfm_codes_are_known has failed" in said.output
    assert {path: path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file()} == before
    build(built, 3, kept=[SEGMENT], passed=[CODES])
    assert publish(built, tmp_path / "out").exit_code == 0 and json.loads((tmp_path / "out/parquet/current.json").read_text())["kept"][1:]


@pytest.mark.parametrize(
    "sql, sentence",
    [
        (f"delete from builds.node_states where node = '{CODES}'", "Test rfm_codes_are_known has not passed in this database"),
        (f"delete from builds.node_states where node = '{STAGED}'", "Model stg_orders is not built to its end"),
        (f"update builds.node_states set made = null, seen = null, outcome = 'empty' where node = '{TAGS}'", "Model customer_tags was built with --empty"),
        ("drop table builds.node_states", "builds.node_states is missing"),
        ("alter table segments.segment_rfm rename segment_code to class", "Mart segments.segment_rfm is not as the manifest describes it"),
    ],
)
def test_what_the_database_lacks_is_one_sentence(built, tmp_path, sql, sentence):
    change(built, sql)
    said = publish(built, tmp_path / "out")
    assert said.exit_code == 1 and sentence in said.output and said.output.count("\n") == 1 and not (tmp_path / "out").exists()


def test_a_mart_of_another_project_goes_out_when_its_columns_have_types(built, tmp_path):
    manifest = small_manifest()
    own, between, untyped = "model.shop.visits", "model.shop.between", "model.shop.notes"
    columns = {"customer_id": {"data_type": "varchar", "description": ""}}
    shop = {"access": "public", "schema": "shop", "description": "", "resource_type": "model"}
    manifest["nodes"] |= {
        own: shop | {"unique_id": own, "name": "visits", "columns": columns, "config": {"materialized": "table"}, "depends_on": {"nodes": [between]}},
        untyped: shop | {"unique_id": untyped, "name": "notes", "columns": {"a": {"data_type": None}}, "config": {}, "depends_on": {"nodes": []}},
        between: {"resource_type": "model", "access": "private", "name": "between", "config": {"materialized": "ephemeral"}, "depends_on": {"nodes": [TAGS]}},
    }
    write_manifest(tmp_path, manifest)
    change(built, "create schema shop; create table shop.visits as select 'b' as customer_id")
    build(built, 2, made=[own, untyped])
    assert "3 marts, 5 rows" in publish(built, tmp_path / "out").output
    build(built, 3, made=[TAGS, SEGMENT], passed=[UNIQUE, CODES])
    assert "Model visits has not been built since customer_tags was built again" in publish(built, tmp_path / "out").output
    manifest["nodes"][own]["name"] = "segment_rfm"
    write_manifest(tmp_path, manifest)
    build(built, 4, made=[own])
    assert "segments.segment_rfm and shop.segment_rfm have one name" in publish(built, tmp_path / "out").output
