"""What a column of texts says as a whole of its cells: epochs, serial days, hours, days before months, decimal commas."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from conftest import Build
from real_exports import Row, built, done, losses, order, usual_orders, values, write_csv

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
    return done(
        workshop,
        write_csv(
            tmp_path_factory.mktemp("columns") / "texts",
            orders=usual_orders(ordered_at=lambda number: f"20250{number // 20 + 5}{number % 20 + 1:02}10"),
            **filled,
        ),
    )


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


def test_an_undecided_column_asks_for_the_var_in_one_sentence(workshop, tmp_path):
    days = ["01/12/2010", "02/12/2010", "03/12/2010"]
    build = built(workshop, write_csv(tmp_path / "raw", orders=[order(f"k{number}", "c1", ordered_at=day, paid_at="") for number, day in enumerate(days)]))
    assert build.failed == ["stg_column_formats"]
    said = (
        "The dates in column ordered_at of raw table orders, such as 01/12/2010, do not say whether the day or the month comes first: "
        "set var date_order to day_first or month_first."
    )
    assert said in build.text
