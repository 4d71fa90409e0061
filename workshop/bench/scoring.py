"""`python -m workshop bench-scoring`: time and memory of fitting and of scoring, at one and ten million customers.

Seconds are those of the clock and of the CPU (two threads at most); the latter say the same on a busy machine. Each line is
measured in a process of its own; memory is its peak over that of an interpreter which has imported the same. Grouping and
scoring run the compiled SQL of the models themselves, on tables of the shape that the models have.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import click

from workshop.bench import scoring_data as data
from workshop.bench.scoring_data import BLOCK
from workshop.bench.scoring_tasks import NOT_INSTALLED, TASKS, now

NAMES = {"fit": "group by, both BTYD, Gamma-Gamma", "score": "outlook and score_clv.sql", "kernel": "group by, BG/NBD", "lifetimes": "lifetimes BG/NBD"}
# The kernel before and after lifetimes: on a busy machine the ratio says more when both have seen the same.
RUNS = (("fit", BLOCK), ("fit", 10 * BLOCK), ("score", BLOCK), ("score", 10 * BLOCK), *[("kernel", BLOCK)] * 2, ("lifetimes", BLOCK), *[("kernel", BLOCK)] * 2)


@click.command("bench-scoring", context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--folder", default="target/bench_scoring", type=click.Path(path_type=Path), show_default=True, help="Where data and databases go.")
@click.option("--task", type=click.Choice(list(TASKS)), hidden=True)
@click.option("--customers", default=BLOCK, hidden=True)
def bench_scoring_command(folder: Path, task: str | None, customers: int) -> None:
    """Measure; with lifetimes installed (requirements-oracles.txt) also against it."""
    folder.mkdir(parents=True, exist_ok=True)
    if task:
        return _work(task, folder, customers)
    data.compile_models(folder)
    base = _measure("base", folder, BLOCK)[2]
    click.echo(f"{'':34}{'customers':>12}{'seconds':>10}{'of CPU':>10}{'MB over base':>14}")
    cpu = defaultdict(list)
    for task, customers in RUNS:
        measured = _measure(task, folder, customers)
        if measured is None:
            click.echo("lifetimes is not installed: pip install -r requirements-oracles.txt")
            continue
        cpu[task].append(measured[1])
        click.echo(f"{NAMES[task]:34}{customers:12,}{measured[0]:10.2f}{measured[1]:10.2f}{measured[2] - base:14.0f}   {measured[3]}")
    if cpu["lifetimes"]:
        ratio = cpu["lifetimes"][0] / (sum(cpu["kernel"]) / len(cpu["kernel"]))
        click.echo(f"BG/NBD alone, the same customers and likelihood: {ratio:.0f} times less CPU than lifetimes")


def _work(task: str, folder: Path, customers: int) -> None:
    """Do one task; print seconds, peak memory (MB) and a remark."""
    (start, start_cpu), remark = TASKS[task](folder, data.customers_file(folder, customers))
    end, end_cpu = now()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)
    click.echo(f"{end - start} {end_cpu - start_cpu} {peak} {remark}")


def _measure(task: str, folder: Path, customers: int) -> tuple[float, float, float, str] | None:
    data.customers_file(folder, customers)  # drawn here: drawing them is no memory of the task
    command = [sys.executable, "-m", "workshop", "bench-scoring", "--task", task, "--customers", str(customers), "--folder", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "OPENBLAS_NUM_THREADS": "1"})
    if done.returncode == NOT_INSTALLED:
        return None
    if done.returncode:
        raise SystemExit(done.stderr)
    seconds, cpu, memory, *remark = done.stdout.split()
    return float(seconds), float(cpu), float(memory), " ".join(remark)
