"""How good a score was, once the time it spoke of has passed. Arrays of one entry a customer, or grouped by `weights`."""

from __future__ import annotations

import numpy as np


def auc(score, happened, weights=None) -> float:
    """Chance that a customer to whom it happened had the higher score than one to whom it did not; ties count half.

    NaN when it happened to all or to nobody.
    """
    score, happened, weights = _arrays(score, happened, weights)
    _, at = np.unique(score, return_inverse=True)
    yes, no = np.bincount(at, weights * happened), np.bincount(at, weights * (1 - happened))
    pairs = yes.sum() * no.sum()
    below = np.concatenate([[0.0], np.cumsum(no)[:-1]])
    return float((yes * (below + no / 2)).sum() / pairs) if pairs > 0 else float("nan")


def brier(probability, happened, weights=None) -> float:
    """Mean squared distance of the probability from 1 (it happened) or 0."""
    probability, happened, weights = _arrays(probability, happened, weights)
    return float((weights * (probability - happened) ** 2).sum() / weights.sum())


def log_loss(probability, happened, weights=None) -> float:
    """Mean of -ln(the probability given to what came); infinite when something came that had probability 0."""
    probability, happened, weights = _arrays(probability, happened, weights)
    with np.errstate(divide="ignore"):
        given = np.where(happened > 0, np.log(probability), np.log1p(-probability))
    return float(-(weights * given).sum() / weights.sum())


def calibration_error(probability, happened, weights=None, bins: int = 10) -> float:
    """Expected calibration error: mean distance of said and seen shares over `bins` of equally many customers."""
    probability, happened, weights = _arrays(probability, happened, weights)
    order = np.argsort(probability, kind="stable")
    probability, happened, weights = probability[order], happened[order], weights[order]
    # Equal probabilities never fall into two bins: their order among themselves is chance.
    _, first = np.unique(probability, return_index=True)
    middle = (np.cumsum(weights) - weights)[first] / weights.sum()
    at = np.repeat(np.minimum((middle * bins).astype(int), bins - 1), np.diff(np.append(first, len(probability))))
    gap = np.abs(np.bincount(at, weights * (probability - happened), bins))
    return float(gap.sum() / weights.sum())


def sum_ratio(expected, seen, weights=None) -> float:
    """Sum of what was expected over the sum of what came; NaN when nothing came."""
    expected, seen, weights = _arrays(expected, seen, weights)
    total = (weights * seen).sum()
    return float((weights * expected).sum() / total) if total > 0 else float("nan")


def _arrays(*values) -> list[np.ndarray]:
    first, second, weights = (None if value is None else np.asarray(value, dtype=np.float64) for value in values)
    return [first, second, np.ones(len(first)) if weights is None else weights]
