"""Asks MetricFlow in this process: the engine behind `mf query`, on a database file and the semantic manifest that dbt has written."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
from metricflow.data_table.mf_table import MetricFlowDataTable
from metricflow.engine.metricflow_engine import MetricFlowEngine, MetricFlowQueryRequest
from metricflow.protocols.sql_client import SqlEngine
from metricflow.sql.render.duckdb_renderer import DuckDbSqlPlanRenderer
from metricflow.validation.data_warehouse_model_validator import DataWarehouseModelValidator
from metricflow_semantic_interfaces.validations.semantic_manifest_validator import SemanticManifestValidator
from metricflow_semantics.model.dbt_manifest_parser import parse_manifest_from_dbt_generated_manifest
from metricflow_semantics.model.semantic_manifest_lookup import SemanticManifestLookup


class DuckDbClient:
    """What MetricFlow asks of an engine, by a connection of DuckDB. Bind parameters are not used by the queries of a semantic manifest."""

    sql_engine_type = SqlEngine.DUCKDB
    sql_plan_renderer = DuckDbSqlPlanRenderer()

    def __init__(self, connection: duckdb.DuckDBPyConnection):
        self.connection = connection

    def query(self, stmt: str, sql_bind_parameter_set=None) -> MetricFlowDataTable:
        found = self.connection.execute(stmt)
        return MetricFlowDataTable.create_from_rows([column[0] for column in found.description], found.fetchall())

    def execute(self, stmt: str, sql_bind_parameter_set=None) -> None:
        self.connection.execute(stmt)

    def dry_run(self, stmt: str, sql_bind_parameter_set=None) -> None:
        self.connection.execute(f"explain {stmt}")

    def close(self) -> None:
        self.connection.close()


class Metrics:
    """Queries of metrics, by a semantic manifest that dbt has written. `connection` has the models under the name of the database in the manifest."""

    def __init__(self, semantic_manifest: Path, connection: duckdb.DuckDBPyConnection):
        self.manifest = parse_manifest_from_dbt_generated_manifest(semantic_manifest.read_text(encoding="utf-8"))
        self.connection = connection
        self.client = DuckDbClient(connection)
        self.engine = MetricFlowEngine(SemanticManifestLookup(self.manifest), self.client)

    @classmethod
    def of_built_sample(cls, project: Path) -> Metrics | None:
        """Those of target/, as `make build` leaves it; None where nothing is built. The database is opened for reading."""
        manifest, database = project / "target/semantic_manifest.json", project / "target/tagmart.duckdb"
        if not manifest.is_file() or not database.is_file():
            return None
        return cls(manifest, attached(manifest, str(database), "(read_only)"))

    def query(self, metrics: list[str], by: list[str] = (), where: list[str] = ()) -> list[tuple]:
        """Rows of the dimensions asked for and the metrics, in that order."""
        request = MetricFlowQueryRequest.create(metric_names=metrics, group_by_names=[*by], where_constraints=[*where] or None)
        table = self.engine.query(request).result_df
        places = [table.column_names.index(name.lower()) for name in [*by, *metrics]]
        return [tuple(row[place] for place in places) for row in table.rows]

    def issues(self) -> list[str]:
        """What `mf validate-configs` finds wrong: in the manifest, and where the engine refuses a table, a dimension or a metric."""
        found = [SemanticManifestValidator().validate_semantic_manifest(self.manifest)]
        warehouse = DataWarehouseModelValidator(self.client)
        asked = ("validate_semantic_models", "validate_dimensions", "validate_entities", "validate_simple_metrics", "validate_metrics")
        found += [getattr(warehouse, name)(self.manifest) for name in asked]
        return [issue.as_readable_str() for result in found for issue in (*result.errors, *result.future_errors)]


def attached(semantic_manifest: Path, database: str, how: str = "") -> duckdb.DuckDBPyConnection:
    """A connection to a database, a file or `:memory:`, under the name that the manifest has for it."""
    models = json.loads(semantic_manifest.read_text(encoding="utf-8"))["semantic_models"]
    (name,) = {model["node_relation"]["database"] for model in models}
    connection = duckdb.connect()
    connection.execute(f"attach '{database}' as \"{name}\" {how}")
    connection.execute(f'use "{name}"')
    return connection
