"""Channels, the chain and products on random dirty brands: every cell equals a count made one customer and one order at a time."""

from __future__ import annotations

from datetime import date, timedelta

import brands
import duckdb
import measured_brands
import measured_channels
import measured_products
import pytest
from dbt_calls import PROJECT
from draws import drawn
from jinja2 import Environment
from statsmodels.stats.proportion import proportion_confint

MEASURES = ["channel_quality", "chain_funnel", "product_association", "product_performance"]
COUNTS = {
    "views_count": "views",
    "viewers_count": "viewers",
    "viewed_30d_ago_count": "viewed",
    "view_to_order_count": "followed",
    "dwell_seconds": "dwell",
    "carts_count": "carts",
    "buyers_count": "buyers",
    "orders_count": "orders",
    "lines_count": "lines",
    "quantity": "quantity",
    "line_amount": "line",
    "payable_amount": "payable",
    "refund_amount": "refund",
    "returned_quantity": "returned",
}


def build(workshop, tables: brands.Tables, **vars) -> duckdb.DuckDBPyConnection:
    folder = brands.write(tables, workshop.folder / "channels")
    select = " ".join(f"+{measure}" for measure in MEASURES)
    built = workshop.build(folder, select=select, vars={"max_rejected_share": 1, **vars})
    assert built.success, built.text[-3000:]
    return duckdb.connect(str(built.database), read_only=True)


def close(actual: tuple, expected: tuple) -> bool:
    """Equal: money and rates to half of their last place, anything else exactly."""
    pairs = zip(actual, expected, strict=True)
    return all((one is None) == (other is None) and (one is None or float(one) == pytest.approx(float(other), rel=1e-9, abs=6e-5)) for one, other in pairs)


def differences(actual: dict, expected: dict) -> list:
    wrong = [(key, actual.get(key), expected.get(key)) for key in {*actual, *expected} if key not in actual or key not in expected]
    return wrong + [(key, actual[key], expected[key]) for key in actual if key in expected and not close(actual[key], expected[key])]


def rows(database, table: str, keys: int, skipped: int = 1) -> dict[tuple, tuple]:
    """Rows by their key; the as-of date before it is left out."""
    return {row[skipped : skipped + keys]: row[skipped + keys :] for row in database.execute(f"select * from measurement.{table}").fetchall()}


def check(database) -> None:
    assert not (wrong := differences(rows(database, "channel_quality", 3), measured_channels.channel_quality(database)))[:3], wrong[:3]
    funnel = "(select * exclude (position, step_en, step_zh) from measurement.chain_funnel)"
    measured = {row[1:5]: row[5:] for row in database.execute(f"select * from {funnel}").fetchall()}
    assert not (wrong := differences(measured, measured_channels.chain_funnel(database))), wrong[:3]
    pairs = database.execute(
        "select kind, sku_id, other_sku_id, place, pair_count, sku_count, other_count, total_count, confidence, confidence_low, confidence_high, shrunk_lift,"
        " median_days_between from measurement.product_association"
    ).fetchall()
    expected = measured_products.product_association(database)
    assert not (wrong := differences({row[:3]: row[3:] for row in pairs}, expected)), wrong[:3]
    expected = measured_products.product_performance(database)
    measured = {row["sku_id"]: row for row in measured_channels.records(database, "select * from measurement.product_performance")}
    counted = {sku: tuple(row[name] for name in COUNTS) for sku, row in measured.items()}
    assert not (wrong := differences(counted, {sku: tuple(cell[name] for name in COUNTS.values()) for sku, cell in expected.items()})), wrong[:3]
    for sku, row in measured.items():
        followed = measured_channels.shares(row["view_to_order_count"], row["viewed_30d_ago_count"])
        dwell = float(expected[sku]["dwell"] / expected[sku]["timed"]) if expected[sku]["timed"] else None
        assert close((row["view_to_order_share"], row["view_to_order_share_low"], row["view_to_order_share_high"]), followed), row
        assert close((row["average_dwell_seconds"],), (dwell,)) and row["net_amount"] == row["payable_amount"] - row["refund_amount"], row


@pytest.mark.slow
@pytest.mark.parametrize("seed", drawn(range(6), least=2))
def test_every_cell_is_what_a_count_by_hand_says(workshop, seed):
    with build(workshop, measured_brands.measured_brand(measured_brands.shape_of(1000 + seed))) as database:
        check(database)


@pytest.mark.slow
def test_of_an_earlier_day_says_what_was_said_on_it(workshop):
    """Nothing dated after the as-of date counts: not a cost, a refund, a loss, a view or an order."""
    shape = brands.Shape(seed=77, people=60, newest=date(2025, 3, 31))
    tables, day = measured_brands.measured_brand(shape), shape.newest - timedelta(days=47)
    told = []
    for was in (tables, brands.cut_at(tables, day)):
        with build(workshop, was, as_of_date=day.isoformat()) as database:
            told.append({measure: database.execute(f"select * from measurement.{measure} order by all").fetchall() for measure in MEASURES})
    assert told[0]["channel_quality"] and told[0] == told[1]


@pytest.mark.parametrize(("count", "of"), [(81, 263), (0, 1), (1, 1), (0, 40), (40, 40), (1, 1000000), (500000, 1000000)])
def test_intervals_are_those_of_wilson(count, of):
    """81 of 263 is the published figure: .2553 to .3662. Nothing of nothing has none."""
    rendered = bounds()
    with duckdb.connect() as connection:
        low, high = connection.execute(f"select {rendered} from (select {count} as successes, {of} as trials)").fetchall()[0]
        assert connection.execute(f"select {rendered} from (select 0 as successes, 0 as trials)").fetchall() == [(None, None)]
    assert (low, high) == pytest.approx(proportion_confint(count, of, method="wilson"), rel=1e-9, abs=1e-12) and 0 <= low <= count / of <= high <= 1
    assert (count, of) != (81, 263) or (round(low, 4), round(high, 4)) == (0.2553, 0.3662)


def bounds() -> str:
    """Both bounds of the project's macro as SQL over columns successes and trials."""
    answers: list[str] = []
    macro = (PROJECT / "macros/measurement/wilson_bound.sql").read_text(encoding="utf-8")
    call = "{{ wilson_bound('successes', 'trials', '-') }}{{ wilson_bound('successes', 'trials', '+') }}"
    Environment().from_string(macro + call).render({"return": lambda sql: answers.append(sql) or ""})
    return ", ".join(answers)
