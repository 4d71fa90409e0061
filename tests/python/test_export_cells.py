"""Cells of exports: amounts against Python's Decimal, phone numbers, zones, the words for nothing."""

from __future__ import annotations

from decimal import ROUND_UP, Decimal
from hashlib import sha256

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tagmart.importers.exports.amounts import amount
from tagmart.importers.exports.cells import define, named

CON = duckdb.connect()
define(CON)


def value(sql: str, *cells: str | None):
    return CON.execute(f"select {sql}", list(cells)).fetchall()[0][0]


def computed(expression: dict, **cells: str | None) -> str | None:
    CON.execute("create or replace table cells as select " + ", ".join(f"cast(? as varchar) as {named(name)}" for name in cells), list(cells.values()))
    return CON.execute(f"select {amount(expression, named)} from cells").fetchall()[0][0]


AMOUNTS = st.decimals(min_value=Decimal("-99999.9999"), max_value=Decimal("99999.9999"), places=4)
WRITTEN = ("{}", "¥{}", " {}\t", "{}元", '="{}"', "$ {}", "{} ")


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(a=AMOUNTS, b=AMOUNTS, c=AMOUNTS, style=st.sampled_from(WRITTEN))
def test_sums_of_cells_are_exact(a, b, c, style):
    cells = {"a": style.format(a), "b": f"{b}", "c": style.format(c)}
    assert Decimal(computed({"subtract": [{"add": ["a", "b"]}, "c"]}, **cells)) == a + b - c
    assert Decimal(computed({"at_least_zero": {"subtract": ["a", "c"]}}, **cells)) == max(Decimal(0), a - c)
    assert Decimal(computed({"multiply": ["a", "b"]}, **cells)) == a * b


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(total=st.decimals(min_value=0, max_value=99999, places=4), pieces=st.integers(1, 500))
def test_the_price_of_one_is_rounded_up_to_four_decimals(total, pieces):
    price = computed({"divide": ["total", "pieces"]}, total=str(total), pieces=str(pieces))
    assert Decimal(price) == (total / pieces).quantize(Decimal("0.0001"), ROUND_UP)


@pytest.mark.parametrize(
    ("a", "b", "result"),
    [
        ("1,234.50", "0.5", "1235"),
        ("", "0.5", "0.5"),
        ("-", "2", "2"),
        (None, "\t", None),
        ("soon", "1", "soon"),
        ("1", "1.2.3", "1.2.3"),
        ("1.123456789", "1", "1.123456789"),
        ("１２．５", "1", "13.5"),
        ("1e3", "1", "1e3"),
    ],
)
def test_an_unreadable_amount_stays_to_be_seen(a, b, result):
    assert computed({"add": ["a", "b"]}, a=a, b=b) == result


def test_nothing_is_taken_off_nothing():
    assert computed({"subtract": ["a", "b"]}, a="", b="5") is None


PHONES = {
    "13812345678": "13812345678",
    "+86 138-1234-5678": "13812345678",
    "0086 13812345678": "13812345678",
    "8613812345678": "13812345678",
    "'13812345678": "13812345678",
    '="13812345678"': "13812345678",
    "13812345678.0": "13812345678",
    "１３８１２３４５６７８": "13812345678",
    "13812345678\t": "13812345678",
    "+33 6 10 82 64 17": "33610826417",
    "010-62345678": "01062345678",
    "86-10-62345678": "861062345678",
    "138****5678": None,
    "1.38E+10": None,
    "00000000000": None,
    "13812345678-1234": None,
    "13812345678转0021": None,
    "$$密文": None,
    "12345": None,
    "": None,
    "无": None,
    "null": None,
    "13812345678,13912345678": None,
}


@pytest.mark.parametrize("written", PHONES)
def test_phone_numbers(written):
    number = PHONES[written]
    assert value("phone_number(?)", written) == number
    assert value("phone_hash(?)", written) == (sha256(number.encode()).hexdigest() if number else None)


ZONED = (
    "2025/6/5 22:02",
    "2025-06-05 22:02:00",
    "2025年6月5日 22:02",
    "6/5/2025 9:30 PM",
    "2025-06-05",
    "45813.918",
    "45813",
    "20250605",
    "20250605220200",
    "202506052202",
    "2025-06-05T22:02:00.123",
)
AS_THEY_ARE = (
    "2025-06-05T22:02:00Z",
    "2025-10-07 09:50:26 +0200",
    "2025-06-05 22:02:00+08:00",
    "2025-06-05 22:02 -05",
    "2025-06-05 22:02:00 UTC",
    "2025-06-05 22:02 Asia/Tokyo",
    "2025-06-05 22:02 GMT+8",
    "1749945600",
    "1749945600.0",
    "1749945600000",
    "1.7499456E+9",
    "0",
    "0000-00-00 00:00:00",
    "-",
    "null",
    "无",
    "",
)


@pytest.mark.parametrize("cell", ZONED)
def test_times_without_a_zone_get_the_profiles(cell):
    assert value("zoned(?, 'Asia/Shanghai')", f" {cell}\t") == f"{cell} Asia/Shanghai"


@pytest.mark.parametrize("cell", AS_THEY_ARE)
def test_epochs_nothing_and_times_with_a_zone_stay(cell):
    assert value("zoned(?, 'Asia/Shanghai')", cell) == cell


def test_masked_names_and_e_mails_are_nobodys():
    assert value("identifier(?)", "t**1") is None
    assert value("identifier(?)", '="tb_1"') == "tb_1"
    assert value("email_hash(?)", "a***@x.example") is None
    assert value("email_hash(?)", " A@X.example ") == sha256(b"a@x.example").hexdigest()
