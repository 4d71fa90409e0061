"""Asks MetricFlow in this process: the engine behind `mf query`, on a database file and the semantic manifest that dbt has written."""

from __future__ import annotations

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
    """Queries of metrics. `database` is opened for reading under the name that the manifest has for it."""

    def __init__(self, semantic_manifest: Path, database: Path):
        self.manifest = parse_manifest_from_dbt_generated_manifest(semantic_manifest.read_text(encoding="utf-8"))
        named = {model.node_relation.database for model in self.manifest.semantic_models}
        self.connection = duckdb.connect()
        for name in sorted(named):
            self.connection.execute(f"attach '{database}' as \"{name}\" (read_only)")
            self.connection.execute(f'use "{name}"')
        self.client = DuckDbClient(self.connection)
        self.engine = MetricFlowEngine(SemanticManifestLookup(self.manifest), self.client)

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
