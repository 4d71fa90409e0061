"""One import from beginning to end: read, write, balance, publish."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb

from tagmart.importers import cdnow, olist, online_retail, taobao
from tagmart.importers.data_set import DataSet
from tagmart.importers.problem import ImportProblem
from tagmart.importers.reading import find_files, load
from tagmart.importers.summary import Summary
from tagmart.importers.working import balanced, connect, faults_told
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
    with faults_told(source, folder), target_folder(folder, source, force) as work, connect(work) as con:
        read = []
        for wanted in data_set.sources:
            on_step(f"reading {wanted.name}")
            read.append(load(con, wanted, files[wanted.name], sample, work))
        for step, query in data_set.steps.items():
            on_step(f"preparing {step}")
            con.execute(f"create table source.{step} as {query}")
        written = []
        for table, query in data_set.tables.items():
            on_step(f"writing {table}")
            written.append(write_table(con, table, query, work))
        on_step("comparing what was read with what was written")
        balances = tuple(balanced(con, source, balance) for balance in data_set.balances)
        no_home = tuple(_no_home(con, data_set))
        written = [table for table in written if table.rows]
        if "orders" not in {table.table for table in written}:
            raise ImportProblem(f"{source} has no orders, which Tagmart needs: check that the data is all there.")
        publish(work, folder, [table.table for table in written])
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


def _no_home(con: duckdb.DuckDBPyConnection, data_set: DataSet) -> list[str]:
    rows = [(item.text, con.execute(item.query).fetchall()[0]) for item in data_set.no_home]
    return [text.format(*row) for text, row in rows if row[0]]
