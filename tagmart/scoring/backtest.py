"""`tagmart backtest`: fit the BTYD models up to a day, and compare what they expect with what came after it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import click
import duckdb
import numpy as np

from tagmart.scoring import metrics
from tagmart.scoring.btyd import SURVIVED_AT_FIRST, BtydFit, fit_btyd, fit_model
from tagmart.scoring.expectation import expected_purchases, purchases_from_start
from tagmart.scoring.gamma_gamma import GammaGammaFit, fit_gamma_gamma
from tagmart.scoring.groups import purchase_groups

HISTORIES = """
    with purchase_days as (
        select {customer} as customer_id, cast({date} as date) as day, sum({amount}) as amount
        from read_parquet('{file}')
        where {customer} is not null and {date} is not null
        group by all
    ),
    firsts as (
        select *, min(day) over (partition by customer_id) as first_day, max(day) over () as newest_day
        from purchase_days
    )
    select
        count(*) filter (where day > first_day and day <= date '{until}') as x,
        coalesce(max(day) filter (where day <= date '{until}') - first_day, 0) as t_x,
        date '{until}' - first_day as T,
        cast(coalesce(avg(amount) filter (where day > first_day and day <= date '{until}'), 0) as double) as m,
        least(any_value(newest_day) - date '{until}', {longest}) as horizon,
        count(*) filter (where day > date '{until}' and day <= date '{until}' + {longest}) as later,
        count(*) filter (where day > first_day) as repeats
    from firsts
    where first_day <= date '{until}'
    group by customer_id, first_day
    order by customer_id
"""


@dataclass(frozen=True)
class Holdout:
    """Expected against actual purchase days of each customer after the day of the fit."""

    correlation: float
    mae: float
    rmse: float
    auc: float  # of buying again at all, by what was expected
    cumulative_error: float  # expected over actual repeat purchases since the first ones, minus 1
    sum_ratio: float  # expected over actual purchases of the horizon


def holdout(fit: BtydFit, x, t_x, T, horizon: float, later) -> Holdout:
    """Compare; times in the unit of the fit, `later` the purchase days within the horizon."""
    expected = expected_purchases(fit, x, t_x, T, horizon)
    total = purchases_from_start(fit, np.asarray(T) + horizon).sum()
    return Holdout(
        correlation=float(np.corrcoef(expected, later)[0, 1]),
        mae=float(np.abs(expected - later).mean()),
        rmse=float(np.sqrt(((expected - later) ** 2).mean())),
        auc=metrics.auc(expected, np.asarray(later) > 0),
        cumulative_error=float(total / (np.asarray(x) + np.asarray(later)).sum() - 1),
        sum_ratio=metrics.sum_ratio(expected, later),
    )


def histories(file: Path, until: dt.date, customer: str, date: str, amount: str, longest: int = 100_000) -> dict[str, np.ndarray]:
    """Read purchases; return one entry a customer who had bought by `until`: x, t_x, T (days), m, later, horizon (at most `longest`)."""
    text = HISTORIES.format(file=str(file).replace("'", "''"), until=until, customer=customer, date=date, amount=amount, longest=longest)
    with duckdb.connect() as connection:
        return connection.execute(text).fetchnumpy()


@click.command(name="backtest")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--until", required=True, type=click.DateTime(["%Y-%m-%d"]), help="Last day that the models see.")
@click.option("--unit", default=1.0, show_default=True, type=click.FloatRange(min=0, min_open=True), help="Days of one unit of time: 7 gives weeks.")
@click.option("--customer", default="customer_id", show_default=True, help="Column of the customer.")
@click.option("--date", default="order_date", show_default=True, help="Column of the purchase date.")
@click.option("--amount", default="dollars", show_default=True, help="Column of the value.")
@click.option("--horizon", default=100_000, type=click.IntRange(min=1), help="Days after it that are compared; all there are, unless told.")
def backtest_command(file: Path, until: dt.datetime, unit: float, customer: str, date: str, amount: str, horizon: int) -> None:
    """Fit BG/NBD, MBG/NBD and Gamma-Gamma on the purchases of FILE (Parquet) up to a day; score the days after it.

    Where neither of the first two has a maximum, also the limit that the models take in their place.
    """
    try:
        rows = histories(file, until.date(), *(f'"{name}"' for name in (customer, date, amount)), horizon)
    except duckdb.Error as problem:
        raise click.ClickException(f"{file} cannot be read: {str(problem).splitlines()[0]}") from problem
    x, t_x, T = rows["x"], rows["t_x"] / unit, rows["T"] / unit
    groups = purchase_groups(x, t_x, T)
    click.echo(f"{groups.customers:,} customers by {until.date()}, {groups.repeat_customers:,} bought again; unit: {unit:g} days")
    fits = [fit_model(groups, model) for model in SURVIVED_AT_FIRST]
    chosen = fit_btyd(groups)
    for fit in [*fits, *([chosen] if chosen.model not in SURVIVED_AT_FIRST else [])]:
        click.echo(_described(fit.model, fit, ("r", "alpha", *(("a", "b") if fit.model in SURVIVED_AT_FIRST else ("drop_out_chance",)))))
        if fit.converged and rows["horizon"].max() > 0:
            measured = holdout(fit, x, t_x, T, float(rows["horizon"].max()) / unit, rows["later"])
            click.echo(f"{'':12}next {rows['horizon'].max()} days: correlation {measured.correlation:.4f}, MAE {measured.mae:.4f}, RMSE {measured.rmse:.4f}, "
                       f"AUC of buying again {measured.auc:.4f}, sum ratio {measured.sum_ratio:.3f}, cumulative error {measured.cumulative_error:+.2%}")
    again = x > 0
    click.echo(_described("gamma_gamma", fit_gamma_gamma(x[again], rows["m"][again]), ("p", "q", "gamma")))


def _described(model: str, fit: BtydFit | GammaGammaFit, parameters: tuple[str, ...]) -> str:
    if not fit.converged:
        return f"{model:12}{fit.status}: {fit.reason}"
    values = ", ".join(f"{name} {getattr(fit, name):.7g} ({getattr(fit, name + '_se'):.2g})" for name in parameters)
    return f"{model:12}{values}, log-likelihood {fit.log_likelihood:.4f}"
