"""BG/NBD, MBG/NBD and Gamma-Gamma: published digits, derivatives, order of rows, recovery of a known truth, odd data."""

from __future__ import annotations

from datetime import date

import duckdb
import numpy as np
import pytest

from tagmart.scoring import gamma_gamma
from tagmart.scoring.btyd import MIN_CUSTOMERS, PARAMETERS, fit_btyd, fit_model
from tagmart.scoring.dropout import MODELS as ALL_MODELS
from tagmart.scoring.gamma_gamma import fit_gamma_gamma
from tagmart.scoring.groups import purchase_groups
from tagmart.scoring.histories import histories
from tagmart.scoring.holdout import holdout
from tagmart.scoring.likelihood import log_likelihood

MODELS = ("bg_nbd", "mbg_nbd")


@pytest.fixture(scope="module")
def summary(shared_data) -> dict:
    """The CDNOW summary of the literature: weeks, rounded to two decimals, and mean repeat amounts."""
    file = shared_data / "cdnow/cdnow_customers_summary_with_transactions.parquet"
    with duckdb.connect() as connection:
        return connection.execute(f"select x, t_x, T, zbar as m from read_parquet('{file}')").fetchnumpy()


@pytest.fixture(scope="module")
def purchases(shared_data) -> dict:
    """The CDNOW sample counted from its purchases: exact days."""
    return histories(shared_data / "cdnow/cdnow_sample.parquet", date(1997, 9, 30), "master_customer_id", "order_date", "dollars")


def simulated(customers: int, r: float, alpha: float, a: float, b: float, seed: int = 1, longest: int = 700) -> tuple:
    """Draw (x, t_x, T) of the BG/NBD process in continuous time."""
    rng = np.random.default_rng(seed)
    T = rng.uniform(1, longest, customers)
    arrivals = rng.poisson(rng.gamma(r, 1 / alpha, customers) * T)
    x = np.minimum(arrivals, rng.geometric(np.maximum(rng.beta(a, b, customers), 1e-12)))
    t_x = np.where(x > 0, T * rng.beta(np.maximum(x, 1), np.maximum(arrivals - x + 1, 1)), 0)
    return x, t_x, T


def unequal_values(customers: int = 2000, p: float = 2.0, q: float = 0.6) -> tuple:
    """Draw (x, m) of the Gamma-Gamma process with a q below 1."""
    rng = np.random.default_rng(4)
    x = rng.integers(1, 6, customers)
    return x, rng.gamma(p * x, 1 / (x * rng.gamma(q, 1 / 15, customers)))


def test_bg_nbd_gives_the_published_digits(purchases):
    fit = fit_model(purchase_groups(purchases["x"], purchases["t_x"] / 7, purchases["T"] / 7), "bg_nbd")
    assert (fit.r, fit.alpha, fit.a, fit.b) == pytest.approx((0.2425945, 4.4136019, 0.7929199, 2.4258881), rel=1e-4)
    assert fit.log_likelihood == pytest.approx(-9582.4292, abs=1e-3)


def test_mbg_nbd_gives_the_published_digits(summary):
    fit = fit_model(purchase_groups(summary["x"], summary["t_x"], summary["T"]), "mbg_nbd")
    assert (fit.r, fit.alpha, fit.a, fit.b) == pytest.approx((0.524838, 6.18299, 0.891356, 1.61400), rel=1e-4)
    assert fit.log_likelihood == pytest.approx(-9582.1327, abs=1e-3)


def test_gamma_gamma_gives_the_published_digits(summary):
    again = summary["x"] > 0
    fit = fit_gamma_gamma(summary["x"][again], summary["m"][again])
    assert (fit.p, fit.q, fit.gamma) == pytest.approx((6.2488, 3.7446, 15.4477), rel=1e-4)
    assert abs(fit.correlation) < gamma_gamma.MOST_CORRELATION


def test_gamma_gamma_hardly_feels_the_grouping_of_the_models(summary):
    """The models group mean values that differ by a thousandth."""
    again = summary["x"] > 0
    exact = fit_gamma_gamma(summary["x"][again], summary["m"][again])
    grouped = fit_gamma_gamma(summary["x"][again], np.exp((np.floor(1000 * np.log(summary["m"][again])) + 0.5) / 1000))
    assert (grouped.p, grouped.q, grouped.gamma) == pytest.approx((exact.p, exact.q, exact.gamma), rel=2e-4)


