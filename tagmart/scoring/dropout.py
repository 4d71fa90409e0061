"""When customers stop buying: each has a chance p of dropping out after a purchase. The laws of p between customers.

    beta            p ~ beta(a, b)                                               BG/NBD, MBG/NBD
    none            p = 0 for everybody                                          NBD
    common          one p for everybody                                          the laws that beta becomes when its
    at once         p = 1 for a share of the customers, 0 for the others         parameters run to 0 or to infinity

The likelihood is that of the NBD (see likelihood), times the chance to have survived s purchases, times 1 + the odds to
have dropped out at the last of them (e^lost) for each time of silence since. A law gives the logarithms of the two, as
functions of s and of its parameters: a and b, or the odds p/(1-p), of the share where the law is at once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Survival:
    """Of s purchases survived, for each s (an array): logarithms, with derivatives by the k parameters of the law."""

    stayed: np.ndarray  # (s,) ln of the chance to have survived them
    stayed_1: np.ndarray  # (k, s)
    stayed_2: np.ndarray  # (k, k, s)
    lost: np.ndarray  # (s,) ln of the odds to have dropped out at the last, before silence counts; -inf where it cannot be
    lost_1: np.ndarray  # (k, s), 0 where it cannot be
    lost_2: np.ndarray  # (k, k, s)


Law = Callable[[np.ndarray, np.ndarray], Survival]  # s (float, 0 or more), parameters (k,) -> Survival


@dataclass(frozen=True)
class Model:
    """One of the models that are fitted."""

    kind: str  # the name of the law
    law: Law
    parameters: tuple[str, ...]  # of the law
    at_first: int  # chances to drop out that come with the first purchase: s - x


def beta(s: np.ndarray, parameters: np.ndarray) -> Survival:
    """stayed = ln B(a, b+s)/B(a, b) = sum over i < s of ln (b+i)/(a+b+i); lost = ln a - ln(b+s-1).

    As a sum it keeps its digits where b is large, which differences of ln G(b) do not.
    """
    a, b = parameters
    i = np.arange(s.max(initial=0.0))
    own, both = b + i, a + b + i
    per_time = np.array([-np.log1p(a / own), -1 / both, a / (own * both), 1 / both**2, -a * (own + both) / (own * both) ** 2])
    stayed, by_a, by_b, twice, by_b_2 = np.concatenate([np.zeros((5, 1)), per_time.cumsum(axis=1)], axis=1)[:, s.astype(int)]
    can = s > 0
    last = np.where(can, b + (s - 1), 1.0)
    nothing = np.zeros_like(s)
    return Survival(
        stayed,
        np.array([by_a, by_b]),
        np.array([[twice, twice], [twice, by_b_2]]),
        np.where(can, np.log(a) - np.log(last), -np.inf),
        can * np.array([nothing + 1 / a, -1 / last]),
        can * np.array([[nothing - 1 / a**2, nothing], [nothing, 1 / last**2]]),
    )


def none(s: np.ndarray, parameters: np.ndarray) -> Survival:
    """Everybody survives everything."""
    nothing = np.zeros_like(s)
    return Survival(nothing, np.zeros((0, len(s))), np.zeros((0, 0, len(s))), nothing - np.inf, np.zeros((0, len(s))), np.zeros((0, 0, len(s))))


def common(s: np.ndarray, parameters: np.ndarray) -> Survival:
    """stayed = s ln(1-p); lost = ln p/(1-p)."""
    return _by_odds(s, s > 0, parameters)


def at_once(s: np.ndarray, parameters: np.ndarray) -> Survival:
    """stayed = ln(1-p) where s > 0; lost = ln p/(1-p) where s = 1: a customer who stayed at the second chance is not one of those who leave."""
    return _by_odds(np.minimum(s, 1.0), s == 1, parameters)


def _by_odds(times: np.ndarray, can: np.ndarray, parameters: np.ndarray) -> Survival:
    odds = float(parameters[0])
    nothing = np.zeros_like(times)
    return Survival(
        -times * np.log1p(odds),
        np.array([-times / (1 + odds)]),
        np.array([[times / (1 + odds) ** 2]]),
        np.where(can, np.log(odds), -np.inf),
        np.array([can * (nothing + 1 / odds)]),
        np.array([[can * (nothing - 1 / odds**2)]]),
    )


MODELS = {
    "bg_nbd": Model("beta", beta, ("a", "b"), 0),
    "mbg_nbd": Model("beta", beta, ("a", "b"), 1),
    "nbd": Model("none", none, (), 0),
    "bg_nbd_common": Model("common", common, ("odds",), 0),
    "mbg_nbd_common": Model("common", common, ("odds",), 1),
    "bg_nbd_at_once": Model("at_once", at_once, ("odds",), 0),
    "mbg_nbd_at_once": Model("at_once", at_once, ("odds",), 1),
}
