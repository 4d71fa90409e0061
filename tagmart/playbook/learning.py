"""Shrink the measured uplift of an action towards what the playbook believes, by how much is known of each.

A prior is a guess: it may as well be nothing as twice what it says, so its standard error is the prior itself. Several campaigns with one
action are put together by their precisions. Then

    weight = 1 / error^2 / (1 / error^2 + 1 / prior^2)          learned = weight * measured + (1 - weight) * prior
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

LEAST, MOST = 0.0001, 1.0  # at 0 an action would never be chosen, and so never be measured again
DIGITS = 4


@dataclass(frozen=True)
class Learned:
    """What is known of an action; uplifts and errors are shares of value at stake times score, weight is that of what was measured, 0 to 1."""

    action_code: str
    scheme_code: str
    segment_code: str
    prior: float
    campaigns: int
    measured: float
    error: float
    weight: float
    learned: float


def pooled(effects: list[tuple[float, float]]) -> tuple[float, float]:
    """Put (uplift, error) of several campaigns together by their precisions.

    Raises:
        ValueError: no effect, or an error that is not above 0.
    """
    if not effects or min(error for _, error in effects) <= 0:
        raise ValueError("Effects need errors above 0, and at least one effect: measure the action in a campaign first.")
    precision = sum(error**-2 for _, error in effects)
    return sum(uplift * error**-2 for uplift, error in effects) / precision, precision**-0.5


def learned_from(prior: float, measured: float, error: float) -> tuple[float, float]:
    """Return the weight of what was measured and the new prior, within what the playbook may hold."""
    weight = error**-2 / (error**-2 + prior**-2)
    return weight, round(min(max(weight * measured + (1 - weight) * prior, LEAST), MOST), DIGITS)


def learn(effects: Iterable[tuple[str, str, str, float, float]], priors: Mapping[str, float]) -> list[Learned]:
    """Learn every action that was measured and has a prior, in the order of its code.

    effects: (action_code, scheme_code, segment_code, uplift, error), one per campaign; priors: by action_code, above 0.
    """
    by_action = defaultdict(list)
    for action, scheme, segment, uplift, error in effects:
        if action in priors:
            by_action[action, scheme, segment].append((uplift, error))
    found = []
    for (action, scheme, segment), its in sorted(by_action.items()):
        measured, error = pooled(its)
        found.append(Learned(action, scheme, segment, priors[action], len(its), measured, error, *learned_from(priors[action], measured, error)))
    return found
