"""Cells that random dirty folders found misread: each in a small folder, with the value that it means."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from conftest import Build, Workshop

from tagmart.reading.guess import guess_encoding, is_utf_8_by_chance

ORDERS = "order_id,customer_id,ordered_at,paid_at,status,order_amount,currency\n"
# As delivered, and as kept: what begins with a zero is an identifier unless nothing but zeros follows.
ZEROS = {
    "007": "007",
    "0a1f": "0a1f",
    "0-0-5": "0-0-5",
    " 0ab ": "0ab",
    "01.0": "01",
    "0b'1": "0b'1",
    "0e1": "0e1",
    "0": None,
    "000": None,
    "0.0": None,
    "00-00": None,
}
COUNTS = [1, 7, 249, 306, 705, 1234, 16_777_217, 99_999_999_999]


@pytest.fixture(scope="module")
def build(workshop: Workshop, tmp_path_factory) -> Build:
    folder: Path = tmp_path_factory.mktemp("cells")
    # A serial day of a spreadsheet with its time of day; 45675.8834143519 is 2025-01-18 21:12:07.
    rows = [f"o{number},c{number},45675.8834143519,{45675 + number}.5,completed,12.50,USD\n" for number in range(12)]
    (folder / "orders.csv").write_text(ORDERS + "".join(rows))
    (folder / "exchange_rates.csv").write_text("currency,rate_date,rate\nUSD,2025-01-01,¥7.50\n", encoding="utf-8")
    # Whole numbers with a gap between them, as pandas keeps them.
    times = [datetime(2025, 1, 20, 10)] * (len(COUNTS) + 3)
    touches = {
        "event_id": [f"e{number}" for number in range(len(times))],
        "occurred_at": times,
        "event_type": ["page_view"] * len(times),
        "customer_id": list(ZEROS),
        "duration_seconds": [*map(float, COUNTS), float("nan"), 1.5, 1e300],
    }
    pq.write_table(pa.table(touches), folder / "touchpoints.parquet")
    genders = ["female", "Male", "女", "2", "boy", "unknown", ""]
    (folder / "wecom_contacts.csv").write_text(
        "userid,external_userid,createtime,gender\n" + "".join(f"s1,w{number},2025-01-05 10:00:00,{gender}\n" for number, gender in enumerate(genders)),
        encoding="utf-8",
    )
    return workshop.build(folder, name="cells", select="+path:models/staging")


def test_serial_days_with_a_time_of_day(build):
    assert build.success, build.text[-2000:]
    assert build.rows("select distinct ordered_at, count(*) over (), min(paid_at) over () from staging.stg_orders") == [
        (datetime(2025, 1, 18, 21, 12, 7), 12, datetime(2025, 1, 18, 12))
    ]


def test_whole_numbers_in_doubles(build):
    rows = build.rows("select duration_seconds from staging.stg_touchpoints order by length(event_id), event_id")
    assert [count for (count,) in rows] == [*COUNTS, None, None, None]
    assert build.rows("select kind, rows_count from staging.stg_value_losses where column_name = 'duration_seconds'") == [("unreadable_value", 2)]


def test_identifiers_that_begin_with_a_zero(build):
    rows = build.rows("select customer_id from staging.stg_touchpoints order by length(event_id), event_id")
    assert [identifier for (identifier,) in rows] == list(ZEROS.values())


def test_gender_words_of_contacts(build):
    assert build.rows("select gender from staging.stg_wecom_contacts order by external_userid") == [(2,), (1,), (2,), (2,), (None,), (0,), (None,)]
    told = dict(build.rows("select kind, rows_count from staging.stg_value_losses where column_name = 'gender'"))
    assert told == {"code_synonym": 4, "unreadable_value": 1}


def test_a_currency_sign_alone_is_no_letter(build):
    assert build.rows("select rate from staging.stg_exchange_rates") == [(Decimal("7.5000000000"),)]


@pytest.mark.parametrize("amount", ["¥7.50", "£12", "7.50 €", "-¥3", "¢99"])
def test_utf_8_amounts_are_utf_8(amount):
    assert not is_utf_8_by_chance({amount.encode()})


@pytest.mark.parametrize("cells", [["crème", "café 1", "¥26.20"], ["£12.50"], ["thé", "¥1,557.07", "¥88.00"], ["€5"]])
def test_latin_1_amounts_are_latin_1(cells):
    assert guess_encoding([cell.encode("cp1252") for cell in cells]).codec == "cp1252"


@pytest.mark.parametrize("cells", [["女装"], ["楼下"], ["3号楼5单元"], ["联通"]])
def test_words_in_gbk_stay_gbk(cells):
    assert guess_encoding([cell.encode("gbk") for cell in cells]).codec == "gb18030"


def test_without_orders_the_orders_are_what_to_look_at(workshop, tmp_path):
    (tmp_path / "orders.csv").write_text(ORDERS + "".join(f"o{number},c1,2025-01-01,2025-01-01,teleported,1,CNY\n" for number in range(9)))
    (tmp_path / "order_items.csv").write_text("order_id,line_no,sku_id,quantity,unit_price\n" + "".join(f"o{number},1,s,1,1\n" for number in range(9)))
    build = workshop.build(tmp_path, name="cells", select="+stg_delivery_accepted")
    assert build.failed == ["stg_delivery_accepted"]
    assert "The raw table orders stages none of its 9 rows, most of them as unknown_code of status, so there is nothing to build" in build.text
