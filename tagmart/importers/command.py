"""`tagmart import NAME SOURCE FOLDER`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from tagmart.importers.run import DATA_SETS, run_import, steps_count


@click.command("import", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("name", type=click.Choice(list(DATA_SETS)))
@click.argument("source", type=click.Path(path_type=Path))
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Replace the raw tables in a folder that is not empty.")
@click.option("--unbiased", is_flag=True, help="olist: keep only the unbiased sample of 8,000 orders.")
def import_command(name: str, source: Path, folder: Path, force: bool, unbiased: bool) -> None:
    """Write a public data set as raw tables.

    NAME is the data set, SOURCE its downloaded file or folder, FOLDER where the Parquet files go.
    What maps to what: docs/importers.md.
    """
    begun = 0
    with click.progressbar(
        length=steps_count(name),
        label=f"Importing {name}",
        item_show_func=lambda step: step or "",
        show_eta=False,
        file=sys.stderr,
    ) as bar:

        def on_step(step: str) -> None:
            nonlocal begun
            bar.update(1 if begun else 0, step)  # a step is done when the next one begins
            bar.render_progress()
            begun += 1

        summary = run_import(name, source, folder, force=force, unbiased=unbiased, on_step=on_step)
        bar.update(1, "done")
    click.echo(summary.text())
