"""`tagmart guide`, with which `make build` ends."""

from __future__ import annotations

import os
from pathlib import Path

import click

from tagmart.database import built_database
from tagmart.parent import default_database, is_parent, running_project


@click.command("guide")
def guide_command() -> None:
    """Say what a build has made, and where to look next."""
    database = Path(os.environ.get("TAGMART_DATABASE") or default_database())
    with built_database(database) as connection:
        customers, dates, newest = connection.execute(
            "select count(distinct customer_id), count(distinct as_of_date), max(as_of_date) from tags.customer_tags"
        ).fetchone()
        staged, rejected = connection.execute("select sum(staged_rows), sum(rejected_rows) from staging.stg_row_balance").fetchone()
        segments = connection.execute("select segment_code, count(*) from segments.segment_rfm where is_current group by 1 order by 2 desc, 1").fetchall()
    click.echo(
        f"\n{database}: {customers:,} customers at {dates} as-of dates, the newest {newest}; "
        f"{staged or 0:,} raw rows staged, {rejected or 0:,} rejected with a reason."
    )
    click.echo("RFM today: " + ", ".join(f"{code} {count:,}" for code, count in segments))
    click.echo("Look at  tags.customer_tags, tags.tag_dictionary, segments.segment_sizes, segments.segment_moves, staging.stg_rejected_rows")
    click.echo(f"In pictures:  tagmart dashboard {database.parent / 'dashboard.html'}   (docs/dashboard.md)")
    if not is_parent(running_project()):
        click.echo("Your own orders:  dbt build --vars '{raw_path: FOLDER}'   (README, Your own data)")
