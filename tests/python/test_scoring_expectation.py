"""What a fitted model says of a customer: against other ways to the same number, at the edges, and on its measures."""

from __future__ import annotations

import numpy as np
import pytest
from click.testing import CliRunner
from scipy.special import betainc, hyp2f1

from tagmart.cli import main
from tagmart.scoring import metrics
from tagmart.scoring.btyd import SURVIVED_AT_FIRST, BtydFit
from tagmart.scoring.expectation import expected_purchases, no_purchase_probability, p_alive, purchases_from_start, purchases_if_alive
from tagmart.scoring.quadrature import beta_nodes

NAN = float("nan")


def fitted(r, alpha, a, b, model="bg_nbd") -> BtydFit:
    return BtydFit(model, "converged", None, r, alpha, a, b, NAN, NAN, NAN, NAN, NAN, 0, 0, 0)


CDNOW = fitted(0.2425945, 4.4136019, 0.7929199, 2.4258881)


def by_series(fit: BtydFit, x: float, T: float, t: float) -> float:
    """E(t | alive) as a sum of positive terms: P(more than i purchases if they never left) E((1-p)^i)."""
    z, b = t / (fit.alpha + T), fit.b + x + SURVIVED_AT_FIRST[fit.model]
    mean = (fit.r + x) * z
    i = np.arange(int(mean + 60 * np.sqrt(mean * (1 + z)) + 40 * (1 + z)) + 200)
    stays = np.concatenate([[1.0], np.cumprod((b + i[:-1]) / (fit.a + b + i[:-1]))])
    return float((betainc(i + 1, fit.r + x, z / (1 + z)) * stays).sum())


@pytest.mark.parametrize("model", sorted(SURVIVED_AT_FIRST))
def test_purchases_equal_the_series(model):
    """Also in one call for many customers, who need different numbers of nodes."""
    rng = np.random.default_rng(0)
    for _ in range(12):
        fit = fitted(*np.exp(rng.uniform(np.log([0.02, 0.5, 0.02, 0.02]), np.log([20, 300, 30, 300]))), model=model)
        x = np.exp(rng.uniform(0, np.log(300), 30)).astype(int) - 1
        T, t = x + rng.integers(0, 1000, 30), rng.choice([1, 30, 90, 365], 30)
        assert purchases_if_alive(fit, x, T, t) == pytest.approx([by_series(fit, *row) for row in zip(x, T, t, strict=True)], rel=2e-13)


def test_purchases_equal_the_formula_of_the_paper():
    for x, t_x in ((0, 0.0), (1, 1.71), (2, 30.43), (26, 38.0)):
        T, t, (r, alpha, a, b) = 38.86, 39, (CDNOW.r, CDNOW.alpha, CDNOW.a, CDNOW.b)
        gauss = hyp2f1(r + x, b + x, a + b + x - 1, t / (alpha + T + t))
        paper = (a + b + x - 1) / (a - 1) * (1 - ((alpha + T) / (alpha + T + t)) ** (r + x) * gauss)
        paper /= 1 + (x > 0) * a / (b + x - 1) * ((alpha + T) / (alpha + t_x)) ** (r + x)
        assert expected_purchases(CDNOW, x, t_x, T, t) == pytest.approx(paper, rel=1e-11)


def test_the_customer_of_the_paper():
    """Fader, Hardie and Lee: x = 2, t_x = 30.43, T = 38.86 is expected to buy 1.226 times in the next 39 weeks."""
    assert expected_purchases(CDNOW, 2, 30.43, 38.86, 39) == pytest.approx(1.226, abs=5e-4)


def test_a_of_one_is_nothing_special():
    near = [float(expected_purchases(fitted(0.3, 30, a, 2.5), 3, 100, 200, 90)) for a in (1 - 1e-9, 1, 1 + 1e-9)]
    assert near == pytest.approx([near[1]] * 3, rel=1e-8)


