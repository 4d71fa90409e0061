"""`python -m workshop superset`: does Superset show the numbers of the build?"""

from __future__ import annotations

import secrets
from pathlib import Path

import click
from click.testing import CliRunner

from tagmart.database import built_database, database_option
from workshop.superset import bundle
from workshop.superset.numbers import Compared, compare, expected
from workshop.superset.postgres import loopback_postgres

READER = """
    create role bi login;
    grant usage on schema tagmart to bi;
    grant select on all tables in schema tagmart to bi;
    alter default privileges in schema tagmart grant select on tables to bi;
"""


@click.command("superset")
@database_option
@click.option("--folder", default="target/superset", show_default=True, type=click.Path(path_type=Path), help="Superset's environment and logs.")
@click.option("--zip", "zip_file", type=click.Path(path_type=Path), help="Only write the bundle to this file, for the import page of a Superset of yours.")
@click.option("--uri", default="postgresql+psycopg2://bi:XXXXXXXXXX@db.example/bi", show_default=True, help="With --zip: where its database is.")
@click.option("--stay", is_flag=True, help="Leave the dashboard open until a key is pressed.")
@click.pass_context
def superset_command(context: click.Context, database: Path, folder: Path, zip_file: Path | None, uri: str, stay: bool) -> None:
    """Publish a build into a PostgreSQL, show it in a Superset, and compare what each chart shows with SQL over the build.

    Both servers are started on the loopback device and stopped again. Exit status: 0 all equal, 1 a chart shows something else.
    """
    if zip_file:
        zip_file.write_bytes(bundle.packed(uri))
        return click.echo(f"{zip_file}: import it under Dashboards, Import dashboards.")
    folder = folder.resolve()
    with built_database(database) as connection:
        wanted = expected(connection)
    with loopback_postgres() as url:
        _publish(database, url)
        compared = _shown(folder, url, wanted, stay)
    click.echo(f"\n{'chart':62} {'rows':>5} {'sum of numbers':>16}  equal to SQL over the build")
    for one in compared:
        # A Chinese character is two columns wide in a terminal.
        width = 62 - sum(ord(letter) > 0x2E80 for letter in one.name)
        click.echo(f"{one.name:{width}} {one.shown:>5} {one.total:>16,.4f}  {one.fault or 'yes'}")
    context.exit(1 if any(one.fault for one in compared) else 0)


def _publish(database: Path, url: str) -> None:
    import psycopg

    from tagmart.cli import main

    click.echo(f"publishing {database} into PostgreSQL on loopback")
    said = CliRunner().invoke(main, ["publish", "--database", str(database), "--to", url])
    if said.exit_code:
        raise click.ClickException(said.output.strip().removeprefix("Error: "))
    click.echo(said.output.strip())
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(READER)


def _shown(folder: Path, url: str, wanted: dict[str, list[dict]], stay: bool) -> list[Compared]:
    from workshop.superset.api import Api
    from workshop.superset.server import superset

    named = {file: chart["slice_name"] for file, chart in bundle.read("charts").items()}
    with superset(folder, click.echo) as server:
        api = Api(server)
        reader, word = url.replace("postgresql://tagmart@", "postgresql+psycopg2://bi:XXXXXXXXXX@"), secrets.token_urlsafe(18)
        click.echo("importing the dashboard")
        api.import_bundle(bundle.packed(reader), bundle.DATABASE, word)
        charts = api.charts("tagmart")
        if set(charts) != set(named.values()):
            raise click.ClickException(f"The dashboard has other charts than the bundle: {', '.join(sorted(set(charts) ^ set(named.values())))}.")
        compared = [compare(named[file], api.rows(charts[named[file]]), rows) for file, rows in wanted.items()]
        if stay:
            click.echo(f"{server.url}/superset/dashboard/tagmart/  user admin, password {server.password}")
            click.pause()
    return compared
