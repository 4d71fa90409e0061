"""What is published: the public marts of a manifest that have a contract, and what they hold."""

from __future__ import annotations

import hashlib
import json
from dataclasses import astuple, dataclass
from pathlib import Path

import duckdb

from tagmart.publish.grains import Grain, grains
from tagmart.publish.green import PublishProblem

INTERNAL = {"staging", "intermediate"}


@dataclass(frozen=True)
class Mart:
    """A public model: `columns` are (name, contract type, English comment) in the order of the contract; `grain` is None where no test says it."""

    schema: str
    name: str
    comment: str
    columns: tuple[tuple[str, str, str], ...]
    grain: Grain | None

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
    """Public models outside staging and intermediate whose YAML has the type of every column, by name; of another project's as well.

    Two of one name are a PublishProblem: Parquet files and views of PostgreSQL are called by it.
    """
    models = [node for node in manifest["nodes"].values() if node["resource_type"] == "model" and node["access"] == "public"]
    typed = [node for node in models if node["columns"] and all(column["data_type"] for column in node["columns"].values())]
    chosen = sorted((node for node in typed if node["schema"] not in INTERNAL), key=lambda node: node["name"])
    for one, other in zip(chosen, chosen[1:]):
        if one["name"] == other["name"]:
            raise PublishProblem(f"{one['schema']}.{one['name']} and {other['schema']}.{other['name']} have one name: rename one, or make it private.")
    known = grains(manifest)
    return [_mart(node, known.get(node["unique_id"])) for node in chosen]


def _mart(node: dict, grain: Grain | None) -> Mart:
    columns = tuple((name, column["data_type"], column["description"].strip()) for name, column in node["columns"].items())
    return Mart(node["schema"], node["name"], node["description"].strip(), columns, grain)


def publication(connection: duckdb.DuckDBPyConnection, marts: list[Mart]) -> Publication:
    """Count and hash what `marts` hold; equal rows, comments and types give an equal version whatever their order."""
    held, rows = [], {}
    for mart in marts:
        try:
            count, total = connection.execute(f"select count(*), sum(cast(hash(each_row) as hugeint)) from ({mart.select}) as each_row").fetchone()
        except (duckdb.BinderException, duckdb.CatalogException) as error:
            reason = str(error).splitlines()[0].rstrip(".")
            described = f"Mart {mart.schema}.{mart.name} is not as the manifest describes it ({reason})"
            raise PublishProblem(f"{described}: run dbt build, or name the manifest of the build with --manifest.") from None
        rows[mart.name] = count
        held.append([mart.schema, mart.name, mart.comment, mart.columns, mart.grain and astuple(mart.grain), count, str(total)])
    as_of_date = str(connection.execute("select max(as_of_date) from tags.customer_tags").fetchone()[0])
    digest = hashlib.sha256(json.dumps(held, sort_keys=True).encode()).hexdigest()
    return Publication(f"{as_of_date}-{digest[:12]}", as_of_date, digest, rows, marts)
