"""Logistic regression on grouped customers, by Newton's method: what to add to odds that one has already."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tagmart.scoring.outcome import CONVERGED, NOT_CONVERGED, TOO_LITTLE_DATA

MIN_EACH = 30  # customers to whom it happened, and to whom it did not
RIDGE = 20.0
MOST_STEPS = 50
MOST_HALVES = 30
ROUNDING = 1e-12  # of the likelihood: a fall by less is no fall


@dataclass(frozen=True)
class LogisticFit:
    """P(it happens) = 1 / (1 + e^-(offset + intercept + sum of coefficients x features)); NaN unless status is converged."""

    status: str
    reason: str | None
    intercept: float
    coefficients: np.ndarray  # (features,)

    @property
    def converged(self) -> bool:
        return self.status == CONVERGED

    def log_odds(self, features: list[np.ndarray], offset: np.ndarray) -> np.ndarray:
        total = offset + self.intercept
        for coefficient, values in zip(self.coefficients, features, strict=True):
            total = total + coefficient * values
        return total


def fit_logistic(features: list[np.ndarray], offset: np.ndarray, happened: np.ndarray, customers: np.ndarray, ridge: float = RIDGE) -> LogisticFit:
    """Maximise the likelihood minus ridge/2 x the squared coefficients of the standardised features.

    Args:
        features: arrays (groups,) of one length.
        offset: (groups,) log odds to start from, such as those of another model.
        happened: (groups,) to how many customers of each group it happened.
        customers: (groups,) customers of each group.
        ridge: a prior of 1/sqrt(ridge) log odds a standard deviation of the feature: no force on many customers, and what
            keeps few from saying much else than the offset. A feature that does not vary gets 0.
    """
    happened, customers = (np.asarray(values, dtype=np.float64) for values in (happened, customers))
    total, events = customers.sum(), happened.sum()
    if min(events, total - events) < MIN_EACH:
        reason = f"it happened to {events:.0f} of {total:.0f} customers; at least {MIN_EACH} are needed on either side"
        return LogisticFit(TOO_LITTLE_DATA, reason, float("nan"), np.full(len(features), np.nan))
    means = [(customers * values).sum() / total for values in features]
    spreads = [np.sqrt((customers * (values - mean) ** 2).sum() / total) for values, mean in zip(features, means, strict=True)]
    varies = [spread > 1e-9 * (1 + abs(mean)) for spread, mean in zip(spreads, means, strict=True)]
    columns = [np.ones(len(customers))]
    columns += [
        (values - mean) / spread if is_varying else np.zeros(len(customers))
        for values, mean, spread, is_varying in zip(features, means, spreads, varies, strict=True)
    ]
    penalty = np.array([1e-9] + [ridge if is_varying else 1.0 for is_varying in varies])
    weights = np.zeros(len(columns))
    odds, value = _odds_and_value(weights, columns, offset, happened, customers, penalty)
    for _ in range(MOST_STEPS):
        chance = 1 / (1 + np.exp(-odds))
        pull = happened - customers * chance
        # Sums column by column: matrix products of BLAS do not keep their order of adding from machine to machine.
        gradient = np.array([(column * pull).sum() for column in columns]) - penalty * weights
        spread = customers * chance * (1 - chance)
        curvature = np.diag(penalty)
        for i, first in enumerate(columns):
            weighted = spread * first
            for j, second in enumerate(columns[: i + 1]):
                curvature[i, j] += (weighted * second).sum()
                curvature[j, i] = curvature[i, j]
        step = np.linalg.solve(curvature, gradient)
        step *= min(1.0, 3.0 / np.abs(step).max()) if np.abs(step).max() > 0 else 1.0
        gain, before = float(gradient @ step), value
        # Where chances are all but 0 or 1 a full step can fall, and the next one back, without end.
        for _ in range(MOST_HALVES):
            odds, value = _odds_and_value(weights + step, columns, offset, happened, customers, penalty)
            if value >= before - ROUNDING * abs(before):
                break
            step = step / 2
        weights = weights + step
        if gain < 1e-12:
            scaled = np.array([weight / spread if is_varying else 0.0 for weight, spread, is_varying in zip(weights[1:], spreads, varies, strict=True)])
            return LogisticFit(CONVERGED, None, float(weights[0] - (scaled * np.array(means)).sum()), scaled)
    return LogisticFit(NOT_CONVERGED, f"no maximum within {MOST_STEPS} steps", float("nan"), np.full(len(features), np.nan))


def _odds_and_value(
    weights: np.ndarray, columns: list[np.ndarray], offset: np.ndarray, happened: np.ndarray, customers: np.ndarray, penalty: np.ndarray
) -> tuple[np.ndarray, float]:
    """Log odds of the groups, and what is maximised."""
    odds = offset + sum(weight * column for weight, column in zip(weights, columns, strict=True))
    return odds, float((happened * odds - customers * np.logaddexp(0, odds)).sum() - (penalty * weights**2).sum() / 2)


def log_odds_of_share(odds: np.ndarray, customers: np.ndarray) -> float:
    """Log odds of the mean probability."""
    share = (customers / (1 + np.exp(-odds))).sum() / customers.sum()
    return float(np.log(share / (1 - share)))


def intercept_for(odds: np.ndarray, customers: np.ndarray, share: float) -> float:
    """What to add to log odds for the mean probability to be `share`: by halving, its sum only grows."""
    low, high = -60.0, 60.0
    for _ in range(60):
        middle = (low + high) / 2
        is_less = (customers / (1 + np.exp(-(odds + middle)))).sum() < share * customers.sum()
        low, high = (middle, high) if is_less else (low, middle)
    return (low + high) / 2
