"""The SQL of score_clv and the lookup it reads, for every model that fit_btyd can name: the same as the kernels, to 1e-12."""

from __future__ import annotations

import datetime as dt

import duckdb
import numpy as np
import pyarrow as pa
import pytest
from conftest import PROJECT

from tagmart.scoring.btyd import BtydFit
from tagmart.scoring.dropout import MODELS
from tagmart.scoring.expectation import expected_purchases, no_purchase_probability, p_alive
from tagmart.scoring.outlook import outlook_by_date

NAN = float("nan")
R, ALPHA, A, B, CHANCE = 0.7, 60.0, 0.8, 2.5, 0.2
FIRST = dt.date(2025, 1, 31)


@pytest.fixture(scope="module")
def compiled(workshop) -> str:
    done = workshop.build(PROJECT / "data/sample", command="compile", select="score_clv")
    assert done.success, done.text[-2000:]
    return next((workshop.folder / "target").rglob("compiled/**/score_clv.sql")).read_text(encoding="utf-8")


def fit_of(model: str) -> BtydFit:
    is_beta = MODELS[model].kind == "beta"
    chance = A / (A + B) if is_beta else CHANCE if MODELS[model].parameters else 0.0
    return BtydFit(model, "converged", None, R, ALPHA, *((A, B) if is_beta else (NAN, NAN)), *[NAN] * 5, 0, 0, 0, chance)


def test_sql_equals_numpy_for_every_model(compiled, tmp_path):
    """Regular customers with hundreds of purchases and decades of silence among them: neither overflows nor loses digits."""
    rng = np.random.default_rng(7)
    x = np.concatenate([[0, 0, 1, 1, 2, 300, 300], rng.integers(0, 60, 500)])
    T = np.concatenate([[0, 900, 400, 1, 3, 700, 9000], x[7:] + rng.integers(0, 900, 500)])
    t_x = np.where(x > 0, np.concatenate([[0, 0, 1, 1, 2, 690, 310], x[7:] + ((T - x)[7:] * rng.random(500)).astype(int)]), 0)
    days = {model: FIRST + dt.timedelta(number) for number, model in enumerate(MODELS)}
    fits = {day: fit_of(model) for model, day in days.items()}
    with duckdb.connect(str(tmp_path / "brand.duckdb")) as connection:
        connection.execute("create schema scoring")
        histories = pa.concat_tables(
            [
                pa.table(
                    {
                        "customer_id": np.arange(len(x)).astype(str),
                        "as_of_date": pa.array([day] * len(x), pa.date32()),
                        "first_order_date": [FIRST] * len(x),
                        "repeat_days_count": x,
                        "recency_days": t_x,
                        "age_days": T,
                        "repeat_amount": 10.0 * x,
                    }
                )
                for day in fits
            ]
        )
        found = pa.table(
            {
                "as_of_date": pa.array(fits, pa.date32()),
                "fit_id": [fit.model for fit in fits.values()],
                "model": [fit.model for fit in fits.values()],
                "status": ["converged"] * len(fits),
                **{
                    name: pa.array([getattr(fit, name) for fit in fits.values()], pa.float64(), from_pandas=True)
                    for name in ("r", "alpha", "a", "b", "drop_out_chance")
                },
            }
        )
        amounts = pa.table(
            {
                "as_of_date": pa.array(fits, pa.date32()),
                "status": ["converged"] * len(fits),
                "is_value_independent": [True] * len(fits),
                **{name: [value] * len(fits) for name, value in (("p", 2.0), ("q", 3.0), ("gamma", 30.0))},
            }
        )
        assert histories.num_rows and found.num_rows and amounts.num_rows  # duckdb reads them by name below
        for name, table in (("score_histories", "histories"), ("fit_btyd", "found"), ("fit_gamma_gamma", "amounts")):
            connection.execute(f"create table scoring.{name} as from {table}")
        cells = connection.sql(
            "select distinct as_of_date, repeat_days_count, age_days, model as model_name, r, alpha, a, b, drop_out_chance, 0.1::double as discount_rate "
            "from scoring.score_histories join scoring.fit_btyd using (as_of_date) order by all"
        ).to_arrow_table()
        outlook = outlook_by_date(cells)
        assert outlook.num_rows == cells.num_rows
        connection.execute("create table scoring.fit_btyd__outlook as from outlook")
        for day, fit in fits.items():
            scored = connection.execute(f"select * from ({compiled}) where as_of_date = ? order by cast(customer_id as integer)", [day]).fetchnumpy()
            assert set(scored["model_name"]) == {fit.model}
            close(scored["p_alive"], p_alive(fit, x, t_x, T))
            for horizon in (30, 90):
                close(scored[f"no_order_probability_{horizon}d"], no_purchase_probability(fit, x, t_x, T, horizon))
            for horizon in (30, 90, 365):
                close(scored[f"expected_orders_{horizon}d"], expected_purchases(fit, x, t_x, T, horizon))


def close(found, expected):
    assert not np.ma.is_masked(found)
    assert np.asarray(found, dtype=float) == pytest.approx(np.asarray(expected, dtype=float), rel=1e-12, abs=1e-12)
