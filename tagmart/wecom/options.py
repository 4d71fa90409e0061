"""Options that the commands of `tagmart wecom` share, and errors as one sentence with exit status 2."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from tagmart.wecom.limits import Limits
from tagmart.wecom.problem import WecomProblem

database = click.option("--database", type=click.Path(path_type=Path), help="The built DuckDB file; else TAGMART_DATABASE, else target/tagmart.duckdb.")
journal = click.option(
    "--journal",
    type=click.Path(path_type=Path),
    default=Path("wecom/journal.sqlite"),
    envvar="TAGMART_WECOM_JOURNAL",
    show_default=True,
    help="What we have set, kept over runs; also TAGMART_WECOM_JOURNAL. Keep this file.",
)


def limits(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --per-minute, --per-hour, --tags-at-most, and give the command `limits`."""

    @click.option("--per-minute", default=Limits.per_minute, show_default=True, type=click.IntRange(1), help="Calls of one kind in a minute.")
    @click.option("--per-hour", default=Limits.per_hour, show_default=True, type=click.IntRange(1), help="Calls of one kind in an hour.")
    @click.option("--tags-at-most", default=Limits.tags_at_most, show_default=True, type=click.IntRange(1), help="Tags that the company may have in all.")
    @functools.wraps(command)
    def limited(*arguments: Any, per_minute: int, per_hour: int, tags_at_most: int, **options: Any) -> Any:
        return command(*arguments, limits=Limits(per_minute=per_minute, per_hour=per_hour, tags_at_most=tags_at_most), **options)

    return limited


@contextmanager
def sentences(context: click.Context) -> Iterator[None]:
    """Print a problem as its sentence and end with status 2."""
    try:
        yield
    except WecomProblem as problem:
        click.echo(str(problem), err=True)
        context.exit(2)
