"""`python -m workshop quality`: raw FOLDER, mart FILE.duckdb, drift FILE.duckdb."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from workshop.quality.contract import MART, Contract, read_contract
from workshop.quality.settings import Vars, earliest_date, given_vars, settings
from workshop.quality.unreadable import Unreadable

if TYPE_CHECKING:
    from workshop.quality.checking import SuiteResult

DRIFT_LIMITS = Path(__file__).with_name("drift_limits.csv")

# Great Expectations takes seconds to import, so only the functions that check import it: help and
# a wrong path answer at once.


_manifest = click.option("--manifest", default="target/manifest.json", show_default=True, type=click.Path(path_type=Path), help="Of the same build.")


@click.group("quality")
def quality_command() -> None:
    """Great Expectations. Exit status: 0 all expectations met, 1 some not, 2 the input could not be read."""


@quality_command.command("raw")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--vars", "all_vars", type=Vars(), default="{}", help="As given to dbt; else those of dbt_project.yml.")
@click.option("--earliest-date", metavar="YYYY-MM-DD", help="Short for this var.")
@click.option("--raw-encoding", metavar="NAME", help="Short for this var: what text files are in.")
def raw_command(folder: Path, all_vars: dict, earliest_date: str | None, raw_encoding: str | None) -> None:
    """Check a delivery: a folder with one file a raw table."""
    _say(check_raw, folder, given_vars(all_vars, earliest_date=earliest_date, raw_encoding=raw_encoding))


@quality_command.command("mart")
@click.argument("file", type=click.Path(path_type=Path))
@_manifest
def mart_command(file: Path, manifest: Path) -> None:
    """Check tags.customer_tags in the DuckDB file that dbt built."""
    _say(check_mart, file, manifest)


@quality_command.command("drift")
@click.argument("file", type=click.Path(path_type=Path))
@_manifest
@click.option("--out", default="target/tag_drift.csv", show_default=True, type=click.Path(path_type=Path), help="Where the table of all tags goes.")
@click.option("--limits", default=DRIFT_LIMITS, type=click.Path(path_type=Path), help="A table of limits in place of workshop/quality/drift_limits.csv.")
def drift_command(file: Path, manifest: Path, out: Path, limits: Path) -> None:
    """Name the tags whose values moved between the two newest as-of dates by more than a limit."""
    context = click.get_current_context()
    try:
        text, is_over = check_drift(file, manifest, out, limits)
    except Unreadable as problem:
        click.echo(f"Could not check: {problem}", err=True)
        context.exit(2)
    click.echo(text)
    context.exit(1 if is_over else 0)


def _say(check: Callable[..., tuple[list[SuiteResult], list[str]]], *arguments: object) -> None:
    """Print what came of a check, and end with its status."""
    context = click.get_current_context()
    try:
        results, notes = check(*arguments)
    except Unreadable as problem:
        click.echo(f"Could not check: {problem}", err=True)
        context.exit(2)
    click.echo(report(results, notes))
    context.exit(1 if any(result.failed for result in results) else 0)


def check_raw(folder: Path, given: dict | None = None) -> tuple[list[SuiteResult], list[str]]:
    """Check the raw tables of a folder, read with dbt's vars: those of dbt_project.yml, and the given ones over them.

    Returns the results and lines that say what was not checked.
    """
    from tagmart.contract import project_root, raw_contract
    from workshop.quality.raw_files import find_files

    contract = raw_contract()
    files = find_files(folder, contract)

    from workshop.quality.checking import Checks
    from workshop.quality.raw_suites import raw_suite
    from workshop.quality.raw_tables import load_tables

    root = project_root()
    all_vars = settings(root, folder, given or {})
    earliest = earliest_date(all_vars)
    with Checks() as checks:
        tables = load_tables(checks, files, contract, root, all_vars)
        results = [checks.validate(name, raw_suite(table, contract[name], earliest), suite=f"raw.{name}") for name, table in tables.items()]
    absent = [table for table in contract if table not in tables]
    return results, [f"Absent, not checked: {', '.join(absent)}."] if absent else []


def check_mart(file: Path, manifest: Path) -> tuple[list[SuiteResult], list[str]]:
    """Check tags.customer_tags of a built DuckDB file."""
    contract = _contract(file, manifest)

    from workshop.quality.checking import Checks
    from workshop.quality.mart_suite import attach_mart, mart_suite

    with Checks() as checks:
        attach_mart(checks, file)
        return [checks.validate(MART, mart_suite(contract), suite=f"tags.{MART}")], []


def check_drift(file: Path, manifest: Path, out: Path, limits: Path) -> tuple[str, bool]:
    """Compare the two newest as-of dates of tags.customer_tags; write the table, return what to print and whether a tag drifted."""
    contract = _contract(file, manifest)

    from workshop.quality.checking import Checks
    from workshop.quality.drift import measure_drift, read_limits
    from workshop.quality.drift_report import printed, write_table

    allowed = read_limits(limits, contract.tags)
    with Checks() as checks:
        drift = measure_drift(checks, file, contract, allowed)
    write_table(drift, out)
    return printed(drift, out), bool(drift.drifted)


def _contract(file: Path, manifest: Path) -> Contract:
    if not file.is_file():
        raise Unreadable(f"The DuckDB file '{file}' does not exist: run `dbt build` first, or give the file that it wrote.")
    return read_contract(manifest)


def report(results: list[SuiteResult], notes: list[str]) -> str:
    """The compact table, then a sentence for each failed expectation, then what was not checked."""
    rows = [(result.name, result.expectations, result.failed) for result in results]
    if len(rows) > 1:
        rows.append(("all", sum(row[1] for row in rows), sum(row[2] for row in rows)))
    width = max(len("suite"), *(len(row[0]) for row in rows))
    lines = [f"{'suite':<{width}}  expectations  passed  failed"]
    lines += [f"{name:<{width}}  {count:>12}  {count - failed:>6}  {failed:>6}" for name, count, failed in rows]
    sentences = [f"  {sentence}" for result in results for sentence in result.sentences]
    return "\n".join([*lines, *(["Failed:", *sentences] if sentences else []), *notes])