@pytest.mark.parametrize("model", sorted(SURVIVED_AT_FIRST))
def test_edges_are_finite_and_in_bounds(model):
    fit = fitted(0.02, 0.5, 0.01, 0.05, model)
    x, T = np.meshgrid([0, 1, 2, 400], [400, 4000])
    t_x = np.where(x > 0, 1, 0)
    for values in (p_alive(fit, x, t_x, T), no_purchase_probability(fit, x, t_x, T, 30)):
        assert ((values >= 0) & (values <= 1)).all()
    assert np.isfinite(expected_purchases(fit, x, t_x, T, 365)).all()
    assert purchases_if_alive(fit, 0, 0, 0) == 0
    assert (np.diff(purchases_if_alive(fit, 3, 50, np.arange(400))) > 0).all()


def test_one_time_buyers_of_bg_nbd_are_alive_and_yet_may_not_buy():
    assert p_alive(CDNOW, 0, 0, 38.86) == 1
    assert no_purchase_probability(CDNOW, 0, 0, 38.86, 13) == pytest.approx((43.2736019 / 56.2736019) ** CDNOW.r, rel=1e-12)


def test_from_the_start_is_the_customer_of_whom_nothing_is_known():
    fit = fitted(0.5248, 6.183, 0.8914, 1.614, "mbg_nbd")
    rng = np.random.default_rng(2)
    rate, dropout = rng.gamma(fit.r, 1 / fit.alpha, 200_000), rng.beta(fit.a, fit.b, 200_000)
    drawn = np.minimum(rng.poisson(rate * 39), rng.geometric(dropout) - 1)
    assert purchases_from_start(fit, 39) == pytest.approx(drawn.mean(), abs=4 * drawn.std() / np.sqrt(200_000))


def test_nodes_integrate_the_moments_of_beta():
    for a, b in ((0.05, 0.3), (0.5, 0.5), (1, 1), (0.8, 40), (30, 2)):
        p, weight = beta_nodes(a, b, 16)
        for power in range(32):
            moment = np.prod([(a + k) / (a + b + k) for k in range(power)])
            assert (weight * p**power).sum() == pytest.approx(moment, rel=1e-12)


def test_a_horizon_beyond_reason_is_refused():
    with pytest.raises(ValueError, match="more than 2000"):
        purchases_if_alive(fitted(1, 0.01, 1, 1), 0, 0, 365)


def test_measures_by_hand():
    score, happened = [0.9, 0.5, 0.5, 0.1], [1, 0, 1, 0]
    assert metrics.auc(score, happened) == (1 + 1 + 0.5 + 1) / 4
    assert metrics.auc([1, 1, 2], [0, 0, 1], [2, 1, 3]) == 1
    assert np.isnan(metrics.auc([1, 2], [1, 1]))
    assert metrics.brier(score, happened) == pytest.approx((0.01 + 0.25 + 0.25 + 0.01) / 4)
    assert metrics.log_loss([0.5, 0.25], [1, 0]) == pytest.approx(-(np.log(0.5) + np.log(0.75)) / 2)
    assert metrics.sum_ratio([1, 2], [2, 2]) == 0.75
    assert metrics.calibration_error([0.2] * 10, [1, 0, 0, 0, 0] * 2) == pytest.approx(0)
    assert metrics.calibration_error([0.5] * 4 + [0.9] * 4, [1, 0, 0, 0] + [1] * 4, bins=2) == pytest.approx((0.25 + 0.1) / 2)


def test_backtest_prints_the_reference(shared_data):
    outcome = CliRunner().invoke(
        main, ["backtest", str(shared_data / "cdnow/cdnow_sample.parquet"), "--until", "1997-09-30", "--unit", "7", "--customer", "master_customer_id"]
    )
    assert outcome.exit_code == 0
    said = {line[:30].strip(): line[30:].split()[0] for line in outcome.output.splitlines() if line[30:].strip()}
    assert "0.2425945" in outcome.output and "-9582.4292" in outcome.output
    assert (said["correlation"], said["MAE"], said["cumulative error"]) == ("0.6256", "0.7855", "-4.11%")


def test_backtest_names_what_it_cannot_read(shared_data):
    outcome = CliRunner().invoke(main, ["backtest", str(shared_data / "cdnow/cdnow_sample.parquet"), "--until", "1997-09-30", "--customer", "nobody"])
    assert outcome.exit_code == 1 and "nobody" in outcome.output
