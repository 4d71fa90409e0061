"""The developers' single entry point. A command is imported when it is called: none pays for what another needs."""

from __future__ import annotations

from importlib import import_module

import click

COMMANDS = {
    "dbt": ("workshop.quick_dbt", "dbt, which makes what it needs at every node once: the same rows, sooner."),
    "sample": ("workshop.sample.command", "Make the sample brand: raw tables whose true parameters are known."),
    "mutate": ("workshop.mutate.command", "Break the SQL of history, tags and segments in one place after the other: does a check notice?"),
    "bench": ("workshop.bench.command", "What a whole `dbt build` costs: the first, a day later, and with nothing new."),
    "bench-scoring": ("workshop.bench.scoring", "What fitting and scoring cost at one and ten million customers."),
    "quality": ("workshop.quality.run", "Great Expectations on a delivery or on the tag mart."),
    "layers": ("workshop.layers", "Does every model read only its own folder and folders to its left?"),
    "graph": ("workshop.graph", "Is every model tested, read, described and shown to somebody?"),
    "semantic": ("workshop.semantic", "Does the manifest hold every metric that the files say?"),
    "segment-docs": ("workshop.segment_docs", "Write docs/segments.md from the definitions."),
    "tag-docs": ("workshop.tag_docs", "Write the list of tags in docs/definitions.md from the columns of customer_tags."),
    "metric-docs": ("workshop.metric_docs", "Write the dictionary of metrics in docs/metrics.md from models/semantic."),
    "playbook-docs": ("workshop.playbook_docs", "Write the table of actions in docs/playbook.md from seeds/action_playbook.csv."),
    "questions": ("workshop.questions.command", "Write docs/questions.md and docs/management.md: questions answered on the sample brand, with pictures."),
    "calendar-events": ("workshop.calendar_events", "Write seeds/calendar_events.csv: festivals by year, member days as an example."),
    "wecom-load": ("workshop.wecom_load", "What a large `tagmart wecom apply` costs, against a simulator, with a kill in the middle."),
    "uplift-simulations": ("workshop.uplift_simulations", "Are measured effects as sure as they say, where the truth is known?"),
    "spark": ("workshop.spark.command", "A Spark cluster on this machine, and whether its rows are those of DuckDB."),
    "superset": ("workshop.superset.command", "Superset and PostgreSQL on this machine: does the dashboard show the numbers of the build?"),
    "dialects": ("workshop.dialects.command", "Is the SQL of models and data tests what DuckDB and Spark share?"),
    "house": ("workshop.house.command", "The counts of the house: macros, their size and users, how far a reader has to go."),
}


class Lazy(click.Group):
    """Names and helps stand in COMMANDS; `bench-scoring` is `bench_scoring_command` of its module."""

    def list_commands(self, context: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        return getattr(import_module(COMMANDS[name][0]), f"{name.replace('-', '_')}_command")

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


@click.command(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """What the developers of Tagmart work with."""
