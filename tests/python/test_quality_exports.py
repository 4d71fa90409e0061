"""The raw gate on exports as shops and Excel write them: what staging reads passes, what it cannot read is named."""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path

import click
import pytest
from test_quality import check, said  # noqa: F401 (a fixture)
from workbooks import write_workbook

from workshop.quality.settings import Vars, given_vars

pytestmark = pytest.mark.slow  # a process of the gate each

ROWS = 20

CHINESE = {
    "orders": {
        "order_id": lambda i: f'="A{i}"',
        "customer_id": lambda i: f"\tｃ{i % 7}\u200b" if i % 5 else "无",
        "ordered_at": lambda i: f"2025年6月{i + 1}日 22:02",
        "paid_at": lambda i: f"2025/6/{i + 1} 22:05",
        "status": lambda i: ["交易成功", "卖家已发货", "等待买家付款", "交易关闭"][i % 4],
        "channel": lambda i: ["淘宝", "门店", "小程序"][i % 3],
        "order_amount": lambda i: f"￥1,{200 + i}.50",
        "coupon_code": lambda i: "满300减40（跨店）",
    },
    "order_items": {
        "order_id": lambda i: f"'{i}" if i > ROWS else f'="A{i}"',
        "line_no": lambda i: "１",
        "sku_id": lambda i: f"`00{i}",
        "quantity": lambda i: "2.0",
        "unit_price": lambda i: "600元",
    },
    "customers": {
        "customer_id": lambda i: f"c{i}",
        "registered_at": lambda i: "2025-05-01",
        "gender": lambda i: "男女"[i % 2],
        "birth_date": lambda i: ["1990年1月1日", "19900101", "1990/1/1", "0000-00-00"][i % 4],
        "city": lambda i: "杭州市",
    },
}


def rows_of(table: str, **changes: object) -> list[dict[str, str]]:
    columns = {**CHINESE[table], **changes}
    return [{column: write(i) if callable(write) else write for column, write in columns.items()} for i in range(ROWS)]


