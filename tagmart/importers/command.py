"""`tagmart import NAME SOURCE FOLDER`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from tagmart.importers.exports import import_exports, profile_names, suggest
from tagmart.importers.problem import ImportProblem
from tagmart.importers.run import DATA_SETS, run_import, steps_count

EXPORTS = "exports"
PROFILE_HELP = f"exports: {', '.join(profile_names())}, or the path of a profile of your own; may be given several times."


@click.command("import", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("name", type=click.Choice([*DATA_SETS, EXPORTS]))
@click.argument("source", type=click.Path(path_type=Path), required=False)
@click.argument("folder", type=click.Path(path_type=Path), required=False)
@click.option("--force", is_flag=True, help="Replace the raw tables in a folder that is not empty.")
@click.option("--unbiased", is_flag=True, help="olist: keep only the unbiased sample of 8,000 orders.")
@click.option("--profile", "profiles", multiple=True, metavar="NAME", help=PROFILE_HELP)
@click.option("--timezone", metavar="ZONE", help="exports: where times without a zone were written, instead of the profile's.")
@click.option("--suggest", "suggested", type=click.Path(path_type=Path), metavar="FILE", help="exports: print a profile for this file, to be edited.")
def import_command(
    name: str,
    source: Path | None,
    folder: Path | None,
    force: bool,
    unbiased: bool,
    profiles: tuple[str, ...],
    timezone: str | None,
    suggested: Path | None,
) -> None:
    """Write a public data set, or the exports of your shop and CRM, as raw tables.

    NAME is the data set (or exports), SOURCE its downloaded file or folder, FOLDER where the Parquet files go.
    What maps to what: docs/importers.md.
    """
    if name != EXPORTS and (profiles or suggested or timezone):
        raise ImportProblem(f"--profile, --timezone and --suggest go with exports: leave them out, {name} needs none.")
    if suggested:
        click.echo(suggest(suggested))
        return
    if source is None or folder is None:
        raise ImportProblem(f"Give SOURCE and FOLDER: tagmart import {name} SOURCE FOLDER.")
    if name == EXPORTS:
        if unbiased:
            raise ImportProblem("exports has no unbiased sample to keep: leave out --unbiased.")
        if not profiles:
            known = ", ".join(profile_names())
            raise ImportProblem(f"Give --profile with the platform of the exports ({known}), or your own .yml.")
        with _progress(name, None) as on_step:
            summary = import_exports(source, folder, profiles, timezone=timezone, force=force, on_step=on_step)
    else:
        with _progress(name, steps_count(name)) as on_step:
            summary = run_import(name, source, folder, force=force, unbiased=unbiased, on_step=on_step)
    click.echo(summary.text())


@contextmanager
def _progress(name: str, steps: int | None) -> Iterator[Callable[[str], None]]:
    """Show each step as it begins, on the error stream; without a number of steps only in a terminal."""
    begun = 0
    with click.progressbar(
        length=steps or 10,
        label=f"Importing {name}",
        item_show_func=lambda step: step or "",
        show_eta=False,
        show_percent=steps is not None,
        file=sys.stderr,
    ) as bar:

        def on_step(step: str) -> None:
            nonlocal begun
            bar.update(1 if begun else 0, step)  # a step is done when the next one begins
            bar.render_progress()
            begun += 1

        yield on_step
        bar.update(max(1, bar.length - bar.pos), "done")
