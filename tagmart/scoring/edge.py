"""Ascents of the BTYD likelihoods, and what to do where one has no maximum.

The laws of dropping out that beta tends to, as its parameters run away (none, common, at once: see dropout), are the edge
of the family. The likelihood is highest either inside, or on the edge; there it has a maximum as an ordinary likelihood
with fewer parameters. Whether a limit is the highest is asked with the directional derivative of Lindsay (1983): next
to nobody dropping out (a near 0, any b), the likelihood rises with a at the rate

    sum over customers of digamma(b) - digamma(b+s) + e^D' / (b+s-1),      D' = (r+x) ln((alpha+T)/(alpha+t_x)), s > 0

Where it does for some b, there is a higher point inside, and the ascent is made again from there.

    A. S. C. Ehrenberg (1959), The pattern of consumer purchases, Applied Statistics 8(1): the NBD.
    B. G. Lindsay (1983), The geometry of mixture likelihoods: a general theory, Annals of Statistics 11(1).
    S. G. Self, K.-Y. Liang (1987), Asymptotic properties of maximum likelihood estimators and likelihood ratio tests under
        nonstandard conditions, JASA 82(398).
"""

from __future__ import annotations

import numpy as np
from scipy.special import digamma

from tagmart.scoring.dropout import MODELS
from tagmart.scoring.groups import PurchaseGroups
from tagmart.scoring.likelihood import log_likelihood, purchases_of
from tagmart.scoring.maximise import Maximum, maximise

LIMITS = [name for name, model in MODELS.items() if model.kind != "beta"]
STARTS = {"a": 1.0, "b": 3.0, "odds": 0.25}
SHAPES = np.geomspace(1e-3, 1e5, 49)  # the b that are tried
FAINT = -600.0  # log odds so small that the chance to have dropped out is linear in them
SAME = 1e-4  # log-likelihoods that differ by less are equal: no data tell them apart


def maximum(groups: PurchaseGroups, model: str) -> Maximum:
    """Climb to the maximum of one of dropout.MODELS; again from where the edge shows the way, when it was not found."""
    found = _climb(groups, model)
    if found.converged or model in LIMITS:
        return found
    nobody = _climb(groups, "nbd")
    shape = _rising_shape(groups, model, *nobody.parameters) if nobody.converged else None
    if shape is None:
        return found
    again = _climb(groups, model, [*nobody.parameters, 1e-3 * min(shape, 1.0), shape])
    return again if again.converged and again.log_likelihood > max(nobody.log_likelihood, found.log_likelihood) - SAME else found


def likeliest_limit(groups: PurchaseGroups, reached: float) -> tuple[str | None, Maximum | None]:
    """The limit with the highest likelihood (the simplest on a tie); nothing where ascents inside have reached more."""
    best, highest = (None, None), reached - SAME
    for model in LIMITS:
        found = _climb(groups, model)
        if found.converged and found.log_likelihood > highest:
            best, highest = (model, found), found.log_likelihood + SAME
    return best


def _climb(groups: PurchaseGroups, model: str, start: list[float] | None = None) -> Maximum:
    names = ("r", "alpha", *MODELS[model].parameters)
    repeats, time = (float((values * groups.customers_count).sum()) for values in (groups.x, groups.T))
    home = np.array([1.0, time / repeats, *(STARTS[name] for name in names[2:])])
    return maximise(log_likelihood(groups, MODELS[model]), home if start is None else np.array(start), names, home)


def _rising_shape(groups: PurchaseGroups, model: str, r: float, alpha: float) -> float | None:
    """The b whose beta(a, b) with a small a raises the likelihood above that of nobody dropping out most, if one does."""
    xs, x_at = groups.distinct[0]
    n_x = np.bincount(x_at, groups.customers_count.astype(np.float64), len(xs))
    s = xs + MODELS[model].at_first
    silent = purchases_of(groups)(r, alpha, np.full(len(xs), FAINT)).dead * np.exp(-FAINT)  # sums of e^D'
    can = s > 0
    s, n_x, silent = s[can], n_x[can], silent[can]
    b = SHAPES[:, None]
    rises = (n_x * (digamma(b) - digamma(b + s)) + silent / (b + (s - 1))).sum(axis=1)
    best = int(np.argmax(rises * np.minimum(SHAPES, 1.0)))
    return float(SHAPES[best]) if rises[best] > 0 else None
