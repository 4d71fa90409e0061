"""Money from raw exports, by hand: what a customer is worth after coupons, refunds with shipping and other currencies."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from conftest import Build, Workshop
from real_exports import write_csv

SELECT = "+customer_tags__consumption"
MAY, JUNE = date(2025, 5, 31), date(2025, 6, 30)
Row = dict[str, str]


def order(customer: str, amount: str, day: str = "2025-05-05", **values: str) -> Row:
    moment = f"{day} 03:00:00"
    return {
        "order_id": f"{customer}_{day}_{amount}",
        "customer_id": customer,
        "ordered_at": moment,
        "paid_at": moment,
        "status": "completed",
        "order_amount": amount,
        "discount_amount": "",
        "coupon_amount": "",
        "shipping_amount": "8",
        "currency": "CNY",
        **values,
    }


def refund(of: Row, amount: str, shipping: str = "", day: str = "2025-05-06") -> Row:
    return {
        "refund_id": f"{of['order_id']}_{day}_{amount}",
        "order_id": of["order_id"],
        "refunded_at": f"{day} 03:00:00",
        "refund_amount": amount,
        "shipping_refund_amount": shipping,
    }


def rate(currency: str, day: str, value: str) -> Row:
    return {"currency": currency, "rate_date": day, "rate": value}


# Customer: orders, [(refund amount, shipping, day)] of the first, and at the end: orders, net amount, refund rate.
CASES: dict[str, tuple[list[Row], list[tuple[str, ...]], tuple]] = {
    "dollars_and_yen": ([order("dollars_and_yen", "100", currency="USD"), order("dollars_and_yen", "15000", currency="JPY")], [], (2, "1430", 0)),
    "spelled_oddly": ([order("spelled_oddly", "10", currency=" usd "), order("spelled_oddly", "20", currency="Cny"), order("spelled_oddly", "30", currency="RMB"),
                       order("spelled_oddly", "40", currency="人民币"), order("spelled_oddly", "50", currency="")], [], (5, "211", 0)),
    "day_before_the_new_rate": ([order("day_before_the_new_rate", "100", "2025-05-09", currency="USD")], [], (1, "710", 0)),
    "day_of_the_new_rate": ([order("day_of_the_new_rate", "100", "2025-05-10", currency="USD")], [], (1, "690", 0)),
    "coupon_of_60_on_50": ([order("coupon_of_60_on_50", "50", coupon_amount="60")], [], (1, "0", 0)),
    "discount_and_coupon": ([order("discount_and_coupon", "50", discount_amount="30", coupon_amount="30"), order("discount_and_coupon", "7")], [], (2, "7", 0)),
    "free_and_refunded": ([order("free_and_refunded", "50", coupon_amount="50")], [("10", "")], (1, "0", 0)),
    "shipping_of_a_free_one": ([order("shipping_of_a_free_one", "50", coupon_amount="50")], [("8", "8")], (1, "0", 0)),
    "shipping_only": ([order("shipping_only", "100")], [("8", "8")], (1, "100", 0)),
    "more_shipping_than_refund": ([order("more_shipping_than_refund", "100")], [("8", "12")], (1, "100", 0)),
    "full_with_shipping": ([order("full_with_shipping", "100")], [("108", "8")], (0, "0", 1)),
    "full_but_for_shipping": ([order("full_but_for_shipping", "100")], [("100", "8")], (1, "8", 0.92)),
    "part_with_shipping": ([order("part_with_shipping", "100")], [("58", "8")], (1, "50", 0.5)),
    "shipping_column_left_out": ([order("shipping_column_left_out", "100")], [("108", "")], (0, "0", 1)),
    "twice_60_of_100": ([order("twice_60_of_100", "100"), order("twice_60_of_100", "300")], [("60", ""), ("60", "", "2025-05-07")], (1, "300", 0.25)),
    "full_after_coupon": ([order("full_after_coupon", "100", coupon_amount="40")], [("60", "")], (0, "0", 1)),
    "yen_in_three_parts": ([order("yen_in_three_parts", "33.33", currency="JPY")], [("11.11", ""), ("11.11", "", "2025-05-07"), ("11.11", "", "2025-06-15")], (0, "0", 1)),
    "yen_in_part_after_a_new_rate": ([order("yen_in_part_after_a_new_rate", "1000", currency="JPY")], [("250", "", "2025-06-15")], (1, "36", 0.25)),
    "yen_in_full_after_a_new_rate": ([order("yen_in_full_after_a_new_rate", "1000", currency="JPY")], [("1008", "8", "2025-06-15")], (0, "0", 1)),
}  # fmt: skip
RATES = [rate("USD", "2025-01-01", "7.1"), rate("usd", "2025-05-10", "6.9"), rate("JPY", "2025-05-05", "0.048"), rate("JPY", "2025-06-01", "0.0481234567"),
         rate("JPY", "2025-05-04", "0")]  # fmt: skip


@pytest.fixture(scope="module")
def shop(tmp_path_factory) -> Workshop:
    return Workshop(tmp_path_factory.mktemp("money"))


@pytest.fixture(scope="module")
def built(shop) -> dict[date, dict[str, tuple]]:
    """What each customer is worth at each as-of date; read at once, since the next build takes the database's place."""
    orders = [one for of_case, _, _ in CASES.values() for one in of_case] + [order("newest", "1", "2025-06-30")]
    refunds = [refund(of_case[0], *values) for of_case, paid_back, _ in CASES.values() for values in paid_back]
    done = shop.build(write_csv(shop.folder / "brand_of_cases", orders=orders, refunds=refunds, exchange_rates=RATES), select=SELECT)
    assert done.success, done.text[-3000:]
    return {day: worth(done, day) for day in (MAY, JUNE)}


