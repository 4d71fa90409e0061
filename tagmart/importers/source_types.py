"""The columns of source files in their types: a value that does not fit is an error, never rounded or dropped."""

from __future__ import annotations

from pathlib import Path

import duckdb

from tagmart.importers.data_set import Source
from tagmart.importers.problem import ImportProblem

TYPES = {
    "text": "varchar",
    "id": "varchar",  # text without the ".0" that a number with gaps gets from pandas
    "integer": "bigint",
    "money": "decimal(18, 4)",
    "timestamp": "timestamp",
    "date": "date",
}
WORDS = {"integer": "whole number", "money": "number of at most 4 decimals", "timestamp": "time", "date": "date"}
# Tried in this order on text times that are not ISO; the first that reads the whole column counts.
TIME_FORMATS = ("%m/%d/%Y %H:%M", "%d/%m/%Y %H:%M", "%m/%d/%Y %H:%M:%S", "%d/%m/%Y %H:%M:%S", "%Y%m%d")


def typed_column(con: duckdb.DuckDBPyConnection, path: Path, source: Source, name: str, found: dict[str, tuple[str, str]]) -> str:
    """Return the SQL that reads one column in its type, having tried it on every row."""
    kind, *spellings = source.columns[name]
    spelling = next((s for s in (name, *spellings) if s.lower() in found), None)
    if spelling is None:
        if name in source.optional_columns:
            return f"cast(null as {TYPES[kind]}) as {name}"
        names = either((name, *spellings))
        raise ImportProblem(f"{path} has no column {names}: check that it is the {source.name} file, or rename it.")
    as_written, raw_type = found[spelling.lower()]
    column = '"' + as_written.replace('"', '""') + '"'
    problem = None
    for typed in _readings(column, kind, raw_type):
        lost = _first_lost(con, column, typed, kind)
        if lost is None:
            return f"{typed} as {name}"
        problem = problem or lost
    row, value = problem
    raise ImportProblem(f"{path}, column {as_written}, data row {row:,}: {value!r} is not a {WORDS[kind]}; correct it and try again.")


def _readings(column: str, kind: str, raw_type: str) -> list[str]:
    """Return the ways to read a column, the plainest first."""
    text = f"cast({column} as varchar)"
    if kind == "text":
        return [text]
    if kind == "id":
        return [f"regexp_replace({text}, '\\.0+$', '')"]
    if kind not in ("timestamp", "date"):
        return [f"try_cast({column} as {TYPES[kind]})"]
    if raw_type.startswith("TIMESTAMP") or raw_type == "DATE":
        return [f"try_cast({column} as {TYPES[kind]})"]
    formats = [f"try_strptime({text}, '{f}')" for f in TIME_FORMATS]
    return [f"cast({time} as {TYPES[kind]})" for time in (f"try_cast({text} as timestamp)", *formats)]


def _first_lost(con: duckdb.DuckDBPyConnection, column: str, typed: str, kind: str) -> tuple[int, str] | None:
    """Return row and value of the first value that the reading loses or rounds, if any."""
    if kind in ("text", "id"):
        return None
    differs = f"{typed} is null"
    if kind in ("integer", "money"):
        differs += f" or abs(try_cast({column} as double) - cast({typed} as double)) > 1e-6"
    rows = con.execute(
        f"select source_row, cast({column} as varchar) from as_is where {column} is not null and ({differs}) order by source_row limit 1"
    ).fetchall()
    return rows[0] if rows else None


def either(names: tuple[str, ...]) -> str:
    """Say that any of these names would do."""
    return " or ".join(names)
