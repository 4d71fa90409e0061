"""Raw files as views to check: every contract column as trimmed text, and beside it what staging would make of it.

For a column `c` that is not text the view also has `c__value`, and `c__misread`: the text when it could not
be read, '' when it could, null when there is none (so that a failure can show the text).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace

from sqlalchemy.exc import SQLAlchemyError

from quality.checking import Checks, first_line
from quality.staging_macros import staging_macros
from quality.unreadable import Unreadable

# Rows of these tables that name no known row of the other are rejected by staging as orphans.
PARENTS = {"order_items": ("orders", "order_id"), "refunds": ("orders", "order_id")}

# Lines of CSV files that are not rows at all, counted while a file is loaded.
UNREADABLE_LINES = "unreadable_lines"

HELD_ROWS = 1_000_000


@dataclass
class RawTable:
    """A raw table that was found: its file, its contract columns that the file has, and how many rows fill each."""

    name: str
    file: Path
    columns: list[str]
    rows_count: int = 0
    filled: dict[str, int] = field(default_factory=dict)
    has_parent: bool = False


def load_tables(
    checks: Checks, files: dict[str, Path], contract: dict[str, dict], macros: Path, raw_encoding: str = "auto"
) -> dict[str, RawTable]:
    """Make a view of each raw table. What cannot be read at all ends with staging's own sentence."""
    checks.ask_python()
    staging = staging_macros(macros, checks.sql, {"raw_encoding": raw_encoding})
    checks.sql(f"create table {UNREADABLE_LINES} (table_name varchar, lines_count bigint)")
    loaded: dict[str, RawTable] = {}
    for table, file in files.items():
        try:
            loaded[table] = _load(checks, staging, table, file, contract[table], _parent_columns(table, loaded))
        except (SQLAlchemyError, OSError) as error:
            problem = f"The raw table '{table}' could not be read from {file.name}: {first_line(error)}"
            raise Unreadable(problem) from error
    return loaded


def _parent_columns(table: str, loaded: dict[str, RawTable]) -> list[str]:
    """The columns of the table's parent; the contract lists parents before their children."""
    parent = loaded.get(PARENTS[table][0]) if table in PARENTS else None
    return parent.columns if parent else []


def _load(
    checks: Checks, staging: SimpleNamespace, table: str, file: Path, spec: dict, parent_columns: list[str]
) -> RawTable:
    raw = staging.read_raw_file(str(file), table)
    columns = [column for column in spec["columns"] if column in raw["columns"]]
    written = {column: raw["columns"][column]["name"] for column in columns}
    source = f"file_{table}"
    is_csv = file.suffix.lower() != ".parquet"
    if is_csv:
        _load_csv(checks, staging, table, source, file, list(written.values()))
    else:
        checks.sql(f"create view {source} as select * from {raw['from']}")
    parts, has_parent = [], False
    for column in columns:
        kind, raw_type = spec["columns"][column], raw["columns"][column]["type"]
        # With the source's name before it, since a bare name in a subquery could be another table's.
        name = f"{source}.{written[column]}"
        text = staging.typed_value(name, "text", raw_type)
        parts.append(f"{text} as {column}")
        if kind != "text":
            value = staging.typed_value(name, kind, raw_type)
            parts.append(f"{value} as {column}__value")
            parts.append(f"case when {value} is null then {text} else '' end as {column}__misread")
        if table in PARENTS and PARENTS[table][1] == column and column in parent_columns:
            has_parent = True
            parents = f"select {column} from {PARENTS[table][0]} where {column} is not null"
            parts.append(f"case when {text} in ({parents}) then '' else {text} end as {column}__orphan")
    # A dozen queries follow. On a small table each would spend its time planning the readings again; a
    # large one is better read a dozen times than held.
    is_small = checks.sql(f"select count(*) from {source}")[0][0] <= HELD_ROWS
    # A relation needs a column even when the file has none that is known.
    checks.sql(
        f"create {'table' if is_small else 'view'} {table} as "
        f"select {', '.join(parts) or 'null as no_known_column'} from {source}"
    )
    counts = checks.sql(f"select count(*){''.join(f', count({column})' for column in columns)} from {table}")[0]
    return RawTable(table, file, columns, counts[0], dict(zip(columns, counts[1:])), has_parent)


def _load_csv(
    checks: Checks, staging: SimpleNamespace, table: str, source: str, file: Path, columns: list[str]
) -> None:
    """Load a CSV file and count the lines that are no rows: DuckDB lists them while it reads.

    Loaded rather than viewed, since the expectations would parse the file a few times over.
    """
    rejects = {"errors": "reject_errors", "scans": "reject_scans"}
    for name in rejects.values():
        checks.sql(f"drop table if exists {name}")
    rows = staging.read_csv(
        staging.described_raw_file(str(file), table),
        rejects=f"rejects_table = '{rejects['errors']}', rejects_scan = '{rejects['scans']}'",
    )
    checks.sql(f"create table {source} as select {', '.join(columns) or 'null as no_known_column'} from {rows}")
    checks.sql(f"insert into {UNREADABLE_LINES} select '{table}', count(distinct line) from {rejects['errors']}")
