"""What the build is compared with: one plain pass over the raw files, and the floor below which no build can get.

The plain pass is one DuckDB connection that groups raw orders and raw touchpoints by customer and day and stores both results: the
least anybody has to do to know who did what when. The floor is the plain pass and, from the database that is built, the rows of
every public mart that is stored written into a new file: the least that leaves behind what people read. A public view is no part of
it, since a build does not write its rows either: customer_tag_values alone would take longer than all else, and the ratio would
flatter. Both take two threads, and the start of the process does not count.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import duckdb

from workshop.bench.files import remove_database

SETTINGS = {"storage_compatibility_version": "v1.4.0"}


@dataclass(frozen=True)
class Floor:
    """`seconds` is the whole floor; `layers` has the seconds of writing by layer; `size` is of the file written, in MB."""

    seconds: float
    layers: dict[str, float]
    marts: int
    rows: int
    size: float


def plain_pass(raw: Path, folder: Path) -> float:
    """Do one plain pass; return its wall seconds."""
    file = remove_database(folder / "plain.duckdb")
    start = time.perf_counter()
    with _connect(file) as connection:
        connection.execute(
            "create table order_days as select customer_id, cast(ordered_at as date) as day, count(*) as orders, sum(order_amount) as amount "
            f"from read_parquet('{raw}/orders.parquet') group by all"
        )
        connection.execute(
            "create table touch_days as select coalesce(customer_id, unionid, openid, external_userid, phone_hash, device_id) as customer, "
            "cast(occurred_at as date) as day, count(*) as touches, "
            f"sum(duration_seconds) as seconds from read_parquet('{raw}/touchpoints.parquet') group by all"
        )
    seconds = time.perf_counter() - start
    remove_database(file)
    return seconds


def write_floor(database: Path, folder: Path, plain: float) -> Floor:
    """Write the stored public marts of a built database into a new file; `plain` is the plain pass in seconds."""
    marts = public_marts(json.loads((folder / "target" / "manifest.json").read_text(encoding="utf-8")))
    file = remove_database(folder / "floor.duckdb")
    layers, rows = Counter(), 0
    start = time.perf_counter()
    with _connect(file) as connection:
        connection.execute(f"attach '{database}' as built (read_only)")
        for layer, schema, name in marts:
            begun = time.perf_counter()
            connection.execute(f'create schema if not exists "{schema}"')
            written = f'create table "{schema}"."{name}" as select * from built."{schema}"."{name}"'
            rows += connection.execute(written).fetchone()[0]
            layers[layer] += time.perf_counter() - begun
    seconds = time.perf_counter() - start
    size = file.stat().st_size / 1e6
    remove_database(file)
    return Floor(plain + seconds, dict(layers), len(marts), rows, size)


def public_marts(manifest: dict) -> list[tuple[str, str, str]]:
    """Layer, schema and name of every model with `access: public` that is stored as a table."""
    models = (node for node in manifest["nodes"].values() if node["resource_type"] == "model")
    stored = (node for node in models if node["access"] == "public" and node["config"]["materialized"] not in ("view", "ephemeral"))
    return sorted((node["fqn"][1], node["schema"], node["alias"]) for node in stored)


def _connect(file: Path) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(str(file), config=SETTINGS)
    connection.execute("set preserve_insertion_order = false; set threads = 2; set enable_progress_bar = false")
    return connection
