"""What the scoring bench measures on: drawn customers, and the SQL of the models as dbt compiles it.

Customers are drawn from BG/NBD with the parameters that the literature found for CDNOW, values from Gamma-Gamma.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

BLOCK = 1_000_000
MODELS = ("fit_btyd__grouped", "fit_btyd__cells", "fit_gamma_gamma__grouped", "score_clv")
AS_OF = "date '2025-06-30'"
HISTORIES = f"""
    select 'C' || lpad(cast(row_number() over () as varchar), 9, '0') as customer_id, {AS_OF} as as_of_date, x as repeat_days_count,
        cast(amount as decimal(18, 4)) as repeat_amount, {AS_OF} - age as first_order_date, t_x as recency_days, age as age_days
    from '{{file}}'"""
# In the order that the Python models ask for.
BTYD_GROUPS = "select * from ({}) order by as_of_date, repeat_days_count, recency_days, age_days"
AMOUNT_GROUPS = (
    "select as_of_date, repeat_days_count, customers_count, cast(repeat_amount as double) as repeat_amount "
    "from ({}) order by as_of_date, repeat_days_count, value_step"
)
CELLS = "select * from ({}) order by as_of_date, repeat_days_count, age_days"


def compile_models(folder: Path) -> None:
    """Let dbt compile the SQL that is measured, for the database of the bench."""
    dbt = Path(sys.executable).with_name("dbt")
    subprocess.run(
        [dbt, "--quiet", "compile", "--select", *MODELS, "--target-path", str(folder / "target")],
        check=True,
        stdout=subprocess.DEVNULL,
        env={**os.environ, "TAGMART_DATABASE": str(database(folder))},
    )


def compiled(folder: Path, model: str) -> str:
    """The SQL of a model."""
    return next((folder / "target").rglob(f"compiled/**/{model}.sql")).read_text(encoding="utf-8")


def database(folder: Path) -> Path:
    return (folder / "tagmart.duckdb").resolve()


def connect(file: Path | None = None, **config) -> duckdb.DuckDBPyConnection:
    """An engine with two threads, as the profile has it, on a database (None: in memory)."""
    connection = duckdb.connect(str(file) if file else ":memory:", config=config)
    connection.execute("set threads = 2; set preserve_insertion_order = false; set enable_progress_bar = false")
    return connection


def over_customers(file: Path) -> duckdb.DuckDBPyConnection:
    """An engine that sees the file as score_histories: grouping reads it, nothing is stored."""
    connection = connect()
    connection.execute("attach ':memory:' as tagmart; create schema tagmart.scoring")
    connection.execute(f"create view tagmart.scoring.score_histories as {HISTORIES.format(file=file)}")
    return connection


def customers_file(folder: Path, customers: int) -> Path:
    """Draw customers once, block by block: repeat days x, recency t_x, age (days) and the amount of the repeats."""
    file = folder / f"customers_{customers}.parquet"
    if file.is_file():
        return file
    writer = None
    for block in range(max(customers // BLOCK, 1)):
        rng = np.random.default_rng(block)
        size = min(customers, BLOCK)
        age = rng.integers(1, 731, size)
        arrivals = rng.poisson(rng.gamma(0.2426, 1 / 30.9, size) * age)
        x = np.minimum(arrivals, rng.geometric(rng.beta(0.793, 2.426, size)))
        last = np.where(x > 0, np.ceil(age * rng.beta(np.maximum(x, 1), np.maximum(arrivals - x + 1, 1))), 0).astype(int)
        x = np.minimum(x, last)
        amount = np.round(rng.gamma(6.25 * np.maximum(x, 1), 1 / rng.gamma(3.74, 1 / 15.4, size)), 2) * (x > 0)
        table = pa.table({"x": x.astype("int32"), "t_x": np.where(x > 0, last, 0).astype("int32"), "age": age.astype("int32"), "amount": amount})
        writer = writer or pq.ParquetWriter(file, table.schema)
        writer.write_table(table)
    writer.close()
    return file
