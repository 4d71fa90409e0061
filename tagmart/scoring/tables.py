"""Between dbt's Python models and the kernels: Arrow in, one as-of date at a time, a small Arrow table out.

Input comes sorted by as_of_date and as a stream, so that memory holds one date's groups however many dates there are.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator

import numpy as np
import pyarrow as pa


def by_date(rows: pa.Table | pa.RecordBatchReader) -> Iterator[tuple[dt.date, dict[str, np.ndarray]]]:
    """Yield each as-of date with its columns as arrays, reading no further than its end."""
    reader = rows.to_reader() if isinstance(rows, pa.Table) else rows
    pending: list[pa.Table] = []
    for batch in reader:
        table = pa.Table.from_batches([batch])
        while table.num_rows:
            days = table["as_of_date"].to_numpy()
            end = int(np.searchsorted(days, days[0], side="right"))
            if pending and pending[0]["as_of_date"][0] != table["as_of_date"][0]:
                yield _date_and_columns(pending)
                pending = []
            pending.append(table.slice(0, end))
            table = table.slice(end)
    if pending:
        yield _date_and_columns(pending)


def fit_id(model: str, day: dt.date, status: str, numbers: list[float]) -> str:
    """Name a fit: model, date and, when it converged, eight hex digits that change with any of its numbers."""
    if status != "converged":
        return f"{model}-{day:%Y%m%d}-{status}"
    return f"{model}-{day:%Y%m%d}-{hashlib.sha256(repr(numbers).encode()).hexdigest()[:8]}"


def _date_and_columns(tables: list[pa.Table]) -> tuple[dt.date, dict[str, np.ndarray]]:
    whole = pa.concat_tables(tables)
    return whole["as_of_date"][0].as_py(), {name: whole[name].to_numpy() for name in whole.column_names if name != "as_of_date"}


def known(number: float) -> float | None:
    """A number, or the null of a table where there is none."""
    return None if np.isnan(number) else float(number)


def table_of(rows: list[list], schema: pa.Schema) -> pa.Table:
    """A table from its rows."""
    return pa.Table.from_arrays([pa.array([row[index] for row in rows], field.type) for index, field in enumerate(schema)], schema=schema)
