"""The database that a build made, opened for reading; what a person can put right is one sentence."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import duckdb

from tagmart.parent import default_database

database_option = click.option(
    "--database",
    type=click.Path(path_type=Path),
    envvar="TAGMART_DATABASE",
    default=default_database,
    show_default="target/tagmart.duckdb; in a project that has Tagmart as a package the file of its profile",
    help="The file that dbt build made; the environment variable TAGMART_DATABASE names it as well.",
)


class DatabaseProblem(click.ClickException):
    """One sentence that names the database or the table and says what to do."""


@contextmanager
def built_database(database: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the database of a build, read only; a DatabaseProblem when it is not there, locked, or no database."""
    if not database.is_file():
        raise DatabaseProblem(f"{database} is not there: run dbt build first, or name the file with --database.")
    try:
        connection = duckdb.connect(str(database), read_only=True)
    except duckdb.Error as error:
        reason = str(error).splitlines()[0]
        if "lock" in reason:
            raise DatabaseProblem(f"{database} is locked, most likely by a build: try again when that has ended.") from None
        raise DatabaseProblem(f"{database} is no database that can be read ({reason}): name the file that dbt build made with --database.") from None
    with connection:
        yield connection


def require_tables(connection: duckdb.DuckDBPyConnection, database: Path, tables: list[str]) -> None:
    """Raise a DatabaseProblem that names what of `tables` (schema.name each) the database does not have."""
    found = {f"{schema}.{name}" for schema, name in connection.execute("select table_schema, table_name from information_schema.tables").fetchall()}
    missing = [table for table in tables if table not in found]
    if missing:
        raise DatabaseProblem(f"{database} does not have {', '.join(missing)}: run dbt build to its end.")
