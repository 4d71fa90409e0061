"""dbt's vars for a check: those of dbt_project.yml, and over them what the command line gives."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click
import yaml

from workshop.quality.unreadable import Unreadable


class Vars(click.ParamType):
    """YAML as dbt's --vars takes it."""

    name = "YAML"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> dict:
        try:
            found = yaml.safe_load(value)
        except yaml.YAMLError:
            found = None
        if not isinstance(found, dict):
            self.fail(f"'{value}' is no mapping: write it as for dbt, such as '{{date_order: day_first}}'", param, ctx)
        return found


def given_vars(given: dict, **own: str | None) -> dict:
    """The vars that were given; one with an option of its own wins over --vars."""
    return {**given, **{name: value for name, value in own.items() if value is not None}}


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
