"""`make bench-scoring`: time and memory of fitting and of scoring, at one and ten million customers.

Seconds are those of the clock and of the CPU (two threads at most); the latter say the same on a busy machine. Each line is measured in a process of its own; memory is its peak over that of an interpreter which has imported the
same. Customers are drawn from BG/NBD with the parameters that the literature found for CDNOW, values from Gamma-Gamma.
Scoring runs the compiled SQL of score_clv itself, on tables of the shape that the models have.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from pathlib import Path

import click
import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from tagmart.scoring import tables
from tagmart.scoring.btyd import fit_model
from tagmart.scoring.groups import purchase_groups

BLOCK = 1_000_000
AS_OF = "date '2025-06-30'"
GROUPED = "select {as_of} as as_of_date, x as repeat_days_count, t_x as recency_days, age as age_days, count(*) as customers_count from '{file}' group by all order by all"
GAMMA_GAMMA = (
    "select {as_of} as as_of_date, x as repeat_days_count, floor(1000 * ln(amount / x)) as value_step, count(*) as customers_count, "
    "cast(sum(cast(amount as decimal(18, 4))) as double) as repeat_amount from '{file}' where x > 0 and amount > 0 group by all order by all")
HISTORIES = """
    create schema intermediate; create schema scoring;
    create table intermediate.int_customers__dated as
        select 'C' || lpad(cast(row_number() over () as varchar), 9, '0') as customer_id, {as_of} as as_of_date from '{file}';
    create table scoring.score_histories as
        select 'C' || lpad(cast(row_number() over () as varchar), 9, '0') as customer_id, {as_of} as as_of_date, x as repeat_days_count,
            cast(amount as decimal(18, 4)) as repeat_amount, {as_of} - age as first_order_date, t_x as recency_days, age as age_days
        from '{file}'"""
TASKS = ("base", "fit", "score", "lifetimes", "kernel")


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--folder", default="target/bench_scoring", type=click.Path(path_type=Path), show_default=True, help="Where data and databases go.")
@click.option("--task", type=click.Choice(TASKS), hidden=True)
@click.option("--customers", default=BLOCK, hidden=True)
def main(folder: Path, task: str | None, customers: int) -> None:
    """Measure; with lifetimes installed (requirements-oracles.txt) also against it."""
    folder.mkdir(parents=True, exist_ok=True)
    if task:
        return _work(task, folder, customers)
    dbt = Path(sys.executable).with_name("dbt")
    subprocess.run([dbt, "--quiet", "compile", "--select", "score_clv", "--target-path", str(folder / "target")],
                   check=True, stdout=subprocess.DEVNULL, env={**os.environ, "TAGMART_DATABASE": str(_database(folder))})
    base = _measure("base", folder, 0)[2]
    click.echo(f"{'':34}{'customers':>12}{'seconds':>10}{'of CPU':>10}{'MB over base':>14}")
    seconds = {}
    for task, customers in (("fit", BLOCK), ("fit", 10 * BLOCK), ("score", BLOCK), ("score", 10 * BLOCK), ("kernel", BLOCK), ("lifetimes", BLOCK)):
        _customers_file(folder, customers)
        measured = _measure(task, folder, customers)
        if measured is None:
            click.echo("lifetimes is not installed: pip install -r requirements-oracles.txt")
            continue
        seconds[task, customers] = measured[1]
        click.echo(f"{NAMES[task]:34}{customers:12,}{measured[0]:10.2f}{measured[1]:10.2f}{measured[2] - base:14.0f}   {measured[3]}")
    if ("lifetimes", BLOCK) in seconds:
        click.echo(f"BG/NBD alone, the same customers and likelihood: {seconds['lifetimes', BLOCK] / seconds['kernel', BLOCK]:.0f} times less CPU than lifetimes")


NAMES = {"fit": "group by, both BTYD, Gamma-Gamma", "score": "outlook and score_clv.sql", "kernel": "group by, BG/NBD", "lifetimes": "lifetimes BG/NBD"}


def _work(task: str, folder: Path, customers: int) -> None:
    """Do one task; print seconds, peak memory (MB) and a remark."""
    file, remark = _customers_file(folder, customers) if customers else None, ""
    connection = duckdb.connect()
    connection.execute("set threads = 2; set preserve_insertion_order = false; set enable_progress_bar = false")
    start, start_cpu = time.perf_counter(), time.process_time()
    if task == "fit":
        fit = tables.fit_btyd_by_date(connection.sql(GROUPED.format(as_of=AS_OF, file=file)).arrow()).to_pylist()[0]
        amounts = tables.fit_gamma_gamma_by_date(connection.sql(GAMMA_GAMMA.format(as_of=AS_OF, file=file)).arrow()).to_pylist()[0]
        remark = f"{fit['model']} {fit['status']}, gamma_gamma {amounts['status']}"
    elif task == "kernel":
        part = connection.sql(GROUPED.format(as_of=AS_OF, file=file)).fetchnumpy()
        fit = fit_model(purchase_groups(part["repeat_days_count"], part["recency_days"], part["age_days"], part["customers_count"]), "bg_nbd")
        remark = f"log-likelihood {fit.log_likelihood:.3f}"
    elif task == "score":
        start, start_cpu, remark = _score(folder, file)
    elif task == "lifetimes":
        start, start_cpu, remark = _lifetimes(connection, file)
    seconds, cpu = time.perf_counter() - start, time.process_time() - start_cpu
    click.echo(f"{seconds} {cpu} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 * 1024 if sys.platform == 'darwin' else 1024)} {remark}")


def _score(folder: Path, file: Path) -> tuple[float, float, str]:
    """Load tables as the models leave them, then time the outlook and the SQL."""
    database = _database(folder)
    for left in folder.glob("tagmart.duckdb*"):
        left.unlink()
    loading = ("import duckdb, sys; c = duckdb.connect(sys.argv[1]); c.execute('set threads = 2; set preserve_insertion_order = false; set enable_progress_bar = false'); c.execute(sys.argv[2])")
    subprocess.run([sys.executable, "-c", loading, str(database), HISTORIES.format(as_of=AS_OF, file=file)], check=True)
    connection = duckdb.connect(str(database), config={"storage_compatibility_version": "v1.4.0"})
    connection.execute("set threads = 2; set preserve_insertion_order = false; set enable_progress_bar = false; set memory_limit = '800MB'")
    fits = tables.fit_btyd_by_date(connection.sql(GROUPED.format(as_of=AS_OF, file=file)).arrow())
    amounts = tables.fit_gamma_gamma_by_date(connection.sql(GAMMA_GAMMA.format(as_of=AS_OF, file=file)).arrow())
    connection.execute("create table scoring.fit_btyd as from fits; create table scoring.fit_gamma_gamma as from amounts")
    start, start_cpu = time.perf_counter(), time.process_time()
    cells = connection.sql("select distinct as_of_date, repeat_days_count, age_days, model as model_name, r, alpha, a, b, 0.1::double as discount_rate "
                           "from scoring.score_histories join scoring.fit_btyd using (as_of_date) order by all").to_arrow_table()
    outlook = tables.outlook_by_date(cells)
    connection.execute("create table scoring.fit_btyd__outlook as from outlook")
    remark = f"{cells.num_rows:,} cells in {time.perf_counter() - start:.2f} s"
    text = next((folder / "target").rglob("compiled/**/score_clv.sql")).read_text(encoding="utf-8")
    connection.execute(f"create table scoring.score_clv as {text}")
    return start, start_cpu, f"{remark}, {len(amounts)} date"


def _lifetimes(connection: duckdb.DuckDBPyConnection, file: Path) -> tuple[float, float, str]:
    import warnings

    warnings.simplefilter("ignore")
    try:
        from lifetimes import BetaGeoFitter
    except ImportError:
        sys.exit(3)
    rows = connection.sql(f"select x, t_x, age from '{file}'").df()
    start, start_cpu = time.perf_counter(), time.process_time()
    theirs = BetaGeoFitter(penalizer_coef=0).fit(rows["x"], rows["t_x"], rows["age"])
    r, alpha, a, b = theirs.params_[["r", "alpha", "a", "b"]]
    mean = theirs._negative_log_likelihood(np.log([r, alpha, a, b]), rows["x"].to_numpy(float), rows["t_x"].to_numpy(float), rows["age"].to_numpy(float),
                                           np.ones(len(rows)), 0.0)
    return start, start_cpu, f"log-likelihood {-mean * len(rows):.3f}"


def _measure(task: str, folder: Path, customers: int) -> tuple[float, float, float, str] | None:
    command = [sys.executable, "-m", "tagmart.scoring.bench", "--task", task, "--customers", str(customers), "--folder", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "OPENBLAS_NUM_THREADS": "1"})
    if done.returncode == 3:
        return None
    if done.returncode:
        raise SystemExit(done.stderr)
    seconds, cpu, memory, *remark = done.stdout.split()
    return float(seconds), float(cpu), float(memory), " ".join(remark)


def _database(folder: Path) -> Path:
    return (folder / "tagmart.duckdb").resolve()


def _customers_file(folder: Path, customers: int) -> Path:
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


if __name__ == "__main__":
    main()
