"""The vars that say which comes first, day or month, and whose clock times without a zone are of; dbt parses the project anew for them."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from real_exports import Row, done, in_order, order, write_csv

HOUR_10 = datetime(2025, 6, 1, 10)
UNDECIDED = {"01/12/2010 10:00": (2010, 12, 1), "02/12/2010 10:00": (2010, 12, 2), "03/12/2010 10:00": (2010, 12, 3)}


def undecided_orders() -> list[Row]:
    return [order(f"k{number}", "c1", ordered_at=cell, paid_at="") for number, cell in enumerate(UNDECIDED)]


ZONED: dict[str, tuple[str, str, str, Row, dict[str, datetime | date]]] = {
    "clock on the wall": ("touchpoints", "event_id", "occurred_at", {"event_type": "search"}, {
        "2025-06-01 18:00:00": HOUR_10, "2025年6月1日 18:00": HOUR_10, "2025/6/1 下午6:00": HOUR_10, "20250601180000": HOUR_10,
        "2025-06-01T10:00:00Z": HOUR_10, "2025-06-01T18:00:00+08:00": HOUR_10, "2025-06-01 06:00 America/New_York": HOUR_10}),
    "epochs": ("refunds", "refund_id", "refunded_at", {"order_id": "k0", "refund_amount": "1"}, {"1748772000": HOUR_10, "1748772000.0": HOUR_10}),
    "serial days": ("campaign_members", "customer_id", "assigned_at", {"campaign_id": "c", "variant": "holdout"}, {"45809.75": HOUR_10, "45809": datetime(2025, 5, 31, 16)}),
    "hours": ("staff", "userid", "joined_at", {}, {"2025060118": HOUR_10, "2025060108": datetime(2025, 6, 1)}),
    "birthdays": ("customers", "customer_id", "birth_date", {}, {"1990-01-01": date(1990, 1, 1), "1990年1月1日": date(1990, 1, 1), "1990-01-01 00:00:00": date(1990, 1, 1)}),
    "costs": ("costs", "channel", "cost_date", {"cost_kind": "traffic", "amount": "1"}, {"01/06/2025": date(2025, 6, 1), "2025-06-01": date(2025, 6, 1)}),
}  # fmt: skip


@pytest.mark.slow
def test_the_vars_say_which_comes_first_and_whose_clock_it_is(workshop, tmp_path):
    """Times that name a zone, epochs and days are not moved."""
    tables = {table: [{key: f"k{number}", **others, column: cell} for number, cell in enumerate(cells)] for table, key, column, others, cells in ZONED.values()}
    build = done(workshop, write_csv(tmp_path / "raw", orders=undecided_orders(), **tables), date_order="day_first", raw_timezone="Asia/Shanghai")
    assert in_order(build, "orders", "order_id", "ordered_at") == [datetime(*day, 2) for day in UNDECIDED.values()]
    for table, key, column, _, cells in ZONED.values():
        assert in_order(build, table, key, column) == list(cells.values()), table
    assert "Raw times that name no zone were read in Asia/Shanghai (var raw_timezone)." in build.text


@pytest.mark.slow
def test_months_come_first_when_the_var_says_so(workshop, tmp_path):
    build = done(workshop, write_csv(tmp_path / "raw", orders=undecided_orders()), date_order="month_first")
    assert in_order(build, "orders", "order_id", "ordered_at") == [datetime(2010, month, 12, 10) for month in (1, 2, 3)]
