"""Campaigns measured a second time, from rows and not from sums: plain Python, scipy and statsmodels, without the models' SQL."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import numpy as np
from measured_trials import Person, Trial
from scipy import stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

VARIABLES = ("net", "before_net", "before_orders")
PLANS = [0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 0.98, 0.99]
STEPS = {"sent": "assigned", "delivered": "sent", "opened": "delivered", "clicked": "opened", "ordered": "assigned", "clicked_ordered": "clicked"}


def drawn(customers: int, seed: int) -> np.ndarray:
    """What customers spent, what they had spent and how often they had bought, in hundredths (customers, 3)."""
    rng = np.random.default_rng(seed)
    orders = rng.poisson(rng.gamma(0.8, 3, customers))
    before = np.round(orders * rng.lognormal(4, 0.7, customers), 2)
    return np.column_stack([np.round(rng.binomial(1, 0.3, customers) * rng.lognormal(4, 1, customers) + 0.1 * before, 2), before, orders])


def sums_of(rows: np.ndarray) -> dict:
    """What the database would add up of customers (customers, 3): outcome and covariates, in whole hundredths."""
    exact = [[Decimal(str(value)) for value in row] for row in rows.tolist()]
    sums = {"customers_count": len(exact), "buyers_count": sum(row[0] > 0 for row in exact)}
    for first, name in enumerate(VARIABLES):
        sums[f"{name}_sum"] = sum((row[first] for row in exact), Decimal(0))
        for second in range(first, len(VARIABLES)):
            sums[f"{name}_{VARIABLES[second]}_sum"] = sum((row[first] * row[second] for row in exact), Decimal(0))
    return sums


def classes_of(people: list[Person]) -> dict[tuple[str, str], list[Person]]:
    found = defaultdict(list)
    for person in people:
        for scheme, segment in person.classes.items():
            found[scheme, segment].append(person)
    return found


def effects(trial: Trial, newest: date) -> dict[tuple[str, str], dict]:
    """Each class of a trial with what it should say."""
    variants = [person.variant for person in trial.people]
    counts = variants.count("treatment"), variants.count("holdout")
    share = counts[0] / max(sum(counts), 1)
    planned = min(PLANS, key=lambda plan: (round(abs(plan - share), 12), abs(plan - 0.5), plan)) if all(counts) else None
    found = {}
    for code, people in classes_of(trial.people).items():
        arms = [[person for person in people if person.variant == variant] for variant in ("treatment", "holdout")]
        found[code] = effect(*arms, planned, has_holdout=counts[1] > 0, is_ended=trial.ends <= newest)
        found[code]["contaminated_count"] = sum(person.variant == "contaminated" for person in people)
    for scheme in {scheme for scheme, _ in found}:
        family = [row for (other, _), row in found.items() if other == scheme and row["status"] == "measured"]
        if family:
            for row, adjusted in zip(family, multipletests([row["p_value"] for row in family], method="holm")[1], strict=True):
                row["holm_p_value"] = adjusted
    return found


def effect(treated: list[Person], held: list[Person], planned: float | None, has_holdout: bool, is_ended: bool) -> dict:
    arms = [np.array([[float(p.net), float(p.before_net), p.before_orders] for p in arm]).reshape(-1, 3) for arm in (treated, held)]
    counts, buyers = [len(arm) for arm in arms], [sum(p.orders > 0 for p in arm) for arm in (treated, held)]
    row = {"treatment_count": counts[0], "holdout_count": counts[1], "treatment_buyers_count": buyers[0], "holdout_buyers_count": buyers[1]}
    row |= {"treatment_net_amount": sum(p.net for p in treated), "holdout_net_amount": sum(p.net for p in held)}
    if planned and sum(counts):
        row["sample_ratio_statistic"], ratio_p = stats.chisquare(counts, np.array([planned, 1 - planned]) * sum(counts))
        row |= {"planned_treatment_share": planned, "sample_ratio_p_value": ratio_p}
    if not has_holdout or not is_ended:
        return row | {"status": "running" if has_holdout else "no_holdout"}
    constant = all(len(arm) < 2 or np.ptp(arm[:, 0]) == 0 for arm in arms)
    if min(counts) < 30 or sum(buyers) < 10 or constant:
        return row | {"status": "not_enough_data"}
    if ratio_p < 0.001:
        return row | {"status": "sample_ratio_failed"}
    plain = stats.ttest_ind(arms[0][:, 0], arms[1][:, 0], equal_var=False)
    limits = plain.confidence_interval()
    row |= {"status": "measured", "difference": arms[0][:, 0].mean() - arms[1][:, 0].mean(), "p_value": plain.pvalue}
    row |= {"difference_low": limits.low, "difference_high": limits.high, "added_amount_low": limits.low * counts[0]}
    centred = np.vstack([(arm - arm.mean(axis=0)) / np.sqrt(len(arm) * (len(arm) - 1)) for arm in arms])
    weights = np.linalg.lstsq(centred[:, 1:], centred[:, 0], rcond=1e-7)[0]
    adjusted = stats.ttest_ind(*[arm[:, 0] - arm[:, 1:] @ weights for arm in arms], equal_var=False)
    row |= {"adjusted_low": adjusted.confidence_interval().low, "adjusted_high": adjusted.confidence_interval().high, "adjusted_p_value": adjusted.pvalue}
    low, high = confint_proportions_2indep(buyers[0], counts[0], buyers[1], counts[1], method="newcomb", compare="diff")
    return row | {"rate_difference_low": low, "rate_difference_high": high}


def funnel(trial: Trial) -> Iterator[tuple[tuple[str, str, str], dict]]:
    """Each touchpoint and class of a campaign with its steps and rates."""
    reached = [person for person in trial.people if person.variant in ("treatment", "touched")]
    places = {trial.touchpoint} | {place for person in reached for place in person.depths}
    for place in places:
        there = [p for p in reached if place in p.depths or (p.variant == "treatment" and place == trial.touchpoint)]
        for (scheme, segment), people in classes_of(there).items():
            depth = {id(p): p.depths.get(place, 0) for p in people}
            counts = {"assigned": len(people), "ordered": sum(p.orders > 0 for p in people)}
            counts["sent"] = sum(depth[id(p)] > 0 or (place == trial.touchpoint and p.sent_status == 1) for p in people)
            counts |= {name: sum(depth[id(p)] >= least for p in people) for name, least in (("delivered", 1), ("opened", 2), ("clicked", 3))}
            counts["clicked_ordered"] = sum(depth[id(p)] == 3 and p.orders > 0 for p in people)
            row = {f"{name}_count": count for name, count in counts.items()} | {"ordered_net_amount": sum(p.net for p in people)}
            for step, base in STEPS.items():
                if counts[base]:
                    low, high = proportion_confint(counts[step], counts[base], method="wilson")
                    row |= {f"{step}_rate": counts[step] / counts[base], f"{step}_rate_low": low, f"{step}_rate_high": high}
            yield (place, scheme, segment), row
