"""Effects of campaigns: published figures, scipy and statsmodels as oracles, and data without an answer."""

from __future__ import annotations

import numpy as np
import pytest
from measured_campaigns import drawn, sums_of
from scipy import stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.power import TTestIndPower
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from tagmart.measurement.arms import Arm, arm_of
from tagmart.measurement.intervals import adjusted_difference, money_difference, rate_difference, welch, wilson
from tagmart.measurement.trials import detectable, effect_size, error_where_alike, holm, planned_share, sample_ratio

EXACT = pytest.approx


def arm(customers: int, buyers: int) -> Arm:
    return Arm(customers, buyers, np.zeros(3), np.zeros((3, 3)))


def test_welch_gives_the_published_figures():
    found = welch(0.7 - 0.41, (6.2**2 / 3461, 3.9**2 / 3407), (3461, 3407))
    assert (round(found.value, 5), round(found.low, 5), round(found.high, 5), round(found.p_value, 5)) == (0.29, 0.04538, 0.53462, 0.02016)


def test_newcombe_and_wilson_give_the_published_figures():
    value, low, high = rate_difference(arm(70, 56), arm(80, 48))
    assert (round(value, 4), round(low, 4), round(high, 4)) == (0.2, 0.0524, 0.3339)
    assert tuple(round(limit, 4) for limit in wilson(81, 263)) == (0.2553, 0.3662)


def test_sample_ratio_gives_the_published_figures():
    planned = planned_share(500, 600)
    statistic, p_value = sample_ratio(500, 600, planned)
    assert (planned, round(statistic, 4), round(p_value, 5)) == (0.5, 9.0909, 0.00257)


@pytest.mark.parametrize(("counts", "planned"), [((447, 104), 0.8), ((9, 1), 0.9), ((95, 5), 0.95), ((1, 99), 0.01), ((55, 45), 0.5), ((3, 0), 0.99)])
def test_a_plan_is_the_nearest_round_split(counts, planned):
    assert planned_share(*counts) == planned


@pytest.mark.parametrize(("counts", "seed"), [((400, 400), 1), ((1500, 90), 2), ((31, 2000), 3)])
def test_money_equals_scipy(counts, seed):
    treated, held = drawn(counts[0], seed), drawn(counts[1], seed + 10)
    found = money_difference(arm_of(sums_of(treated)), arm_of(sums_of(held)))
    oracle = stats.ttest_ind(treated[:, 0], held[:, 0], equal_var=False)
    assert (found.low, found.high) == EXACT(tuple(oracle.confidence_interval()), rel=1e-9)
    assert found.p_value == EXACT(oracle.pvalue, rel=1e-9)


@pytest.mark.parametrize(("counts", "seed"), [((400, 400), 1), ((1500, 90), 2)])
def test_adjusting_equals_a_test_of_residuals(counts, seed):
    """The weights are the least-squares ones of both arms, each centred and weighed by what it adds to the variance of the difference."""
    arms = [drawn(count, seed + place) for place, count in enumerate(counts)]
    centred = np.vstack([(rows - rows.mean(axis=0)) / np.sqrt(len(rows) * (len(rows) - 1)) for rows in arms])
    weights = np.linalg.lstsq(centred[:, 1:], centred[:, 0], rcond=None)[0]
    oracle = stats.ttest_ind(*[rows[:, 0] - rows[:, 1:] @ weights for rows in arms], equal_var=False)
    found = adjusted_difference(*[arm_of(sums_of(rows)) for rows in arms])
    plain = money_difference(*[arm_of(sums_of(rows)) for rows in arms])
    assert (found.low, found.high) == EXACT(tuple(oracle.confidence_interval()), rel=1e-9)
    assert found.p_value == EXACT(oracle.pvalue, rel=1e-9) and found.error < plain.error


