"""How good scores were, counted person by person and pair by pair: slow, plain, and not from the models."""

from __future__ import annotations

from math import pi, sqrt


def auc(said: list[float], came: list[bool]) -> float | None:
    """Of all pairs of one to whom it happened and one to whom it did not: the share told apart, a tie being half."""
    yes = [score for score, happened in zip(said, came, strict=True) if happened]
    no = [score for score, happened in zip(said, came, strict=True) if not happened]
    right = sum((high > low) + 0.5 * (high == low) for high in yes for low in no)
    return right / (len(yes) * len(no)) if yes and no else None


def brier(said: list[float], came: list[bool]) -> float:
    return sum((score - happened) ** 2 for score, happened in zip(said, came, strict=True)) / len(said)


def tenths(said: list[float]) -> list[int]:
    """The bin of each, 0 to 9: ten times the share of those with a lower score, so that equals stay together."""
    first, order = {}, sorted(said)
    for place, score in enumerate(order):
        first.setdefault(score, place)
    return [10 * first[score] // len(said) for score in said]


def calibration_error(said: list[float], came: list[float]) -> float:
    """Over the tenths: how far what was said was from what came, each by its size."""
    bins = tenths(said)
    return sum(abs(sum(score - seen for score, seen, at in zip(said, came, bins, strict=True) if at == each)) for each in set(bins)) / len(said)


def calibration_error_by_chance(said: list[float]) -> float:
    """The same, on average, if each were as likely as said: sqrt(2/pi) of the spread of each tenth."""
    bins = tenths(said)
    return sum(sqrt(2 / pi * sum(score * (1 - score) for score, at in zip(said, bins, strict=True) if at == each)) for each in set(bins)) / len(said)
