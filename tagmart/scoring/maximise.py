"""Maximum likelihood in a few positive parameters: damped Newton in their logarithms."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from tagmart.scoring.outcome import CONVERGED, DEGENERATE, NOT_CONVERGED

# Objective: positive parameters (k,) -> log-likelihood, its gradient (k,) and its Hessian (k, k) in them.
Objective = Callable[[np.ndarray], tuple[float, np.ndarray, np.ndarray]]

LONGEST_STEP = 1.5  # in logarithms, of one Newton step: a factor of 4.5
SMALL_GAIN = 1e-9  # the log-likelihood still to gain, below which the last step is taken
MOST_STEPS = 100
ROUNDING = 1e-12  # of the log-likelihood: a fall by less is no fall
WIDEST = np.log(1e5)  # parameters this factor off their start have run away


@dataclass(frozen=True)
class Maximum:
    """The end of an ascent: the parameters and their standard errors mean nothing unless status is converged."""

    status: str
    reason: str | None
    parameters: np.ndarray  # (k,)
    standard_errors: np.ndarray  # (k,) from the inverse observed information
    log_likelihood: float
    steps: int


def maximise(objective: Objective, start: np.ndarray, names: tuple[str, ...]) -> Maximum:
    """Climb from `start` (k,), all positive, to the maximum of the objective.

    In theta = ln(parameter) the domain has no edge. A step solves (-H + damping I) step = g; the damping rises until
    that matrix is positive definite and the likelihood does not fall, and sinks again. It ends when a plain Newton step
    would gain less than SMALL_GAIN, after taking that step: convergence is quadratic, so what then remains is rounding.
    A parameter that runs away by a factor of 100,000 has no maximum in these data: status degenerate.
    """
    theta = np.log(np.asarray(start, dtype=np.float64))
    low, high = theta - WIDEST, theta + WIDEST
    value, gradient, hessian = _in_logarithms(objective, theta)
    damping = 0.0
    for steps in range(1, MOST_STEPS + 1):
        least = 1e-2 * np.abs(np.diag(hessian)).max()
        step, is_plain = _step(gradient, hessian, damping)
        gain = float(gradient @ step) / 2
        if is_plain and gain < SMALL_GAIN:
            theta = theta + step
            value, gradient, hessian = _in_logarithms(objective, theta)
            return _ended(theta, value, hessian, steps)
        longest = np.abs(step).max()
        step = step * min(1.0, LONGEST_STEP / longest)
        proposal = _in_logarithms(objective, theta + step)
        if np.isfinite(proposal[0]) and proposal[0] >= value - ROUNDING * abs(value):
            theta = theta + step
            value, gradient, hessian = proposal
            damping = damping / 10 if damping > least else 0.0
        else:
            damping = max(damping * 10, least)
        outside = (theta < low) | (theta > high)
        if outside.any():
            runaway = " and ".join(name for name, is_out in zip(names, outside, strict=True) if is_out)
            return _failed(DEGENERATE, f"the likelihood has no maximum, it grows without end along {runaway}", theta, value, steps)
    return _failed(NOT_CONVERGED, f"no maximum within {MOST_STEPS} steps: the likelihood is all but flat", theta, value, MOST_STEPS)


def _in_logarithms(objective: Objective, theta: np.ndarray) -> tuple[float, np.ndarray, np.ndarray]:
    parameters = np.exp(theta)
    value, gradient, hessian = objective(parameters)
    gradient = parameters * gradient
    return value, gradient, parameters[:, None] * hessian * parameters + np.diag(gradient)


def _step(gradient: np.ndarray, hessian: np.ndarray, damping: float) -> tuple[np.ndarray, bool]:
    """A Newton step; True when no damping was needed."""
    identity = np.eye(len(gradient))
    scale = np.abs(hessian).max()
    while True:
        matrix = damping * identity - hessian
        if np.isfinite(matrix).all() and np.linalg.eigvalsh(matrix)[0] > 1e-13 * scale:
            return np.linalg.solve(matrix, gradient), damping == 0.0
        if not np.isfinite(matrix).all():
            return np.zeros_like(gradient), False
        damping = max(damping * 10, 1e-3 * scale)


def _ended(theta: np.ndarray, value: float, hessian: np.ndarray, steps: int) -> Maximum:
    eigenvalues = np.linalg.eigvalsh(-hessian)
    if not np.isfinite(value) or eigenvalues[0] <= 1e-13 * np.abs(hessian).max():
        return _failed(DEGENERATE, "the likelihood is flat in some direction: these data do not tell the parameters apart", theta, value, steps)
    parameters = np.exp(theta)
    errors = parameters * np.sqrt(np.diag(np.linalg.inv(-hessian)))
    return Maximum(CONVERGED, None, parameters, errors, float(value), steps)


def _failed(status: str, reason: str, theta: np.ndarray, value: float, steps: int) -> Maximum:
    nothing = np.full(len(theta), np.nan)
    return Maximum(status, reason, nothing, nothing, float(value), steps)
