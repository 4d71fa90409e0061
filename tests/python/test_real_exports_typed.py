"""Times and amounts in every numeric type of Parquet, with what pandas writes where there is nothing."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pyarrow as pa
import pytest
from conftest import Build
from real_exports import Row, done, in_order, usual_orders, values, write_parquet

NAN = float("nan")
HOUR_10 = datetime(2025, 6, 1, 10)
JUNE_15 = datetime(2025, 6, 15)
SECONDS = 1749945600.0  # JUNE_15
TYPED: dict[str, tuple[str, str, str, pa.DataType, Row, list[tuple[object, object]]]] = {
    "doubles, never deleted": ("wecom_contacts", "external_userid", "deleted_at", pa.float64(), {"userid": "s1"}, [
        (SECONDS, JUNE_15), (NAN, None), (0.0, None), (None, None), (SECONDS * 1000, JUNE_15), (SECONDS + 0.5, datetime(2025, 6, 15, 0, 0, 0, 500000))]),
    "doubles as a key": ("wecom_contacts", "external_userid", "createtime", pa.float64(), {}, [(SECONDS - 86400 * 30 * number, None) for number in range(6)]),
    "whole numbers": ("touchpoints", "event_id", "occurred_at", pa.int64(), {"event_type": "SEARCH"}, [(1749945600, JUNE_15), (1749945600123, datetime(2025, 6, 15, 0, 0, 0, 123000))]),
    "short whole numbers": ("campaign_members", "customer_id", "assigned_at", pa.int32(), {"campaign_id": "c", "variant": "HoldOut"}, [(1749945600, JUNE_15), (0, None), (None, None)]),
    "decimals": ("refunds", "refund_id", "refunded_at", pa.decimal128(16, 3), {"order_id": "good0", "refund_amount": "1"}, [
        (Decimal("1749945600.000"), JUNE_15), (Decimal("1749945600.250"), datetime(2025, 6, 15, 0, 0, 0, 250000))]),
    "hours as doubles": ("staff", "userid", "left_at", pa.float64(), {}, [(2025060110.0, HOUR_10), (2025060223.0, datetime(2025, 6, 2, 23)), (NAN, None), (0.0, None)]),
    "days as doubles": ("customers", "customer_id", "birth_date", pa.float64(), {}, [(19900101.0, date(1990, 1, 1)), (NAN, None), (20000229.0, date(2000, 2, 29)), (0.0, None)]),
    "days as whole numbers": ("customers", "customer_id", "registered_at", pa.int64(), {}, [(20250601, datetime(2025, 6, 1)), (20250602, datetime(2025, 6, 2)), (0, None), (None, None)]),
    "serial days as doubles": ("campaigns", "campaign_id", "starts_at", pa.float64(), {}, [(45809.0, datetime(2025, 6, 1)), (45809.5, datetime(2025, 6, 1, 12)), (NAN, None)]),
    "hours as whole numbers": ("manual_tags", "customer_id", "tagged_at", pa.int64(), {"tag_group": "a", "tag_name": "b"}, [(2025060110, HOUR_10), (None, None)]),
    "amounts with NaN": ("products", "sku_id", "list_price", pa.float64(), {}, [(12.5, Decimal("12.5")), (NAN, None), (float("inf"), None), (0.1 + 0.2, Decimal("0.3"))]),
}  # fmt: skip
STATUSES = ["Completed", "TRADE_FINISHED", "Paid", "SHIPPED", "delivered", "Refunded", "Wc-Completed", "交易成功", "Closed", "CANCELED"]
CODES = ["completed", "completed", "paid", "shipped", "completed", "refunded", "completed", "completed", "closed", "cancelled"]


@pytest.fixture(scope="module")
def typed(workshop, tmp_path_factory) -> Build:
    """Orders have NaN for no discount, and their status in any letter case."""
    types: dict[str, dict[str, pa.DataType]] = {"orders": {"discount_amount": pa.float64(), "order_amount": pa.float64(), "paid_at": pa.float64()}}
    tables: dict[str, dict[str, Row]] = {}
    for table, key, column, type_, others, cells in TYPED.values():
        types.setdefault(table, {})[column] = type_
        for number, (cell, _) in enumerate(cells):
            row = tables.setdefault(table, {}).setdefault(f"k{number}", {key: f"k{number}"})
            row |= {**others, column: cell}
    orders = usual_orders(discount_amount=lambda number: NAN if number % 2 else 1.5, order_amount=50.0, status=lambda number: STATUSES[number % 10],
                          paid_at=lambda number: [SECONDS, NAN, 0.0, None][number % 4])  # fmt: skip
    return done(
        workshop,
        write_parquet(tmp_path_factory.mktemp("columns") / "typed", types, orders=orders, **{table: list(rows.values()) for table, rows in tables.items()}),
    )


@pytest.mark.slow
@pytest.mark.parametrize("case", TYPED)
def test_numbers_of_every_type_by_their_column(typed, case):
    table, key, column, _, _, cells = TYPED[case]
    expected = (
        [moment or datetime.fromtimestamp(cell).replace(tzinfo=None) for cell, moment in cells] if column == "createtime" else [moment for _, moment in cells]
    )
    assert in_order(typed, table, key, column) == expected


@pytest.mark.slow
def test_an_order_without_a_discount_is_no_order_less(typed):
    assert typed.rows("select count(*), count(discount_amount), count(paid_at) from staging.stg_orders") == [(40, 20, 10)]
    assert typed.rows("select reason_code from staging.stg_rejected_rows") == []
    assert [code for _, code in sorted(values(typed, "orders", "cast(substring(order_id, 5) as integer)", "status").items())] == CODES * 4
    assert typed.rows("select distinct variant from staging.stg_campaign_members__checked") == [("holdout",)]
