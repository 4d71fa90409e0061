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


@pytest.fixture(scope="session")
def green_database(tmp_path_factory) -> bytes:
    """The database of a first build that was green: both marts with two rows."""
    database = tmp_path_factory.mktemp("green") / "tagmart.duckdb"
    with duckdb.connect(str(database)) as connection:
        connection.execute("create schema tags; create schema segments; create schema builds")
        connection.execute("create table builds.node_states (node varchar, made bigint, seen bigint, begun varchar, outcome varchar, holds varchar)")
        connection.execute(f"create table tags.customer_tags ({', '.join(f'{name} {kind}' for name, kind in TYPES.items())})")
        connection.execute("create table segments.segment_rfm as select * from (values ('李雷 😀', 'new'), ('b', 'prospect')) as t (customer_id, segment_code)")
        connection.executemany("insert into tags.customer_tags values (?, ?, ?, ?, ?, ?, ?, ?)", [ROW, EMPTY])
        states(connection, 1, made=NODES[:4], passed=NODES[4:])
    return database.read_bytes()


@pytest.fixture(name="built")
def green_build(tmp_path, green_database) -> Path:
    write_manifest(tmp_path, small_manifest())
    (tmp_path / "tagmart.duckdb").write_bytes(green_database)
    return tmp_path / "tagmart.duckdb"


def change(database: Path, sql: str) -> None:
    with duckdb.connect(str(database)) as connection:
        connection.execute(sql)


def build(database: Path, number: int, **nodes) -> None:
    with duckdb.connect(str(database)) as connection:
        states(connection, number, **nodes)


def states(connection: duckdb.DuckDBPyConnection, number: int, made=(), kept=(), passed=(), failed=(), begun=()) -> None:
    """Write what build `number` writes into builds.node_states; test_publish_built.py has real builds."""
    before = dict(connection.execute("select node, made from builds.node_states").fetchall())
    outcomes = {"made": made, "kept": kept, "passed": passed, "failed": failed}
    rows = [
        (
            node,
            None if outcome in ("passed", "failed") else number if outcome == "made" else before.get(node) or number,
            None if outcome == "failed" else number,
            outcome,
        )
        for outcome, nodes in outcomes.items()
        for node in nodes
    ]
    if rows:
        connection.execute("delete from builds.node_states where list_contains(?, node)", [[row[0] for row in rows]])
        connection.execute(
            f"insert into builds.node_states (node, made, seen, outcome) values {', '.join('(?, ?, ?, ?)' for _ in rows)}",
            [value for row in rows for value in row],
        )
    connection.execute("update builds.node_states set begun = 'a build' where list_contains(?, node)", [list(begun)])


def publish(database: Path, to: Path | str, *options: str) -> Result:
    return CliRunner().invoke(main, ["publish", "--database", str(database), "--to", str(to), *options])
