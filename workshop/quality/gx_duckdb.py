"""The repair without which no Great Expectations expectation works on DuckDB.

Great Expectations 1.24.1 opens a connection for a query, closes it and only then fetches. With
duckdb-engine the rows are gone by then, and every expectation fails with "list index out of range"
(great_expectations issues 11579 and 10738). It keeps the connection open for the dialects in one
tuple; DuckDB belongs there. `tests/python/test_quality.py` fails when this module is no longer needed.
"""

from __future__ import annotations

from enum import Enum


class DuckDBDialect(str, Enum):
    """Great Expectations compares the members of its tuple with the dialect's name and reads `.value`."""

    DUCKDB = "duckdb"


def keep_duckdb_connections() -> None:
    """Make Great Expectations keep its DuckDB connection until it has fetched; calling it twice is harmless."""
    from great_expectations.execution_engine import sqlalchemy_execution_engine as engine

    if DuckDBDialect.DUCKDB not in engine._PERSISTED_CONNECTION_DIALECTS:
        engine._PERSISTED_CONNECTION_DIALECTS = (
            *engine._PERSISTED_CONNECTION_DIALECTS,
            DuckDBDialect.DUCKDB,
        )
