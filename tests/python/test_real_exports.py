"""Cells as exports really write them, through dbt: who is one, who is nobody, what is null, and that everything lost is said."""

from __future__ import annotations

from decimal import Decimal

import pytest
from conftest import Build
from real_cells import BIRTHS, C90, FILLER, GENDERS, LOST, NOBODY, REDUCED, SAME, SCIENTIFIC
from real_exports import ACCEPTED, built, losses, order, refused, summary_line, usual_orders, values, write_csv


@pytest.fixture(scope="module")
def brand(workshop, tmp_path_factory) -> Build:
    """A brand whose every kind of cell above stands in some row of its own."""
    orders = usual_orders()
    orders += [order(written, "c80", order_amount=amount) for key, other in SAME.items() for written, amount in ((key, "50"), (other, "50.00"))]
    orders += [order(f"c90_{number}", written) for number, written in enumerate(C90)]
    orders += [order(f"nobody{number}", word) for number, word in enumerate(NOBODY)]
    orders += [order(f"phone{number}_{side}", f"p{number}{side}", phone_hash=filler) for number, filler in enumerate(FILLER) for side in "ab"]
    orders += [order(f"device{number}_{side}", f"d{number}{side}", device_id=filler) for number, filler in enumerate(FILLER) for side in "ab"]
    orders += [order(f"family_{side}", f"family_{side}", phone_hash="f" * 64) for side in "ab"]
    orders += [order(written, f"s{number}") for number, written in enumerate(SCIENTIFIC)]
    orders += [order(f"lost_digits{number}", written) for number, written in enumerate(SCIENTIFIC)]
    orders += [order(f"reduced_{name}", f"r_{name}", discount_amount=cells[0], coupon_amount=cells[1]) for name, cells in REDUCED.items()]
    orders += [order(f"chain{day}{side}", f"chain{day + side}", device_id=f"tablet{day}") for day in range(3) for side in (0, 1)]
    orders += [order("unpayable", "u1", order_amount="free"), order("twice", "t1"), order("twice", "t1")]
    customers = [{"customer_id": f"born{number}", "birth_date": text} for number, text in enumerate(BIRTHS)]
    customers += [{"customer_id": f"is{number}", "gender": text} for number, text in enumerate(GENDERS)]
    customers = [{"registered_at": "2025-03-01 03:00:00", "birth_date": "", "gender": "", **row} for row in customers]
    contacts = [
        {"userid": "s1", "external_userid": f"w{number}", "createtime": "2025-04-01 03:00:00", "deleted_at": cell, "delete_type": "DEL_FOLLOW_USER"}
        for number, cell in enumerate(LOST)
    ]
    events = [
        {"event_id": word, "occurred_at": "2025-05-01 03:00:00", "event_type": word, "touchpoint": "Mini_Program", "customer_id": "c80"}
        for word in ("PAGE_VIEW", "Page_View", "page_view ")
    ]
    products = [{"sku_id": "s1", "product_name": f"version {number}"} for number in range(6)]
    costs = [{"cost_date": f"2025-05-0{day}", "channel": "app", "cost_kind": "Traffic", "amount": "5" if day < 5 else "free"} for day in range(1, 6)]
    raw = write_csv(
        tmp_path_factory.mktemp("cells") / "brand",
        orders=orders,
        customers=customers,
        wecom_contacts=contacts,
        touchpoints=events,
        products=products,
        costs=costs,
    )
    build = built(workshop, raw, select=f"{ACCEPTED} +int_orders__validated +int_customers__known +int_identity__shared")
    assert build.success, build.text[-3000:]
    return build


def test_customers_of_orders_that_all_succeeded_are_there(brand):
    assert brand.rows("select distinct status from staging.stg_orders") == [("completed",)]
    assert brand.rows("select count(*) from intermediate.int_customers__known where customer_id like 'usual%'") == [(20,)]
    assert losses(brand, "orders", "status") == {"code_synonym": (brand.rows("select count(*) from staging.stg_orders")[0][0], "交易成功")}


def test_one_order_written_in_two_ways_is_one(brand):
    assert brand.rows("select order_id from staging.stg_orders where customer_id = 'c80' order by 1") == [(key,) for key in sorted(SAME)]


def test_one_customer_written_in_many_ways_is_one(brand):
    assert brand.rows("select customer_id, count(*) from intermediate.int_orders__validated where order_id like 'c90_%' group by 1") == [("c90", len(C90))]


