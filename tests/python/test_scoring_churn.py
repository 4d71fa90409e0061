"""Churn: the regression against a known answer, which dates teach which, and what it is worth on CDNOW."""

from __future__ import annotations

from datetime import date

import numpy as np
import pyarrow as pa
import pytest
from conftest import Workshop
from tagmart.importers.run import run_import
from tagmart.scoring import metrics
from tagmart.scoring.churn import HORIZONS, TERMS, fit_churn_by_date
from tagmart.scoring.logistic import MIN_EACH, fit_logistic

MONTH_ENDS = [date(2024, 12, 31), date(2025, 1, 31), date(2025, 2, 28), date(2025, 3, 31), date(2025, 4, 30), date(2025, 5, 31), date(2025, 6, 30)]


def customers(day: date, count: int = 400, seed: int = 0) -> dict[str, np.ndarray]:
    """Grouped customers of a date, whose silence follows recency and not the BTYD model alone."""
    rng = np.random.default_rng([seed, day.toordinal()])
    columns = {name: np.round(rng.normal(size=count), 1) for name in ("silence_logit_30d", "silence_logit_90d", *TERMS)}
    size = rng.integers(1, 20, count)
    silent = {f"silent_{horizon}d": rng.binomial(size, 1 / (1 + np.exp(-columns[f"silence_logit_{horizon}d"] - 0.8 * columns["recency"] + 0.3)))
              for horizon in HORIZONS}
    return {"as_of_date": np.array([day] * count, "datetime64[D]")} | columns | {"customers_count": size} | silent


def table(parts: list[dict]) -> pa.Table:
    return pa.concat_tables([pa.table(part) for part in parts])


def test_regression_finds_the_coefficients():
    rng = np.random.default_rng(1)
    x, y, offset = rng.normal(size=(3, 3000))
    y = 100 + 5 * y
    size = np.full(3000, 200)
    odds = offset + 0.5 - 1.2 * x + 0.1 * (y - 100)
    fit = fit_logistic([x, y, np.ones(3000)], offset, rng.binomial(size, 1 / (1 + np.exp(-odds))), size)
    assert fit.converged and fit.coefficients[2] == 0
    assert fit.coefficients[:2] == pytest.approx([-1.2, 0.1], abs=0.01)
    assert fit.log_odds([x, y, np.ones(3000)], offset) == pytest.approx(odds, abs=0.05)


def test_regression_is_at_its_maximum():
    """The gradient of the likelihood minus the ridge vanishes, in the units of the features."""
    part = customers(MONTH_ENDS[0])
    x, offset, silent, size = (part[name].astype(float) for name in ("recency", "silence_logit_90d", "silent_90d", "customers_count"))
    fit = fit_logistic([x], offset, silent, size)
    pull = silent - size / (1 + np.exp(-fit.log_odds([x], offset)))
    mean = (size * x).sum() / size.sum()
    spread = np.sqrt((size * (x - mean) ** 2).sum() / size.sum())
    assert (pull.sum(), (pull * (x - mean) / spread).sum() - 20 * fit.coefficients[0] * spread) == pytest.approx((0, 0), abs=1e-5)


def test_few_customers_give_a_reason():
    few = fit_logistic([np.array([0.0, 1.0])], np.zeros(2), np.array([MIN_EACH - 1, 0]), np.array([500, 500]))
    assert (few.status, np.isnan(few.intercept)) == ("too_little_data", True) and "29 of 1000" in few.reason


def test_only_dates_whose_horizon_is_over_teach():
    rows = fit_churn_by_date(table([customers(day) for day in MONTH_ENDS])).to_pylist()
    dates = {(row["as_of_date"], row["horizon_days"]): (row["trained_on"], row["calibrated_on"], row["status"]) for row in rows}
    assert len(dates) == 2 * len(MONTH_ENDS)
    # 31 January has 28 days to 28 February: its 30 days are not over then.
    assert dates[date(2025, 2, 28), 30] == (None, date(2024, 12, 31), "too_little_data")
    assert dates[date(2025, 3, 31), 30] == (date(2024, 12, 31), date(2025, 2, 28), "converged")
    assert dates[date(2025, 6, 30), 30] == (date(2025, 4, 30), date(2025, 5, 31), "converged")
    assert dates[date(2025, 6, 30), 90] == (date(2024, 12, 31), date(2025, 3, 31), "converged")
    assert dates[date(2025, 5, 31), 90][2] == "too_little_data"


def test_the_future_teaches_nothing():
    """Other outcomes of dates whose horizon is not over by 31 May, and other customers after it: the same fit to the last bit."""
    known = [customers(day) for day in MONTH_ENDS]
    other = [customers(day) for day in MONTH_ENDS[:5]] + [customers(day, seed=9) for day in MONTH_ENDS[5:]]
    other[4] |= {"silent_30d": 0 * other[4]["silent_30d"]}
    for day in MONTH_ENDS[3:]:
        part = next(part for part in other if str(part["as_of_date"][0]) == str(day))
        part["silent_90d"] = 0 * part["silent_90d"]
    rows, again = (fit_churn_by_date(table(parts)).to_pylist() for parts in (known, other))
    for row, same in zip(rows, again, strict=True):
        if row["as_of_date"] <= date(2025, 5, 29):
            assert row == same


def test_calibration_follows_the_later_date():
    """Where everybody became more silent, so do the probabilities."""
    parts = [customers(day) for day in MONTH_ENDS]
    parts[-2]["silent_30d"] = np.minimum(parts[-2]["customers_count"], parts[-2]["silent_30d"] + parts[-2]["customers_count"] // 2)
    row = fit_churn_by_date(table(parts)).to_pylist()[-2]
    later = parts[-2]
    odds = row["intercept"] + row["silence_logit"] * later["silence_logit_30d"] + sum(row[name] * later[name] for name in TERMS)
    assert (later["customers_count"] / (1 + np.exp(-odds))).sum() == pytest.approx(later["silent_30d"].sum(), rel=1e-6)


@pytest.mark.slow
def test_churn_on_cdnow(workshop: Workshop, shared_data, tmp_path):
    """Temporal: each date scored by what was known then, held against the 90 days after it."""
    run_import("cdnow", shared_data / "cdnow/cdnow_master.parquet", tmp_path)
    built = workshop.build(tmp_path, select="+path:models/scoring", vars={"earliest_date": "1996-01-01"})
    assert built.success, built.text[-3000:]
    measured = {}
    for day in ("1997-12-31", "1998-01-31", "1998-02-28", "1998-03-31"):
        rows = built.query(f"""
            select churn_probability_90d, no_order_probability_90d, outcomes.customer_id is null as is_silent
            from scoring.score_churn
            join scoring.score_clv using (customer_id, as_of_date)
            left join (select * from scoring.score_outcomes where horizon_days = 90) as outcomes using (customer_id, as_of_date)
            where as_of_date = date '{day}'""")
        churn, closed, silent = (rows[name].to_numpy(float) for name in rows.columns)
        measured[day] = (metrics.auc(churn, silent) - metrics.auc(closed, silent), metrics.calibration_error(churn, silent), metrics.sum_ratio(churn, silent))
        assert len(rows) == 23_570
    assert all(gain >= 0.005 and 0.97 <= ratio <= 1.03 for gain, _, ratio in measured.values()), measured
    # The brand fell asleep by the seasons; on two of four dates the calibration on the quarter before holds to 0.01.
    assert all(measured[day][1] <= 0.01 for day in ("1998-01-31", "1998-02-28")), measured
    assert all(error <= 0.025 for _, error, _ in measured.values()), measured
