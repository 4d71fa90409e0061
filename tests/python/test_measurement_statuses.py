"""When an effect of a campaign is shown and when it is not, and which classes are judged together."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
import pytest
from measured_campaigns import drawn, sums_of
from statsmodels.stats.multitest import multipletests

from tagmart.measurement.effects import SCHEMA, effects_of


def effects(arms: dict[tuple[str, str], tuple[int, int]], is_ended: bool = True) -> dict[str, dict]:
    """Effects of one campaign by class; arms: (treated, held out) by scheme and class."""
    rows = []
    for place, ((scheme, segment), counts) in enumerate(arms.items()):
        for variant, count in zip(("treatment", "holdout"), counts, strict=True):
            key = {"campaign_id": "c", "window_starts_date": date(2025, 6, 1), "scheme_code": scheme, "segment_code": segment}
            rows += [key | {"variant": variant, "is_ended": is_ended} | sums_of(drawn(count, 2 * place + (variant == "holdout")))] if count else []
    return {row["segment_code"]: row for row in effects_of(pa.Table.from_pylist(rows)).to_pylist()}


def test_an_effect_is_withheld_when_the_arms_are_not_as_planned():
    """600 : 500 of all passes for an even split; its class of 400 : 150 does not, 30 customers are enough and 29 are not."""
    found = effects({("all", "all"): (600, 500), ("rfm", "a"): (400, 150), ("rfm", "b"): (40, 40), ("rfm", "c"): (40, 29)})
    assert {name: row["status"] for name, row in found.items()} == {
        "all": "measured", "a": "sample_ratio_failed", "b": "measured", "c": "not_enough_data"
    }  # fmt: skip
    assert found["a"]["difference"] is None and found["a"]["detectable_difference"] is None and found["a"]["sample_ratio_p_value"] < 0.001
    assert found["c"]["difference"] is None and found["c"]["detectable_difference"] > 0
    assert effects({("all", "all"): (5000, 6000)})["all"]["status"] == "sample_ratio_failed"


def test_an_effect_waits_for_the_end_and_needs_a_hold_out():
    assert effects({("all", "all"): (60, 60)}, is_ended=False)["all"]["status"] == "running"
    assert {row["status"] for row in effects({("all", "all"): (60, 0), ("rfm", "a"): (60, 0)}).values()} == {"no_holdout"}
    assert effects({("all", "all"): (60, 60), ("rfm", "a"): (60, 0)})["a"]["status"] == "not_enough_data"


def test_classes_of_a_scheme_are_one_family():
    found = effects({("all", "all"): (200, 200), ("rfm", "a"): (100, 100), ("rfm", "b"): (100, 100), ("aipl", "x"): (200, 200)})
    adjusted = multipletests([found["a"]["p_value"], found["b"]["p_value"]], method="holm")[1]
    assert [found["a"]["holm_p_value"], found["b"]["holm_p_value"]] == pytest.approx(list(adjusted), rel=1e-12)
    assert all(found[name]["holm_p_value"] == found[name]["p_value"] for name in ("all", "x"))


def test_a_brand_without_campaigns_has_no_effects():
    one = pa.Table.from_pylist([{"campaign_id": "c", "variant": "treatment"}])
    for rows in (one.slice(0, 0), one.slice(0, 0).to_reader()):
        found = effects_of(rows)
        assert found.num_rows == 0 and found.schema == SCHEMA
