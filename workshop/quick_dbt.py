"""`python -m workshop dbt ...`: dbt's own command line, with functions of ours in place of some of its own (leaner_dbt.py)."""

from __future__ import annotations

import click

DEBUG = {"-d", "--debug", "debug"}  # also as a value: --log-level-file debug


@click.command("dbt", context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def dbt_command(arguments: tuple[str, ...]) -> None:
    """Run `dbt ARGUMENTS`; it says and returns what dbt does."""
    from dbt.cli.main import cli

    from workshop.leaner_dbt import leaner_dbt

    with leaner_dbt(hears_debug=not DEBUG.isdisjoint(arguments)):
        cli(arguments, prog_name="dbt")
