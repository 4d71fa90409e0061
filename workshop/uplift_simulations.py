"""`python -m workshop uplift-simulations`: are effects as sure as they say, where the truth is known?

Brands are drawn at the level of what the models add up (customers with what they spent before and in the window), measured by the functions
that measure campaigns, and compared with the effect that they were drawn with. Results are kept by a hash of the code: `--afresh` forgets them.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable
from pathlib import Path

import click
import numpy as np
import pyarrow as pa

from tagmart.measurement import effects
from tagmart.measurement.arms import VARIABLES, product_name

AMOUNT, SPREAD = 4.3, 0.5  # of a customer's mean order: ln in the brand's currency
SCALE = 100  # sums are added up in whole hundredths


def customers(rng: np.random.Generator, count: int, extra_orders: np.ndarray | float = 0.0) -> np.ndarray:
    """Draw what customers spend in a window of 30 days, and net amount and orders of the year before, in hundredths (count, 3).

    Rates are gamma (most buy rarely), each has a mean amount of their own, the amounts of a year and of a window scatter about it;
    extra_orders are expected beyond that, (count,) or one number.
    """
    rate, mean = rng.gamma(0.6, 5, count), rng.lognormal(AMOUNT, SPREAD, count)
    before, now = rng.poisson(rate), rng.poisson(rate * 30 / 365 + extra_orders)
    spent = [np.where(orders > 0, mean * rng.gamma(np.maximum(2 * orders, 1), 0.5), 0) for orders in (now, before)]
    return np.round(SCALE * np.column_stack([spent[0], spent[1], before])).astype(np.int64)


def measured(drawn: np.ndarray, is_treated: np.ndarray) -> dict:
    """The effect that the project would show of a campaign with these customers and arms."""
    rows = []
    for variant, rows_of in (("treatment", drawn[is_treated]), ("holdout", drawn[~is_treated])):
        row = {"campaign_id": "c", "window_starts_date": None, "scheme_code": "all", "segment_code": "all", "variant": variant, "is_ended": True}
        row |= {"customers_count": len(rows_of), "buyers_count": int((rows_of[:, 0] > 0).sum())}
        row |= {f"{name}_sum": int(rows_of[:, place].sum()) for place, name in enumerate(VARIABLES)}
        rows.append(row | {product_name(i, j): int(rows_of[:, i] @ rows_of[:, j]) for i in range(3) for j in range(i, 3)})
    return effects.effects_of(pa.Table.from_pylist(rows)).to_pylist()[0]


def same_to_both(assignments: int, seed: int = 14) -> dict[str, float]:
    """A/A: one brand of 3,000 customers to whom nothing is done, assigned at random again and again; the share of p below 0.05."""
    rng = np.random.default_rng(seed)
    drawn = customers(rng, 3000)
    found = [measured(drawn, rng.permutation(len(drawn)) < len(drawn) * rng.choice([0.5, 0.8])) for _ in range(assignments)]
    return {
        "A/A, false positives": float(np.mean([row["p_value"] < 0.05 for row in found])),
        "A/A, false positives, adjusted": float(np.mean([row["adjusted_p_value"] < 0.05 for row in found])),
        "A/A, widest adjusted interval, times Welch": max(_ratio(row) for row in found),
    }


def true_effect(brands: int, seed: int = 141) -> dict[str, float]:
    """Brands of 500 to 5,000 customers, 50 to 90 % of them treated, with 0 to 0.15 extra orders: how often the interval holds the truth."""
    rng = np.random.default_rng(seed)
    found = []
    for _ in range(brands):
        count, share, extra = int(rng.integers(500, 5001)), rng.choice([0.5, 0.8, 0.9]), rng.choice([0, 0.04, 0.06, 0.15])
        is_treated = rng.permutation(count) < count * share
        row = measured(customers(rng, count, extra * is_treated), is_treated)
        truth = SCALE * extra * np.exp(AMOUNT + SPREAD**2 / 2)
        found.append((row["difference_low"] <= truth <= row["difference_high"], row["adjusted_low"] <= truth <= row["adjusted_high"], _ratio(row)))
    plain, adjusted, ratios = zip(*found, strict=True)
    return {
        "known effect, covered": float(np.mean(plain)),
        "known effect, covered, adjusted": float(np.mean(adjusted)),
        "known effect, widest adjusted interval, times Welch": max(ratios),
        "known effect, mean adjusted interval, times Welch": float(np.mean(ratios)),
    }


def _ratio(row: dict) -> float:
    return (row["adjusted_high"] - row["adjusted_low"]) / (row["difference_high"] - row["difference_low"])


BOUNDS = {"false positives": (0.04, 0.06), "covered": (0.935, 0.965), "widest": (0, 1.01), "mean": (0, 1)}


@click.command("uplift-simulations", context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--assignments", default=1000, show_default=True, help="Random assignments of the brand to whom nothing is done.")
@click.option("--brands", default=500, show_default=True, help="Brands with a known effect.")
@click.option("--folder", default="target/uplift_simulations", show_default=True, type=click.Path(path_type=Path), help="Where results are kept.")
@click.option("--afresh", is_flag=True, help="Forget what is kept.")
def uplift_simulations_command(assignments: int, brands: int, folder: Path, afresh: bool) -> None:
    """Measure campaigns whose truth is known. Exit status: 0 all within their bounds, 1 not."""
    figures = _kept(folder, same_to_both, assignments, afresh) | _kept(folder, true_effect, brands, afresh)
    outside = False
    for name, figure in figures.items():
        low, high = next(bounds for word, bounds in BOUNDS.items() if word in name)
        outside |= not low <= figure <= high
        click.echo(f"{name:<54}{figure:8.4f}   {low:g} to {high:g}{'' if low <= figure <= high else '   OUTSIDE'}")
    sys.exit(int(outside))


def _kept(folder: Path, simulate: Callable[[int], dict[str, float]], count: int, afresh: bool) -> dict[str, float]:
    code = b"".join(file.read_bytes() for file in [*sorted(Path(effects.__file__).parent.glob("*.py")), Path(__file__)])
    file = folder / f"{simulate.__name__}_{count}_{hashlib.sha256(code).hexdigest()[:12]}.json"
    if afresh or not file.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(simulate(count), indent=1), encoding="utf-8")
    return json.loads(file.read_text(encoding="utf-8"))
