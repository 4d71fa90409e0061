"""dbt's vars for a check: those of dbt_project.yml, and over them what the command line gives."""

from __future__ import annotations

import argparse
from datetime import datetime
from pathlib import Path

import yaml

from quality.unreadable import Unreadable


def add_var_options(parser: argparse.ArgumentParser) -> None:
    """Add --vars, and the options that are short for one of them."""
    parser.add_argument("--vars", type=_vars, default={}, metavar="YAML", help="as given to dbt; else those of dbt_project.yml")
    parser.add_argument("--earliest-date", metavar="YYYY-MM-DD", help="short for this var")
    parser.add_argument("--raw-encoding", metavar="NAME", help="short for this var: what text files are in")


def given_vars(options: argparse.Namespace) -> dict:
    """The vars that were given; one with an option of its own wins over --vars."""
    own = {"earliest_date": options.earliest_date, "raw_encoding": options.raw_encoding}
    return {**options.vars, **{name: value for name, value in own.items() if value is not None}}


def settings(project: Path, folder: Path, given: dict) -> dict:
    """All vars, for a folder of raw files."""
    text = (project / "dbt_project.yml").read_text(encoding="utf-8")
    return {**yaml.safe_load(text)["vars"], **given, "raw_path": str(folder), "raw_schema": ""}


def earliest_date(all_vars: dict) -> datetime:
    """Midnight of var earliest_date, before which staging rejects events."""
    try:
        return datetime.strptime(str(all_vars["earliest_date"]), "%Y-%m-%d")
    except ValueError:
        raise Unreadable(f"The var earliest_date is '{all_vars['earliest_date']}': give a date as 'YYYY-MM-DD', in quotes.") from None


def _vars(text: str) -> dict:
    try:
        found = yaml.safe_load(text)
    except yaml.YAMLError:
        found = None
    if not isinstance(found, dict):
        raise argparse.ArgumentTypeError(f"'{text}' is no mapping: write it as for dbt, such as '{{date_order: day_first}}'")
    return found
