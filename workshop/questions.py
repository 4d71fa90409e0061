"""docs/questions.md: the questions of operations in analyses/questions, with their answers on the sample brand.

`python -m workshop questions` asks the database of `make build`; `--check` says whether the page is stale instead. A query opens
with a comment: its number and the question in English, the same in Chinese, and how to read the answer.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import click
import duckdb
import sqlglot

from tagmart.database import built_database, database_option

QUERIES = Path("analyses/questions")
PAGE = Path("docs/questions.md")
SHOWN = 10
COMMENT = re.compile(r"\{#-\n  (?P<number>\d+)\. (?P<english>.+)\n  (?P=number)\. (?P<chinese>.+)\n(?P<reading>(?:  \S.*\n)+)")
HEAD = """# Ten questions of operations

<!-- Written by `python -m workshop questions` from analyses/questions, after a build of the sample brand; edit those. -->

Each question is a short query, asked of the sample brand as of {as_of_date}. On your own data, after a build: `dbt show --select NAME`.
What the lists are made of: [definitions](definitions.md). To take them away as files: [exports](exports.md).
"""


@dataclass(frozen=True)
class Question:
    """One query: its number, the question in both languages, how to read the answer, and the name of its file without .sql."""

    number: int
    english: str
    chinese: str
    reading: str
    name: str


@click.command("questions", context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--check", is_flag=True, help="Write nothing; fail when the page is not what would be written.")
@database_option
def questions_command(check: bool, database: Path) -> None:
    """Write docs/questions.md: each question with the first rows of its answer on the sample brand."""
    asked = questions(QUERIES)
    with built_database(database):  # dbt would make an empty one
        pass
    compiled = compile_queries(database, Path("target/questions"))
    with built_database(database) as connection:
        text = page(connection, asked, compiled)
    if not check:
        PAGE.write_text(text, encoding="utf-8")
    elif text != PAGE.read_text(encoding="utf-8"):
        sys.exit(f"{PAGE} is stale: run python -m workshop questions after make build, and commit it.")


def questions(folder: Path) -> list[Question]:
    """Return what each query of a folder asks, by number; a ClickException names a query whose comment is of another shape."""
    found = []
    for path in folder.glob("*.sql"):
        said = COMMENT.match(path.read_text(encoding="utf-8"))
        if said is None:
            raise click.ClickException(f"{path} does not open with its number and question in English, then in Chinese, then how to read the answer.")
        found.append(Question(int(said["number"]), said["english"], said["chinese"], " ".join(said["reading"].split()), path.stem))
    return sorted(found, key=lambda question: question.number)


def compile_queries(database: Path, target: Path) -> dict[str, str]:
    """Return the SQL that dbt makes of each query for a database: name -> SQL. In a process of its own, which lets go of the file."""
    command = [sys.executable, "-m", "dbt.cli.main", "--quiet", "compile", "--select", f"path:{QUERIES}", "--target-path", str(target)]
    done = subprocess.run(command, env={**os.environ, "TAGMART_DATABASE": str(database)}, capture_output=True, text=True)
    if done.returncode:
        raise click.ClickException(f"dbt cannot compile {QUERIES}: {' '.join(done.stdout.split())}")
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(target.glob(f"compiled/*/{QUERIES}/*.sql"))}


def page(connection: duckdb.DuckDBPyConnection, asked: list[Question], compiled: dict[str, str]) -> str:
    """Return the page: what each query answers on this connection."""
    as_of_date = connection.execute("select max(as_of_date) from intermediate.int_as_of_dates").fetchall()[0][0]
    return "\n".join([HEAD.format(as_of_date=as_of_date), *(_answer(connection, question, compiled[question.name]) for question in asked)])


def check_order(connection: duckdb.DuckDBPyConnection, name: str, sql: str) -> None:
    """Raise a ClickException unless the order of a query tells all of its rows apart: else the page changes from build to build."""
    query = sqlglot.parse_one(sql, read="duckdb")
    order = query.args.get("order")
    if order is None:
        raise click.ClickException(f"{name}.sql has no order: end it with order by, down to a key.")
    outputs = {output.alias_or_name: output.unalias() for output in query.selects}
    places = [outputs.get(ordered.this.sql("duckdb"), ordered.this).copy() for ordered in order.expressions]
    query.set("order", None)
    query.set("limit", None)
    columns = [f"place_{number}" for number in range(len(places))]
    placed = query.select(*(sqlglot.alias(place, column) for place, column in zip(places, columns, strict=True))).sql("duckdb")
    keys = ", ".join(columns)
    alike = connection.execute(f"select count(*) as alike, {keys} from ({placed}) group by {keys} having count(*) > 1 order by all limit 1").fetchall()
    if alike:
        values = ", ".join(map(str, alike[0][1:]))
        raise click.ClickException(f"{name}.sql leaves {alike[0][0]} rows alike ({values}): add the columns of the key to its order by.")


def _answer(connection: duckdb.DuckDBPyConnection, question: Question, sql: str) -> str:
    check_order(connection, question.name, sql)
    columns = [column[0] for column in connection.execute(sql).description]
    rows = connection.fetchall()
    table = [columns, ["---"] * len(columns), *([_cell(value) for value in row] for row in rows[:SHOWN])]
    rest = f"The first {SHOWN} of {len(rows):,} rows." if len(rows) > SHOWN else "All rows." if rows else "No row: nobody, on the sample."
    return "\n".join(
        [
            f"## {question.number}. {question.english}\n",
            f"{question.chinese}\n",
            f"{question.reading} Query: [{question.name}](../{QUERIES.as_posix()}/{question.name}.sql).\n",
            *(f"| {' | '.join(row)} |" for row in table),
            f"\n{rest}\n",
        ]
    )


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float | Decimal):
        return f"{value:,.2f}"
    if isinstance(value, int | dt.date):
        return str(value)
    return str(value).replace("|", "\\|")
