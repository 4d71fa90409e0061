"""The fits of each as-of date as tables: what the models fit_btyd and fit_gamma_gamma return."""

from __future__ import annotations

import pyarrow as pa

from tagmart.scoring.btyd import PARAMETERS, fit_btyd
from tagmart.scoring.dropout import MODELS
from tagmart.scoring.expectation import LARGEST_Z
from tagmart.scoring.gamma_gamma import MOST_CORRELATION, fit_gamma_gamma
from tagmart.scoring.groups import purchase_groups
from tagmart.scoring.outcome import DEGENERATE
from tagmart.scoring.tables import by_date, fit_id, known, table_of

SMALLEST_ALPHA = 365 / LARGEST_Z  # days; below, customers buy many times a day and the model of days means nothing

BTYD_SCHEMA = pa.schema(
    [
        ("as_of_date", pa.date32()),
        ("fit_id", pa.string()),
        ("model", pa.string()),
        ("status", pa.string()),
        ("reason", pa.string()),
        ("converged", pa.bool_()),
        ("survived_at_first", pa.int32()),
        *[(name, pa.float64()) for name in (*PARAMETERS, *(f"{name}_se" for name in PARAMETERS), "log_likelihood", "drop_out_chance", "drop_out_chance_se")],
        ("customers_count", pa.int64()),
        ("repeat_customers_count", pa.int64()),
    ]
)
GAMMA_GAMMA_SCHEMA = pa.schema(
    [
        ("as_of_date", pa.date32()),
        ("fit_id", pa.string()),
        ("status", pa.string()),
        ("reason", pa.string()),
        ("converged", pa.bool_()),
        *[(name, pa.float64()) for name in ("p", "q", "gamma", "p_se", "q_se", "gamma_se", "log_likelihood", "value_frequency_correlation")],
        ("is_value_independent", pa.bool_()),
        ("customers_count", pa.int64()),
    ]
)


def fit_btyd_by_date(grouped: pa.Table | pa.RecordBatchReader) -> pa.Table:
    """Fit each as-of date. Columns: as_of_date, repeat_days_count (x), recency_days (t_x), age_days (T), customers_count."""
    rows = []
    for day, part in by_date(grouped):
        fit = fit_btyd(purchase_groups(part["repeat_days_count"], part["recency_days"], part["age_days"], part["customers_count"]))
        status, reason = fit.status, fit.reason
        if fit.converged and fit.alpha < SMALLEST_ALPHA:
            status, reason = DEGENERATE, f"alpha is {fit.alpha:.3g} days: customers come many times a day"
        numbers = [getattr(fit, name) if status == fit.status else float("nan") for name in BTYD_SCHEMA.names[7:-2]]
        rows.append(
            [
                day,
                fit_id(fit.model, day, status, numbers),
                fit.model,
                status,
                reason,
                status == "converged",
                MODELS[fit.model].at_first,
                *map(known, numbers),
                fit.customers_count,
                fit.repeat_customers_count,
            ]
        )
    return table_of(rows, BTYD_SCHEMA)


def fit_gamma_gamma_by_date(grouped: pa.Table | pa.RecordBatchReader) -> pa.Table:
    """Fit each as-of date. Columns: as_of_date, repeat_days_count (x), customers_count, repeat_amount (of all of the group)."""
    rows = []
    for day, part in by_date(grouped):
        fit = fit_gamma_gamma(part["repeat_days_count"], part["repeat_amount"] / (part["customers_count"] * part["repeat_days_count"]), part["customers_count"])
        numbers = [fit.p, fit.q, fit.gamma, fit.p_se, fit.q_se, fit.gamma_se, fit.log_likelihood, fit.correlation]
        rows.append(
            [
                day,
                fit_id("gamma_gamma", day, fit.status, numbers),
                fit.status,
                fit.reason,
                fit.converged,
                *map(known, numbers),
                not abs(fit.correlation) > MOST_CORRELATION,
                fit.customers_count,
            ]
        )
    return table_of(rows, GAMMA_GAMMA_SCHEMA)
