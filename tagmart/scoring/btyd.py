"""Buy till you die: BG/NBD and MBG/NBD by maximum likelihood on grouped histories, and what they become at the edge.

A customer's chance p of dropping out after a purchase is beta(a, b) between customers; in BG/NBD after each repeat
purchase, in MBG/NBD after the first one too. See likelihood for the rest.

    P. S. Fader, B. G. S. Hardie, K. L. Lee (2005), "Counting Your Customers" the Easy Way: An Alternative to the
        Pareto/NBD Model, Marketing Science 24(2).
    E. P. Batislam, M. Denizel, A. Filiztekin (2007), Empirical validation and comparison of models for customer base
        analysis, International Journal of Research in Marketing 24(3).

Where neither has a maximum (nobody stops, or all are alike), edge fits the simpler model that they tend to.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tagmart.scoring.dropout import MODELS
from tagmart.scoring.edge import Ascents
from tagmart.scoring.groups import PurchaseGroups
from tagmart.scoring.maximise import Maximum
from tagmart.scoring.outcome import CONVERGED, DEGENERATE, TOO_LITTLE_DATA

PARAMETERS = ("r", "alpha", "a", "b")
SURVIVED_AT_FIRST = {"bg_nbd": 0, "mbg_nbd": 1}  # s - x
MIN_CUSTOMERS = 100
MIN_REPEAT_CUSTOMERS = 30
NAN = float("nan")


@dataclass(frozen=True)
class BtydFit:
    """A fitted model. Unless status is converged, all numbers but the counts are NaN and reason says why."""

    model: str  # bg_nbd or mbg_nbd; or one of their limits, see dropout.MODELS
    status: str
    reason: str | None
    r: float
    alpha: float  # in the time unit of the data
    a: float  # NaN in a limit, as b and their standard errors
    b: float
    r_se: float
    alpha_se: float
    a_se: float
    b_se: float
    log_likelihood: float
    customers_count: int
    repeat_customers_count: int
    steps: int
    drop_out_chance: float = NAN  # after a purchase, on average: a/(a+b), or the parameter of a limit
    drop_out_chance_se: float = NAN  # where it is a parameter

    @property
    def converged(self) -> bool:
        return self.status == CONVERGED

    @property
    def law_parameters(self) -> np.ndarray:
        """Those of the law of dropping out, as dropout takes them."""
        known = {"a": self.a, "b": self.b, "odds": self.drop_out_chance / (1 - self.drop_out_chance)}
        return np.array([known[name] for name in MODELS[self.model].parameters])


def fit_btyd(groups: PurchaseGroups) -> BtydFit:
    """Fit both models; return the one with the higher likelihood among those that have a maximum (BG/NBD on a tie).

    They have as many parameters, so the likelihood alone decides. Where neither has one, the likeliest of their limits,
    unless an ascent inside has reached more; then the status and reason of the model that came highest.
    """
    status, reason = _refusal(groups)
    if status:
        return _unfit(groups, "bg_nbd", status, reason)
    ascents = Ascents(groups)
    inside = {model: ascents.summit(model).found for model in SURVIVED_AT_FIRST}
    regular = {model: found for model, found in inside.items() if found.converged}
    limit, found = (None, None) if regular else ascents.likeliest_limit(max(found.log_likelihood for found in inside.values()))
    if limit:
        return _fit(groups, limit, found)
    model, found = max((regular or inside).items(), key=lambda pair: pair[1].log_likelihood)
    return _fit(groups, model, found)


def fit_model(groups: PurchaseGroups, model: str) -> BtydFit:
    """Fit one model (any of dropout.MODELS). Never raises for what the data are like: see BtydFit.status."""
    status, reason = _refusal(groups)
    return _unfit(groups, model, status, reason) if status else _fit(groups, model, Ascents(groups).summit(model).found)


def _fit(groups: PurchaseGroups, model: str, found: Maximum) -> BtydFit:
    if not found.converged:
        return _unfit(groups, model, found.status, found.reason, found.steps)
    names = ("r", "alpha", *MODELS[model].parameters)
    value, error = (dict(zip(names, map(float, numbers), strict=True)) for numbers in (found.parameters, found.standard_errors))
    odds, odds_se = value.get("odds", 0.0), error.get("odds", NAN)
    chance, chance_se = (value["a"] / (value["a"] + value["b"]), NAN) if "a" in value else (odds / (1 + odds), odds_se / (1 + odds) ** 2)
    return BtydFit(
        model,
        CONVERGED,
        None,
        *(value.get(name, NAN) for name in PARAMETERS),
        *(error.get(name, NAN) for name in PARAMETERS),
        found.log_likelihood,
        groups.customers,
        groups.repeat_customers,
        found.steps,
        chance,
        chance_se,
    )


def _refusal(groups: PurchaseGroups) -> tuple[str | None, str | None]:
    if groups.customers < MIN_CUSTOMERS:
        return TOO_LITTLE_DATA, f"{groups.customers} customers, at least {MIN_CUSTOMERS} are needed"
    if groups.repeat_customers < MIN_REPEAT_CUSTOMERS:
        return TOO_LITTLE_DATA, f"{groups.repeat_customers} customers who bought again, at least {MIN_REPEAT_CUSTOMERS} are needed"
    if len(groups.x) == 1:
        return DEGENERATE, "all customers have the same history"
    return None, None


def _unfit(groups: PurchaseGroups, model: str, status: str, reason: str | None, steps: int = 0) -> BtydFit:
    return BtydFit(model, status, reason, *[NAN] * 9, groups.customers, groups.repeat_customers, steps)
