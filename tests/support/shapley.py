"""Shapley values of any number of factors, by the definition: the oracle of models/measurement/money/bridge_shares.sql."""

from __future__ import annotations

from itertools import combinations
from math import factorial, prod


def shapley(before: dict, after: dict) -> dict:
    """Return what each factor adds to the change of the product of all of them; factors by name, in whatever number type they come.

    A factor's value is the mean of what its change adds over all orders in which the factors can change: a set of others that have
    changed before it stands for len! (n - 1 - len)! of the n! orders.
    """
    count = len(before)
    values = {}
    for name in before:
        others = [other for other in before if other != name]
        total = 0
        for size in range(count):
            for changed in combinations(others, size):
                rest = prod((after if other in changed else before)[other] for other in others)
                total += factorial(size) * factorial(count - 1 - size) * rest
        values[name] = (after[name] - before[name]) * total / factorial(count)
    return values
