"""Ascents of the BTYD likelihoods, and what to do where one has no maximum.

The laws of dropping out that beta tends to, as its parameters run away (none, common, at once: see dropout), are the edge
of the family. The likelihood is highest either inside, or on the edge; there it has a maximum as an ordinary likelihood
with fewer parameters. It can have more than one maximum, and an ascent that runs away says little of the others, so that
several are made: from points far apart and, unless those agree, from beside each limit. Whether beside nobody dropping out
(a near 0, any b) it is higher is asked with the directional derivative of Lindsay (1983): it rises with a at the rate

    sum over customers of digamma(b) - digamma(b+s) + e^D' / (b+s-1),      D' = (r+x) ln((alpha+T)/(alpha+t_x)), s > 0

Many customers are first looked at in coarse groups: those say where to begin.

    A. S. C. Ehrenberg (1959), The pattern of consumer purchases, Applied Statistics 8(1): the NBD.
    B. G. Lindsay (1983), The geometry of mixture likelihoods: a general theory, Annals of Statistics 11(1).
    S. G. Self, K.-Y. Liang (1987), Asymptotic properties of maximum likelihood estimators and likelihood ratio tests under
        nonstandard conditions, JASA 82(398).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tagmart.scoring.coarse import coarse
from tagmart.scoring.dropout import MODELS
from tagmart.scoring.groups import PurchaseGroups
from tagmart.scoring.likelihood import log_likelihood
from tagmart.scoring.maximise import Maximum, maximise
from tagmart.scoring.several import SAME, agree, highest
from tagmart.scoring.starts import TELLING, beside, spread

LIMITS = [name for name, model in MODELS.items() if model.kind != "beta"]
APART = 0.1  # in logarithms: ends that differ by more are two
MOST_ENDS = 3  # of coarse groups, from which all customers are climbed


@dataclass(frozen=True)
class Summit:
    """What the ascents of one model found."""

    found: Maximum  # the highest end; converged only where no ascent has reached more
    ends: list[np.ndarray]  # where those that converged ended, likeliest first
    is_plain: bool  # the telling ascents ended at one point


class Ascents:
    """The ascents on one set of groups, each made once."""

    def __init__(self, groups: PurchaseGroups):
        few = coarse(groups)
        self.groups, self.rough = groups, None if few is groups else Ascents(few)
        self.known: dict[str, Summit] = {}

    def summit(self, model: str) -> Summit:
        """Search for the maximum of one of dropout.MODELS."""
        if model not in self.known:
            self.known[model] = self._searched(model)
        return self.known[model]

    def likeliest_limit(self, reached: float) -> tuple[str | None, Maximum | None]:
        """The limit with the highest likelihood (the simplest on a tie); nothing where ascents inside have reached more."""
        best, highest = (None, None), reached - SAME
        for model in LIMITS:
            found = self.summit(model).found
            if found.converged and found.log_likelihood > highest:
                best, highest = (model, found), found.log_likelihood + SAME
        return best

    def _searched(self, model: str) -> Summit:
        points, objective = spread(self.groups, model), log_likelihood(self.groups, MODELS[model])
        names = ("r", "alpha", *MODELS[model].parameters)

        def climbed(starts: list[np.ndarray]) -> list[Maximum]:
            return [maximise(objective, start, names, points[0]) for start in starts]

        rough = self.rough.summit(model) if self.rough else None
        found = climbed(rough.ends[:MOST_ENDS] if rough else points[:TELLING])
        is_plain = (rough.is_plain if rough else True) and agree(found)
        if not is_plain:
            found += climbed(points[:1] if rough else points[TELLING:])
            found += climbed([start for limit, at in self._limits(model) if at.converged for start in beside(self.groups, model, limit, at.parameters)])
        return _summit(found, is_plain)

    def _limits(self, model: str) -> list[tuple[str, Maximum]]:
        """The limits of BG/NBD or MBG/NBD, and their maxima; a limit has none."""
        return [(limit, self.summit(limit).found) for limit in LIMITS if limit == "nbd" or limit.startswith(f"{model}_")] if model not in LIMITS else []


def _summit(found: list[Maximum], is_plain: bool) -> Summit:
    ends: list[np.ndarray] = []
    for each in sorted((each for each in found if each.converged), key=lambda each: -each.log_likelihood):
        if all(np.abs(np.log(each.parameters / end)).max() > APART for end in ends):
            ends.append(each.parameters)
    return Summit(highest(found), ends, is_plain)
