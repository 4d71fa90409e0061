"""`python -m workshop house`: every count beside its limit, and the names behind it."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import inf
from pathlib import Path

import click

from tagmart.contract import project_root
from workshop.house import counts, ways
from workshop.house.project import Project
from workshop.verdicts import read_manifest

# The most that each may be; inf: a number to know, without a limit.
LIMITS = {
    "lines of macro per line of model": 0.2,
    "macros": inf,
    "macros with CTEs and fewer than two callers": 0,
    "lines of the longest model": 120,
    "lines of the longest file of macros": 120,
    "median lines of a model": 40,
    "lines over 160 columns": 0,
    "files edited to add a tag": 6,
    "files opened: where does orders_count_90d come from": 4,
    "files opened: why was this touchpoint rejected": 3,
}


@dataclass(frozen=True)
class Count:
    """A value, and the files or macros behind it."""

    value: float
    names: list[str] = field(default_factory=list)


def house(root: Path, manifest: dict) -> dict[str, Count]:
    """All counts, by the names of LIMITS."""
    project = Project(root)
    model_lines, model = counts.longest(project.models)
    macro_lines, macro = counts.longest(project.macro_files)
    listed = [
        counts.hidden_queries(project),
        counts.wide_lines(project),
        ways.files_of_a_tag(root),
        ways.files_of_a_column(manifest),
        ways.files_of_a_rejection(manifest),
    ]
    hidden, wide, tag, column, rejection = (Count(len(names), names) for names in listed)
    values = [
        Count(counts.macro_share(project)),
        Count(len(project.macros)),
        hidden,
        Count(model_lines, [model]),
        Count(macro_lines, [macro]),
        Count(counts.median_model_lines(project)),
        wide,
        tag,
        column,
        rejection,
    ]
    return dict(zip(LIMITS, values, strict=True))


@click.command("house")
@click.option("--manifest", default="target/manifest.json", show_default=True, type=click.Path(path_type=Path))
@click.pass_context
def house_command(context: click.Context, manifest: Path) -> None:
    """Print the counts of the house. Exit status: 0 all within their limits, 1 some are not, 2 no manifest."""
    found = house(project_root(), read_manifest(manifest))
    over = [name for name, count in found.items() if count.value > LIMITS[name]]
    width = max(map(len, found))
    click.echo(f"{'':{width}}  {'value':>7}  {'limit':>6}")
    for name, count in found.items():
        limit = "" if LIMITS[name] == inf else f"{LIMITS[name]:g}"
        click.echo(f"{name:{width}}  {count.value:7g}  {limit:>6}{'  over' if name in over else ''}")
        for each in count.names:
            click.echo(f"    {each}")
    context.exit(1 if over else 0)
