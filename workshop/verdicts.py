"""What several commands of the workshop say alike: whether a manifest is as it should be, and whether a page of docs is what would be written."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import click


def read_manifest(manifest: Path) -> dict:
    """The manifest; without one a sentence and exit status 2."""
    if not manifest.is_file():
        click.echo(f"{manifest} does not exist: run `dbt parse` first.")
        raise click.exceptions.Exit(2)
    return json.loads(manifest.read_text(encoding="utf-8"))


def judge(manifest: Path, faults: Callable[[dict], list[str]], well: Callable[[dict], str]) -> None:
    """Print the faults of a manifest, a line each, or that all is well. Exit status: 0 none, 1 some, 2 no manifest."""
    held = read_manifest(manifest)
    found = faults(held)
    click.echo("\n".join(found) if found else well(held))
    raise click.exceptions.Exit(1 if found else 0)


def write_or_check(page: Path, text: str, check: bool, mend: str) -> None:
    """Write a page, or end with a sentence that says how to mend it when it is not what would be written."""
    if not check:
        page.write_text(text, encoding="utf-8")
    elif not page.is_file() or page.read_text(encoding="utf-8") != text:
        sys.exit(f"{page} is stale: run {mend} and commit it.")


def between(text: str, begin: str, end: str, written: str) -> str:
    """The text with what stands between two of its lines written anew."""
    head, rest = text.split(begin)
    _, tail = rest.split(end)
    return f"{head}{begin}\n{written}\n{end}{tail}"
