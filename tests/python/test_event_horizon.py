"""The guard against future dates, on many random calendars, against plain Python: one wrong year must not make everybody lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

import duckdb
import pytest
from conftest import Workshop
from hypothesis import given, settings
from hypothesis import strategies as st

GAP = 90
FAR = 10 * GAP
Calendar = dict[date, int]  # events of each day


@pytest.fixture(scope="module")
def guard(tmp_path_factory) -> Callable[[Calendar], tuple]:
    """The compiled SQL of stg_event_horizon, to run on any calendar: (newest_date, rejected_from_date)."""
    shop = Workshop(tmp_path_factory.mktemp("horizon"))
    done = shop.build("data/sample", command="compile", select="stg_event_horizon")
    assert done.success, done.text
    sql = next(shop.target.glob("compiled/**/stg_event_horizon.sql")).read_text(encoding="utf-8")
    sql, found = re.subn(r'"[^"]+"\."[^"]+"\."stg_raw_days"', "raw_days", sql)
    assert found == 1
    connection = duckdb.connect()
    connection.execute("create table raw_days (table_name varchar, event_date date, events_count bigint)")

    def run(calendar: Calendar) -> tuple:
        connection.execute("delete from raw_days")
        if calendar:
            connection.executemany("insert into raw_days values ('orders', ?, ?)", list(calendar.items()))
        return connection.execute(sql).fetchone()

    return run


def without_thin_tail(calendar: Calendar) -> Calendar:
    """Walk the dates forward; from the first gap on behind which less than 1 % of all events lie, drop everything."""
    days = sorted(calendar)
    for before, day in zip(days, days[1:], strict=False):
        behind = sum(count for other, count in calendar.items() if other >= day)
        if (day - before).days > GAP and behind / sum(calendar.values()) < 0.01:
            return {other: count for other, count in calendar.items() if other < day}
    return calendar


def without_far_tails(calendar: Calendar) -> Calendar:
    """Drop what lies behind the last far gap while it is three events at most, and while no more is dropped than stays."""
    kept = calendar
    while True:
        days = sorted(kept)
        far = [day for before, day in zip(days, days[1:], strict=False) if (day - before).days > FAR]
        fewer = {day: count for day, count in kept.items() if far and day < far[-1]}
        left, cut = sum(fewer.values()), sum(kept.values()) - sum(fewer.values())
        if not far or cut > 3 or 2 * left < sum(calendar.values()):
            return kept
        kept = fewer


def expected(calendar: Calendar) -> tuple:
    kept = without_far_tails(without_thin_tail(calendar))
    dropped = calendar.keys() - kept.keys()
    return max(kept, default=None), min(dropped, default=None)


@st.composite
def calendars(draw) -> Calendar:
    """Draw days with gaps on both sides of each limit, and few or many events on them."""
    gaps = st.sampled_from([1, 30, GAP, GAP + 1, 400, FAR, FAR + 1, 9000])
    counts = st.sampled_from(draw(st.sampled_from([[1, 2, 3], [1, 2, 3, 4, 5, 40], [1, 1, 2, 3, 4, 99, 100, 101, 198, 199, 297, 990]])))
    day, calendar = date(2001, 1, 1), {}
    for gap, count in draw(st.lists(st.tuples(gaps, counts), max_size=8)):
        calendar[day] = count
        day += timedelta(days=gap)
    return calendar


@settings(max_examples=800, deadline=None, derandomize=True, database=None)
@given(calendar=calendars())
def test_the_guard_equals_plain_python(guard, calendar):
    """Newest date and first rejected date; and as long as a brand is small, most of it stays."""
    newest, rejected_from = guard(calendar)
    assert (newest, rejected_from) == expected(calendar)
    assert (newest is None) == (not calendar)
    assert 2 * sum(count for day, count in calendar.items() if day <= newest) >= sum(calendar.values()) if calendar else True


@pytest.mark.parametrize(
    ("calendar", "wanted"),
    [
        ({date(2025, 6, 1): 40, date(2052, 6, 1): 1}, date(2025, 6, 1)),
        ({date(2025, 6, 1): 40, date(2052, 6, 1): 1, date(2099, 6, 1): 1}, date(2025, 6, 1)),
        ({date(2021, 1, 1): 500, date(2024, 1, 1): 3}, date(2021, 1, 1)),
        ({date(2021, 1, 1): 40, date(2024, 1, 1): 4}, date(2024, 1, 1)),
        ({date(2025, 6, 1): 2, date(2052, 6, 1): 1}, date(2025, 6, 1)),
        ({}, None),
    ],
    ids=["one slip", "two slips", "three orders after three years", "four orders after three years", "two days old", "nothing"],
)
def test_newest_date_by_hand(guard, calendar, wanted):
    assert guard(calendar)[0] == wanted


def test_one_order_of_2052_loses_nobody(tmp_path_factory):
    """20 customers with two orders each in 2025, one of them with a third one in 2052: the newest date is of 2025, and all 20 count."""
    shop = Workshop(tmp_path_factory.mktemp("slip"))
    days = [date(2025, 3, 1) + timedelta(days=2 * number) for number in range(40)] + [date(2052, 6, 5)]
    rows = [f"o{number},c{number % 20},{day} 03:00:00,{day} 03:01:00,paid,10" for number, day in enumerate(days)]
    raw = shop.folder / "orders_of_two_eras"
    raw.mkdir()
    (raw / "orders.csv").write_text("\n".join(["order_id,customer_id,ordered_at,paid_at,status,order_amount", *rows]), encoding="utf-8")
    done = shop.build(raw, select="+int_customers__known +int_orders__validated +stg_rejected_rows")
    assert done.success, done.text[-2000:]
    assert done.rows("select max(as_of_date) from intermediate.int_as_of_dates") == [(date(2025, 5, 18),)]
    assert done.rows("select count(*) from intermediate.int_customers__known") == [(20,)]
    assert done.rows("select count(*) from intermediate.int_orders__validated where is_valid") == [(40,)]
    assert done.rows("select row_key, reason_code from staging.stg_rejected_rows") == [("o40", "implausible_future")]
