"""The `tagmart` command: import exports and public data sets, prove segment schemes, backtest the scoring models, say what a build made, export its lists."""

from __future__ import annotations

import click

from tagmart.check.command import check_command
from tagmart.exports.command import export_command
from tagmart.guide import guide_command
from tagmart.importers.command import import_command
from tagmart.scoring.backtest import backtest_command


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Customer tags and segments from raw orders and touchpoints."""


main.add_command(import_command)
main.add_command(check_command)
main.add_command(backtest_command)
main.add_command(guide_command)
main.add_command(export_command)

if __name__ == "__main__":
    main()
