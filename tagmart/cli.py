"""The `tagmart` command: import exports and public data sets, prove segment schemes and what a change of them does, backtest scores, write lists, learn from
campaigns, publish marts, draw a dashboard, bring tags to WeCom, sum up a build."""

from __future__ import annotations

import click

from tagmart.check.command import check_command
from tagmart.dashboard.command import dashboard_command
from tagmart.diff.command import diff_command
from tagmart.exports.command import export_command
from tagmart.guide import guide_command
from tagmart.importers.command import import_command
from tagmart.playbook.command import playbook_command
from tagmart.publish.command import publish_command
from tagmart.scoring.backtest import backtest_command
from tagmart.wecom.command import wecom_command


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Customer tags and segments from raw orders and touchpoints."""


main.add_command(import_command)
main.add_command(check_command)
main.add_command(diff_command)
main.add_command(backtest_command)
main.add_command(guide_command)
main.add_command(export_command)
main.add_command(publish_command)
main.add_command(dashboard_command)
main.add_command(playbook_command)
main.add_command(wecom_command)

if __name__ == "__main__":
    main()
