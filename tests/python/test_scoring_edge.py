"""BTYD where BG/NBD and MBG/NBD have no maximum: the limits are limits, they are found when they are true, and named."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import minimize
from test_scoring_btyd import assert_derivatives, simulated

from tagmart.scoring.btyd import BtydFit, fit_btyd, fit_model
from tagmart.scoring.dropout import MODELS
from tagmart.scoring.edge import LIMITS
from tagmart.scoring.expectation import no_purchase_probability, p_alive, purchases_if_alive
from tagmart.scoring.groups import PurchaseGroups, purchase_groups
from tagmart.scoring.likelihood import log_likelihood

NAN = float("nan")


def bought(chances: np.ndarray, r: float = 0.8, alpha: float = 70.0, seed: int = 1, longest: int = 700) -> tuple:
    """Draw (x, t_x, T) of customers who each drop out after a repeat purchase with a chance of their own, in whole days."""
    rng = np.random.default_rng(seed)
    T = rng.integers(1, longest, len(chances))
    arrivals = rng.poisson(rng.gamma(r, 1 / alpha, len(chances)) * T)
    x = np.minimum(arrivals, rng.geometric(np.maximum(chances, 1e-12)))
    t_x = np.where(x > 0, np.ceil(T * rng.beta(np.maximum(x, 1), np.maximum(arrivals - x + 1, 1))), 0)
    return np.minimum(x, t_x), t_x, T


def groups_of(*law: float, customers: int = 3000, seed: int = 1) -> PurchaseGroups:
    return purchase_groups(*simulated(customers, 0.8, 70, *law, seed=seed))


def parameters_near(limit: str, p: float = 0.2) -> tuple[str, list[float]]:
    """The model of which it is a limit, and an a and b that are nearly there."""
    size = {"common": 1e7, "at_once": 1e-10, "none": 1.0}[MODELS[limit].kind]
    return limit.split("_nbd")[0] + "_nbd" if limit != "nbd" else "bg_nbd", [1e-16, 3.0] if limit == "nbd" else [p * size, (1 - p) * size]


def limit_fit(limit: str, p: float = 0.2, r: float = 0.8, alpha: float = 70.0) -> BtydFit:
    return BtydFit(limit, "converged", None, r, alpha, *[NAN] * 7, 0, 0, 0, 0.0 if limit == "nbd" else p)


@pytest.mark.parametrize("limit", LIMITS)
def test_a_limit_is_the_limit(limit):
    """The likelihood, and all that is said of customers, tend to those of the limit as a and b do."""
    groups, (model, near) = groups_of(0.8, 2.5), parameters_near(limit)
    odds = [] if limit == "nbd" else [0.25]
    inside = log_likelihood(groups, MODELS[model])(np.array([0.8, 70.0, *near]))[0]
    assert log_likelihood(groups, MODELS[limit])(np.array([0.8, 70.0, *odds]))[0] == pytest.approx(inside, rel=1e-5)
    close_by = BtydFit(model, "converged", None, 0.8, 70.0, *near, *[NAN] * 5, 0, 0, 0)
    x, T = np.array([0, 1, 2, 7, 12]), np.array([90, 90, 200, 300, 600])
    t_x = np.where(x > 0, T // 2, 0)
    for function in (p_alive, lambda fit, *history: no_purchase_probability(fit, *history, 30), lambda fit, x, _, T: purchases_if_alive(fit, x, T, 90)):
        assert function(limit_fit(limit), x, t_x, T) == pytest.approx(function(close_by, x, t_x, T), rel=1e-4)


@pytest.mark.parametrize("limit", LIMITS)
@pytest.mark.parametrize("parameters", [(0.3, 5.0, 0.7), (2.0, 90.0, 0.01), (0.05, 400.0, 12.0)])
def test_derivatives_of_the_limits_equal_finite_differences(limit, parameters):
    known = parameters[:2] if limit == "nbd" else parameters
    assert_derivatives(log_likelihood(groups_of(0.8, 2.5), MODELS[limit]), np.array(known))


@pytest.mark.parametrize("seed", range(6))
def test_nobody_dropping_out_is_found(seed):
    """The drop-out chance that is found is small, whatever the model is called; and nothing inside is likelier than a limit."""
    groups = purchase_groups(*bought(np.zeros(3000), seed=seed))
    fit = fit_btyd(groups)
    assert fit.converged and fit.drop_out_chance < 0.03
    if fit.model == "nbd":
        assert abs(fit.r - 0.8) < 3 * fit.r_se and abs(fit.alpha - 70) < 3 * fit.alpha_se
    assert_nothing_is_likelier(fit, groups)


@pytest.mark.parametrize("p", [0.02, 0.2, 0.6])
def test_a_common_chance_is_found(p):
    groups = purchase_groups(*bought(np.full(6000, p), seed=3))
    fit = fit_model(groups, "bg_nbd_common")
    assert fit.converged and abs(fit.drop_out_chance - p) < 3 * fit.drop_out_chance_se
    chosen = fit_btyd(groups)
    assert chosen.converged and chosen.drop_out_chance == pytest.approx(p, rel=0.25)
    assert_nothing_is_likelier(chosen, groups)


def test_leaving_at_once_or_never_is_found():
    groups = purchase_groups(*bought((np.random.default_rng(8).random(6000) < 0.3).astype(float), seed=8))
    fit = fit_model(groups, "bg_nbd_at_once")
    assert fit.converged and abs(fit.drop_out_chance - 0.3) < 3 * fit.drop_out_chance_se
    assert_nothing_is_likelier(fit_btyd(groups), groups)


def assert_nothing_is_likelier(fit: BtydFit, groups: PurchaseGroups):
    """Than a fit whose model is a limit, at 200 random points of BG/NBD and MBG/NBD."""
    if fit.model not in LIMITS:
        return
    rng = np.random.default_rng(0)
    for model in ("bg_nbd", "mbg_nbd"):
        objective = log_likelihood(groups, MODELS[model])
        for a, b in np.exp(rng.uniform(np.log(1e-4), np.log(1e3), (100, 2))):
            assert objective(np.array([fit.r, fit.alpha, a, b]))[0] < fit.log_likelihood + 1e-6


@pytest.mark.parametrize("seed", range(5))
def test_a_faint_drop_out_is_a_maximum_and_found(seed):
    """Chances of a few in a thousand: the likelihood is all but flat in a and b, but not flat."""
    groups = groups_of(0.01, 6.0, seed=seed)
    fit = fit_btyd(groups)
    assert fit.converged and fit.steps <= 60
    if fit.model in ("bg_nbd", "mbg_nbd"):
        gradient = log_likelihood(groups, MODELS[fit.model])(np.array([fit.r, fit.alpha, fit.a, fit.b]))[1]
        assert np.abs(gradient * [fit.r, fit.alpha, fit.a, fit.b]).max() < 1e-4
    else:
        assert_nothing_is_likelier(fit, groups)


def test_a_regular_maximum_goes_before_a_limit():
    """Where one of the two models has a maximum, it is taken; a limit is for where neither has."""
    groups = groups_of(0.8, 2.5)
    assert fit_btyd(groups).model in ("bg_nbd", "mbg_nbd")


@pytest.mark.parametrize("limit", LIMITS)
def test_order_of_rows_changes_no_bit_of_a_limit(limit):
    x, t_x, T = bought(np.full(3000, 0.1))
    expected = repr(fit_model(purchase_groups(x, t_x, T), limit))
    for seed in range(3):
        order = np.random.default_rng(seed).permutation(len(x))
        assert repr(fit_model(purchase_groups(x[order], t_x[order], T[order]), limit)) == expected


@pytest.mark.parametrize("truth", [(1.8, 60, 1e-6, 1), (1.8, 60, 200, 800), (0.5, 40, 0.02, 0.02), (100, 5000, 0.8, 2.4), (1, 20, 50, 0.5)])
def test_every_fit_has_its_numbers_or_a_reason(truth):
    for customers in (150, 600):
        fit = fit_btyd(purchase_groups(*simulated(customers, *truth)))
        assert fit.converged == (fit.reason is None) == bool(np.isfinite([fit.r, fit.alpha, fit.r_se, fit.log_likelihood, fit.drop_out_chance]).all())
        assert not fit.converged or np.isfinite([fit.a, fit.b]).all() == (fit.model not in LIMITS)


@pytest.mark.slow
@pytest.mark.parametrize("law", [(1e-6, 1), (0.01, 6), (200, 800), (20, 180), (0.5, 0.5), (0.02, 0.02), (0.3, 5)])
def test_no_search_finds_a_higher_likelihood_than_a_limit(law):
    """L-BFGS from four corners of both models, never above; and every brand here has a fit."""
    for customers in (300, 3000):
        for seed in range(4):
            groups = groups_of(*law, customers=customers, seed=seed)
            fit = fit_btyd(groups)
            assert fit.converged
            if fit.model in LIMITS:
                assert max(searched(groups, model) for model in ("bg_nbd", "mbg_nbd")) < fit.log_likelihood + 1e-4


def searched(groups: PurchaseGroups, model: str) -> float:
    """The highest log-likelihood that scipy finds."""
    objective = log_likelihood(groups, MODELS[model])

    def falling(logarithms: np.ndarray) -> tuple[float, np.ndarray]:
        value, gradient, _ = objective(np.exp(logarithms))
        return -value, -np.exp(logarithms) * gradient

    corners = [(1, 80, 1, 3), (1, 80, 0.05, 5), (1, 80, 50, 100), (1, 80, 0.01, 0.03)]
    return -min(
        minimize(falling, np.log(corner), jac=True, method="L-BFGS-B", bounds=[(-14, 14)] * 4, options={"maxiter": 3000, "ftol": 1e-15}).fun
        for corner in corners
    )
