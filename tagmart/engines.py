"""Rows into and out of a Python model, whatever engine dbt runs on: DuckDB's relations or Spark's data frames."""

from __future__ import annotations

from typing import Any

import pyarrow as pa


def rows_of(relation: Any, columns: str = "*", order_by: str = "") -> pa.Table | pa.RecordBatchReader:
    """Return columns (SQL, joined by commas) of what `dbt.ref` gave, in an order (names, joined by commas)."""
    if hasattr(relation, "selectExpr"):
        ordered = relation.orderBy(*order_by.split(", ")) if order_by else relation
        return ordered.selectExpr(*columns.split(", ")).toArrow()
    ordered = relation.order(order_by) if order_by else relation
    return ordered.select(columns).arrow()


def table_for(session: Any, rows: pa.Table) -> Any:
    """Return rows as what a Python model may return to its engine. Spark has no unsigned numbers."""
    if not hasattr(session, "createDataFrame"):
        return rows
    from pyspark.sql.pandas.types import from_arrow_schema

    schema = pa.schema([pa.field(field.name, _signed(field.type)) for field in rows.schema])
    return session.createDataFrame(rows.cast(schema), from_arrow_schema(schema, prefer_timestamp_ntz=True))  # of no rows Spark infers none


def _signed(type_: pa.DataType) -> pa.DataType:
    wider = {pa.uint8(): pa.int16(), pa.uint16(): pa.int32(), pa.uint32(): pa.int64(), pa.uint64(): pa.int64()}
    return pa.string() if pa.types.is_large_string(type_) else wider.get(type_, type_)
