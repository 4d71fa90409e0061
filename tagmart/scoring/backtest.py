"""`tagmart backtest`: fit the BTYD models up to a day, and compare what they expect with what came after it."""

from __future__ import annotations

import datetime as dt
import math
from pathlib import Path

import click

from tagmart.scoring.backtest_report import report
from tagmart.scoring.btyd import SURVIVED_AT_FIRST, fit_btyd, fit_model
from tagmart.scoring.cells import ORDERS, day_reader
from tagmart.scoring.gamma_gamma import fit_gamma_gamma
from tagmart.scoring.groups import purchase_groups
from tagmart.scoring.histories import LONGEST, counted
from tagmart.scoring.holdout import holdout
from tagmart.scoring.purchases import PurchasesProblem, read_purchases


@click.command(name="backtest")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--until", required=True, metavar="DAY", help="Last day that the models see: YYYY-MM-DD.")
@click.option("--unit", default=1.0, show_default=True, help="Days of one unit of time: 7 gives weeks.")
@click.option("--customer", default="customer_id", show_default=True, help="Column of the customer.")
@click.option("--date", default="order_date", show_default=True, help="Column of the purchase date.")
@click.option("--amount", default="dollars", show_default=True, help="Column of the value.")
@click.option("--horizon", default=LONGEST, help="Days after it that are compared; all there are, unless told.")
@click.option("--date-order", type=click.Choice(ORDERS), help="How dates such as 01/12/2010 are meant, where no date of the column tells.")
def backtest_command(file: Path, until: str, unit: float, customer: str, date: str, amount: str, horizon: int, date_order: str | None) -> None:
    """Fit BG/NBD, MBG/NBD and Gamma-Gamma on the purchases of FILE up to a day; score the days after it.

    FILE is Parquet, CSV in any usual encoding, or a spreadsheet. Where neither of the first two has a maximum, also the
    limit that the models take in their place.
    """
    try:
        last_day = _checked(until, unit, horizon)
        bought = read_purchases(file, customer, date, amount, date_order)
        rows = counted(bought, last_day, horizon)
    except PurchasesProblem as problem:
        raise click.ClickException(str(problem)) from problem
    x, t_x, T = rows["x"], rows["t_x"] / unit, rows["T"] / unit
    groups, days = purchase_groups(x, t_x, T), int(rows["horizon"].max())
    chosen = fit_btyd(groups)
    fits = [fit_model(groups, model) for model in SURVIVED_AT_FIRST]
    fits += [chosen] if chosen.model not in SURVIVED_AT_FIRST else []
    measured = [holdout(fit, x, t_x, T, days / unit, rows["later"]) if fit.converged and days else None for fit in fits]
    time = "days" if unit == 1 else f"units of {unit:g} days"
    click.echo(f"{bought.said}\n{groups.customers:,} customers by {last_day}, {groups.repeat_customers:,} bought again; time in {time}.\n")
    click.echo(report(fits, measured, chosen.model if chosen.converged else None, days, fit_gamma_gamma(x[x > 0], rows["m"][x > 0])))


def _checked(until: str, unit: float, horizon: int) -> dt.date:
    """The day, once the numbers make sense."""
    last_day = day_reader([], "day-first")(until.strip())
    if last_day is None:
        raise PurchasesProblem(f"--until is '{until}', which is no day: write it as YYYY-MM-DD.")
    if not (math.isfinite(unit) and unit > 0):
        raise PurchasesProblem(f"--unit is {unit:g}: give the days of one unit of time, more than 0 (7 for weeks).")
    if horizon < 1:
        raise PurchasesProblem(f"--horizon is {horizon}: give the days that are compared, 1 or more.")
    return last_day
