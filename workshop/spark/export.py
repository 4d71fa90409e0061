"""Tables of Spark as Parquet files that DuckDB can read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq


def export(remote: str, folder: Path, marts: Iterable[str]) -> Iterator[str]:
    """Write each mart to folder/<mart>/rows.parquet and yield its name; a mart that Spark does not have leaves no file."""
    # Tests that are not asked for are collected without pyspark too.
    from pyspark.errors import AnalysisException
    from pyspark.sql import SparkSession

    spark = SparkSession.builder.remote(remote).config("spark.sql.session.timeZone", "UTC").getOrCreate()
    for mart in marts:
        try:
            spark.catalog.refreshTable(mart)  # another session may have made it anew
            rows: pa.Table = spark.table(mart).toArrow()
        except AnalysisException:
            yield mart
            continue
        (folder / mart).mkdir(parents=True, exist_ok=True)
        pq.write_table(rows, folder / mart / "rows.parquet")
        yield mart
