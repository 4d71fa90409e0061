"""`tagmart dashboard OUT.html`."""

from __future__ import annotations

import os
from pathlib import Path

import click
import duckdb
from tqdm import tqdm

from tagmart.dashboard.brand import read_brand
from tagmart.dashboard.classes import ALL, Cells, flows, reasons
from tagmart.dashboard.frames import QUERIES, Frame, read
from tagmart.dashboard.page import page
from tagmart.database import DatabaseProblem, built_database, database_option, require_tables
from tagmart.parent import running_project, settings_of

MOST_DATES = 25
LARGEST = 3_000_000  # bytes
LEAST = 5


class DashboardProblem(click.ClickException):
    """One sentence that names the file, the var or the table and says what to do."""


@click.command("dashboard", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("out", type=click.Path(path_type=Path, dir_okay=False))
@database_option
@click.option("--min-cell-size", "least", type=click.IntRange(min=1), help="Fewest customers of a cell that is shown.  [default: var min_cell_size]")
@click.option("--language", type=click.Choice(["zh", "en"]), default="en", show_default=True, help="The language that the page opens in; it has both.")
def dashboard_command(out: Path, database: Path, least: int | None, language: str) -> None:
    """Write one HTML file with classes, flows, revenue, campaigns, contacts, channels, tags and scores of a build.

    It opens from disk, asks no server and holds no customer: cells of fewer than --min-cell-size customers are merged or left out.
    """
    least = least or _least_of_project()
    with built_database(database) as connection:
        require_tables(connection, database, _tables())
        frames, facts = collect(connection, least, database)
    text = page(frames, {**facts, "language": language})
    while len(text.encode()) > LARGEST and len(facts["dates"]) > 2:
        frames, facts = _without_oldest(frames, facts)
        text = page(frames, {**facts, "language": language})
    _write(out, text)
    click.echo(f"{out}: {len(text.encode()) / 1e6:.1f} MB, {len(frames['cells'].rows):,} cells at {len(facts['dates'])} dates, newest {facts['as_of_date']}.")


def collect(connection: duckdb.DuckDBPyConnection, least: int, database: Path) -> tuple[dict[str, Frame], dict]:
    """Return the frames of the page by name, and its facts; a DatabaseProblem where there are too few customers to show any."""
    dates = [row["as_of_date"] for row in read(connection, "dates", dates=MOST_DATES).dicts() if row["customers_count"] >= least]
    if not dates:
        raise DatabaseProblem(f"{database} has no date with {least} customers or more: a dashboard would show persons.")
    cells = Cells(least, read(connection, "cells", as_of_date=dates[0]))
    for date in tqdm(dates, desc="Dates", unit="date", leave=False):
        cells.add(date, read(connection, "cells", as_of_date=date))
    moved = flows(read(connection, "flows", since=dates[-1]), cells.shown, least)
    frames = {"cells": cells.frame(), "flows": moved, **read_brand(connection, dates[0], cells)}
    frames["reasons"] = reasons(read(connection, "reasons"), moved, dates[0], least)
    codes = sorted({scheme for _, scheme in cells.shown} - {ALL})
    return frames, {"as_of_date": dates[0], "dates": dates, "least": least, "schemes": codes}


def _without_oldest(frames: dict[str, Frame], facts: dict) -> tuple[dict[str, Frame], dict]:
    """A quarter of the dates less, the oldest."""
    dates = facts["dates"][: max(2, len(facts["dates"]) * 3 // 4)]
    kept = {"cells": frames["cells"].where(lambda row: row["as_of_date"] in dates), "flows": frames["flows"].where(lambda row: row["from_as_of_date"] in dates)}
    return {**frames, **kept}, {**facts, "dates": dates}


def _tables() -> list[str]:
    """The marts that the queries name."""
    words = " ".join(path.read_text(encoding="utf-8") for path in QUERIES.glob("*.sql")).replace(")", " ").split()
    return sorted({after for before, after in zip(words, words[1:]) if before in ("from", "join") and "." in after})


def _least_of_project() -> int:
    project = running_project()
    vars = (settings_of(project).get("vars") or {}) if project else {}
    least = vars.get("min_cell_size", (vars.get("tagmart") or {}).get("min_cell_size", LEAST))
    if not isinstance(least, int) or isinstance(least, bool) or least < 1:
        raise DashboardProblem(f"{project}/dbt_project.yml: the var min_cell_size is {least!r}: give a whole number of 1 or more.")
    return least


def _write(out: Path, text: str) -> None:
    beside = out.with_name(f".{out.name}.part")
    try:
        beside.write_text(text, encoding="utf-8")
        os.replace(beside, out)
    except OSError as error:
        raise DashboardProblem(f"{out} cannot be written ({error.strerror}): name a file in a folder that is there and may be written to.") from None
