"""Churn: the chance of no purchase in the next 30 or 90 days, from habits and activity, trained and calibrated on the past.

For the scores of a date D and a horizon H, two earlier as-of dates are used whose outcome is known at D:

    calibrated on   the latest date E with E + H <= D
    trained on      the latest date whose horizon ends by then: outcomes overlap neither each other nor what is scored

A logistic regression on the earlier one learns what to add to the log odds of the BTYD model (of few customers it adds
little); on the later one these are stretched and shifted (Platt 1999, Probabilistic outputs for support vector machines)
to the rates of that time. Both go into one set of coefficients.
"""

from __future__ import annotations

import datetime as dt

import numpy as np
import pyarrow as pa

from tagmart.scoring import metrics
from tagmart.scoring.logistic import LogisticFit, fit_logistic
from tagmart.scoring.outcome import CONVERGED, TOO_LITTLE_DATA
from tagmart.scoring.tables import by_date, fit_id

HORIZONS = (30, 90)
TERMS = ("recency", "frequency", "age", "overdue", "one_time", "active_days_7d", "active_days_15d")
COEFFICIENTS = ("intercept", "silence_logit", *TERMS)
SCHEMA = pa.schema([
    ("as_of_date", pa.date32()), ("horizon_days", pa.int32()), ("fit_id", pa.string()), ("status", pa.string()), ("reason", pa.string()),
    ("trained_on", pa.date32()), ("calibrated_on", pa.date32()), *[(name, pa.float64()) for name in COEFFICIENTS],
    ("customers_count", pa.int64()), ("calibration_auc", pa.float64()), ("calibration_silent_share", pa.float64()),
])

Columns = dict[str, np.ndarray]


def fit_churn_by_date(grouped: pa.Table | pa.RecordBatchReader) -> pa.Table:
    """Fit each as-of date and horizon. Columns: as_of_date, the features (silence_logit_30d and _90d, TERMS),
    customers_count, silent_30d and silent_90d, sorted by date; the outcome of a date is only read once it is over.
    """
    rows, seen = [], {}
    for day, part in by_date(grouped):
        seen[day] = _where_known(part)
        oldest = day
        for horizon in HORIZONS:
            calibrated_on = _latest(seen, day, horizon)
            trained_on = _latest(seen, calibrated_on, horizon) if calibrated_on else None
            rows.append(_fitted(seen, day, horizon, trained_on, calibrated_on))
            oldest = min(oldest, trained_on or min(seen))
        seen = {date: columns for date, columns in seen.items() if date >= oldest}
    return pa.Table.from_pylist(rows, schema=SCHEMA)


def _latest(seen: dict[dt.date, Columns], day: dt.date, horizon: int) -> dt.date | None:
    return max((date for date in seen if date + dt.timedelta(days=horizon) <= day), default=None)


def _where_known(part: Columns) -> Columns:
    """Customers of a date without a BTYD fit have no silence to learn from."""
    known = np.isfinite(np.asarray(part["silence_logit_90d"], dtype=np.float64))
    return {name: values[known] for name, values in part.items()}


def _fitted(seen: dict[dt.date, Columns], day: dt.date, horizon: int, trained_on: dt.date | None, calibrated_on: dt.date | None) -> dict:
    row = {"as_of_date": day, "horizon_days": horizon, "trained_on": trained_on, "calibrated_on": calibrated_on}
    name = f"churn_{horizon}d"
    if trained_on is None:
        reason = f"two earlier as-of dates are needed whose next {horizon} days are over, one after the other"
        return row | {"status": TOO_LITTLE_DATA, "reason": reason, "fit_id": fit_id(name, day, TOO_LITTLE_DATA, []), "customers_count": 0}
    trained = _regression(seen[trained_on], horizon)
    if trained.converged:
        later = seen[calibrated_on]
        features, silent = _features(later, horizon), later[f"silent_{horizon}d"]
        odds = trained.log_odds(features, features[0])
        stretched = fit_logistic([odds], odds, silent, later["customers_count"])
    failed = next((fit for fit in (trained, stretched if trained.converged else trained) if not fit.converged), None)
    if failed:
        return row | {"status": failed.status, "reason": failed.reason, "fit_id": fit_id(name, day, failed.status, []),
                      "customers_count": int(seen[trained_on]["customers_count"].sum())}
    slope = 1 + float(stretched.coefficients[0])
    numbers = [stretched.intercept + slope * trained.intercept, *(slope * (float(value) + is_offset) for value, is_offset
                                                                  in zip(trained.coefficients, [1, *[0] * len(TERMS)], strict=True))]
    scores, happened, weights = _pairs(odds, silent, later["customers_count"])
    return row | dict(zip(COEFFICIENTS, numbers, strict=True)) | {
        "status": CONVERGED, "fit_id": fit_id(name, day, CONVERGED, numbers), "customers_count": int(seen[trained_on]["customers_count"].sum()),
        "calibration_auc": metrics.auc(scores, happened, weights), "calibration_silent_share": float(silent.sum() / later["customers_count"].sum()),
    }


def _regression(part: Columns, horizon: int) -> LogisticFit:
    features = _features(part, horizon)
    return fit_logistic(features, features[0], part[f"silent_{horizon}d"], part["customers_count"])


def _features(part: Columns, horizon: int) -> list[np.ndarray]:
    return [np.asarray(part[name], dtype=np.float64) for name in (f"silence_logit_{horizon}d", *TERMS)]


def _pairs(scores: np.ndarray, happened: np.ndarray, customers: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Split each group into those to whom it happened and the others."""
    return (np.concatenate([scores, scores]), np.repeat([1.0, 0.0], len(scores)), np.concatenate([happened, customers - happened]))
