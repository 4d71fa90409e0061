"""Asks a built database what dbt makes of the queries, and sees to it that the rows come in one order."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import click
import duckdb
import sqlglot

from workshop.questions.reading import Question


@dataclass(frozen=True)
class Answer:
    """The names of the columns and all rows, in the order of the query."""

    columns: list[str]
    rows: list[tuple]


def compile_queries(folder: Path, database: Path, target: Path) -> dict[str, str]:
    """Return the SQL that dbt makes of each query of a folder for a database: name -> SQL. In a process of its own, which lets go of the file."""
    command = [sys.executable, "-m", "dbt.cli.main", "--quiet", "compile", "--select", f"path:{folder}", "--target-path", str(target)]
    done = subprocess.run(command, env={**os.environ, "TAGMART_DATABASE": str(database)}, capture_output=True, text=True)
    if done.returncode:
        raise click.ClickException(f"dbt cannot compile {folder}: {' '.join(done.stdout.split())}")
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(target.glob(f"compiled/*/{folder}/*.sql"))}


def ask(connection: duckdb.DuckDBPyConnection, question: Question, sql: str) -> Answer:
    """Return what a query answers; a ClickException names one whose order is none."""
    check_order(connection, question.name, sql)
    columns = [column[0] for column in connection.execute(sql).description]
    return Answer(columns, connection.fetchall())


def check_order(connection: duckdb.DuckDBPyConnection, name: str, sql: str) -> None:
    """Raise a ClickException unless the order of a query tells all of its rows apart: else the page changes from build to build."""
    query = sqlglot.parse_one(sql, read="duckdb")
    order = query.args.get("order")
    if order is None:
        raise click.ClickException(f"{name}.sql has no order: end it with order by, down to a key.")
    query.set("order", None)
    query.set("limit", None)
    columns = [f"place_{number}" for number in range(len(order.expressions))]
    if isinstance(query, sqlglot.exp.SetOperation):  # it orders by the columns that come out
        places, ordered = [part.this for part in order.expressions], sqlglot.select().from_(query.subquery("answer"))
    else:
        outputs = {output.alias_or_name: output.unalias() for output in query.selects}
        places, ordered = [outputs.get(part.this.sql("duckdb"), part.this).copy() for part in order.expressions], query
    placed = ordered.select(*(sqlglot.alias(place, column) for place, column in zip(places, columns, strict=True))).sql("duckdb")
    keys = ", ".join(columns)
    alike = connection.execute(f"select count(*) as alike, {keys} from ({placed}) group by {keys} having count(*) > 1 order by all limit 1").fetchall()
    if alike:
        values = ", ".join(map(str, alike[0][1:]))
        raise click.ClickException(f"{name}.sql leaves {alike[0][0]} rows alike ({values}): add the columns of the key to its order by.")
