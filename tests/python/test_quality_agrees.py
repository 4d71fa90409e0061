"""The raw gate and staging read every cell alike: on folders full of dirt, each row that staging keeps is there in the gate."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import dirty
import duckdb
import pytest
from conftest import PROJECT
from dirty import CONTRACT

pytestmark = pytest.mark.slow

# The views of the gate, and what it built of seeds and formats, as Parquet. A process of its own: see workshop/__main__.py.
EXPORT = """
import os, sys
from pathlib import Path
from workshop.quality.checking import Checks
from workshop.quality.raw_files import find_files
from workshop.quality.raw_tables import load_tables
from workshop.quality.settings import settings
from tagmart.contract import raw_contract
folder, target, project, contract = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), raw_contract()
with Checks() as checks:
    names = [*load_tables(checks, find_files(folder, contract), contract, project, settings(project, folder, {}))]
    for name in [*names, "built.null_words", "built.code_synonyms", "built.stg_column_formats", "built.stg_null_identifiers"]:
        checks.sql(f"copy {name} to '{target}/{name}.parquet' (format parquet)")
os._exit(0)
"""

LARGEST = 100_000_000_000


def gate(folder: Path, target: Path) -> Path:
    target.mkdir()
    subprocess.run([sys.executable, "-c", EXPORT, str(folder), str(target), str(PROJECT)], cwd=PROJECT, check=True)
    return target


def kept(column: str, table: str, view_columns: set[str]) -> str:
    """What staging keeps of a column, in the gate's words."""
    rules, kind = CONTRACT[table], CONTRACT[table]["columns"][column]
    value = column if kind == "text" else f"{column}__value"
    codes = rules.get("codes", {}).get(column)
    if codes and codes["unknown"] == "other":
        return f"case when {value} is null or list_contains({codes['values']}, {value}) then {value} else 'other' end"
    if column in rules.get("describes", []) and kind in ("money", "integer", "number"):
        return f"case when {value} between {0 if column in rules.get('not_negative', []) else -LARGEST} and {LARGEST} then {value} end"
    if kind == "timestamp" and column != rules.get("event_at") and column not in rules["key"]:
        return f"case when {value} not between timestamp '1969-12-31 10:00:00' and timestamp '1970-01-01 14:00:00' then {value} end"
    return f"case when {column}__misread = '' then {value} end" if f"{column}__misread" in view_columns else value


@pytest.mark.parametrize("way", ["csv", "parquet"])
def test_every_row_that_staging_keeps_is_read_alike(workshop, tmp_path, way):
    write, kinds = {"csv": (dirty.write_csv_folder, dirty.csv_kinds), "parquet": (dirty.write_parquet_folder, dirty.parquet_kinds)}[way]
    folder = write(tmp_path / way, kinds())
    build = workshop.build(folder, select="+path:models/staging", vars={"max_rejected_share": 1})
    assert build.success, build.text
    views = gate(folder, tmp_path / "gate")
    with duckdb.connect(str(build.database), read_only=True) as staged:
        for name, schema in [("null_words", "seeds"), ("code_synonyms", "seeds"), ("stg_column_formats", "staging"), ("stg_null_identifiers", "staging")]:
            # dbt reads times and numbers alone for the formats, and so counts lines that are broken in another column.
            said = "select * exclude (cells_count)" if name == "stg_column_formats" else ""
            assert {*staged.sql(f"{said} from {schema}.{name}").fetchall()} == {*staged.sql(f"{said} from '{views}/built.{name}.parquet'").fetchall()}, name
        tables = [table for table in CONTRACT if (views / f"{table}.parquet").exists()]
        assert {"orders", "customers", "touchpoints"} <= {*tables}
        for table in tables:
            agrees(staged, table, f"'{views / table}.parquet'")


def agrees(staged: duckdb.DuckDBPyConnection, table: str, view: str) -> None:
    checked = f"staging.stg_{table}__checked"
    in_view = {row[0] for row in staged.sql(f"describe from {view}").fetchall()}
    columns = [column for column in CONTRACT[table]["columns"] if column in in_view]
    read_alike = ", ".join(kept(column, table, in_view) for column in columns)
    assert staged.sql(f"select coalesce(sum(copies), 0) from {checked}").fetchall() == staged.sql(f"select count(*) from {view}").fetchall(), table
    accepted = f"select {', '.join(columns)} from {checked} where verdict is null"
    assert staged.sql(f"{accepted} except select {read_alike} from {view}").fetchall() == [], table
    # Staging also calls a quantity unreadable that makes a line of a hundred thousand million: no cell alone says so.
    for column in [column for column in columns if column != "quantity"]:
        rejected = staged.sql(f"select coalesce(sum(copies), 0) from {checked} where verdict = 'unreadable_value:{column}'").fetchall()[0][0]
        misread = staged.sql(f"select count(*) from {view} where {column}__misread <> ''").fetchall()[0][0] if f"{column}__misread" in in_view else 0
        # A row is rejected for the first of its faults, so there may be more unreadable cells than rows rejected for them.
        assert rejected <= misread, f"{table}.{column}"
