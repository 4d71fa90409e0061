"""Losing much is red: one sentence names the table and its share, and nothing is built on it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from real_exports import Row, built, summary_line, usual_orders, write_csv

SELECT = "+int_as_of_dates +stg_delivery_summary"
LOSES = "The raw table {} loses {} of its {} rows, most of them as {}, more than var max_rejected_share (0.2) lets through"
NOTHING = "The raw table orders stages none of its {} rows, most of them as {}, so there is nothing to build"
THEN = ": look into staging.stg_rejected_rows and repair the export."


def customers(count: int, **cells: object) -> list[Row]:
    rows = [{"customer_id": f"m{number}", "registered_at": "2025-03-01", "city": "上海"} for number in range(count)]
    return [{**row, **{column: made(number) if callable(made) else made for column, made in cells.items()}} for number, row in enumerate(rows)]


def broken_bytes(folder: Path) -> Path:
    """Write what no encoding holds into every city; the header is UTF-8."""
    file = write_csv(folder, orders=usual_orders(), customers=customers(9, 备注="", 渠道="")) / "customers.csv"
    file.write_bytes(file.read_bytes().replace("上海,".encode(), b"\xff\xfe\x81,"))
    return folder


def cut_lines(folder: Path) -> Path:
    write_csv(folder, orders=usual_orders())
    (folder / "customers.csv").write_text("customer_id,registered_at,city\n" + "".join(f"m{number},2025-03-01\n" for number in range(9)), encoding="utf-8")
    return folder


RED = {
    "a status that nobody knows in every order": (
        lambda folder: write_csv(folder, orders=usual_orders(status="鸿运当头")), NOTHING.format(40, "unknown_code of status")),
    "identifiers that lost their digits in every order": (
        lambda folder: write_csv(folder, orders=usual_orders(order_id="2.02207E+18", order_amount=lambda number: str(number))), NOTHING.format(40, "unreadable_value of order_id")),
    "amounts in words in every order": (
        lambda folder: write_csv(folder, orders=usual_orders(order_amount="免费")), NOTHING.format(40, "unreadable_value of order_amount")),
    "nine of forty orders": (
        lambda folder: write_csv(folder, orders=usual_orders(order_amount=lambda number: "1.2万" if number < 6 else "-1" if number < 9 else "50")),
        LOSES.format("orders", 9, 40, "unreadable_value of order_amount")),
    "registered at no time in every customer": (
        lambda folder: write_csv(folder, orders=usual_orders(), customers=customers(9, registered_at="很久以前")),
        LOSES.format("customers", 9, 9, "unreadable_value of registered_at")),
    "bad bytes in every customer": (broken_bytes, LOSES.format("customers", 9, 9, "unreadable_line of invalid_encoding")),
    "too few cells in every customer": (cut_lines, LOSES.format("customers", 9, 9, "unreadable_line of missing_columns")),
    "refunds of another shop": (
        lambda folder: write_csv(folder, orders=usual_orders(), refunds=[
            {"refund_id": f"r{number}", "order_id": f"good{number}" if number > 1 else "elsewhere", "refunded_at": "2025-05-05", "refund_amount": "1"} for number in range(9)]),
        LOSES.format("refunds", 2, 9, "orphan")),
}  # fmt: skip


@pytest.mark.parametrize("case", [case if number == 4 else pytest.param(case, marks=pytest.mark.slow) for number, case in enumerate(RED)])
def test_losing_much_is_red(workshop, tmp_path, case):
    write, sentence = RED[case]
    build = built(workshop, write(tmp_path / "raw"), select=SELECT)
    assert build.failed == ["stg_delivery_accepted"], build.text[-3000:]
    assert build.text.count(sentence + THEN) >= 1
    assert len(set(re.findall(r"The raw table [a-z_]+ (?:loses|stages none of its) [0-9].*?export[.]", build.text))) == 1
    assert build.rows("select count(*) from information_schema.tables where table_name = 'int_as_of_dates'") == [(0,)]
    assert int(summary_line(build, "customers" if "customers" in sentence else "refunds" if "refunds" in sentence else "orders")[4]) >= 2, (
        "the table is there all the same"
    )
