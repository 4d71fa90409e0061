"""Several ascents of one likelihood: do they agree, and which one counts."""

from __future__ import annotations

import numpy as np

from tagmart.scoring.maximise import Maximum

SAME = 1e-4  # log-likelihoods that differ by less are equal: no data tell them apart
TIE = 1e-7  # those of ascents that ended at the same maximum


def agree(found: list[Maximum]) -> bool:
    """True when all converged, at one height."""
    heights = [each.log_likelihood for each in found]
    return bool(found) and all(each.converged for each in found) and max(heights) - min(heights) < SAME


def highest(found: list[Maximum]) -> Maximum:
    """The highest end of several ascents of one likelihood; it is converged only where no other has reached more.

    On a tie but for rounding the first ascent decides.
    """
    top = max(found, key=lambda each: np.nan_to_num(each.log_likelihood, nan=-np.inf))
    converged = [each for each in found if each.converged]
    best = max((each.log_likelihood for each in converged), default=-np.inf)
    return next(each for each in converged if each.log_likelihood >= best - TIE) if converged and best >= top.log_likelihood - SAME else top
