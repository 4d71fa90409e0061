"""Churn: the regression against a known answer, which dates teach which, and what it is worth on CDNOW."""

from __future__ import annotations

from datetime import date

import numpy as np
import pyarrow as pa
import pytest
from conftest import Workshop

from tagmart.importers.run import run_import
from tagmart.scoring import metrics
from tagmart.scoring.churn import HORIZONS, TERMS, fit_churn_by_date, level_gap
from tagmart.scoring.logistic import MIN_EACH, fit_logistic

MONTH_ENDS = [date(2024, 12, 31), date(2025, 1, 31), date(2025, 2, 28), date(2025, 3, 31), date(2025, 4, 30), date(2025, 5, 31), date(2025, 6, 30)]


def customers(day: date, count: int = 400, seed: int = 0) -> dict[str, np.ndarray]:
    """Grouped customers of a date, whose silence follows recency and not the BTYD model alone."""
    rng = np.random.default_rng([seed, day.toordinal()])
    columns = {name: np.round(rng.normal(size=count), 1) for name in ("silence_logit_30d", "silence_logit_90d", *TERMS)}
    size = rng.integers(1, 20, count)
    silent = {
        f"silent_{horizon}d": rng.binomial(size, 1 / (1 + np.exp(-columns[f"silence_logit_{horizon}d"] - 0.8 * columns["recency"] + 0.3)))
        for horizon in HORIZONS
    }
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
    dates = {(row["as_of_date"], row["horizon_days"]): (row["trained_from"], row["trained_until"], row["calibrated_on"], row["status"]) for row in rows}
    assert len(dates) == 2 * len(MONTH_ENDS)
    # 31 January has 28 days to 28 February: its 30 days are not over then, and one date is not enough.
    assert dates[date(2025, 2, 28), 30] == (None, None, None, "too_little_data")
    assert dates[date(2025, 3, 31), 30] == (date(2024, 12, 31), date(2025, 1, 31), date(2025, 2, 28), "converged")
    assert dates[date(2025, 6, 30), 30] == (date(2024, 12, 31), date(2025, 4, 30), date(2025, 5, 31), "converged")
    assert dates[date(2025, 6, 30), 90] == (date(2024, 12, 31), date(2025, 2, 28), date(2025, 3, 31), "converged")
    assert dates[date(2025, 4, 30), 90][3] == "too_little_data"


def test_a_year_is_remembered():
    """Of fifteen month-ends the latest twelve whose horizon is over teach; what came before them changes nothing."""
    days = [date(2024, month, 28) for month in range(1, 13)] + [date(2025, month, 28) for month in range(1, 4)]
    parts = [customers(day) for day in days]
    row = fit_churn_by_date(table(parts)).to_pylist()[-2]
    assert (row["horizon_days"], row["trained_from"], row["calibrated_on"]) == (30, date(2024, 2, 28), date(2025, 1, 28))
    assert fit_churn_by_date(table([customers(days[0], seed=5), *parts[1:]])).to_pylist()[-2] == row


def test_a_date_without_enough_on_either_side_does_not_teach():
    parts = [customers(day) for day in MONTH_ENDS]
    parts[2]["silent_30d"] = 0 * parts[2]["silent_30d"]
    row = fit_churn_by_date(table(parts)).to_pylist()[2 * 3]
    assert (row["trained_until"], row["calibrated_on"], row["status"]) == (date(2024, 12, 31), date(2025, 1, 31), "converged")


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


def test_level_is_that_of_the_btyd_model_moved_by_what_it_missed():
    """30 days, 31 March: three dates, 59 days from the first to the last, so n is 1 + 59/30 horizons."""
    parts = [customers(day) for day in MONTH_ENDS]

    def said(part, odds=0.0):
        return (part["customers_count"] / (1 + np.exp(-part["silence_logit_30d"] - odds))).sum() / part["customers_count"].sum()

    row, now = fit_churn_by_date(table(parts)).to_pylist()[2 * 3], parts[3]
    seen = [part["silent_30d"].sum() / part["customers_count"].sum() for part in parts[:3]]
    gaps = [np.log(share / (1 - share)) - np.log(said(part) / (1 - said(part))) for share, part in zip(seen, parts, strict=False)]
    n = 1 + 59 / 30
    assert row["level_gap"] == pytest.approx(sorted(gaps)[1] * n / (n + 1), rel=1e-12)
    odds = np.log(said(now) / (1 - said(now))) + row["level_gap"]
    assert row["expected_silent_share"] == pytest.approx(1 / (1 + np.exp(-odds)), rel=1e-12)
    scores = row["intercept"] + row["silence_logit"] * now["silence_logit_30d"] + sum(row[name] * now[name] for name in TERMS)
    assert (now["customers_count"] / (1 + np.exp(-scores))).sum() / now["customers_count"].sum() == pytest.approx(row["expected_silent_share"], rel=1e-12)


def test_one_date_of_a_bad_btyd_fit_does_not_move_the_level():
    """As on Online Retail, whose first month says that nobody comes back: the other dates outvote it."""
    good = [customers(day) for day in MONTH_ENDS]
    bad = [dict(part) for part in good]
    bad[0]["silence_logit_30d"] = bad[0]["silence_logit_30d"] + 3
    rows = [{row["as_of_date"]: row["level_gap"] for row in fit_churn_by_date(table(parts)).to_pylist() if row["horizon_days"] == 30} for parts in (good, bad)]
    gaps = [row[date(2025, 5, 31)] for row in rows]
    spread = max(abs(level_gap(part, 30)) for part in good)
    assert abs(gaps[0] - gaps[1]) < spread < 1 < abs(level_gap(bad[0], 30))


def test_without_a_btyd_model_there_is_no_answer():
    parts = [customers(day) for day in MONTH_ENDS]
    parts[-1] |= {f"silence_logit_{horizon}d": np.full(400, np.nan) for horizon in HORIZONS}
    row = fit_churn_by_date(table(parts)).to_pylist()[-1]
    assert (row["status"], row["reason"], row["intercept"]) == ("too_little_data", "the BTYD model has no answer at this date", None)


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
            left join (select * from scoring.scoring_outcomes where horizon_days = 90) as outcomes using (customer_id, as_of_date)
            where as_of_date = date '{day}'""")
        churn, closed, silent = (rows[name].to_numpy(float) for name in rows.columns)
        measured[day] = (metrics.auc(churn, silent) - metrics.auc(closed, silent), metrics.calibration_error(churn, silent), metrics.sum_ratio(churn, silent))
        assert len(rows) == 23_570
    assert all(gain >= 0.005 and 0.97 <= ratio <= 1.03 for gain, _, ratio in measured.values()), measured
    # In the second quarter of 1998 more fell asleep than in any quarter before: nothing known on 31 March says so.
    assert all(error <= 0.01 for day, (_, error, _) in measured.items() if day != "1998-03-31"), measured
    assert measured["1998-03-31"][1] <= 0.02, measured
