"""Raw files as relations `file_<table>`, cells untouched, and how many of their lines are no rows."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

from workshop.quality.checking import Checks

# Lines of CSV files that are not rows at all, counted while a file is loaded.
UNREADABLE_LINES = "unreadable_lines"


def raw_source(checks: Checks, staging: SimpleNamespace, table: str, file: Path, spec: dict) -> dict:
    """Make the relation of one file: {from, columns: {contract column that it has: {name, type}}}."""
    checks.sql(f"create table if not exists {UNREADABLE_LINES} (table_name varchar, lines_count bigint)")
    raw = staging.read_raw_file(str(file), table)
    columns = {column: raw["columns"][column] for column in spec["columns"] if column in raw["columns"]}
    source = f"file_{table}"
    if file.suffix.lower() == ".parquet":
        checks.sql(f"create view {source} as select * from {raw['from']}")
    else:
        _load_csv(checks, staging, table, source, file, [written["name"] for written in columns.values()])
    return {"from": source, "columns": columns}


def _load_csv(checks: Checks, staging: SimpleNamespace, table: str, source: str, file: Path, columns: list[str]) -> None:
    """Load a CSV file and count the lines that are no rows: DuckDB lists them while it reads.

    Loaded rather than viewed, since the expectations would parse the file a few times over.
    """
    for name in ("reject_errors", "reject_scans"):
        checks.sql(f"drop table if exists {name}")
    rows = staging.described_raw_file(str(file), table)["scan"]
    checks.sql(f"create table {source} as select {', '.join(columns) or 'null as no_known_column'} from {rows}")
    checks.sql(f"insert into {UNREADABLE_LINES} select '{table}', count(distinct line) from reject_errors")
