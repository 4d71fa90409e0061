"""`python -m workshop bench`: what the tag mart costs, as a ratio to one plain pass over the same raw files.

The plain pass is one DuckDB connection that groups raw orders and raw touchpoints by customer and day and
stores both results: the least anybody has to do to know who did what when. The ratio compares the time that
the SQL of the models takes (the sum of the models' own times in dbt's run results, two threads busy at
most) and, beside it, the wall time of the whole `dbt build` process, start-up and parsing included.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import click
import duckdb

from tagmart.contract import raw_contract

SELECT = "+customer_tags +segment_rfm"
SETTINGS = {"storage_compatibility_version": "v1.4.0"}


@click.command("bench", context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--customers", default=100_000, show_default=True, help="Customers of the sample brand.")
@click.option(
    "--folder",
    default="target/bench",
    show_default=True,
    type=click.Path(path_type=Path),
    help="Where the raw files and the databases go; the raw files are kept for the next run.",
)
@click.option("--runs", default=3, show_default=True, help="Plain passes; their median is the unit.")
def bench_command(customers: int, folder: Path, runs: int) -> None:
    """Build CUSTOMERS customers (10 orders, 50 touchpoints each) for 13 dates; print time, memory and ratios."""
    raw = folder / f"raw_{customers}"
    if not (raw / "orders.parquet").is_file():
        _run([sys.executable, "-m", "workshop", "sample", "--customers", str(customers), "--no-dirt", "--force", "--out", str(raw)])
    day_before = folder / f"raw_{customers}_day_before"
    newest = _cut_last_day(raw, day_before)
    plain = sorted(_plain_pass(raw, folder) for _ in range(runs))[runs // 2]
    database = folder / "bench.duckdb"
    for left in folder.glob("bench.duckdb*"):
        left.unlink()
    shutil.rmtree(folder / "target", ignore_errors=True)
    orders, touchpoints = (_count(raw, table) for table in ("orders", "touchpoints"))
    click.echo(f"{customers:,} customers, {orders:,} orders, {touchpoints:,} touchpoints, newest day {newest}")
    click.echo(f"{'':18}{'models':>10}{'ratio':>8}{'wall':>10}{'ratio':>8}{'peak MB':>10}")
    click.echo(f"{'plain pass':18}{plain:9.1f}s{1:8.1f}{plain:9.1f}s{1:8.1f}")
    for name, source in (("first build", day_before), ("daily increment", raw)):
        wall, peak = _dbt(source, database, folder)
        models = _model_seconds(folder)
        click.echo(f"{name:18}{models:9.1f}s{models / plain:8.1f}{wall:9.1f}s{wall / plain:8.1f}{peak:10,.0f}")
        for seconds, model in _slowest(folder):
            click.echo(f"{'':4}{model:44}{seconds:6.1f}s")
    shutil.rmtree(day_before)


def _plain_pass(raw: Path, folder: Path) -> float:
    file = folder / "plain.duckdb"
    file.unlink(missing_ok=True)
    start = time.perf_counter()
    with duckdb.connect(str(file), config=SETTINGS) as connection:
        connection.execute("set preserve_insertion_order = false; set threads = 2")
        connection.execute(
            "create table order_days as select customer_id, cast(ordered_at as date) as day, count(*) as orders, sum(order_amount) as amount "
            f"from read_parquet('{raw}/orders.parquet') group by all"
        )
        connection.execute(
            "create table touch_days as select coalesce(customer_id, unionid, openid, external_userid, phone_hash, device_id) as customer, "
            "cast(occurred_at as date) as day, count(*) as touches, "
            f"sum(duration_seconds) as seconds from read_parquet('{raw}/touchpoints.parquet') group by all"
        )
    seconds = time.perf_counter() - start
    file.unlink()
    return seconds


def _cut_last_day(raw: Path, target: Path) -> dt.date:
    """Copy the raw folder without the events of its newest business day; return that day."""
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    connection = duckdb.connect()
    newest_at = connection.execute(f"select max(occurred_at) from read_parquet('{raw}/touchpoints.parquet')").fetchone()[0]
    newest = (newest_at + dt.timedelta(hours=8)).date()
    cut = dt.datetime.combine(newest, dt.time()) - dt.timedelta(hours=8)
    for table, rules in raw_contract().items():
        file = raw / f"{table}.parquet"
        if not file.is_file():
            continue
        kept = f"where coalesce({rules['event_at']} < timestamp '{cut}', true)" if rules.get("is_event") else ""
        connection.execute(f"copy (select * from read_parquet('{file}') {kept}) to '{target / file.name}'")
    return newest


def _dbt(raw: Path, database: Path, folder: Path) -> tuple[float, float]:
    """Build the marts; return wall seconds and the peak memory of the process in MB.

    Each day's files lie under the same path, as a brand's own do: dbt parses the project anew when a var changes.
    """
    link = folder / "raw"
    link.unlink(missing_ok=True)
    link.symlink_to(raw.resolve(), target_is_directory=True)
    start = time.perf_counter()
    peak = _run(
        [
            str(Path(sys.executable).with_name("dbt")),
            "--quiet",
            "build",
            "--exclude-resource-type",
            "test",
            "unit_test",
            "--select",
            *SELECT.split(),
            "--target-path",
            str(folder / "target"),
            "--vars",
            json.dumps({"raw_path": str(link)}),
        ],
        env={**os.environ, "TAGMART_DATABASE": str(database)},
    )
    return time.perf_counter() - start, peak


def _results(folder: Path) -> list[tuple[float, str]]:
    results = json.loads((folder / "target" / "run_results.json").read_text(encoding="utf-8"))["results"]
    return sorted(((result["execution_time"], result["unique_id"].split(".")[-1]) for result in results), reverse=True)


def _model_seconds(folder: Path) -> float:
    return sum(seconds for seconds, _ in _results(folder))


def _slowest(folder: Path, most: int = 12) -> list[tuple[float, str]]:
    return _results(folder)[:most]


def _count(raw: Path, table: str) -> int:
    return duckdb.execute(f"select count(*) from read_parquet('{raw}/{table}.parquet')").fetchone()[0]


def _run(command: list[str], env: dict | None = None) -> float:
    """Run a command to its end; return its peak memory in MB."""
    process = subprocess.Popen(command, env=env)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"The command failed: {' '.join(command)}")
    return usage.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)
