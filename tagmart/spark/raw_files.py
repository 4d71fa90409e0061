"""Raw files as Spark reads them: a Parquet file as it is where Spark sees it, any other by way of the reader that DuckDB has too.

One reader for both engines, so that a cell, or a line that is no row, is the same on both. It runs where dbt runs, on one machine:
what is larger than that comes as tables of the warehouse (var raw_schema).
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from tagmart.engines import table_for
from tagmart.reading import answers
from tagmart.reading.cache import once, written
from tagmart.reading.files import place_of_copy
from tagmart.reading.scans import quoted, text

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

CONVERTED = Path("target/tagmart.raw")
UPLOADED = "raw_files"  # the schema of uploaded files
ROWS_AT_ONCE = 200_000  # of a file that is uploaded
# What DuckDB and Spark read alike out of Parquet; a column of another type is written as text.
_ALIKE = ("varchar", "boolean", "tinyint", "smallint", "integer", "bigint", "float", "double", "date", "timestamp", "timestamp with time zone")


def raw_file(spark: SparkSession, file: str, encoding: str, columns: str) -> dict:
    """As `answers.raw_file`, with `from` and the names of columns in Spark's SQL; `scan` is that of DuckDB."""
    found = answers.raw_file(file, encoding, columns, CONVERTED)
    if found["fault"]:
        return found
    as_it_is = found["kind"] == "parquet" and found["from"].startswith("read_parquet(") and all(_is_alike(each["type"]) for each in found["columns"].values())
    path = Path(found["path"]) if as_it_is else _converted(Path(file), found, encoding, columns)
    types = {name: each["type"] if _is_alike(each["type"]) else "varchar" for name, each in found["columns"].items()}
    named = {name: {"name": _backticked(_written(each["name"]) if as_it_is else name), "type": types[name]} for name, each in found["columns"].items()}
    return found | {"from": _readable(spark, path.resolve()), "columns": named}


def unreadable_lines(spark: SparkSession, described: str) -> str:
    """Return, as Spark's SQL, a relation (table_name, line_number, error_type, line_text) of the lines that are no rows.

    `described`: JSON of {table: what raw_file answered} of the CSV files.
    """
    target = CONVERTED / "unreadable_lines.parquet"
    with duckdb.connect() as connection:
        connection.execute("create table lines (table_name varchar, line_number bigint, error_type varchar, line_text varchar)")
        for table, found in json.loads(described).items():
            # Encoding is only checked in columns that are read.
            read = ", ".join(quoted(name) for name in found["columns"])
            connection.execute(f"select count(*), max(hash({read})) from {found['scan']}").fetchall()
            connection.execute(f"""
                insert into lines select {text(table)}, line + {found["skipped_lines"]}, cast(error_type as varchar), csv_line from reject_errors""")
            connection.execute("drop table reject_errors; drop table reject_scans")
        written(target, lambda part: connection.execute(f"copy lines to {text(part)} (format parquet)"))
    return _readable(spark, target.resolve())


def seed_rows(spark: SparkSession, file: str) -> list[dict[str, str]]:
    """Return the rows of a seed as {column: text}."""
    with open(file, encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _converted(file: Path, found: dict, encoding: str, columns: str) -> Path:
    target = place_of_copy(file, CONVERTED).with_suffix(".parquet")
    cells = ", ".join(f"{_cell(each)} as {quoted(name)}" for name, each in found["columns"].items())

    def write(part: Path) -> None:
        with duckdb.connect() as connection:
            connection.execute(f"set TimeZone = 'UTC'; copy (select {cells} from {found['from']}) to {text(part)} (format parquet)")

    def make() -> tuple[Path, None]:
        written(target, write)
        return target, None

    return once(file, "as parquet", encoding, columns, make=make)[0]


def is_on_this_machine(spark: SparkSession) -> bool:
    """Whether Spark reads and writes the files that this process does."""
    return _host(spark) in (None, "localhost", "127.0.0.1", "::1")


def _host(spark: SparkSession) -> str | None:
    return urlsplit(spark.conf.get("spark.remote", "") or "").hostname


def _readable(spark: SparkSession, path: Path) -> str:
    """What stands after `from`: the file where Spark's machines are this one, else a table that it is uploaded to."""
    if is_on_this_machine(spark):
        return f"parquet.{_backticked(str(path))}"

    def make() -> tuple[Path, str]:
        table = f"{UPLOADED}.{path.stem}"
        spark.sql(f"create schema if not exists {UPLOADED}")
        mode = "overwrite"
        for batch in pq.ParquetFile(path).iter_batches(ROWS_AT_ONCE):
            table_for(spark, pa.Table.from_batches([batch])).write.mode(mode).format("parquet").saveAsTable(table)
            mode = "append"
        return path, table

    return once(path, "uploaded", _host(spark), make=make)[1]


def _cell(column: dict) -> str:
    return column["name"] if _is_alike(column["type"]) else f"cast({column['name']} as varchar)"


def _is_alike(type_: str) -> bool:
    return type_ in _ALIKE or type_.startswith("decimal")


def _written(name: str) -> str:
    """A name out of DuckDB's quotes."""
    return name[1:-1].replace('""', '"')


def _backticked(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"


ANSWERS: dict[str, Callable] = {
    "raw_folder": lambda spark, *texts: answers.raw_folder(*texts),
    "is_encoding": lambda spark, *texts: answers.is_encoding(*texts),
    "raw_file": raw_file,
    "unreadable_lines": unreadable_lines,
    "seed_rows": seed_rows,
}
