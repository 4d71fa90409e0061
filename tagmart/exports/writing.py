"""The lists of a database as CSV and Parquet, and the manifest that says what is in them."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from tagmart.database import DatabaseProblem, built_database, require_tables
from tagmart.exports.folder import MANIFEST, replaced_folder
from tagmart.exports.lists import DATES, HELD, SCHEMA, judged_rows, sent_rows, tables_of
from tagmart.exports.problem import ExportProblem

COMMAND = "tagmart export lists"
BOM = "\ufeff"


@dataclass(frozen=True)
class Written:
    """One list as written: rows that go out, rows held back by reason, columns, and those of them that name a person."""

    name: str
    rows: int
    held_back: dict[str, int]
    columns: tuple[str, ...]
    private: tuple[str, ...]


def export_lists(database: Path, folder: Path, lists: Sequence[str], private: Sequence[str]) -> tuple[str, list[Written]]:
    """Write `lists` of the database into `folder`, with these identifiers; return the as-of date and what was written.

    A DatabaseProblem or an ExportProblem says what is wrong; the folder then is as it was.
    """
    with built_database(database) as connection:
        require_tables(connection, database, tables_of(lists, private))
        try:
            with replaced_folder(folder, COMMAND) as work:
                _settle(connection, work)
                as_of_date = _as_of_date(connection, database, lists)
                written = [_write(connection, name, private, work) for name in lists]
                shutil.rmtree(work / "spill", ignore_errors=True)
                _write_manifest(work, as_of_date, written)
        except OSError as error:
            raise ExportProblem(f"{error.filename or folder} cannot be written ({error.strerror}): check its permissions and disk.") from None
        except duckdb.Error as error:
            raise ExportProblem(f"{database} could not be exported, and {folder} is as it was: {str(error).splitlines()[0]}") from None
    return as_of_date, written


def _settle(connection: duckdb.DuckDBPyConnection, work: Path) -> None:
    """One thread, so that the same rows give the same bytes; what does not fit the memory is put into the work folder."""
    limit = os.environ.get("TAGMART_MEMORY_LIMIT", "5GB").replace("'", "''")  # as in profiles.yml
    connection.execute(f"set memory_limit = '{limit}'")
    connection.execute("set threads = 1")
    connection.execute("set preserve_insertion_order = true")
    connection.execute("set TimeZone = 'UTC'")
    connection.execute(f"set temp_directory = {_quoted(work / 'spill')}")


def _as_of_date(connection: duckdb.DuckDBPyConnection, database: Path, lists: Sequence[str]) -> str:
    newest = connection.execute(f"select max(as_of_date) from {DATES} where is_current").fetchall()[0][0]
    if newest is None:
        raise DatabaseProblem(f"{DATES} of {database} has no newest date: run dbt build to its end.")
    for name in lists:
        dates = [row[0] for row in connection.execute(f"select distinct as_of_date from {SCHEMA}.{name} order by 1 nulls first").fetchall()]
        if dates not in ([], [newest]):
            raise DatabaseProblem(f"{SCHEMA}.{name} of {database} is of {dates[0]}, and the newest date is {newest}: run dbt build to its end.")
    return str(newest)


def _write(connection: duckdb.DuckDBPyConnection, name: str, private: Sequence[str], work: Path) -> Written:
    given = [row[0] for row in connection.execute(f"describe {SCHEMA}.{name}").fetchall()]
    held = f"select {HELD}, count(*) from ({judged_rows(name, given)}) group by 1 order by 1 nulls first"
    counts = dict(connection.execute(held).fetchall())
    parquet = _quoted(work / f"{name}.parquet")
    connection.execute(f"copy ({sent_rows(name, given, private)}) to {parquet} (format parquet, compression zstd)")
    columns = [row[0] for row in connection.execute(f"describe from read_parquet({parquet})").fetchall()]
    first, *rest = columns
    marked = ", ".join([f'{first} as "{BOM}{first}"', *rest])  # the mark by which Excel knows UTF-8
    connection.execute(f"copy (select {marked} from read_parquet({parquet})) to {_quoted(work / f'{name}.csv')} (format csv, header)")
    return Written(name, counts.pop(None, 0), counts, tuple(columns), tuple(private))


def _write_manifest(work: Path, as_of_date: str, written: Sequence[Written]) -> None:
    files = [
        {
            "file": f"{each.name}.{ending}",
            "list": each.name,
            "rows": each.rows,
            "held_back": each.held_back,
            "columns": each.columns,
            "private_columns": each.private,
            "sha256": _digest(work / f"{each.name}.{ending}"),
        }
        for each in written
        for ending in ("csv", "parquet")
    ]
    manifest = {"command": COMMAND, "as_of_date": as_of_date, "files": files}
    (work / MANIFEST).write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        digest = hashlib.sha256()
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def _quoted(path: Path) -> str:
    text = str(path).replace("'", "''")
    return f"'{text}'"