def test_holdout_of_39_weeks_is_as_good_as_published(purchases):
    x, t_x, T = purchases["x"], purchases["t_x"] / 7, purchases["T"] / 7
    measured = holdout(fit_model(purchase_groups(x, t_x, T), "bg_nbd"), x, t_x, T, 39, purchases["later"])
    assert measured.correlation >= 0.62 and measured.mae <= 0.79 and measured.rmse <= 1.62 and measured.auc >= 0.77
    assert abs(measured.cumulative_error) <= 0.05
    assert (measured.correlation, measured.mae, measured.rmse, measured.auc, measured.cumulative_error) == pytest.approx(
        (0.626, 0.7855, 1.608, 0.7725, -0.041), abs=6e-4
    )


def test_the_likelier_model_is_chosen(purchases):
    groups = purchase_groups(purchases["x"], purchases["t_x"] / 7, purchases["T"] / 7)
    fits = [fit_model(groups, model) for model in MODELS]
    assert repr(fit_btyd(groups)) == repr(max(fits, key=lambda fit: fit.log_likelihood))


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("parameters", [(0.3, 5.0, 0.7, 2.0), (2.0, 90.0, 1.0, 1.0), (0.05, 400.0, 12.0, 0.4)])
def test_derivatives_equal_finite_differences(model, parameters):
    objective = log_likelihood(purchase_groups(*simulated(3000, 0.6, 50, 0.8, 2.5)), ALL_MODELS[model])
    assert_derivatives(objective, np.array(parameters))


@pytest.mark.parametrize("parameters", [(5.0, 3.0, 12.0), (0.7, 1.3, 200.0)])
def test_derivatives_of_gamma_gamma_equal_finite_differences(parameters):
    rng = np.random.default_rng(3)
    x = rng.integers(1, 20, 500).astype(float)
    m = rng.gamma(6 * x, 1 / x) * rng.uniform(0.2, 3, 500)
    assert_derivatives(gamma_gamma.log_likelihood(x, m, rng.integers(1, 5, 500).astype(float)), np.array(parameters))


def assert_derivatives(objective, parameters):
    _, gradient, hessian = objective(parameters)
    for index, value in enumerate(parameters):
        step = np.zeros(len(parameters))
        step[index] = 1e-5 * value
        above, below = objective(parameters + step), objective(parameters - step)
        assert gradient[index] == pytest.approx((above[0] - below[0]) / (2 * step[index]), rel=1e-5, abs=1e-3)
        assert hessian[index] == pytest.approx((above[1] - below[1]) / (2 * step[index]), rel=1e-6, abs=1e-6 * np.abs(hessian[index]).max())


@pytest.mark.parametrize("model", MODELS)
def test_order_and_grouping_of_rows_change_no_bit(model):
    x, t_x, T = simulated(5000, 0.6, 50, 0.8, 2.5)
    t_x, T = np.ceil(t_x), np.ceil(T)
    x = np.minimum(x, t_x)
    kept = (x == 0) == (t_x == 0)
    x, t_x, T = x[kept], t_x[kept], T[kept]
    grouped = purchase_groups(x, t_x, T)
    expected = fit_model(grouped, model)
    assert expected.converged
    for seed in range(5):
        order = np.random.default_rng(seed).permutation(len(x))
        assert repr(fit_model(purchase_groups(x[order], t_x[order], T[order]), model)) == repr(expected)  # NaN is not NaN, its text is
    order = np.random.default_rng(9).permutation(len(grouped.x))
    again = purchase_groups(grouped.x[order], grouped.t_x[order], grouped.T[order], grouped.customers_count[order])
    assert repr(fit_model(again, model)) == repr(expected)


def test_order_of_rows_changes_no_bit_of_gamma_gamma():
    rng = np.random.default_rng(5)
    x, m, n = rng.integers(1, 9, 800), np.round(rng.gamma(3, 10, 800), 2), rng.integers(1, 4, 800)
    order = rng.permutation(800)
    assert fit_gamma_gamma(x[order], m[order], n[order]) == fit_gamma_gamma(x, m, n)


