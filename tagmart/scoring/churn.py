"""Churn: the chance of no purchase in the next 30 or 90 days, from habits and activity, trained and calibrated on the past.

For the scores of a date D and a horizon H, the as-of dates E count whose outcome came to be known in the year up to D
(D - 365 < E + H <= D):

    trained on      all of them but the latest: what to add to the log odds of the BTYD model, customer against customer of
                    the same date; a ridge, of one strength for each date, keeps few customers from adding much
    calibrated on   the latest too: by how much more were silent than the BTYD model said, as the median over the dates of the
                    gap in log odds, times n / (n + 1) of n horizons: as though one more had come out as the model said

The level is the BTYD model's own of D, moved by that gap, and not what the features of D say: one season is no trend.
"""

from __future__ import annotations

import datetime as dt

import numpy as np
import pyarrow as pa

from tagmart.scoring import metrics
from tagmart.scoring.logistic import MIN_EACH, RIDGE, LogisticFit, fit_logistic, intercept_for, log_odds_of_share
from tagmart.scoring.outcome import CONVERGED, TOO_LITTLE_DATA
from tagmart.scoring.tables import by_date, fit_id

HORIZONS = (30, 90)
MEMORY_DAYS = 365  # a whole year: each season counts once
TERMS = ("recency", "frequency", "age", "overdue", "one_time", "active_days_7d", "active_days_15d")
COEFFICIENTS = ("intercept", "silence_logit", *TERMS)
SCHEMA = pa.schema(
    [
        ("as_of_date", pa.date32()),
        ("horizon_days", pa.int32()),
        ("fit_id", pa.string()),
        ("status", pa.string()),
        ("reason", pa.string()),
        ("trained_from", pa.date32()),
        ("trained_until", pa.date32()),
        ("calibrated_on", pa.date32()),
        *[(name, pa.float64()) for name in COEFFICIENTS],
        ("customers_count", pa.int64()),
        ("calibration_auc", pa.float64()),
        ("level_gap", pa.float64()),
        ("expected_silent_share", pa.float64()),
    ]
)

Columns = dict[str, np.ndarray]


def fit_churn_by_date(grouped: pa.Table | pa.RecordBatchReader) -> pa.Table:
    """Fit each as-of date and horizon. Columns: as_of_date, the features (silence_logit_30d and _90d, TERMS),
    customers_count, silent_30d and silent_90d, sorted by date; the outcome of a date is only read once it is over.
    """
    rows, seen = [], {}
    for day, part in by_date(grouped):
        seen[day] = _where_known(part)
        for horizon in HORIZONS:
            over = [date for date in seen if day - dt.timedelta(days=MEMORY_DAYS) < date + dt.timedelta(days=horizon) <= day]
            rows.append(_fitted(seen, day, horizon, [date for date in over if _tells(seen[date], horizon)]))
        seen = {date: columns for date, columns in seen.items() if date + dt.timedelta(days=MEMORY_DAYS + max(HORIZONS)) > day}
    return pa.Table.from_pylist(rows, schema=SCHEMA)


def _where_known(part: Columns) -> Columns:
    """Customers of a date without a BTYD fit have no silence to learn from."""
    known = np.isfinite(np.asarray(part["silence_logit_90d"], dtype=np.float64))
    return {name: values[known] for name, values in part.items()}


def _tells(part: Columns, horizon: int) -> bool:
    silent, total = part[f"silent_{horizon}d"].sum(), part["customers_count"].sum()
    return min(silent, total - silent) >= MIN_EACH


def _fitted(seen: dict[dt.date, Columns], day: dt.date, horizon: int, over: list[dt.date]) -> dict:
    row, name, now = {"as_of_date": day, "horizon_days": horizon}, f"churn_{horizon}d", seen[day]
    if len(over) < 2 or not now["customers_count"].sum():
        reason = f"two earlier as-of dates are needed whose next {horizon} days are over, and {MIN_EACH} customers on either side at each"
        return row | {
            "status": TOO_LITTLE_DATA,
            "fit_id": fit_id(name, day, TOO_LITTLE_DATA, []),
            "customers_count": 0,
            "reason": reason if len(over) < 2 else "the BTYD model has no answer at this date",
        }
    *trained_on, calibrated_on = over
    row |= {
        "trained_from": trained_on[0],
        "trained_until": trained_on[-1],
        "calibrated_on": calibrated_on,
        "customers_count": int(sum(seen[date]["customers_count"].sum() for date in trained_on)),
    }
    gaps = {date: level_gap(seen[date], horizon) for date in over}
    trained = _regression([seen[date] for date in trained_on], [gaps[date] for date in trained_on], horizon)
    if not trained.converged:
        return row | {"status": trained.status, "reason": trained.reason, "fit_id": fit_id(name, day, trained.status, [])}
    horizons = 1 + (calibrated_on - trained_on[0]).days / horizon
    gap = float(np.median(list(gaps.values()))) * horizons / (horizons + 1)
    offset, customers = _features(now, horizon)[0], now["customers_count"]
    share = 1 / (1 + np.exp(-(log_odds_of_share(offset, customers) + gap)))
    numbers = [intercept_for(_added_up(trained, now, horizon), customers, share), 1 + float(trained.coefficients[0]), *map(float, trained.coefficients[1:])]
    last = seen[calibrated_on]
    return (
        row
        | dict(zip(COEFFICIENTS, numbers, strict=True))
        | {
            "status": CONVERGED,
            "fit_id": fit_id(name, day, CONVERGED, numbers),
            "level_gap": gap,
            "expected_silent_share": float(share),
            "calibration_auc": metrics.auc(*_pairs(_added_up(trained, last, horizon), last[f"silent_{horizon}d"], last["customers_count"])),
        }
    )


def level_gap(part: Columns, horizon: int) -> float:
    """Log odds of the share of customers who were silent, over those of the share that the BTYD model said."""
    silent, total = part[f"silent_{horizon}d"].sum(), part["customers_count"].sum()
    return float(np.log(silent / (total - silent)) - log_odds_of_share(_features(part, horizon)[0], part["customers_count"]))


def _regression(parts: list[Columns], gaps: list[float], horizon: int) -> LogisticFit:
    """What features add, dates together: each date has its own level and features count against their mean of the date."""
    features, offsets = [], []
    for part, gap in zip(parts, gaps, strict=True):
        columns, customers = _features(part, horizon), part["customers_count"]
        features.append([values - (customers * values).sum() / customers.sum() for values in columns])
        offsets.append(columns[0] + gap)
    silent, customers = (np.concatenate([part[name] for part in parts]) for name in (f"silent_{horizon}d", "customers_count"))
    return fit_logistic([np.concatenate(values) for values in zip(*features, strict=True)], np.concatenate(offsets), silent, customers, RIDGE * len(parts))


def _features(part: Columns, horizon: int) -> list[np.ndarray]:
    return [np.asarray(part[name], dtype=np.float64) for name in (f"silence_logit_{horizon}d", *TERMS)]


def _added_up(fit: LogisticFit, part: Columns, horizon: int) -> np.ndarray:
    """Log odds of a date's customers, but for a common number."""
    features = _features(part, horizon)
    return fit.log_odds(features, features[0]) - fit.intercept


def _pairs(scores: np.ndarray, happened: np.ndarray, customers: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Split each group into those to whom it happened and the others."""
    return (np.concatenate([scores, scores]), np.repeat([1.0, 0.0], len(scores)), np.concatenate([happened, customers - happened]))
