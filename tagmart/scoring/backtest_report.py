"""What `tagmart backtest` prints: one measure a line, one model a column."""

from __future__ import annotations

from tagmart.scoring.btyd import BtydFit
from tagmart.scoring.gamma_gamma import GammaGammaFit
from tagmart.scoring.holdout import Holdout

PARAMETERS = ("r", "alpha", "a", "b")
MEASURES = {"correlation": "{:.4f}", "mae": "{:.4f}", "rmse": "{:.4f}", "auc": "{:.4f}", "sum_ratio": "{:.3f}", "cumulative_error": "{:+.2%}"}
NAMES = {
    "correlation": "correlation",
    "mae": "MAE",
    "rmse": "RMSE",
    "auc": "AUC of buying again",
    "sum_ratio": "sum ratio, expected over seen",
    "cumulative_error": "cumulative error",
}
NONE = "-"


def report(fits: list[BtydFit], measured: list[Holdout | None], chosen: str | None, days: int, worth: GammaGammaFit) -> str:
    """The tables as text: parameters with their standard errors, the days after, and what an order is worth."""
    rows = [["", *(fit.model + (" *" if fit.model == chosen else "") for fit in fits)]]
    rows += [[name, *(_with_error(fit, name) for fit in fits)] for name in PARAMETERS]
    rows += [["drop-out chance", *(_number(fit.drop_out_chance, "{:.4f}") for fit in fits)]]
    rows += [["log-likelihood", *(_number(fit.log_likelihood, "{:.4f}") for fit in fits)]]
    if days:
        rows += [[], [f"next {days} days"]]
        rows += [[NAMES[name], *(NONE if each is None else _number(getattr(each, name), shape) for each in measured)] for name, shape in MEASURES.items()]
    rows += [[], ["", "gamma_gamma"], *([name, _with_error(worth, name)] for name in ("p", "q", "gamma"))]
    rows += [["log-likelihood", _number(worth.log_likelihood, "{:.4f}")], ["value and frequency correlate", _number(worth.correlation, "{:.4f}")]]
    notes = [f"* taken by the models; in brackets: standard errors{'' if days else '; no day after it is known'}"]
    notes += [f"{name}: {fit.status}: {fit.reason}" for name, fit in [*((fit.model, fit) for fit in fits), ("gamma_gamma", worth)] if not fit.converged]
    return "\n".join([*_aligned(rows), "", *notes])


def _aligned(rows: list[list[str]]) -> list[str]:
    """Names to the left, numbers to the right."""
    widths = [max(len(row[at]) for row in rows if len(row) > at) for at in range(max(map(len, rows)))]
    return [
        "  ".join(cell.ljust(width) if at == 0 else cell.rjust(width) for at, (cell, width) in enumerate(zip(row, widths, strict=False))).rstrip()
        for row in rows
    ]


def _with_error(fit: BtydFit | GammaGammaFit, name: str) -> str:
    value, error = getattr(fit, name), getattr(fit, name + "_se")
    return NONE if value != value else f"{value:.7g} ({error:.2g})"


def _number(value: float, shape: str) -> str:
    return NONE if value != value else shape.format(value)
