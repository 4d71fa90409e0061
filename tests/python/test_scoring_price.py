"""Beta-binomial shrinkage: derivatives, recovery of a known truth, and data without an answer."""

from __future__ import annotations

import numpy as np
import pytest

from tagmart.scoring.beta_binomial import fit_beta_binomial, log_likelihood


def drawn(customers: int, a: float, b: float, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    n = rng.geometric(0.3, customers)
    return rng.binomial(n, rng.beta(a, b, customers)), n


def test_derivatives_equal_finite_differences():
    k, n = drawn(500, 1, 3)
    objective = log_likelihood(k.astype(float), n.astype(float), np.ones(500))
    for parameters in (np.array([0.3, 5.0]), np.array([4.0, 1.5])):
        _, gradient, hessian = objective(parameters)
        for index in range(2):
            step = np.zeros(2)
            step[index] = 1e-5 * parameters[index]
            above, below = objective(parameters + step), objective(parameters - step)
            assert gradient[index] == pytest.approx((above[0] - below[0]) / (2 * step[index]), rel=1e-6)
            assert hessian[index] == pytest.approx((above[1] - below[1]) / (2 * step[index]), rel=1e-6)


def test_truth_is_found_within_three_standard_errors():
    fit = fit_beta_binomial(*drawn(20_000, 1.1, 2.9))
    assert abs(fit.a - 1.1) < 3 * fit.a_se and abs(fit.b - 2.9) < 3 * fit.b_se


def test_grouping_and_order_change_no_bit():
    k, n = drawn(3000, 1.1, 2.9)
    pairs, counts = np.unique(np.stack([k, n]), axis=1, return_counts=True)
    order = np.random.default_rng(1).permutation(len(counts))
    assert fit_beta_binomial(*pairs[:, order], counts[order]) == fit_beta_binomial(*pairs, counts)


@pytest.mark.parametrize(
    ("k", "n", "status", "reason"),
    [
        ([], [], "too_little_data", "0 customers with two orders"),
        ([1] * 500, [1] * 500, "too_little_data", "0 customers with two orders"),
        ([0] * 500, [2] * 500, "degenerate", "no order has one"),
        ([3] * 500, [3] * 500, "degenerate", "every order has one"),
        ([1] * 500, [2] * 500, "degenerate", "no maximum"),
    ],
)
def test_data_without_an_answer_give_a_reason(k, n, status, reason):
    fit = fit_beta_binomial(k, n)
    assert (fit.status, reason in fit.reason, np.isnan(fit.a)) == (status, True, True)


def test_what_cannot_be_is_refused():
    with pytest.raises(ValueError, match="k must be 0 to n"):
        fit_beta_binomial([3], [2])
