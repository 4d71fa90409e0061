"""A database and manifest as a green build of two small marts leaves them, and what later builds do with its states."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner, Result

from tagmart.cli import main

TYPES = {
    "customer_id": "varchar",
    "as_of_date": "date",
    "amount": "decimal(18,4)",
    "seen_at": "timestamp",
    "is_new": "boolean",
    "share": "double",
    "n": "bigint",
    "small": "integer",
}
ROW = ("李雷 😀", date(2024, 9, 30), Decimal("12345678901234.5678"), datetime(2024, 9, 30, 23, 59, 59, 123456), True, 0.1, 2**62, -7)
EMPTY = ("b", date(2024, 9, 30), None, None, None, None, None, None)
SEED, STAGED = "seed.tagmart.city_tiers", "model.tagmart.stg_orders"
TAGS, SEGMENT = "model.tagmart.customer_tags", "model.tagmart.segment_rfm"
UNIQUE, CODES, WARNS = "test.tagmart.unique_customer_tags.1", "test.tagmart.rfm_codes_are_known.2", "test.tagmart.orders_are_many.3"
NODES = (SEED, STAGED, TAGS, SEGMENT, UNIQUE, CODES)


def _model(schema: str, reads: list[str], columns: dict[str, str], access: str = "public") -> dict:
    described = {name: {"data_type": kind, "description": f"It's {name}."} for name, kind in columns.items()}
    config = {"materialized": "table"}
    return {"resource_type": "model", "access": access, "schema": schema, "columns": described, "depends_on": {"nodes": reads}, "config": config}


def _test(kind: str, model: str, severity: str = "ERROR", **given) -> dict:
    asked = {"name": kind, "kwargs": given}
    return {"resource_type": "test", "config": {"severity": severity}, "depends_on": {"nodes": [model]}, "attached_node": model, "test_metadata": asked}


def small_manifest() -> dict:
    nodes = {
        SEED: {"resource_type": "seed", "config": {"materialized": "seed"}},
        STAGED: _model("staging", [SEED], {"order_id": "varchar"}, "protected"),
        TAGS: _model("tags", [STAGED], TYPES),
        SEGMENT: _model("segments", [TAGS], {"customer_id": "varchar", "segment_code": "varchar"}),
        UNIQUE: _test("unique_combination", TAGS, columns=["customer_id", "as_of_date"]),
        CODES: _test("primary_key", SEGMENT, columns=["customer_id"]),
        WARNS: _test("not_null", STAGED, "warn", column_name="order_id"),
    }
    for name, node in nodes.items():
        node |= {"unique_id": name, "name": name.split(".")[2], "description": f"One row per {name}."}
    return {"nodes": nodes}


def write_manifest(folder: Path, manifest: dict) -> None:
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


@pytest.fixture(name="built")
def green_build(tmp_path) -> Path:
    """The database of a first build that was green: both marts with two rows."""
    write_manifest(tmp_path, small_manifest())
    database = tmp_path / "tagmart.duckdb"
    change(database, "create schema tags; create schema segments; create schema builds")
    change(database, "create table builds.node_states (node varchar, made bigint, seen bigint, begun varchar, outcome varchar, holds varchar)")
    change(database, f"create table tags.customer_tags ({', '.join(f'{name} {kind}' for name, kind in TYPES.items())})")
    change(database, "create table segments.segment_rfm as select * from (values ('李雷 😀', 'new'), ('b', 'prospect')) as t (customer_id, segment_code)")
    with duckdb.connect(str(database)) as connection:
        connection.executemany("insert into tags.customer_tags values (?, ?, ?, ?, ?, ?, ?, ?)", [ROW, EMPTY])
    build(database, 1, made=NODES[:4], passed=NODES[4:])
    return database


def change(database: Path, sql: str) -> None:
    with duckdb.connect(str(database)) as connection:
        connection.execute(sql)


def build(database: Path, number: int, made=(), kept=(), passed=(), failed=(), begun=()) -> None:
    """What build `number` writes into builds.node_states: test_publish_built.py has real ones."""
    outcomes = {"made": made, "kept": kept, "passed": passed, "failed": failed}
    with duckdb.connect(str(database)) as connection:
        for outcome, nodes in outcomes.items():
            for node in nodes:
                before = connection.execute("delete from builds.node_states where node = ? returning made", [node]).fetchall()
                first_made = number if outcome == "made" or not before else before[0][0]
                state = [None if outcome in ("passed", "failed") else first_made, None if outcome == "failed" else number]
                connection.execute("insert into builds.node_states values (?, ?, ?, null, ?, null)", [node, *state, outcome])
        connection.execute("update builds.node_states set begun = 'a build' where list_contains(?, node)", [list(begun)])


def publish(database: Path, to: Path | str, *options: str) -> Result:
    return CliRunner().invoke(main, ["publish", "--database", str(database), "--to", str(to), *options])
