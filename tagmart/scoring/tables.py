"""Between dbt's Python models and the kernels: Arrow in, one as-of date at a time, a small Arrow table out.

Input comes sorted by as_of_date and as a stream, so that memory holds one date's groups however many dates there are.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from tagmart.scoring.btyd import PARAMETERS, SURVIVED_AT_FIRST, BtydFit, fit_btyd
from tagmart.scoring.expectation import LARGEST_Z, purchases_if_alive
from tagmart.scoring.gamma_gamma import MOST_CORRELATION, GammaGammaFit, fit_gamma_gamma
from tagmart.scoring.groups import purchase_groups
from tagmart.scoring.outcome import DEGENERATE

MONTH_DAYS = 365 / 12
HORIZONS = (30, 90, 365)
SMALLEST_ALPHA = 365 / LARGEST_Z  # days; below, customers buy many times a day and the model of days means nothing

BTYD_SCHEMA = pa.schema([
    ("as_of_date", pa.date32()), ("fit_id", pa.string()), ("model", pa.string()), ("status", pa.string()), ("reason", pa.string()),
    ("converged", pa.bool_()), ("survived_at_first", pa.int32()),
    *[(name, pa.float64()) for name in (*PARAMETERS, *(f"{name}_se" for name in PARAMETERS), "log_likelihood")],
    ("customers_count", pa.int64()), ("repeat_customers_count", pa.int64()),
])
GAMMA_GAMMA_SCHEMA = pa.schema([
    ("as_of_date", pa.date32()), ("fit_id", pa.string()), ("status", pa.string()), ("reason", pa.string()), ("converged", pa.bool_()),
    *[(name, pa.float64()) for name in ("p", "q", "gamma", "p_se", "q_se", "gamma_se", "log_likelihood", "value_frequency_correlation")],
    ("is_value_independent", pa.bool_()), ("customers_count", pa.int64()),
])
OUTLOOK_SCHEMA = pa.schema([
    ("as_of_date", pa.date32()), ("repeat_days_count", pa.int32()), ("age_days", pa.int32()),
    *[(f"orders_if_alive_{days}d", pa.float64()) for days in HORIZONS], ("discounted_orders_if_alive_365d", pa.float64()),
])


def fit_btyd_by_date(grouped: pa.Table | pa.RecordBatchReader) -> pa.Table:
    """Fit each as-of date. Columns: as_of_date, repeat_days_count (x), recency_days (t_x), age_days (T), customers_count."""
    rows = []
    for day, part in by_date(grouped):
        fit = fit_btyd(purchase_groups(part["repeat_days_count"], part["recency_days"], part["age_days"], part["customers_count"]))
        status, reason = fit.status, fit.reason
        if fit.converged and fit.alpha < SMALLEST_ALPHA:
            status, reason = DEGENERATE, f"alpha is {fit.alpha:.3g} days: customers come many times a day"
        numbers = [getattr(fit, name) if status == fit.status else float("nan") for name in BTYD_SCHEMA.names[7:-2]]
        rows.append([day, fit_id(fit.model, day, status, numbers), fit.model, status, reason, status == "converged", SURVIVED_AT_FIRST[fit.model],
                     *map(_known, numbers), fit.customers_count, fit.repeat_customers_count])
    return _table(rows, BTYD_SCHEMA)


def fit_gamma_gamma_by_date(grouped: pa.Table | pa.RecordBatchReader) -> pa.Table:
    """Fit each as-of date. Columns: as_of_date, repeat_days_count (x), customers_count, repeat_amount (of all of the group)."""
    rows = []
    for day, part in by_date(grouped):
        fit = fit_gamma_gamma(part["repeat_days_count"], part["repeat_amount"] / (part["customers_count"] * part["repeat_days_count"]), part["customers_count"])
        numbers = [fit.p, fit.q, fit.gamma, fit.p_se, fit.q_se, fit.gamma_se, fit.log_likelihood, fit.correlation]
        rows.append([day, fit_id("gamma_gamma", day, fit.status, numbers), fit.status, fit.reason, fit.converged, *map(_known, numbers),
                     not abs(fit.correlation) > MOST_CORRELATION, fit.customers_count])
    return _table(rows, GAMMA_GAMMA_SCHEMA)


def outlook_by_date(cells: pa.Table | pa.RecordBatchReader) -> pa.Table:
    """Work out what is to come if alive, for each as-of date and (x, T) there is.

    Columns: as_of_date, repeat_days_count, age_days, model_name, r, alpha, a, b, discount_rate (a year). The discounted sum
    takes the purchases of each of 12 months (of 365/12 days) at its end: sum over k of (E(k) - E(k-1)) (1+rate)^(-k/12).
    """
    parts = []
    for day, part in by_date(cells):
        fit = BtydFit(str(part["model_name"][0]), "converged", None, *(float(part[name][0]) for name in PARAMETERS), *[float("nan")] * 5, 0, 0, 0)
        x, T = part["repeat_days_count"], part["age_days"]
        monthly = [purchases_if_alive(fit, x, T, MONTH_DAYS * month) for month in range(13)]
        discount = (1 + float(part["discount_rate"][0])) ** (-np.arange(13) / 12)
        discounted = sum((monthly[month] - monthly[month - 1]) * discount[month] for month in range(1, 13))
        until = [purchases_if_alive(fit, x, T, days) if days < 365 else monthly[12] for days in HORIZONS]
        parts.append(pa.Table.from_arrays([pa.array([day] * len(x), pa.date32()), pa.array(x, pa.int32()), pa.array(T, pa.int32()),
                                           *map(pa.array, until), pa.array(discounted)], schema=OUTLOOK_SCHEMA))
    return pa.concat_tables(parts) if parts else OUTLOOK_SCHEMA.empty_table()


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


def _known(number: float) -> float | None:
    return None if np.isnan(number) else float(number)


def _table(rows: list[list], schema: pa.Schema) -> pa.Table:
    return pa.Table.from_arrays([pa.array([row[index] for row in rows], field.type) for index, field in enumerate(schema)], schema=schema)
