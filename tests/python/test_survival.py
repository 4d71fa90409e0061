"""The log-rank test's p values: known ones, and none where nothing can be compared."""

from __future__ import annotations

import math

import pyarrow as pa

from tagmart.measurement.survival import log_rank_p_values


def sums(**columns: list) -> pa.Table:
    return pa.table({"life_of": pa.array(["group", "member"][: len(columns["variance"])], pa.string()), **columns})


def test_known_quantiles():
    """Of chi-square with one degree of freedom 5 % lie beyond 3.841458820694124."""
    tested = log_rank_p_values(sums(general_over_count=[7, 4], general_expected=[5.0, 4.0], variance=[4 / 3.841458820694124, 2.0]))
    assert math.isclose(tested["chi_square"][0].as_py(), 3.841458820694124, rel_tol=1e-12)
    assert math.isclose(tested["p_value"][0].as_py(), 0.05, rel_tol=1e-12)
    assert (tested["chi_square"][1].as_py(), tested["p_value"][1].as_py()) == (0.0, 1.0)


def test_nothing_to_compare_has_no_p_value():
    tested = log_rank_p_values(sums(general_over_count=[3], general_expected=[3.0], variance=[0.0]))
    assert tested.to_pylist() == [{"life_of": "group", "chi_square": None, "p_value": None}]


def test_no_lives_are_no_rows():
    empty = pa.table(
        {"life_of": pa.array([], pa.string()), **{name: pa.array([], pa.float64()) for name in ("general_over_count", "general_expected", "variance")}}
    )
    assert log_rank_p_values(empty.to_reader()).num_rows == 0
