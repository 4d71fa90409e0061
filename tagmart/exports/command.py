"""`tagmart export lists FOLDER`."""

from __future__ import annotations

from pathlib import Path

import click

from tagmart.database import database_option
from tagmart.exports.lists import IDENTIFIERS, LISTS
from tagmart.exports.writing import Written, export_lists

HELP = {"help_option_names": ["-h", "--help"]}


@click.group("export", context_settings=HELP)
def export_command() -> None:
    """Write what a build decided as files."""


@export_command.command("lists", context_settings=HELP)
@click.argument("folder", type=click.Path(path_type=Path))
@database_option
@click.option("--only", "chosen", type=click.Choice(list(LISTS)), multiple=True, help="Write this list only; may be given several times.")
@click.option("--with", "private", type=click.Choice(IDENTIFIERS), multiple=True, help="Add this identifier of the customers; may be given several times.")
def lists_command(folder: Path, database: Path, chosen: tuple[str, ...], private: tuple[str, ...]) -> None:
    """Write the activation lists to FOLDER, as CSV for Excel and as Parquet.

    Only what may go out is written: nobody who is blocked, no row over a cap or over what staff can confirm.
    manifest.json says how many rows were held back and why. An earlier export in FOLDER is replaced as a whole.
    What each file holds: docs/exports.md.
    """
    lists = [name for name in LISTS if not chosen or name in chosen]
    asked = [identifier for identifier in IDENTIFIERS if identifier in private]
    as_of_date, written = export_lists(database, folder, lists, asked)
    for each in written:
        click.echo(f"{each.name:<25}{each.rows:>10,} rows{_held(each)}")
    if asked:
        click.echo(f"The files hold {', '.join(asked)}, by which people are known: give them only to who sends the messages, and delete them afterwards.")
    click.echo(f"{folder}: as of {as_of_date}, each list as .csv and .parquet, with manifest.json.")


def _held(each: Written) -> str:
    reasons = ", ".join(f"{reason} {count:,}" for reason, count in each.held_back.items())
    return f", held back {sum(each.held_back.values()):,}: {reasons}" if reasons else ""
