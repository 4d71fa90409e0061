"""Tables of Spark as Parquet files that DuckDB can read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from tagmart.spark.raw_files import is_on_this_machine


def export(remote: str, folder: Path, marts: Iterable[str]) -> Iterator[str]:
    """Write each mart as Parquet files into folder/<mart> and yield its name; a mart that Spark does not have leaves no file.

    A Spark on this machine writes them itself, whatever their number; of another one the rows come over the network and have to fit memory.
    """
    # Tests that are not asked for are collected without pyspark too.
    from pyspark.sql import SparkSession

    spark = SparkSession.builder.remote(remote).config("spark.sql.session.timeZone", "UTC").getOrCreate()
    for mart in marts:
        if spark.catalog.tableExists(mart):
            spark.catalog.refreshTable(mart)  # another session may have made it anew
            if is_on_this_machine(spark):
                spark.table(mart).write.mode("overwrite").parquet(str(folder / mart))
            else:
                _fetch(spark.table(mart).toArrow(), folder / mart)
        yield mart


def _fetch(rows: pa.Table, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    pq.write_table(rows, folder / "rows.parquet")
