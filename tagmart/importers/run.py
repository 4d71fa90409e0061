"""One import from beginning to end: read, write, balance, publish."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb

from tagmart.importers import cdnow, olist, online_retail, taobao
from tagmart.importers.data_set import Balance, DataSet
from tagmart.importers.problem import ImportProblem
from tagmart.importers.reading import find_files, load
from tagmart.importers.summary import Balanced, Summary
from tagmart.importers.writing import publish, target_folder, write_table

DATA_SETS: dict[str, DataSet] = {
    "online_retail": online_retail.DATA_SET,
    "cdnow": cdnow.DATA_SET,
    "olist": olist.DATA_SET,
    "taobao": taobao.DATA_SET,
}


def steps_count(name: str) -> int:
    """Return how often an import of this data set calls `on_step`."""
    data_set = DATA_SETS[name]
    return len(data_set.sources) + len(data_set.steps) + len(data_set.tables) + 1


def run_import(
    name: str,
    source: Path,
    folder: Path,
    *,
    force: bool = False,
    unbiased: bool = False,
    on_step: Callable[[str], None] = lambda step: None,
) -> Summary:
    """Import a public data set into a folder of raw tables; `on_step` hears each step as it begins."""
    data_set = DATA_SETS[name]
    if unbiased and data_set.unbiased_sample is None:
        raise ImportProblem(f"{name} has no unbiased sample to keep: leave out --unbiased.")
    sample = data_set.unbiased_sample if unbiased else None
    source, folder = Path(source), Path(folder)
    files = find_files(data_set.sources, source)
    try:
        with target_folder(folder, source, force) as work, _connect(work) as con:
            read = []
            for wanted in data_set.sources:
                on_step(f"reading {wanted.name}")
                read.append(load(con, wanted, files[wanted.name], sample))
            for step, query in data_set.steps.items():
                on_step(f"preparing {step}")
                con.execute(f"create table source.{step} as {query}")
            written = []
            for table, query in data_set.tables.items():
                on_step(f"writing {table}")
                written.append(write_table(con, table, query, work))
            on_step("comparing what was read with what was written")
            balances = tuple(_balance(con, source, balance) for balance in data_set.balances)
            no_home = tuple(_no_home(con, data_set))
            written = [table for table in written if table.rows]
            if "orders" not in {table.table for table in written}:
                raise ImportProblem(f"{source} has no orders, which Tagmart needs: check that the data is all there.")
            publish(work, folder, [table.table for table in written])
    except OSError as error:
        path = error.filename or folder
        raise ImportProblem(f"{path} cannot be used ({error.strerror}): check its permissions and disk.") from None
    except duckdb.Error as error:
        reason = str(error).splitlines()[0]
        raise ImportProblem(f"{source} could not be imported, and nothing was written: {reason}") from None
    return Summary(
        title=data_set.title,
        folder=folder,
        read=tuple(file for file in read if file),
        written=tuple(written),
        balances=balances,
        no_home=no_home,
        notes=data_set.notes,
        dbt_vars=data_set.dbt_vars,
    )


def _connect(work: Path) -> duckdb.DuckDBPyConnection:
    """Open DuckDB in memory; one thread, so that the same source gives the same bytes."""
    con = duckdb.connect(config={"threads": 1, "temp_directory": str(work)})
    con.execute("set TimeZone = 'UTC'")
    con.execute("create schema source")
    con.execute("create schema raw")
    return con


def _balance(con: duckdb.DuckDBPyConnection, source: Path, balance: Balance) -> Balanced:
    read, written = (con.execute(query).fetchall()[0][0] or 0 for query in (balance.read, balance.written))
    if read != written:
        raise ImportProblem(
            f"{source} does not come out even ({balance.what}: read {read:,}, written {written:,}): "
            "nothing was written; compare the file with docs/importers.md."
        )
    return Balanced(balance.what, read, written)


def _no_home(con: duckdb.DuckDBPyConnection, data_set: DataSet) -> list[str]:
    rows = [(item.text, con.execute(item.query).fetchall()[0]) for item in data_set.no_home]
    return [text.format(*row) for text, row in rows if row[0]]
