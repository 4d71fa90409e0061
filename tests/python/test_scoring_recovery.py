"""The sample generator's truth, found again among a million customers."""

from __future__ import annotations

import numpy as np
import pytest

from tagmart.scoring.btyd import PARAMETERS, fit_model
from tagmart.scoring.groups import purchase_groups
from workshop.sample import truth
from workshop.sample.catalogue import make_catalogue
from workshop.sample.pace import alpha
from workshop.sample.people import make_people
from workshop.sample.plan import Plan
from workshop.sample.purchases import NEVER, make_purchases


@pytest.mark.slow
def test_truth_of_the_sample_is_found_within_three_standard_errors():
    """The generator draws moments and records the day they end: the moment is half a day before it, on average."""
    plan, parts = Plan(1_000_000, 540, 7), []
    catalogue = make_catalogue(plan)
    for block in range(plan.blocks):
        bought = make_purchases(plan, make_people(plan, catalogue, block))
        last = np.full(len(bought.first_day), NEVER)
        np.maximum.at(last, bought.person, bought.day)
        buyer = bought.first_day != NEVER
        x = bought.repeats[buyer]
        parts.append((x, np.where(x > 0, (last - bought.first_day)[buyer] - 0.5, 0), plan.last_day - bought.first_day[buyer]))
    fit = fit_model(purchase_groups(*(np.concatenate([part[index] for part in parts]) for index in range(3))), "bg_nbd")
    assert fit.converged and fit.customers_count > 700_000
    for name, value in zip(PARAMETERS, (truth.R, alpha(plan), truth.A, truth.B), strict=True):
        assert abs(getattr(fit, name) - value) < 3 * getattr(fit, name + "_se"), (name, value, fit)
