"""Raw tables into Parquet, typed as the raw contract says, and a target folder that is all or nothing."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from tagmart.contract import raw_contract
from tagmart.importers.problem import ImportProblem
from tagmart.importers.summary import TableWritten

TYPES = {
    "text": "varchar",
    "timestamp": "timestamp",
    "date": "date",
    "money": "decimal(18, 4)",
    "integer": "bigint",
    "number": "double",
}


@contextmanager
def target_folder(folder: Path, source: Path, force: bool) -> Iterator[Path]:
    """Yield a work folder inside `folder`; what fails before `publish` leaves no trace."""
    is_new = not folder.exists()
    if not is_new and not folder.is_dir():
        raise ImportProblem(f"{folder} is a file: give a folder to write the raw tables to.")
    if folder.resolve() == (source if source.is_dir() else source.parent).resolve():
        raise ImportProblem(f"{folder} holds the source data: give another folder to write the raw tables to.")
    if not is_new and not force and any(folder.iterdir()):
        raise ImportProblem(f"{folder} is not empty: give a new folder, or --force to replace the raw tables in it.")
    folder.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=".import-", dir=folder))
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)
        if is_new and not any(folder.iterdir()):
            folder.rmdir()


def publish(work: Path, folder: Path, tables: list[str]) -> None:
    """Replace the raw tables of `folder`, also those that this import has none of; leave other files alone."""
    for table in raw_contract():
        for suffix in (".parquet", ".csv"):
            (folder / f"{table}{suffix}").unlink(missing_ok=True)
    for table in tables:
        os.replace(work / f"{table}.parquet", folder / f"{table}.parquet")


def write_table(con: duckdb.DuckDBPyConnection, table: str, query: str, work: Path) -> TableWritten:
    """Write one raw table, sorted by its key, and make `raw.<table>` a view of the written file."""
    columns = _columns(con, table, query)
    typed = ", ".join(f"cast({name} as {TYPES[kind]}) as {name}" for name, kind in columns.items())
    return _write(con, table, f"select {typed} from ({query})", work, columns, "{}")


def write_text_table(con: duckdb.DuckDBPyConnection, table: str, query: str, work: Path) -> TableWritten:
    """Write one raw table with every cell as text, without the columns that no row fills and that may be absent."""
    con.execute(f"create or replace temp table texts as {query}")
    columns = _columns(con, table, "from texts")
    counts = con.execute(f"select {', '.join(f'count({name})' for name in columns)} from texts").fetchall()[0]
    needed = raw_contract()[table]["must_exist"]
    columns = {name: columns[name] for name, count in zip(columns, counts, strict=True) if count or name in needed}
    return _write(con, table, f"select {', '.join(columns)} from texts", work, columns, "number({})")


def _columns(con: duckdb.DuckDBPyConnection, table: str, query: str) -> dict[str, str]:
    """Return {column: type in the raw contract} of a query, in the order of the contract."""
    rules = raw_contract()[table]
    given = {column[0] for column in con.execute(f"describe {query}").fetchall()}
    unknown = given - set(rules["columns"])
    lacking = set(rules["must_exist"]) - given
    if unknown or lacking:
        raise ValueError(f"{table}: {sorted(unknown)} are not in the raw contract, {sorted(lacking)} must be there.")
    return {name: kind for name, kind in rules["columns"].items() if name in given}


def _write(con: duckdb.DuckDBPyConnection, table: str, query: str, work: Path, columns: dict[str, str], number: str) -> TableWritten:
    key = ", ".join(f"{column} nulls last" for column in raw_contract()[table]["key"] if column in columns)
    path = str(work / f"{table}.parquet").replace("'", "''")
    con.execute(f"copy ({query} order by {key}) to '{path}' (format parquet, compression zstd)")
    con.execute(f"create view raw.{table} as select * from read_parquet('{path}')")
    sums = _sums(table, columns, number)
    rows, *values = con.execute(f"select {', '.join(['count(*)', *sums.values()])} from raw.{table}").fetchall()[0]
    return TableWritten(table, rows, dict(zip(sums, values, strict=True)))


def _sums(table: str, columns: dict[str, str], number: str) -> dict[str, str]:
    """Return what to add up in a table: label -> SQL; `number` reads an amount."""
    money = [name for name, kind in columns.items() if kind == "money" and name.endswith("_amount")]
    sums = {name: f"coalesce(sum({number.format(name)}), 0)" for name in money}
    if table == "orders":
        is_cancelled = "coalesce(status, '') = 'cancelled'"
        amount = number.format("order_amount")
        sums["order_amount"] = f"coalesce(sum({amount}) filter (not {is_cancelled}), 0)"
        sums["order_amount of cancelled orders"] = f"coalesce(sum({amount}) filter ({is_cancelled}), 0)"
    if table == "order_items":
        worth = f"{number.format('quantity')} * {number.format('unit_price')}"
        sums = {"quantity x unit_price": f"coalesce(sum({worth}), 0)", **sums}
    return sums
