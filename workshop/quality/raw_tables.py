"""Raw files as views to check: every contract column as text, and beside it what staging makes of it (see raw_cells)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace

from sqlalchemy.exc import SQLAlchemyError

from workshop.quality.checking import Checks, first_line
from workshop.quality.raw_cells import PARENTS, is_asked_to_be_readable, table_sql
from workshop.quality.raw_sources import raw_source
from workshop.quality.staging_macros import staging_macros
from workshop.quality.unreadable import Unreadable

HELD_ROWS = 1_000_000


@dataclass
class RawTable:
    """A raw table that was found: its file, and of its contract columns those that the file has.

    `filled` counts the rows that fill a column, `readable` are the columns whose values must be readable,
    `codes` the codes that a column may hold.
    """

    name: str
    file: Path
    columns: list[str]
    rows_count: int = 0
    filled: dict[str, int] = field(default_factory=dict)
    readable: list[str] = field(default_factory=list)
    codes: dict[str, list[str]] = field(default_factory=dict)
    has_parent: bool = False


def load_tables(checks: Checks, files: dict[str, Path], contract: dict[str, dict], project: Path, settings: dict) -> dict[str, RawTable]:
    """Make a view of each raw table; `settings` are dbt's vars.

    What cannot be read at all ends with staging's own sentence.
    """
    checks.ask_python()
    raw_relations: dict[str, dict] = {}
    staging = staging_macros(project, checks.sql, settings, raw_relations)
    staging.config_check()
    for table, file in files.items():
        raw_relations[table] = _asked(table, file, raw_source, checks, staging, table, file, contract[table])
    try:
        staging.ref("stg_column_formats")
    except SQLAlchemyError as error:
        # The model stops with a sentence when a column does not say whether its days or its months come first.
        raise Unreadable(re.sub(r"^[A-Z][A-Za-z ]* Error: ", "", first_line(error))) from error
    loaded: dict[str, RawTable] = {}
    # The contract lists parents before their children.
    for table, file in files.items():
        parent = loaded.get(PARENTS[table][0]) if table in PARENTS else None
        found = RawTable(table, file, list(raw_relations[table]["columns"]))
        _asked(table, file, _load, checks, staging, found, contract[table], raw_relations[table], parent.columns if parent else [])
        loaded[table] = found
    return loaded


def _asked(table: str, file: Path, step, *arguments: object) -> dict | None:
    """One step of reading a file, and a sentence when the database cannot do it."""
    try:
        return step(*arguments)
    except (SQLAlchemyError, OSError) as error:
        raise Unreadable(f"The raw table '{table}' could not be read from {file.name}: {first_line(error)}") from error


def _load(checks: Checks, staging: SimpleNamespace, found: RawTable, spec: dict, raw: dict, parent_columns: list[str]) -> None:
    """Make the view of a table, and fill in what its file holds."""
    rows = table_sql(staging, found.name, spec, raw, parent_columns)
    # A dozen queries follow. On a small table each would spend its time planning the readings again; a
    # large one is better read a dozen times than held.
    is_small = checks.sql(f"select count(*) from {raw['from']}")[0][0] <= HELD_ROWS
    checks.sql(f"create {'table' if is_small else 'view'} {found.name} as {rows}")
    fills = "".join(f", count({column})" for column in found.columns)
    found.rows_count, *filled = checks.sql(f"select count(*){fills} from {found.name}")[0]
    found.filled = dict(zip(found.columns, filled))
    found.readable = [column for column in found.columns if is_asked_to_be_readable(staging, column, spec)]
    found.codes = {column: staging.known_codes(column, codes) for column, codes in spec.get("codes", {}).items() if column in found.columns}
    found.has_parent = found.name in PARENTS and {PARENTS[found.name][1]} <= {*found.columns} & {*parent_columns}
