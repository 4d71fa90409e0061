"""`python -m workshop sample`."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from tagmart.contract import raw_contract
from workshop.sample.generate import generate
from workshop.sample.pace import alpha
from workshop.sample.plan import LAST_DAY, Plan
from workshop.sample.writer import FORMATS

FEWEST_CUSTOMERS, MOST_CUSTOMERS = 50, 20_000_000
FEWEST_DAYS, MOST_DAYS = 90, 3650


@click.command("sample")
@click.option("--customers", default=1000, show_default=True, help="Customer rows.")
@click.option("--days", default=540, show_default=True, help=f"Days of data; the last one is {LAST_DAY}.")
@click.option("--seed", default=7, show_default=True, help="The same seed gives the same bytes.")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Folder to write.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="parquet", show_default=True)
@click.option("--dirt/--no-dirt", default=True, show_default=True, help="Duplicates, orphans, bad dates and so on.")
@click.option("--tables", default="", help="Only these tables, separated by commas.  [default: all]")
@click.option("--orders-per-customer", default=10.0, show_default=True, help="On average.")
@click.option("--touchpoints-per-customer", default=50.0, show_default=True, help="On average, about.")
@click.option("--force", is_flag=True, help="Write into a folder that is not empty.")
def sample_command(
    customers: int, days: int, seed: int, out: Path, form: str, dirt: bool, tables: str,
    orders_per_customer: float, touchpoints_per_customer: float, force: bool,
) -> None:  # fmt: skip
    """Make the sample brand: raw tables of a pet-food brand whose true parameters are known.

    The truth (who is who, purchase rates, campaign effects, dirty rows) stands in OUT/truth; no model reads it.
    """
    if not FEWEST_CUSTOMERS <= customers <= MOST_CUSTOMERS:
        raise click.UsageError(f"--customers must lie between {FEWEST_CUSTOMERS} and {MOST_CUSTOMERS:,}.")
    if not FEWEST_DAYS <= days <= MOST_DAYS:
        raise click.UsageError(f"--days must lie between {FEWEST_DAYS} and {MOST_DAYS}.")
    if seed < 0:
        raise click.UsageError("--seed must not be negative.")
    if touchpoints_per_customer < 0:
        raise click.UsageError("--touchpoints-per-customer must not be negative.")
    plan = Plan(customers, days, seed, orders_per_customer, touchpoints_per_customer, dirt)
    try:
        alpha(plan)  # solved here, so that a rate which no brand has is refused before anything is written
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    wanted = _wanted_tables(tables)
    _prepare_folder(out, force)

    rows = generate(plan, out, form, wanted)
    for table in wanted:
        click.echo(f"{table:<20} {rows[table]:>12,} rows")
    click.echo(f"The truth behind them stands in {out / 'truth'}.")
    click.echo(f"Next: dbt build --vars '{{raw_path: {out}}}'")


def _wanted_tables(tables: str) -> list[str]:
    """Return the tables asked for, in the order of the contract."""
    names = [name.strip() for name in tables.split(",") if name.strip()]
    unknown = [name for name in names if name not in raw_contract()]
    if unknown:
        raise click.UsageError(f"--tables names {', '.join(unknown)}, which the raw contract does not know.")
    return [name for name in raw_contract() if not names or name in names]


def _prepare_folder(out: Path, force: bool) -> None:
    """Refuse a folder with content; with force, remove what an earlier sample left (and nothing else)."""
    if out.exists() and not out.is_dir():
        raise click.UsageError(f"{out} is a file, not a folder.")
    if out.is_dir() and any(out.iterdir()):
        if not force:
            raise click.UsageError(f"{out} is not empty: take another folder, or --force to write into it.")
        for table in raw_contract():
            for form in FORMATS:
                (out / f"{table}.{form}").unlink(missing_ok=True)
        if (out / "truth" / "constants.json").is_file():
            shutil.rmtree(out / "truth")
    out.mkdir(parents=True, exist_ok=True)
