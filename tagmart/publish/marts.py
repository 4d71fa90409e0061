"""What is published: the public marts of a manifest, and whether the database holds them with their tests passed."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import click
import duckdb

INTERNAL = {"staging", "intermediate"}


class PublishProblem(click.ClickException):
    """One sentence that names the file, the mart or the test and says what to do."""


@dataclass(frozen=True)
class Mart:
    """A public model: `columns` are (name, contract type, English comment) in the order of the contract."""

    schema: str
    name: str
    comment: str
    columns: tuple[tuple[str, str, str], ...]

    @property
    def select(self) -> str:
        listed = ", ".join(f'cast("{name}" as {kind}) as "{name}"' for name, kind, _ in self.columns)
        return f'select {listed} from "{self.schema}"."{self.name}"'


@dataclass(frozen=True)
class Publication:
    """All marts of one state: `version` is the as-of date and 12 hex digits of what the marts hold and say."""

    version: str
    as_of_date: str
    digest: str
    rows: dict[str, int]
    marts: list[Mart]


def read_manifest(path: Path) -> dict:
    """The manifest that dbt wrote beside the database; a PublishProblem when it is not there or not readable."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise PublishProblem(f"{path} is no manifest of dbt: run dbt build, or name the file with --manifest.") from None


def public_marts(manifest: dict) -> list[Mart]:
    models = [node for node in manifest["nodes"].values() if node["resource_type"] == "model" and node["access"] == "public"]
    chosen = [node for node in models if node["schema"] not in INTERNAL]
    return [_mart(node) for node in sorted(chosen, key=lambda node: node["name"])]


def _mart(node: dict) -> Mart:
    columns = tuple((name, column["data_type"], column["description"].strip()) for name, column in node["columns"].items())
    return Mart(node["schema"], node["name"], node["description"].strip(), columns)


def require_green(connection: duckdb.DuckDBPyConnection, manifest: dict) -> None:
    """Raise a PublishProblem that names the first model that is not built, or test that has not passed on what stands there now.

    builds.built_from gets a row when a model is built and one when a test is asked, so its order tells which came later.
    """
    try:
        places = dict(connection.execute("select node, max(rowid) from builds.built_from group by node").fetchall())
    except duckdb.CatalogException:
        raise PublishProblem("The database does not know which tests passed (builds.built_from is missing): run dbt build.") from None
    nodes = manifest["nodes"]
    for name, node in sorted(nodes.items()):
        if node["resource_type"] == "model" and node["access"] == "public" and name not in places:
            raise PublishProblem(f"Model {node['name']} is not built to its end: run dbt build and publish when it is green.")
        if node["resource_type"] != "test" or node["config"]["severity"].lower() == "warn":
            continue
        if name not in places or f"asked {name}" in places:
            raise PublishProblem(f"Test {node['name']} has not passed in this database: run dbt build and publish when it is green.")
        newer = [parent for parent in node["depends_on"]["nodes"] if places.get(parent, -1) > places[name]]
        if newer:
            raise PublishProblem(f"Test {node['name']} has not been asked since {newer[0].split('.')[-1]} was built again: run dbt build --full-refresh.")


def publication(connection: duckdb.DuckDBPyConnection, marts: list[Mart]) -> Publication:
    """Count and hash what `marts` hold; equal rows, comments and types give an equal version whatever their order."""
    held, rows = [], {}
    for mart in marts:
        count, total = connection.execute(f"select count(*), sum(cast(hash(each_row) as hugeint)) from ({mart.select}) as each_row").fetchone()
        rows[mart.name] = count
        held.append([mart.schema, mart.name, mart.comment, mart.columns, count, str(total)])
    as_of_date = str(connection.execute("select max(as_of_date) from tags.customer_tags").fetchone()[0])
    digest = hashlib.sha256(json.dumps(held, sort_keys=True).encode()).hexdigest()
    return Publication(f"{as_of_date}-{digest[:12]}", as_of_date, digest, rows, marts)
