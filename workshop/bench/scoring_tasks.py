"""The tasks of the scoring bench: each takes (folder, file of customers) and returns when it began and a remark."""

from __future__ import annotations

import subprocess
import sys
import time
import warnings
from pathlib import Path

import numpy as np

from tagmart.scoring.btyd import fit_model
from tagmart.scoring.fits import fit_btyd_by_date, fit_gamma_gamma_by_date
from tagmart.scoring.groups import purchase_groups
from tagmart.scoring.outlook import outlook_by_date
from workshop.bench import scoring_data as data

NOT_INSTALLED = 3  # exit status
Begun = tuple[float, float]  # seconds of the clock, of the CPU


def now() -> Begun:
    return time.perf_counter(), time.process_time()


def base(folder: Path, file: Path) -> tuple[Begun, str]:
    """Nothing: the memory of an interpreter that has imported the same."""
    return now(), ""


def fit(folder: Path, file: Path) -> tuple[Begun, str]:
    """Group the customers and fit both BTYD models and Gamma-Gamma, as the models do."""
    connection = data.over_customers(file)
    begun = now()
    btyd = fit_btyd_by_date(connection.sql(data.BTYD_GROUPS.format(data.compiled(folder, "fit_btyd__grouped"))).arrow()).to_pylist()[0]
    amounts = fit_gamma_gamma_by_date(connection.sql(data.AMOUNT_GROUPS.format(data.compiled(folder, "fit_gamma_gamma__grouped"))).arrow()).to_pylist()[0]
    return begun, f"{btyd['model']} {btyd['status']}, gamma_gamma {amounts['status']}"


def kernel(folder: Path, file: Path) -> tuple[Begun, str]:
    """Group the customers and fit BG/NBD alone: what lifetimes does."""
    connection = data.over_customers(file)
    begun = now()
    part = connection.sql(data.BTYD_GROUPS.format(data.compiled(folder, "fit_btyd__grouped"))).fetchnumpy()
    found = fit_model(purchase_groups(part["repeat_days_count"], part["recency_days"], part["age_days"], part["customers_count"]), "bg_nbd")
    return begun, f"log-likelihood {found.log_likelihood:.3f}"


def score(folder: Path, file: Path) -> tuple[Begun, str]:
    """Load tables as the models leave them (not timed), then the outlook and the SQL of score_clv."""
    database = data.database(folder)
    for left in folder.glob("tagmart.duckdb*"):
        left.unlink()
    # In a process of its own: what loading needs is no memory of scoring.
    loading = (
        "import sys; from workshop.bench import scoring_data as data; c = data.connect(sys.argv[1]); c.execute('create schema scoring'); "
        "c.execute('create table scoring.score_histories as ' + data.HISTORIES.format(file=sys.argv[2]))"
    )
    subprocess.run([sys.executable, "-c", loading, str(database), str(file)], check=True)
    connection = data.connect(database, storage_compatibility_version="v1.4.0")
    connection.execute("set memory_limit = '800MB'")
    connection.execute(f"create table scoring.fit_btyd__grouped as {data.compiled(folder, 'fit_btyd__grouped')}")
    fits = fit_btyd_by_date(connection.sql(data.BTYD_GROUPS.format("from scoring.fit_btyd__grouped")).arrow())
    amounts = fit_gamma_gamma_by_date(connection.sql(data.AMOUNT_GROUPS.format(data.compiled(folder, "fit_gamma_gamma__grouped"))).arrow())
    assert fits.num_rows and amounts.num_rows  # duckdb reads them by name
    connection.execute("create table scoring.fit_btyd as from fits; create table scoring.fit_gamma_gamma as from amounts")
    begun = now()
    cells = connection.sql(data.CELLS.format(data.compiled(folder, "fit_btyd__cells"))).to_arrow_table()
    outlook = outlook_by_date(cells)
    connection.execute("create table scoring.fit_btyd__outlook as from outlook")
    remark = f"{outlook.num_rows:,} cells in {time.perf_counter() - begun[0]:.2f} s"
    connection.execute(f"create table scoring.score_clv as {data.compiled(folder, 'score_clv')}")
    return begun, remark


def lifetimes(folder: Path, file: Path) -> tuple[Begun, str]:
    """BG/NBD by lifetimes, without grouping."""
    warnings.simplefilter("ignore")
    try:
        from lifetimes import BetaGeoFitter
    except ImportError:
        sys.exit(NOT_INSTALLED)
    rows = data.connect().sql(f"select x, t_x, age from '{file}'").df()
    begun = now()
    theirs = BetaGeoFitter(penalizer_coef=0).fit(rows["x"], rows["t_x"], rows["age"])
    parameters = np.log(theirs.params_[["r", "alpha", "a", "b"]].to_numpy())
    columns = (rows[name].to_numpy(float) for name in ("x", "t_x", "age"))
    mean = theirs._negative_log_likelihood(parameters, *columns, np.ones(len(rows)), 0.0)
    return begun, f"log-likelihood {-mean * len(rows):.3f}"


TASKS = {task.__name__: task for task in (base, fit, score, kernel, lifetimes)}