def write_gbk(folder: Path, tables: dict[str, list[dict]]) -> Path:
    for table, rows in tables.items():
        with (folder / f"{table}.csv").open("w", encoding="gb18030", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    return folder


def write_xlsx(folder: Path, tables: dict[str, list[dict]]) -> Path:
    for table, rows in tables.items():
        write_workbook(folder / f"{table}.xlsx", {"Sheet1": [list(rows[0]), *[list(row.values()) for row in rows]]})
    return folder


def orders(folder: Path, **changes: object) -> Path:
    return write_gbk(folder, {"orders": rows_of("orders", **changes)})


@pytest.mark.parametrize("write", [write_gbk, write_xlsx])
def test_chinese_exports_pass(check, tmp_path, write):  # noqa: F811
    status, out, err = check("raw", write(tmp_path, {table: rows_of(table) for table in CHINESE}))
    assert (status, err) == (0, ""), out


@pytest.mark.parametrize(
    "changes",
    [
        {"status": "交易成功"},
        {"ordered_at": lambda i: str(1749132120 + i), "paid_at": lambda i: f"{1749132120000 + i}.0"},
        {"ordered_at": lambda i: f"{45800 + i}.5"},  # serial days of a spreadsheet
        {"order_amount": lambda i: f"1.{200 + i},50"},
        {"paid_at": lambda i: "0000-00-00 00:00:00" if i % 2 else "2025-06-05 10:00:00 PM"},
        {"channel": "other"},
    ],
    ids=["one status", "epochs", "serials", "decimal commas", "zero dates", "codes that nobody knows"],
)
def test_what_staging_reads_passes(check, tmp_path, changes):  # noqa: F811
    status, out, err = check("raw", orders(tmp_path, **changes))
    assert (status, err) == (0, ""), out


NOTHING = hashlib.md5(b"").hexdigest()

# Two of twenty rows are 10 %, and one is just within the limit.
LOST = {
    "amounts": ({"order_amount": lambda i: "见备注" if i < 2 else "9"}, "orders.order_amount must be readable as money: 2 of 20 do not (such as 见备注), at most 5 % may."),
    "misread": ({"order_amount": lambda i: "6901234567892" if i < 2 else "9"}, "orders.order_amount must be readable as money: 2 of 20 do not (such as 6901234567892), at most 5 % may."),
    "words for nothing": ({"order_id": lambda i: ["null", "-"][i] if i < 2 else f"A{i}"}, "orders.order_id must be filled: 2 of 20 do not, at most 5 % may."),
    "lost digits": ({"order_id": "2.02207E+18"}, "orders.order_id must be readable as identifier: 20 of 20 do not (such as 2.02207E+18), at most 5 % may."),
    "hash of nothing": ({"customer_id": NOTHING}, "orders.customer_id must be filled in some rows: 20 of 20 do not, at most 99 % may."),
    "same after cleaning": ({"order_id": lambda i: f"\u3000A{i // 2}" if i % 2 else f"A{i // 2}"}, "orders.order_id must identify a row: 10 of 20 rows do not, at most 5 % may."),
}  # fmt: skip


@pytest.mark.parametrize("case", LOST)
def test_what_staging_loses_is_named(check, tmp_path, case):  # noqa: F811
    changes, sentence = LOST[case]
    status, out, err = check("raw", orders(tmp_path, **changes))
    assert (status, err, said(out)) == (1, "", [sentence])


@pytest.mark.parametrize(("lost", "status"), [(1, 0), (2, 1)])
def test_values_that_only_describe_count_too(check, tmp_path, lost, status):  # noqa: F811
    people = rows_of("customers", birth_date=lambda i: "属马" if i < lost else "1990-01-01", followers_count=lambda i: "9" * 13 if i < lost else "3")
    found, out, _ = check("raw", write_gbk(tmp_path, {"orders": rows_of("orders"), "customers": people}))
    assert found == status
    assert (
        said(out)
        == [
            f"customers.birth_date must be readable as date: {lost} of 20 do not (such as 属马), at most 5 % may.",
            f"customers.followers_count must be readable as integer: {lost} of 20 do not (such as 9999999999999), at most 5 % may.",
        ]
        * status
    )


def test_days_before_months_by_the_column(check, tmp_path):  # noqa: F811
    """Month first, all but one would lie before December."""
    orders(tmp_path, ordered_at=lambda i: f"{i + 1:02}/12/2010 08:26")
    assert check("raw", tmp_path, "--earliest-date", "2010-12-01")[0] == 0
    status, out, _ = check("raw", tmp_path, "--earliest-date", "2010-12-02")
    assert status == 0, out  # one of twenty
    assert check("raw", tmp_path, "--earliest-date", "2010-12-03")[0] == 1


def test_an_undecided_order_of_days_and_months_asks_for_the_var(check, tmp_path):  # noqa: F811
    orders(tmp_path, ordered_at=lambda i: f"0{i % 9 + 1}/12/2010")
    status, out, err = check("raw", tmp_path)
    assert (status, out) == (2, "")
    assert err == (
        "Could not check: The dates in column ordered_at of raw table orders, such as 01/12/2010, do not say whether the day or the month "
        "comes first: set var date_order to day_first or month_first.\n"
    )
    dated = ("--earliest-date", "2010-12-01")
    assert check("raw", tmp_path, "--vars", "{date_order: day_first}", *dated)[0] == 0
    assert check("raw", tmp_path, "--vars", "{date_order: month_first}", *dated)[0] == 1


def test_times_are_read_in_the_zone_of_the_var(check, tmp_path):  # noqa: F811
    """Midnight in Shanghai is the day before in UTC."""
    orders(tmp_path, ordered_at="2025-06-05 00:00:00")
    assert check("raw", tmp_path, "--earliest-date", "2025-06-05")[0] == 0
    status, out, _ = check("raw", tmp_path, "--earliest-date", "2025-06-05", "--vars", "{raw_timezone: Asia/Shanghai}")
    assert said(out) == ["orders.ordered_at must not lie before 2025-06-05: 20 of 20 do not (such as 2025-06-04 16:00:00), at most 5 % may."]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ("{raw_timezone: Peking}", "The var raw_timezone is 'Peking': give an IANA name such as Asia/Shanghai."),
        ("{date_order: american}", "The var date_order is 'american': give auto, day_first or month_first."),
        ("{earliest_date: '2001-02-31'}", "The var earliest_date is '2001-02-31': give a date as 'YYYY-MM-DD', in quotes."),
    ],
)
def test_a_var_that_cannot_be_ends_with_2(check, tmp_path, given, sentence):  # noqa: F811
    status, out, err = check("raw", orders(tmp_path), "--vars", given)
    assert (status, out, err) == (2, "", f"Could not check: {sentence}\n")


def test_vars_of_the_command_line():
    asked = Vars().convert("{raw_encoding: gbk, date_order: day_first}", None, None)
    assert given_vars(asked, raw_encoding="big5", earliest_date=None) == {"raw_encoding": "big5", "date_order": "day_first"}
    with pytest.raises(click.BadParameter, match="is no mapping"):
        Vars().convert("day_first", None, None)