def worth(build: Build, day: date) -> dict[str, tuple]:
    rows = build.rows(f"select customer_id, orders_count, net_amount, refund_rate from tags.customer_tags__consumption where as_of_date = date '{day}'")
    return {customer: tuple(values) for customer, *values in rows}


@pytest.mark.parametrize("case", CASES)
def test_worth_of_a_customer(built, case):
    orders_count, net_amount, refund_rate = CASES[case][2]
    assert built[JUNE][case] == (orders_count, Decimal(net_amount), pytest.approx(refund_rate))


def test_a_refund_of_june_lowers_june(built):
    """Before the refund the yen are worth what they were, at the rate of the order and not of the month."""
    assert built[MAY]["yen_in_full_after_a_new_rate"] == (1, Decimal(48), 0)
    assert built[MAY]["yen_in_three_parts"][:2] == (1, Decimal("0.5332"))


@pytest.mark.parametrize(
    ("orders", "rates", "settings", "sentence"),
    [
        (
            [order("a", "100", currency="USD"), order("a", "15000", currency="JPY"), order("b", "9", currency="JPY")],
            None,
            {},
            "The orders are in several currencies (JPY 2, USD 1), which cannot be added up: set var currency to the one to report in, "
            "and deliver the rates of the others to it as exchange_rates.",
        ),
        (
            [order("a", "100", currency="USD"), order("a", "15000", currency="JPY")],
            [rate("USD", "2025-01-01", "1"), rate("JPY", "2025-01-01", "1")],
            {},
            "The orders are in several currencies (JPY 1, USD 1), which cannot be added up: set var currency to the one to report in, "
            "and deliver the rates of the others to it as exchange_rates.",
        ),
        (
            [order("a", "100"), order("a", "15000", "2025-05-07", currency="JPY"), order("b", "9", currency="JPY")],
            [rate("JPY", "2025-05-06", "0.05")],
            {},
            "Orders in JPY (1, the first of 2025-05-05) have no exchange rate to CNY of their day or before, so they cannot be added up: "
            "deliver the rates as exchange_rates from these days on, or set var currency.",
        ),
        (
            [order("a", "100"), order("a", "15000", currency="JPY"), order("b", "15000", "2025-05-07", currency="JPY"), order("b", "9", currency="EUR")],
            None,
            {"currency": "cny"},
            "Orders in EUR (1, the first of 2025-05-05), JPY (2, the first of 2025-05-05) have no exchange rate to CNY of their day or before, "
            "so they cannot be added up: deliver the rates as exchange_rates from these days on, or set var currency.",
        ),
        ([order("a", "100", currency="GBP")], None, {"currency": "CNY"}, "Orders in GBP (1, the first of 2025-05-05) have no exchange rate to CNY"),
        ([order("a", "100")], None, {"currency": 156}, "The var currency is '156': give the code of one currency, such as CNY, or leave it empty."),
    ],
    ids=["two without rates", "two with rates", "a rate too late", "none at all", "another than the var", "no code"],
)
def test_what_cannot_be_added_up_stops_with_one_sentence(shop, tmp_path, orders, rates, settings, sentence):
    tables = {"orders": orders} | ({"exchange_rates": rates} if rates else {})
    done = shop.build(write_csv(tmp_path / "raw", **tables), select="+int_orders__validated", vars=settings)
    assert not done.success
    assert sentence in done.text
    assert "int_orders__validated" not in done.failed, "no model after it may even try"


def test_rates_from_after_the_day_are_not_used(shop, tmp_path):
    """As of 15 May nobody knows the currencies and the rates of June: another base and other amounts then would rewrite the past."""
    orders = [order("a", "100", currency="USD"), order("a", "100", "2025-06-20", currency="EUR"), order("a", "100", "2025-06-21", currency="JPY")]
    rates = [rate("USD", "2025-06-01", "7"), rate("EUR", "2025-06-01", "8")]
    done = shop.build(write_csv(tmp_path / "raw", orders=orders, exchange_rates=rates), select=SELECT, vars={"as_of_date": "2025-05-15"})
    assert done.success, done.text[-2000:]
    assert worth(done, date(2025, 5, 15))["a"][:2] == (1, Decimal(100))
