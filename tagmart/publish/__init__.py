"""Public marts for readers outside the build: a DuckDB file, Parquet and PostgreSQL, replaced whole after green tests."""
