"""`python -m workshop bench`: what everything that `dbt build` makes costs, on the day of the first build and on the days after."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from typing import Any

import click

from tagmart.contract import project_root
from workshop.bench import report
from workshop.bench.builds import Built, build
from workshop.bench.days import deliver
from workshop.bench.files import remove_database
from workshop.bench.passes import Floor, plain_pass, write_floor

PHASES = {"first build": "day_1", "a day later": "day_2", "nothing new": "day_2"}


@click.command("bench", context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--customers", default=20_000, show_default=True, type=click.IntRange(1), help="Customers of the sample brand.")
@click.option(
    "--folder",
    default="target/bench",
    show_default=True,
    type=click.Path(path_type=Path),
    help="Where the raw files and the databases go; the sample is kept for the next run, and so is the database that was built last.",
)
@click.option("--runs", default=3, show_default=True, type=click.IntRange(1), help="Plain passes; their median is the unit.")
@click.option("--phases", default=3, show_default=True, type=click.IntRange(1, 3), help="How many: first build, a day later, nothing new.")
@click.pass_context
def bench_command(context: click.Context, customers: int, folder: Path, runs: int, phases: int) -> None:
    """Build CUSTOMERS customers (10 orders, 20 lines, 52 touchpoints each) for 13 dates, with all data tests, and print what it takes.

    Three phases, one database: the first build; a day later, with a day of new events, 50 late orders, 20 merged pairs of
    accounts and 5 corrected orders; the same again with nothing new. Unit tests are left out: they never read the brand.
    Threads, memory limit and spill folder are those of profiles.yml and the environment variables that it reads.

    Exit status: 0; 1 when a build failed (the nodes are named, and what was measured is printed).
    """
    folder = folder.resolve()
    raw = _sample(folder, customers)
    click.echo("cutting the brand into two days …")
    delivery = _apart(deliver, raw, folder)
    click.echo(f"{runs} plain passes …")
    plain = median(_apart(plain_pass, raw, folder) for _ in range(runs))
    built, floor = _phases(folder, list(PHASES.items())[:phases], plain)
    click.echo("\n".join(report.lines(customers, delivery, plain, floor, built)))
    if any(phase.faults for phase in built.values()):
        context.exit(1)


def _sample(folder: Path, customers: int) -> Path:
    """The raw folder of the sample brand; made when it is not there yet."""
    raw = folder / f"raw_{customers}"
    if not (raw / "truth" / "constants.json").is_file():  # what the generator writes last
        click.echo(f"making a brand of {customers:,} customers …")
        command = [sys.executable, "-m", "workshop", "sample", "--customers", str(customers), "--no-dirt", "--force", "--out", str(raw)]
        if subprocess.run(command, cwd=project_root(), stdout=subprocess.DEVNULL).returncode:
            raise click.ClickException(f"The brand was not made: {' '.join(command)}")
    return raw


def _phases(folder: Path, phases: list[tuple[str, str]], plain: float) -> tuple[dict[str, Built], Floor | None]:
    """Build the phases into one new database, up to the first that fails; the floor is written from what the first one built."""
    database = remove_database(folder / "bench.duckdb")
    shutil.rmtree(folder / "target", ignore_errors=True)
    built, floor = {}, None
    for title, day in phases:
        click.echo(f"{title} …")
        built[title] = phase = build(folder / day, database, folder, title)
        click.echo(f"{title}: {phase.wall:,.1f} s, {phase.wall / plain:,.1f} plain passes, {phase.peak:,.0f} MB")
        if phase.faults:
            break
        if floor is None:
            click.echo("the floor …")
            floor = _apart(write_floor, database, folder, plain)
    return built, floor


def _apart(work: Callable, *arguments: Any) -> Any:
    """Do the work in a process of its own: Linux counts the peak memory of a process as that of every child it starts later."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, *arguments).result()
