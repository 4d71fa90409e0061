"""`python -m workshop spark`: a small cluster, and the comparison of both engines."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import click

from workshop.spark import cluster as clusters
from workshop.spark.compare import compare, public_marts

FOLDER = "target/spark"


@click.group("spark")
def spark_command() -> None:
    """A Spark cluster on this machine, and whether its rows are those of DuckDB."""


@spark_command.command("up")
@click.option("--folder", default=FOLDER, show_default=True, type=click.Path(path_type=Path), help="Warehouse, catalogue and logs.")
@click.option("--cores", default=1, show_default=True, type=click.IntRange(1), help="Of each of the two workers.")
@click.option("--memory", default="4g", show_default=True, help="Of each worker, and of the server.")
@click.option("--keep/--forget", default=True, show_default=True, help="Whether tables outlive the server; those that do not are made quicker.")
def up_command(folder: Path, cores: int, memory: str, keep: bool) -> None:
    """Start a master, two workers, and a server for Connect and (with --keep) Thrift, on the loopback device; what runs stays."""
    cluster = clusters.Cluster(folder.resolve(), cores=cores, memory=memory, driver_memory=memory, keeps_tables=keep)
    try:
        for line in clusters.up(cluster):
            click.echo(line)
    except clusters.NoSpark as problem:
        raise click.ClickException(str(problem)) from problem
    click.echo(f"dbt build --target spark      (TAGMART_SPARK={cluster.address})")


@spark_command.command("down")
@click.option("--folder", default=FOLDER, show_default=True, type=click.Path(path_type=Path))
def down_command(folder: Path) -> None:
    """Stop what `up` has started in this folder."""
    click.echo(f"stopped: {', '.join(clusters.down(clusters.Cluster(folder.resolve()))) or 'nothing ran'}")


@spark_command.command("compare")
@click.option("--database", default="target/tagmart.duckdb", show_default=True, type=click.Path(path_type=Path), help="What DuckDB has built.")
@click.option("--remote", default="sc://127.0.0.1:15002", show_default=True, help="The Spark that has built the same.")
@click.option("--manifest", default="target/manifest.json", show_default=True, type=click.Path(path_type=Path))
@click.option("--every", is_flag=True, help="Every model, not only the public marts.")
@click.option("--only", default="", help="Only marts whose name contains this.")
@click.pass_context
def compare_command(context: click.Context, database: Path, remote: str, manifest: Path, every: bool, only: str) -> None:
    """Compare every public mart of both engines, row for row. Exit status: 0 all the same, 1 some differ."""
    from tqdm import tqdm

    from workshop.spark.export import export

    marts = {mart: key for mart, key in public_marts(json.loads(manifest.read_text(encoding="utf-8")), not every).items() if only in mart}
    files = Path(FOLDER).resolve() / "compared"
    shutil.rmtree(files, ignore_errors=True)
    differing = 0
    for mart in tqdm(export(remote, files, marts), total=len(marts), unit="mart", disable=None, leave=False):
        found = compare(database, files, mart, marts[mart])
        differing += not found.is_none
        if not found.is_none:
            click.echo(f"{mart}: {found.note or f'{found.rows:,} and {found.other_rows:,} rows'}")
            parts = {"keys of DuckDB only": found.only_here, "keys of Spark only": found.only_there, **found.columns}
            for name, count in parts.items():
                if count:
                    example = found.examples.get({"keys of DuckDB only": "only here", "keys of Spark only": "only there"}.get(name, name), "")
                    click.echo(f"    {name}: {count:,} rows, such as {example}")
    click.echo(f"{len(marts) - differing} of {len(marts)} marts are the same")
    context.exit(1 if differing else 0)


@spark_command.command("skew")
@click.option("--touches", default=2_000_000, show_default=True, type=click.IntRange(10_000))
@click.option("--share", default=0.01, show_default=True, type=click.FloatRange(0, 0.5, min_open=True), help="Of one shop account.")
@click.option("--partitions", default=1_000, show_default=True, type=click.IntRange(2), help="Of a shuffle.")
@click.option("--cores", default=2, show_default=True, type=click.IntRange(1))
def skew_command(touches: int, share: float, partitions: int, cores: int) -> None:
    """How much longer the task of one large customer takes than the others, and whether Spark splits it."""
    from workshop.spark.skew import simulate

    click.echo(f"{touches:,} touches, {share:.1%} of them one customer's, {partitions} partitions")
    click.echo(f"{'':7} {'':20} {'tasks':>6} {'longest, s':>11} {'median, s':>10} {'most rows':>10} {'median':>8}")
    for each in simulate(touches, share, partitions, cores):
        click.echo(f"{each.query:7} {each.way:20} {each.count:6,} {each.longest:11.2f} {each.middle:10.3f} {each.most_rows:10,} {each.middle_rows:8,}")
