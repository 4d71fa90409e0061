"""How far the distribution of a tag has moved between two dates."""

from __future__ import annotations

import numpy as np
from scipy.special import rel_entr

Counts = dict[str, int]  # customers by the bin of a tag; who has no value is in none
SMALLEST = 0.01  # a smaller share counts as so much: else the first customers in a bin would move a tag without end


def psi(before: Counts, after: Counts) -> float:
    """The population stability index: the sum over all bins of (share now - share before) * ln(share now / share before).

    That is the relative entropy of either distribution to the other, added up. 0 when nothing moved.
    """
    bins = sorted({*before, *after})
    old, new = (np.maximum(_shares(counts, bins), SMALLEST) for counts in (before, after))
    return float(rel_entr(new, old).sum() + rel_entr(old, new).sum())


def most_moved(before: Counts, after: Counts) -> tuple[str, float, float]:
    """The bin whose share moved most, with its share before and after (of the customers who have the tag)."""
    bins = sorted({*before, *after})
    old, new = _shares(before, bins), _shares(after, bins)
    at = int(np.abs(new - old).argmax())
    return bins[at], float(old[at]), float(new[at])


def _shares(counts: Counts, bins: list[str]) -> np.ndarray:
    customers = np.array([counts.get(name, 0) for name in bins])
    return customers / customers.sum()
