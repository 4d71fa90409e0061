"""`python -m quality.run raw FOLDER` and `python -m quality.run mart FILE.duckdb`.

Exit status: 0 all expectations met, 1 some not, 2 the input could not be read.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from quality.settings import add_var_options, earliest_date, given_vars, settings
from quality.unreadable import Unreadable

if TYPE_CHECKING:
    from quality.checking import SuiteResult

# Great Expectations takes seconds to import, so only the functions that check import it: help and
# a wrong path answer at once.


def main(arguments: list[str] | None = None) -> int:
    """Check what the arguments name and print the outcome."""
    options = _parser().parse_args(arguments)
    try:
        if options.what == "raw":
            results, notes = check_raw(options.folder, given_vars(options))
        else:
            results, notes = check_mart(options.file)
    except Unreadable as problem:
        print(f"Could not check: {problem}", file=sys.stderr)
        return 2
    print(report(results, notes))
    return 1 if any(result.failed for result in results) else 0


def check_raw(folder: Path, given: dict | None = None) -> tuple[list[SuiteResult], list[str]]:
    """Check the raw tables of a folder, read with dbt's vars: those of dbt_project.yml, and the given ones over them.

    Returns the results and lines that say what was not checked.
    """
    from quality.raw_files import find_files
    from tagmart.contract import project_root, raw_contract

    contract = raw_contract()
    files = find_files(folder, contract)

    from quality.checking import Checks
    from quality.raw_suites import raw_suite
    from quality.raw_tables import load_tables

    root = project_root()
    all_vars = settings(root, folder, given or {})
    earliest = earliest_date(all_vars)
    with Checks() as checks:
        tables = load_tables(checks, files, contract, root, all_vars)
        results = [checks.validate(name, raw_suite(table, contract[name], earliest), suite=f"raw.{name}") for name, table in tables.items()]
    absent = [table for table in contract if table not in tables]
    return results, [f"Absent, not checked: {', '.join(absent)}."] if absent else []


def check_mart(file: Path) -> tuple[list[SuiteResult], list[str]]:
    """Check tags.customer_tags of a built DuckDB file."""
    if not file.is_file():
        raise Unreadable(f"The DuckDB file '{file}' does not exist: run `dbt build` first, or give the file that it wrote.")

    from quality.checking import Checks
    from quality.mart_suite import MART, attach_mart, mart_suite

    with Checks() as checks:
        attach_mart(checks, file)
        return [checks.validate(MART, mart_suite(), suite=f"tags.{MART}")], []


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


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m quality.run", description="Great Expectations checks.")
    commands = parser.add_subparsers(dest="what", required=True)
    raw = commands.add_parser("raw", help="check a delivery: a folder with one file a raw table")
    raw.add_argument("folder", type=Path)
    add_var_options(raw)
    mart = commands.add_parser("mart", help="check tags.customer_tags in the DuckDB file that dbt built")
    mart.add_argument("file", type=Path)
    return parser


if __name__ == "__main__":
    status = main()
    sys.stdout.flush()
    sys.stderr.flush()
    # Not sys.exit: with Great Expectations imported, duckdb 2.0 prints sixty lines about leaked
    # Python objects when the interpreter takes itself apart. Everything is closed by now.
    os._exit(status)
