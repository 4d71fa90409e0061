"""Are the rows of two engines the same? Every mart by its key, every column: decimals exactly, doubles to 1e-9 of their size."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

RELATIVE = 1e-9
# Hashes are each engine's own, and only ever compared with themselves.
FINGERPRINTS = ("fingerprint", "raw_hash", "judged_with", "rows_hash", "settings_hash")  # the ends of their columns' names


@dataclass(frozen=True)
class Difference:
    """Of one mart: rows of both engines, keys that only one has, and by column the keys with another value (at most one is shown)."""

    mart: str
    rows: int = 0
    other_rows: int = 0
    only_here: int = 0
    only_there: int = 0
    columns: dict[str, int] = field(default_factory=dict)
    examples: dict[str, str] = field(default_factory=dict)
    note: str = ""

    @property
    def is_none(self) -> bool:
        """Whether the mart is the same on both."""
        return not (self.note or self.only_here or self.only_there or self.columns or self.rows != self.other_rows)


def public_marts(manifest: dict, only_public: bool = True) -> dict[str, list[str]]:
    """{schema.name: columns of the key} of every public model, or of every model, that is no ephemeral one; the key is what a test says is unique."""
    tests = [node for node in manifest["nodes"].values() if (node.get("test_metadata") or {}).get("name") in ("primary_key", "unique_combination")]
    keys = {node["attached_node"]: node["test_metadata"]["kwargs"]["columns"] for node in tests}
    return {
        f"{node['schema']}.{node['alias']}": keys.get(name, [])
        for name, node in sorted(manifest["nodes"].items())
        if node["resource_type"] == "model" and (node["access"] == "public" or not only_public) and node["config"]["materialized"] != "ephemeral"
    }


def compare(database: Path, files: Path, mart: str, key: list[str]) -> Difference:
    """Compare a mart of a DuckDB database with a folder of Parquet files, `files/schema.name`; without a key, by the numbers of equal rows."""
    schema, name = mart.split(".")
    if not list((files / mart).glob("*.parquet")):
        return Difference(mart, note="the other engine has no such table")
    with duckdb.connect() as connection:
        connection.execute(f"attach '{database}' as built (read_only); set TimeZone = 'UTC'")
        connection.execute(f"create view here as from built.{schema}.{name}; create view there as from read_parquet('{files / mart}/*.parquet')")
        types = _types(connection, "here")
        if odd := set(types) ^ set(_types(connection, "there")):
            return Difference(mart, note=f"columns of one engine only: {', '.join(sorted(odd))}")
        return _compared(connection, mart, key, {name: type_ for name, type_ in types.items() if not name.endswith(FINGERPRINTS)})


def _compared(connection: duckdb.DuckDBPyConnection, mart: str, key: list[str], types: dict[str, str]) -> Difference:
    def one(sql: str) -> tuple:
        return connection.execute(sql).fetchone()

    rows, other_rows = one("select (select count(*) from here), (select count(*) from there)")
    if not types or not set(key) <= set(types):
        return Difference(mart, rows, other_rows)  # it holds fingerprints and nothing else
    if not key:
        return _compared_without_key(mart, types, one)
    same = " and ".join(f"here.{name} is not distinct from there.{name}" for name in key)
    only_here = one(f"select count(*) from here anti join there on {same}")[0]
    only_there = one(f"select count(*) from there anti join here on {same}")[0]
    columns, examples = {}, {}
    others = {name: f"not ({_is_equal(name, type_)})" for name, type_ in types.items() if name not in key}
    if others:
        counts = one(f"select {', '.join(f'count(*) filter (where {differs})' for differs in others.values())} from here join there on {same}")
        columns = {name: count for name, count in zip(others, counts, strict=True) if count}
    for name in columns:
        shown = ", ".join([*(f"here.{part}" for part in key[:3]), f"here.{name}", f"there.{name}"])
        examples[name] = str(one(f"select {shown} from here join there on {same} where {others[name]} order by all limit 1"))
    if only_here:
        examples["only here"] = str(one(f"select {', '.join(key)} from here anti join there on {same} order by all limit 1"))
    if only_there:
        examples["only there"] = str(one(f"select {', '.join(key)} from there anti join here on {same} order by all limit 1"))
    return Difference(mart, rows, other_rows, only_here, only_there, columns, examples)


def _compared_without_key(mart: str, types: dict[str, str], one: Callable[[str], tuple]) -> Difference:
    """How many rows of each engine have no equal on the other, doubles written with nine digits."""
    cells = ", ".join(f"printf('%.8e', {name}) as {name}" if type_ in ("DOUBLE", "FLOAT") else name for name, type_ in types.items())
    counts = [one(f"select count(*) from (select {cells} from {a} except all select {cells} from {b})")[0] for a, b in (("here", "there"), ("there", "here"))]
    return Difference(mart, *one("select (select count(*) from here), (select count(*) from there)"), *counts)


def _is_equal(name: str, type_: str) -> str:
    here, there = f"here.{name}", f"there.{name}"
    if type_ in ("DOUBLE", "FLOAT"):
        return f"({here} is null and {there} is null) or coalesce({_are_close(here, there)}, false)"
    if type_ == "VARCHAR":
        # A double as text, in a column of texts of all kinds.
        doubles = [f"case when {text} similar to '-?[0-9]+[.][0-9]+([eE]-?[0-9]+)?' then try_cast({text} as double) end" for text in (here, there)]
        return f"{here} is not distinct from {there} or coalesce({_are_close(*doubles)}, false)"
    return f"{here} is not distinct from {there}"


def _are_close(here: str, there: str) -> str:
    return f"abs({here} - {there}) <= {RELATIVE} * greatest(abs({here}), abs({there}))"


def _types(connection: duckdb.DuckDBPyConnection, relation: str) -> dict[str, str]:
    return {name: type_ for name, type_, *_ in connection.execute(f"describe {relation}").fetchall()}
