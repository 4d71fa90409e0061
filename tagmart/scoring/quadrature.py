"""Gauss quadrature for integrals over a beta density."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from scipy.linalg import eigh_tridiagonal

NODE_COUNTS = (16, 24, 32, 48, 64, 96, 128, 192, 256, 512, 1024)


@lru_cache(maxsize=4096)
def beta_nodes(a: float, b: float, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Nodes in (0, 1) and weights with sum 1: Gauss quadrature for the beta(a, b) density (Golub and Welsch, 1969)."""
    k = np.arange(1, count, dtype=np.float64)
    total = a + b
    with np.errstate(invalid="ignore"):
        diagonal = np.concatenate([[a / total], 0.5 + (a - b) * (total - 2) / (2 * (2 * k + total) * (2 * k + total - 2))])
        squared = k * (k + a - 1) * (k + b - 1) * (k + total - 2) / ((2 * k + total - 1) * (2 * k + total - 2) ** 2 * (2 * k + total - 3))
    squared[0] = a * b / (total**2 * (total + 1))  # the variance; the general form is 0/0 where total = 1 or 2
    nodes, vectors = eigh_tridiagonal(diagonal, np.sqrt(squared))
    nodes, weights = np.maximum(nodes, np.finfo(float).tiny), vectors[0] ** 2
    nodes.flags.writeable = weights.flags.writeable = False  # the cache hands out the same arrays again
    return nodes, weights


def nodes_needed(z: np.ndarray) -> np.ndarray:
    """Nodes for full precision of the integral in expectation, of (1 - (1 + p z)^-(r+x)) / p.

    The integrand is singular at p = -1/z. On [-1, 1] that is 1 + 2/z away, and n nodes leave an error of about
    exp(-2 n arccosh(1 + 2/z)): 20/arccosh would do, twice that also where large r+x steepen the integrand.
    """
    return np.minimum(np.ceil(40 / np.arccosh(1 + 2 / np.maximum(z, 1e-9))), NODE_COUNTS[-1])
