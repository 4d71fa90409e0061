"""Maximum likelihood in a few positive parameters: Newton's method in their logarithms, made to climb everywhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from tagmart.scoring.outcome import CONVERGED, DEGENERATE, NOT_CONVERGED

# Objective: positive parameters (k,) -> log-likelihood, its gradient (k,) and its Hessian (k, k) in them.
Objective = Callable[[np.ndarray], tuple[float, np.ndarray, np.ndarray]]

LONGEST_STEP = 1.5  # in logarithms, along one principal direction of a Newton step: a factor of 4.5
SMALL_GAIN = 1e-9  # the log-likelihood still to gain, below which the last step is taken
MOST_STEPS = 100
ROUNDING = 1e-12  # of the log-likelihood: a fall by less is no fall
FLAT = 1e-13  # a curvature that is this share of the largest is none
WIDEST = np.log(1e5)  # parameters this factor off their start have run away
NO_CURVATURE = "the likelihood is flat in some direction: these data do not tell the parameters apart"


@dataclass(frozen=True)
class Maximum:
    """The end of an ascent: the parameters and their standard errors mean nothing unless status is converged."""

    status: str
    reason: str | None
    parameters: np.ndarray  # (k,)
    standard_errors: np.ndarray  # (k,) from the inverse observed information
    log_likelihood: float
    steps: int

    @property
    def converged(self) -> bool:
        return self.status == CONVERGED


def maximise(objective: Objective, start: np.ndarray, names: tuple[str, ...], home: np.ndarray | None = None) -> Maximum:
    """Climb from `start` (k,), all positive, to the maximum of the objective.

    In theta = ln(parameter) the domain has no edge. Each step is taken apart into the principal directions of the
    curvature, and each goes up by its own measure: the gradient over the size of the curvature, at most LONGEST_STEP. So a
    direction that is all but flat (a drop-out chance near nothing) does not crawl because another one is steep, and one
    that curves upwards is climbed and not descended. A step that falls is cut to a quarter. It ends when a plain Newton
    step would gain less than SMALL_GAIN, after taking that step: convergence is quadratic, what then remains is rounding.
    A parameter that runs away from `home` (None: start) by a factor of 100,000 has no maximum in these data: degenerate.
    """
    theta = np.log(np.asarray(start, dtype=np.float64))
    centre = theta if home is None else np.log(home)
    low, high = centre - WIDEST, centre + WIDEST
    value, gradient, hessian = _in_logarithms(objective, theta)
    share = 1.0  # of the step: less after one that fell
    for steps in range(1, MOST_STEPS + 1):
        if not np.isfinite(hessian).all():
            return _failed(NOT_CONVERGED, "the likelihood has no curvature that could be computed", theta, value, steps)
        step, gain, is_plain = _step(gradient, hessian)
        if gain < SMALL_GAIN:
            if not is_plain:
                return _failed(DEGENERATE, NO_CURVATURE, theta, value, steps)
            theta = theta + step
            value, gradient, hessian = _in_logarithms(objective, theta)
            return _ended(theta, value, hessian, steps)
        proposal = _in_logarithms(objective, theta + share * step)
        if np.isfinite(proposal[0]) and proposal[0] >= value - ROUNDING * abs(value):
            theta = theta + share * step
            value, gradient, hessian = proposal
            share = min(1.0, 4 * share)
        else:
            share /= 4
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


def _step(gradient: np.ndarray, hessian: np.ndarray) -> tuple[np.ndarray, float, bool]:
    """The step, what it promises to gain if it is not cut short, and True where all curves downwards, as at a maximum."""
    curvature, directions = np.linalg.eigh(-hessian)
    floor = FLAT * max(np.abs(curvature).max(), np.finfo(float).tiny)
    slope = directions.T @ gradient
    along = slope / np.maximum(np.abs(curvature), floor)
    step = directions @ np.clip(along, -LONGEST_STEP, LONGEST_STEP)
    return step, float(slope @ along) / 2, bool(curvature[0] > floor)


def _ended(theta: np.ndarray, value: float, hessian: np.ndarray, steps: int) -> Maximum:
    eigenvalues = np.linalg.eigvalsh(-hessian)
    if not np.isfinite(value) or eigenvalues[0] <= FLAT * eigenvalues[-1]:
        return _failed(DEGENERATE, NO_CURVATURE, theta, value, steps)
    parameters = np.exp(theta)
    errors = parameters * np.sqrt(np.diag(np.linalg.inv(-hessian)))
    return Maximum(CONVERGED, None, parameters, errors, float(value), steps)


def _failed(status: str, reason: str, theta: np.ndarray, value: float, steps: int) -> Maximum:
    nothing = np.full(len(theta), np.nan)
    return Maximum(status, reason, nothing, nothing, float(value), steps)