def test_truth_is_found_within_three_standard_errors():
    truth = (0.9, 60.0, 0.8, 3.0)
    fit = fit_model(purchase_groups(*simulated(100_000, *truth)), "bg_nbd")
    for name, value in zip(PARAMETERS, truth, strict=True):
        assert abs(getattr(fit, name) - value) < 3 * getattr(fit, name + "_se"), (name, fit)


def test_unit_of_time_only_scales_alpha():
    x, t_x, T = simulated(5000, 0.6, 50, 0.8, 2.5)
    days, weeks = (fit_model(purchase_groups(x, t_x / unit, T / unit), "bg_nbd") for unit in (1, 7))
    assert (days.r, days.alpha / 7, days.a, days.b, days.alpha_se / 7) == pytest.approx((weeks.r, weeks.alpha, weeks.a, weeks.b, weeks.alpha_se), rel=1e-8)


@pytest.mark.parametrize(
    ("x", "t_x", "T", "status", "reason"),
    [
        ([], [], [], "too_little_data", f"0 customers, at least {MIN_CUSTOMERS}"),
        ([1] * 99, [5] * 99, [9] * 99, "too_little_data", "99 customers"),
        ([0] * 500, [0] * 500, [9] * 500, "too_little_data", "0 customers who bought again"),
        ([0] * 500, [0] * 500, [0] * 500, "too_little_data", "0 customers who bought again"),
        ([1] * 500, [9] * 500, [9] * 500, "degenerate", "same history"),
        ([1, 2] * 250, [1] * 500, [500] * 500, "degenerate", "has no maximum"),
        ([1, 2] * 250, [9] * 500, [9] * 500, "degenerate", "along r and alpha"),
    ],
)
def test_data_without_an_answer_give_a_reason_and_no_number(x, t_x, T, status, reason):
    for fit in [fit_model(purchase_groups(x, t_x, T), model) for model in MODELS] + [fit_btyd(purchase_groups(x, t_x, T))]:
        assert not fit.converged and np.isnan([fit.r, fit.alpha, fit.a, fit.b, fit.log_likelihood, fit.r_se]).all()
        assert fit.reason and (fit.model == "mbg_nbd" or (fit.status == status and reason in fit.reason)), fit


@pytest.mark.parametrize("truth", [(1.8, 60, 1e-6, 1), (1.8, 60, 200, 800), (100, 5000, 0.8, 2.4), (0.05, 1, 0.8, 2.4), (1, 20, 50, 0.5), (0.02, 5000, 1, 1)])
def test_extreme_brands_never_crash(truth):
    for model in MODELS:
        fit = fit_model(purchase_groups(*simulated(2000, *truth)), model)
        assert fit.converged == (fit.reason is None)
        assert fit.converged == bool(np.isfinite([fit.r, fit.alpha, fit.a, fit.b, fit.b_se]).all())


@pytest.mark.parametrize(
    ("x", "m", "status", "reason"),
    [
        ([], [], "too_little_data", "at least 30"),
        ([1] * 50, [0.0] * 50, "too_little_data", "0 customers with a repeat purchase of some value"),
        ([1, 2] * 50, [9.9] * 100, "degenerate", "worth the same"),
        (*unequal_values(), "degenerate", "mean does not exist"),
    ],
)
def test_values_without_an_answer_give_a_reason_and_no_number(x, m, status, reason):
    fit = fit_gamma_gamma(x, m)
    assert (fit.status, reason in (fit.reason or "")) == (status, True), fit
    assert np.isnan([fit.p, fit.q, fit.gamma, fit.log_likelihood]).all()


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (([1], [2], [1]), "larger than T"),
        (([0], [1], [2]), "must be 0 where x = 0"),
        (([1], [0], [2]), "must be 0 where x = 0"),
        (([1.5], [1], [2]), "whole numbers"),
        (([-1], [1], [2]), "negative"),
        (([float("nan")], [1], [2]), "missing"),
        (([1, 1], [1], [2]), "2, 1, 1 and 2 rows"),
    ],
)
def test_rows_that_cannot_be_are_refused(rows, sentence):
    with pytest.raises(ValueError, match=sentence):
        purchase_groups(*rows)