def test_words_for_nothing_are_nobody(brand):
    assert brand.rows("select count(*), count(customer_id) from intermediate.int_orders__validated where order_id like 'nobody%'") == [(len(NOBODY), 0)]
    named = {name.lower() for (name,) in brand.rows("select identifier from intermediate.int_identity__resolved")}
    assert not named & {word.strip().lower() for word in NOBODY}


def test_hashes_of_nothing_and_filler_merge_nobody(brand):
    named = {name.lower() for kind, name in brand.rows("select identifier_type, identifier from intermediate.int_identity__resolved") if kind != "customer_id"}
    assert sorted(named & {filler.lower() for filler in FILLER}) == []
    people = brand.rows("select customer_id, identifier from intermediate.int_identity__resolved where identifier_type = 'customer_id'")
    merged = sorted(other for person, other in people if person != other)
    assert merged == ["family_b"]


def test_a_chain_of_tablets_merges_nobody_and_is_listed(brand):
    shared = brand.rows("select identifier, reason from intermediate.int_identity__shared where identifier_type = 'device_id' order by 1")
    assert shared == [(f"tablet{day}", "shared") for day in range(3)]


def test_numbers_that_lost_digits_are_unreadable_and_no_duplicates(brand):
    by_reason = [(reason, column) for _, reason, column in refused(brand, "orders") if reason != "duplicate_key"]
    expected = [("unreadable_value", "order_id"), ("unreadable_value", "customer_id")] * len(SCIENTIFIC) + [("unreadable_value", "order_amount")]
    assert sorted(by_reason) == sorted(expected)


def test_reductions_are_floored_and_counted(brand):
    paid = dict(brand.rows("select order_id, payable_amount from intermediate.int_orders__validated where order_id like 'reduced_%'"))
    assert paid == {f"reduced_{name}": Decimal(cells[2]) for name, cells in REDUCED.items()}
    rows, example = losses(brand, "orders", "coupon_amount")["reduction_above_goods"]
    assert (rows, example) == (4, "50.0100 off 50.0000")


def test_no_member_is_lost_for_a_birthday(brand):
    born = values(brand, "customers", "customer_id", "birth_date")
    assert {text: born[f"born{number}"] for number, text in enumerate(BIRTHS)} == BIRTHS
    found = losses(brand, "customers", "birth_date")
    assert found["unreadable_value"] == (6, "05-03")
    assert found["time_format"][0] == 7


def test_genders_in_chinese_and_english(brand):
    staged = values(brand, "customers", "customer_id", "gender")
    assert {text: staged[f"is{number}"] for number, text in enumerate(GENDERS)} == GENDERS
    assert losses(brand, "customers", "gender")["unknown_code"] == (1, "牛")


def test_lost_contacts_are_lost_and_live_ones_live(brand):
    assert values(brand, "wecom_contacts", "external_userid", "deleted_at") == {f"w{number}": moment for number, moment in enumerate(LOST.values())}


def test_codes_in_any_letter_case(brand):
    assert brand.rows("select distinct delete_type from staging.stg_wecom_contacts__checked") == [("del_follow_user",)]
    assert brand.rows("select distinct event_type, touchpoint from staging.stg_touchpoints__checked") == [("page_view", "mini_program")]


def test_the_table_at_the_end_says_what_came_of_each_table(brand):
    """Rows, staged, duplicates, rejected, values lost and mended, and the two commonest of the reasons."""
    assert "Raw table rows staged duplicates rejected values lost mended commonest reasons".split() in [line.split() for line in brand.text.splitlines()]
    raw, staged, duplicates, rejected = brand.rows(
        "select raw_rows, staged_rows, exact_duplicates, rejected_rows from staging.stg_row_balance where table_name = 'orders'"
    )[0]
    assert (duplicates, rejected) == (1, len(SAME) + 2 * len(SCIENTIFIC) + 1)
    assert raw == staged + duplicates + rejected
    line = summary_line(brand, "orders")
    assert line[:5] == ["orders", str(raw), str(staged), "1", str(rejected)]
    assert int(line[5]) == len([word for word in NOBODY if word.strip() and word != "\u200b"]) + 4 * len(FILLER), (
        "words for nothing; filler of two phones and two devices"
    )
    assert int(line[6].replace(",", "")) > staged, "each status was mended"
    assert line[7:] == ["duplicate_key", "13,", "unreadable_value", "customer_id", "5"]
    assert summary_line(brand, "costs") == ["costs", "5", "4", "0", "1", "0", "4", "unreadable_value", "amount", "1"], (
        "one of five is not more than max_rejected_share"
    )
    assert summary_line(brand, "products") == ["products", "6", "1", "0", "5", "0", "0", "duplicate_key", "5"], "an older version of a row is no loss"
