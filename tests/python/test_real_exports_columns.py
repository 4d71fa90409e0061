"""What a column as a whole says of its cells: epochs, serial days, hours, days before months, decimal commas, time zones."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest
from conftest import Build, Workshop
from real_exports import Row, built, losses, order, usual_orders, values, write_csv, write_parquet

NAN = float("nan")


def read(build: Build, table: str, key: str, column: str) -> list:
    """Return the values of keyed rows in the order of the cells; all must be staged."""
    staged = values(build, table, key, column)
    return [staged[f"k{number}"] for number in range(len(staged))]


def done(workshop: Workshop, raw: Path, **vars: str) -> Build:
    build = built(workshop, raw, vars=vars or None)
    assert build.success, build.text[-3000:]
    return build


# --- text -------------------------------------------------------------------------------------------

HOUR_10 = datetime(2025, 6, 1, 10)
# Table, key, column, other columns, cells and what they are.
TEXTS: dict[str, tuple[str, str, str, Row, dict[str, object]]] = {
    "days first, with a day of 13": ("customers", "customer_id", "registered_at", {}, {
        "01/12/2010": datetime(2010, 12, 1), "02/12/2010": datetime(2010, 12, 2), "03/12/2010": datetime(2010, 12, 3), "13/12/2010": datetime(2010, 12, 13)}),
    "months first, with a day of 13": ("manual_tags", "customer_id", "tagged_at", {"tag_group": "a", "tag_name": "b"}, {
        "12/1/2010 9:30 PM": datetime(2010, 12, 1, 21, 30), "12/2/2010 12:05 AM": datetime(2010, 12, 2, 0, 5), "12/13/2010 1:00 PM": datetime(2010, 12, 13, 13)}),
    "days first with dots": ("touchpoints", "event_id", "occurred_at", {"event_type": "search"}, {
        "01.06.2025 10:00": HOUR_10, "02.06.2025 10:00:30": datetime(2025, 6, 2, 10, 0, 30), "31.05.2025": datetime(2025, 5, 31)}),
    "days first with hyphens": ("staff", "userid", "joined_at", {}, {"01-06-2025 10:00": HOUR_10, "30-05-2025": datetime(2025, 5, 30), "": None}),
    "serial days": ("refunds", "refund_id", "refunded_at", {"order_id": "good0", "refund_amount": "1"}, {
        "45809": datetime(2025, 6, 1), "45809.4166666667": HOUR_10, "45658.5": datetime(2025, 1, 1, 12), "45809.0": datetime(2025, 6, 1)}),
    "serial days as birthdays": ("customers", "customer_id", "birth_date", {}, {
        "32874": date(1990, 1, 1), "36526": date(2000, 1, 1), "32874.0": date(1990, 1, 1), "": None}),
    "epochs and a serial": ("wecom_contact_ways", "config_id", "created_at", {"state": "s"}, {
        "1748772000": HOUR_10, "1748772000.0": HOUR_10, "1748772000000": HOUR_10, "1748772000000000": HOUR_10, "0": None, "NaN": None}),
    "hours with a gap, out of pandas": ("wecom_group_chats", "chat_id", "create_time", {}, {
        "2025060110.0": HOUR_10, "2025060223.0": datetime(2025, 6, 2, 23), "2025060300.0": datetime(2025, 6, 3), "NaN": None}),
    "minutes": ("campaigns", "campaign_id", "starts_at", {}, {"202506011000": HOUR_10, "202506011000.0": HOUR_10, "20250601100030.0": datetime(2025, 6, 1, 10, 0, 30)}),
    "days as numbers with a gap": ("wecom_group_chats", "chat_id", "dismissed_at", {}, {
        "20250601.0": datetime(2025, 6, 1), "20250602": datetime(2025, 6, 2), "nan": None, "0.0": None}),
    "decimal commas": ("costs", "channel", "amount", {"cost_date": "2025-06-01", "cost_kind": "traffic"}, {
        "12,50": Decimal("12.5"), "1.234,56": Decimal("1234.56"), "0,99": Decimal("0.99"), "7": Decimal(7), "1 234,50 €": Decimal("1234.5"), "1.234.567,8": Decimal("1234567.8")}),
    "decimal points": ("products", "sku_id", "list_price", {}, {
        "12.50": Decimal("12.5"), "1,234.56": Decimal("1234.56"), "1,234": Decimal(1234), "¥1,234,567": Decimal(1234567), "1 234.5": Decimal("1234.5")}),
    "money with commas in lines": ("order_items", "sku_id", "unit_price", {"order_id": "good0", "quantity": "1"}, {
        "1,5": Decimal("1.5"), "2,25": Decimal("2.25"), "10": Decimal(10)}),
}  # fmt: skip


@pytest.fixture(scope="module")
def texts(workshop, tmp_path_factory) -> Build:
    """Each column in a table of its own, or beside another of the same table; orders are dated by hours."""
    tables: dict[str, dict[str, Row]] = {}
    for table, key, column, others, cells in TEXTS.values():
        for number, cell in enumerate(cells):
            row = tables.setdefault(table, {}).setdefault(f"k{number}", {**others, key: f"k{number}"})
            row[column] = cell
    for number, row in tables["order_items"].items():
        row["line_no"] = number.removeprefix("k")
    rows = {table: list(by_key.values()) for table, by_key in tables.items()}
    filled = {table: [{column: "" for one in rows[table] for column in one} | row for row in rows[table]] for table in rows}
    return done(workshop, write_csv(tmp_path_factory.mktemp("columns") / "texts", orders=usual_orders(ordered_at=lambda number: f"20250{number // 20 + 5}{number % 20 + 1:02}10"), **filled))


@pytest.mark.parametrize("case", TEXTS)
def test_texts_by_their_column(texts, case):
    table, key, column, _, cells = TEXTS[case]
    found = values(texts, table, key, column)
    assert {cell: found[f"k{number}"] for number, cell in enumerate(cells)} == cells


def test_hours_of_orders_are_no_epochs(texts):
    """As seconds 2025060110 would be in March 2034."""
    ordered = values(texts, "orders", "order_id", "ordered_at")
    assert ordered["good0"] == datetime(2025, 5, 1, 10) and ordered["good39"] == datetime(2025, 6, 20, 10) and len(ordered) == 40
    assert texts.rows("select newest_date from staging.stg_event_horizon") == [(date(2025, 6, 20),)]
    assert "  orders.ordered_at was read as dates and hours without separators" in texts.text.splitlines()


def test_nothing_is_rejected_for_its_form(texts):
    assert texts.rows("select * from staging.stg_rejected_rows") == []
    assert losses(texts, "costs", "amount")["number_format"][0] == 5


# --- Parquet ----------------------------------------------------------------------------------------

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
    return done(workshop, write_parquet(tmp_path_factory.mktemp("columns") / "typed", types, orders=orders, **{table: list(rows.values()) for table, rows in tables.items()}))


@pytest.mark.slow
@pytest.mark.parametrize("case", TYPED)
def test_numbers_of_every_type_by_their_column(typed, case):
    table, key, column, _, _, cells = TYPED[case]
    expected = [moment or datetime.fromtimestamp(cell).replace(tzinfo=None) for cell, moment in cells] if column == "createtime" else [moment for _, moment in cells]
    assert read(typed, table, key, column) == expected


@pytest.mark.slow
def test_an_order_without_a_discount_is_no_order_less(typed):
    assert typed.rows("select count(*), count(discount_amount), count(paid_at) from staging.stg_orders") == [(40, 20, 10)]
    assert typed.rows("select reason_code from staging.stg_rejected_rows") == []
    assert [code for _, code in sorted(values(typed, "orders", "cast(substring(order_id, 5) as integer)", "status").items())] == CODES * 4
    assert typed.rows("select distinct variant from staging.stg_campaign_members__checked") == [("holdout",)]


# --- vars; last, since dbt parses the project anew for them ----------------------------------------------

UNDECIDED = {"01/12/2010 10:00": (2010, 12, 1), "02/12/2010 10:00": (2010, 12, 2), "03/12/2010 10:00": (2010, 12, 3)}


def undecided_orders() -> list[Row]:
    return [order(f"k{number}", "c1", ordered_at=cell, paid_at="") for number, cell in enumerate(UNDECIDED)]


def test_an_undecided_column_asks_for_the_var_in_one_sentence(workshop, tmp_path):
    build = built(workshop, write_csv(tmp_path / "raw", orders=undecided_orders()))
    assert build.failed == ["stg_column_formats"]
    said = ("The dates in column ordered_at of raw table orders, such as 01/12/2010 10:00, do not say whether the day or the month comes first: "
            "set var date_order to day_first or month_first.")
    assert said in build.text


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
    assert read(build, "orders", "order_id", "ordered_at") == [datetime(*day, 2) for day in UNDECIDED.values()]
    for table, key, column, _, cells in ZONED.values():
        assert read(build, table, key, column) == list(cells.values()), table
    assert "Raw times that name no zone were read in Asia/Shanghai (var raw_timezone)." in build.text


@pytest.mark.slow
def test_months_come_first_when_the_var_says_so(workshop, tmp_path):
    build = done(workshop, write_csv(tmp_path / "raw", orders=undecided_orders()), date_order="month_first")
    assert read(build, "orders", "order_id", "ordered_at") == [datetime(2010, month, 12, 10) for month in (1, 2, 3)]
