"""`tagmart diff BASE [HEAD]`."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import click
from tqdm import tqdm

from tagmart.check.problem import CheckProblem
from tagmart.database import built_database, require_tables
from tagmart.diff import document, report
from tagmart.diff.count import TAGS
from tagmart.diff.review import Counter, Reviewed, counter_of, exit_status, review
from tagmart.diff.sides import Side, read_side
from tagmart.parent import default_database


@click.command("diff", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("base")
@click.argument("head", required=False)
@click.option("--select", metavar="CODE", help="Compare one scheme.")
@click.option("--vars", "vars_text", metavar="YAML", help="Read both sides with these vars, as dbt takes them.")
@click.option("--base-vars", metavar="YAML", help="Read BASE with these vars.")
@click.option("--head-vars", metavar="YAML", help="Read HEAD with these vars.")
@click.option("--markdown", type=click.File("w", encoding="utf-8"), help="Write the review for a pull request to this file, - for the terminal.")
@click.option("--json", "json_file", type=click.File("w", encoding="utf-8"), help="Write the review as JSON to this file, - for the terminal.")
@click.option(
    "--database",
    type=click.Path(path_type=Path),
    envvar="TAGMART_DATABASE",
    help="Count the actual customers of this database; target/tagmart.duckdb where it is there.",
)
@click.option("--no-database", is_flag=True, help="Prove only; count nobody.")
@click.pass_context
def diff_command(
    context: click.Context,
    base: str,
    head: str | None,
    select: str | None,
    vars_text: str | None,
    base_vars: str | None,
    head_vars: str | None,
    markdown: click.utils.LazyFile | None,
    json_file: click.utils.LazyFile | None,
    database: Path | None,
    no_database: bool,
) -> None:
    """Show which customers change class between BASE and HEAD: proved over all possible customers, counted over the actual ones.

    BASE and HEAD are a git ref, the folder of a dbt project or a manifest.json each; HEAD is the working tree when it is left out.
    For changed vars alone: `tagmart diff . --head-vars '{aipl_touch_days: 30}'`.

    Exit status: 0 every customer keeps their class; 1 a class, or who is in it, changes; 2 something could not be read, compared or decided;
    3 the rules are the same, but models, macros, seeds or vars that their columns come from differ, which no proof sees through.
    """
    if vars_text and (base_vars or head_vars):
        raise click.UsageError("--vars is for both sides: give --base-vars and --head-vars, or --vars alone.")
    with ExitStack() as stack:
        try:
            first = read_side(stack, "BASE", base, base_vars or vars_text)
            second = read_side(stack, "HEAD", head, head_vars or vars_text)
            codes = _codes(first, second, select)
        except CheckProblem as problem:
            click.echo(str(problem), err=True)
            context.exit(2)
        counter = None if no_database else _counter(stack, database, first, second)
        found = [review(first, second, code, counter) for code in tqdm(codes, desc="comparing", unit="scheme", leave=False, disable=None)]
    _write(f"{first.label} -> {second.label}", found, markdown, json_file)
    context.exit(exit_status(found))


def _codes(base: Side, head: Side, select: str | None) -> list[str]:
    codes = sorted({*base.schemes, *head.schemes})
    if select is None:
        return codes
    if select not in codes:
        raise CheckProblem(f"Neither side has a scheme {select}: name one of {', '.join(codes)}.")
    return [select]


def _counter(stack: ExitStack, database: Path | None, base: Side, head: Side) -> Counter | None:
    """Open the database that was named, or the usual one where it is there."""
    usual = default_database()
    if database is None and not usual.is_file():
        return None
    connection = stack.enter_context(built_database(database or usual))
    require_tables(connection, database or usual, [TAGS])
    return counter_of(connection, base, head)


def _write(title: str, found: list[Reviewed], markdown, json_file) -> None:
    if markdown:
        markdown.write(report.markdown(title.replace("->", "→"), found) + "\n")
    if json_file:
        json_file.write(document.as_json(title, found, exit_status(found)) + "\n")
    if not any(file and file.name == "<stdout>" for file in (markdown, json_file)):
        click.echo(report.text(title, found))
