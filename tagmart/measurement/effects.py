"""Sums by trial, class and variant in, effects by trial and class out. A trial is a campaign, or a month of a hold-out from everything."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

import pyarrow as pa

from tagmart.measurement.arms import VARIABLES, Arm, arm_of
from tagmart.measurement.intervals import Difference, adjusted_difference, money_difference, rate_difference
from tagmart.measurement.trials import SAMPLE_RATIO_ALPHA, detectable, error_where_alike, holm, planned_share, sample_ratio

MIN_CUSTOMERS = 30  # in each arm: with fewer, the mean of money is not near enough to normal
MIN_BUYERS = 10  # in both arms together: with fewer, chance decides alone
ALL = "all"
KEY = ["campaign_id", "window_starts_date", "scheme_code", "segment_code"]
NUMBERS = [
    *["planned_treatment_share", "sample_ratio_statistic", "sample_ratio_p_value"],
    *["difference", "difference_error", "difference_low", "difference_high", "p_value", "holm_p_value"],
    *["adjusted_difference", "adjusted_low", "adjusted_high", "adjusted_p_value"],
    *["rate_difference", "rate_difference_low", "rate_difference_high", "detectable_difference"],
]
TEXTS = [("campaign_id", pa.string()), ("window_starts_date", pa.date32()), ("scheme_code", pa.string()), ("segment_code", pa.string())]
SCHEMA = pa.schema([*TEXTS, ("status", pa.string()), *[(name, pa.float64()) for name in NUMBERS]])
NOBODY = arm_of(dict.fromkeys(["customers_count", "buyers_count", *(f"{name}_sum" for name in VARIABLES)], 0))


def effects_of(rows: pa.Table | pa.RecordBatchReader) -> pa.Table:
    """Measure each trial and class.

    Columns: KEY, variant (treatment, holdout), is_ended, customers_count, buyers_count and the sums of arms.py; a trial has a row of
    scheme `all` for each of its variants. Returns SCHEMA, one row per KEY, numbers null where status says why.
    """
    table = rows if isinstance(rows, pa.Table) else rows.read_all()
    ordered = sorted(table.to_pylist(), key=lambda row: [row[name] for name in KEY])
    measured = [row for _, trial in groupby(ordered, key=lambda row: [row[name] for name in KEY[:2]]) for row in _trial(list(trial))]
    return pa.Table.from_pylist(measured, schema=SCHEMA)


def _trial(rows: list[dict]) -> Iterator[dict]:
    classes = {}
    for row in rows:
        classes.setdefault((row["scheme_code"], row["segment_code"]), {})[row["variant"]] = arm_of(row)
    whole = classes.get((ALL, ALL), {})
    counts = [whole[variant].customers if variant in whole else 0 for variant in ("treatment", "holdout")]
    planned = planned_share(*counts) if all(counts) else None
    found = {
        code: _effect(arms.get("treatment", NOBODY), arms.get("holdout", NOBODY), planned, bool(rows[0]["is_ended"]), bool(counts[1]))
        for code, arms in classes.items()
    }
    for _, family in groupby(sorted(found), key=lambda code: code[0]):
        tested = [code for code in family if found[code].get("p_value") is not None]
        for code, adjusted in zip(tested, holm([found[code]["p_value"] for code in tested]), strict=True):
            found[code]["holm_p_value"] = adjusted
    for (scheme, segment), effect in found.items():
        yield {name: rows[0][name] for name in KEY[:2]} | {"scheme_code": scheme, "segment_code": segment} | effect


def _effect(treatment: Arm, holdout: Arm, planned: float | None, is_ended: bool, has_holdout: bool) -> dict:
    customers = treatment.customers, holdout.customers
    ratio = {}
    if planned and sum(customers):
        statistic, p_value = sample_ratio(*customers, planned)
        ratio = {"planned_treatment_share": planned, "sample_ratio_statistic": statistic, "sample_ratio_p_value": p_value}
    if not has_holdout or not is_ended:
        return {"status": "running" if has_holdout else "no_holdout", **ratio}
    money = money_difference(treatment, holdout)
    scatter = error_where_alike(treatment, holdout)
    shown = {"detectable_difference": detectable(scatter, customers)} if scatter and sum(customers) > 3 else {}
    if money is None or min(customers) < MIN_CUSTOMERS or treatment.buyers + holdout.buyers < MIN_BUYERS:
        return {"status": "not_enough_data", **ratio, **shown}
    if ratio["sample_ratio_p_value"] < SAMPLE_RATIO_ALPHA:
        return {"status": "sample_ratio_failed", **ratio}
    return {"status": "measured", **ratio, **shown, **_numbers(treatment, holdout, money)}


def _numbers(treatment: Arm, holdout: Arm, money: Difference) -> dict:
    found = {f"difference{part}": value for part, value in (("", money.value), ("_error", money.error), ("_low", money.low), ("_high", money.high))}
    adjusted = adjusted_difference(treatment, holdout)
    if adjusted is not None:
        found |= {"adjusted_difference": adjusted.value, "adjusted_low": adjusted.low, "adjusted_high": adjusted.high, "adjusted_p_value": adjusted.p_value}
    rates = zip(("rate_difference", "rate_difference_low", "rate_difference_high"), rate_difference(treatment, holdout), strict=True)
    return found | {"p_value": money.p_value} | dict(rates)