def test_covariates_that_say_nothing_or_the_same_change_nothing():
    rows = [drawn(200, 1), drawn(100, 2)]
    plain = money_difference(*[arm_of(sums_of(part)) for part in rows])
    nothing = adjusted_difference(*[arm_of(sums_of(np.column_stack([part[:, 0], np.zeros((len(part), 2))]))) for part in rows])
    assert (nothing.value, nothing.error, nothing.low) == EXACT((plain.value, plain.error, plain.low), rel=1e-12)
    once = adjusted_difference(*[arm_of(sums_of(np.column_stack([part[:, :2], np.zeros(len(part))]))) for part in rows])
    twice = adjusted_difference(*[arm_of(sums_of(np.column_stack([part[:, :2], part[:, 1]]))) for part in rows])
    assert (twice.value, twice.error) == EXACT((once.value, once.error), rel=1e-9)


@pytest.mark.parametrize("numbers", [(56, 70, 48, 80), (0, 40, 3, 50), (5, 5, 0, 9), (0, 30, 0, 31), (81, 263, 4000, 9000)])
def test_rates_equal_statsmodels(numbers):
    count_1, total_1, count_2, total_2 = numbers
    for count, total in ((count_1, total_1), (count_2, total_2)):
        assert wilson(count, total) == EXACT(proportion_confint(count, total, method="wilson"), rel=1e-9, abs=1e-15)
    oracle = confint_proportions_2indep(count_1, total_1, count_2, total_2, method="newcomb", compare="diff")
    assert rate_difference(arm(total_1, count_1), arm(total_2, count_2))[1:] == EXACT(oracle, rel=1e-9, abs=1e-15)


def test_holm_equals_statsmodels():
    rng = np.random.default_rng(4)
    for size in (1, 2, 7, 30):
        p_values = [*rng.beta(0.3, 1, size), 0.01, 0.01]
        assert holm(p_values) == EXACT(list(multipletests(p_values, method="holm")[1]), rel=1e-12)


@pytest.mark.parametrize("customers", [(30, 30), (447, 104), (90000, 10000)])
def test_the_smallest_effect_has_the_power_that_statsmodels_says(customers):
    size = effect_size(detectable(2.5, customers), 2.5, customers)
    assert TTestIndPower().power(size, customers[0], 0.05, ratio=customers[1] / customers[0]) == EXACT(0.8, abs=1e-9)


def test_both_arms_are_taken_to_scatter_alike():
    """Five held out who bought nothing have no variance of their own; the pooled one is that of the usual t-test."""
    treated, held = drawn(80, 5), np.zeros((5, 3))
    oracle = stats.ttest_ind(treated[:, 0], held[:, 0])
    found = error_where_alike(arm_of(sums_of(treated)), arm_of(sums_of(held)))
    assert found == EXACT((treated[:, 0].mean() - held[:, 0].mean()) / oracle.statistic, rel=1e-9)
    nobody, one = arm_of(sums_of(np.empty((0, 3)))), arm_of(sums_of(np.ones((1, 3))))
    assert (error_where_alike(one, one), error_where_alike(nobody, arm_of(sums_of(treated))), error_where_alike(one, arm_of(sums_of(held)))) == (0, 0, 0)


def test_without_variance_or_customers_there_is_no_interval():
    same, nobody = arm_of(sums_of(np.ones((50, 3)))), arm_of(sums_of(np.empty((0, 3))))
    assert money_difference(same, same) is None and adjusted_difference(same, same) is None
    assert money_difference(same, nobody) is None and adjusted_difference(same, nobody) is None
    assert np.isnan(rate_difference(same, nobody)).all()
    with pytest.raises(ValueError, match="3 buyers of 2 customers"):
        arm_of(sums_of(np.ones((2, 3))) | {"buyers_count": 3})


def test_every_size_has_a_smallest_effect():
    """scipy's non-central t gives no number far out in its tails: no size of campaign may stop a build."""
    sizes = [*range(1, 400), *np.geomspace(400, 5e6, 400).astype(int)]
    found = [detectable(1.0, (2, int(size) + 1)) for size in sizes]
    assert np.isfinite(found).all() and (np.diff(found) < 1e-9).all() and found[-1] == EXACT(2.8016, abs=1e-3)
