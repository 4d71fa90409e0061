"""`tagmart publish --to FOLDER | postgres://…`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import duckdb

from tagmart.database import built_database, database_option
from tagmart.publish.folder import publish_folder
from tagmart.publish.green import require_green
from tagmart.publish.marts import public_marts, publication, read_manifest
from tagmart.publish.postgres import publish_postgres


@click.command("publish", context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--to", "place", required=True, help="A folder, or the URL of a PostgreSQL database (postgres://user@host/name).")
@database_option
@click.option("--manifest", type=click.Path(path_type=Path), help="The manifest of the build.  [default: manifest.json beside the database]")
@click.option("--schema", default="tagmart", show_default=True, help="The schema of PostgreSQL that readers see.")
@click.option("--keep", type=click.IntRange(min=1), default=3, show_default=True, help="How many versions of the Parquet files stay.")
def publish_command(place: str, database: Path, manifest: Path | None, schema: str, keep: int) -> None:
    """Put the public marts where BI tools read them, after green tests, whole and at once.

    A folder gets a DuckDB file and versioned Parquet; PostgreSQL gets views. Readers go on reading meanwhile.
    How to connect Superset, Power BI, Quick BI and Excel: docs/bi.md.
    """
    described = read_manifest(manifest or database.parent / "manifest.json")
    with _attached(database) as connection:
        require_green(connection, described)
        held = publication(connection, public_marts(described))
        if place.startswith(("postgres://", "postgresql://")):
            written, where = publish_postgres(connection, held, place, schema), f"PostgreSQL, schema {schema}"
        else:
            written, where = publish_folder(connection, held, Path(place), database.name, keep), place
    said = f"{len(held.marts)} marts, {sum(held.rows.values()):,} rows" if written else "nothing has changed, nothing was written"
    click.echo(f"{where}: version {held.version}, {said}.")


@contextmanager
def _attached(database: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    # A connection that is read only writes no other file either: the build is attached to one in memory.
    with built_database(database):
        pass
    with duckdb.connect() as connection:
        literal = str(database).replace("'", "''")
        connection.execute(f"attach '{literal}' as build_of_marts (read_only)")
        connection.execute("use build_of_marts")
        yield connection
