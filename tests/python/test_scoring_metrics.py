"""Metrics of the kernels against person-by-person counting, with many ties, and what calibration errors chance alone makes."""

from __future__ import annotations

import numpy as np
import pytest
from reference import scores as reference

from tagmart.scoring import metrics


@pytest.fixture(params=range(6))
def judged(request) -> tuple[list[float], list[int]]:
    """Scores of few distinct values, in eighths, and what came."""
    rng = np.random.default_rng(request.param)
    said = rng.integers(1, 3 + 2 * request.param, 90) / 16
    return said.tolist(), rng.binomial(1, said).tolist()


def grouped(said, came):
    """The same with one entry a pair of score and outcome, and how many there are."""
    pairs, count = np.unique(np.stack([said, came]), axis=1, return_counts=True)
    return *pairs, count


def test_metrics_equal_counting(judged):
    for arrays in (judged, grouped(*judged)):
        assert metrics.auc(*arrays) == pytest.approx(reference.auc(*judged), rel=1e-12)
        assert metrics.brier(*arrays) == pytest.approx(reference.brier(*judged), rel=1e-12)
        assert metrics.sum_ratio(*arrays) == pytest.approx(sum(judged[0]) / sum(judged[1]), rel=1e-12)
        assert metrics.calibration_error(*arrays) == pytest.approx(reference.calibration_error(*judged), rel=1e-9)


def test_metrics_by_hand():
    """Leavers at 0.75 and 0.25, stayers at 0.25 and 0.5: right, right, tie, wrong."""
    said, came = [0.75, 0.25, 0.25, 0.5], [1, 1, 0, 0]
    assert (metrics.auc(said, came), reference.auc(said, came)) == (0.625, 0.625)
    assert (metrics.brier(said, came), metrics.sum_ratio(said, came)) == (0.234375, 0.875)
    assert metrics.calibration_error(said, came) == (0.5 + 0.5 + 0.25) / 4
    assert np.isnan(metrics.auc([0.5, 0.5], [1, 1])) and np.isnan(metrics.sum_ratio([0.5], [0]))


def test_by_chance_is_what_true_chances_give():
    """Two thousand draws of what came, from the chances that were said."""
    rng = np.random.default_rng(2)
    said = np.round(rng.beta(2, 1, 1500), 3)
    drawn = [metrics.calibration_error(said, rng.random(1500) < said) for _ in range(2000)]
    assert np.mean(drawn) == pytest.approx(reference.calibration_error_by_chance(said.tolist()), rel=0.02)
