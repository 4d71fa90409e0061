"""A contact that was lost and added again keeps both spells: history, and what a replay or older data say, agree."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest
from conftest import Build, Workshop

COLUMNS = ["userid", "external_userid", "createtime", "deleted_at", "delete_type"]
# External contact: spells as (member of staff, added, deleted, by whom).
SPELLS: dict[str, list[tuple[str, str, str, str]]] = {
    "lost_and_back": [("s1", "2025-01-10", "2025-04-20", "del_follow_user"), ("s1", "2025-06-05", "", "")],
    "transferred_and_back": [("s1", "2025-01-10", "2025-02-10", "transfer"), ("s2", "2025-02-10", "2025-03-10", "transfer"), ("s1", "2025-03-10", "", "")],
    "three_spells": [("s1", "2025-01-10", "2025-02-10", "del_follow_user"), ("s1", "2025-03-10", "2025-04-10", "del_external_contact"),
                     ("s1", "2025-05-10", "2025-06-10", "del_follow_user")],
    "never_closed": [("s1", "2025-01-10", "", ""), ("s1", "2025-03-10", "2025-05-10", "del_follow_user")],
    "closed_too_late": [("s1", "2025-01-10", "2025-05-10", "del_follow_user"), ("s1", "2025-03-10", "", "")],
    "closed_just_then": [("s1", "2025-01-10", "2025-03-10", "del_follow_user"), ("s1", "2025-03-10", "", "")],
    "delivered_twice": [("s1", "2025-01-10", "", ""), ("s1", "2025-01-10", "2025-03-10", "del_follow_user")],
    "two_staff": [("s1", "2025-01-10", "2025-02-10", "del_follow_user"), ("s2", "2025-01-20", "", ""), ("s1", "2025-03-10", "", "")],
    "only_the_second": [("s1", "2025-03-10", "2025-02-10", "del_follow_user")],
}  # fmt: skip
# At each month-end: members of staff who hold them, and the date and kind of the latest loss so far.
HELD = {
    "lost_and_back": {1: (1, None, None), 2: (1, None, None), 3: (1, None, None), 4: (0, "2025-04-20", "by_customer"), 5: (0, "2025-04-20", "by_customer"),
                      6: (1, "2025-04-20", "by_customer")},
    "transferred_and_back": dict.fromkeys(range(1, 7), (1, None, None)),
    "three_spells": {1: (1, None, None), 2: (0, "2025-02-10", "by_customer"), 3: (1, "2025-02-10", "by_customer"), 4: (0, "2025-04-10", "by_staff"),
                     5: (1, "2025-04-10", "by_staff"), 6: (0, "2025-06-10", "by_customer")},
    "never_closed": dict.fromkeys(range(1, 5), (1, None, None)) | dict.fromkeys((5, 6), (0, "2025-05-10", "by_customer")),
    "closed_too_late": dict.fromkeys(range(1, 7), (1, None, None)),
    "closed_just_then": dict.fromkeys((1, 2), (1, None, None)) | dict.fromkeys(range(3, 7), (1, "2025-03-10", "by_customer")),
    "delivered_twice": dict.fromkeys((1, 2), (1, None, None)) | dict.fromkeys(range(3, 7), (0, "2025-03-10", "by_customer")),
    "two_staff": {1: (2, None, None), 2: (1, "2025-02-10", "by_customer")} | dict.fromkeys(range(3, 7), (2, "2025-02-10", "by_customer")),
    "only_the_second": dict.fromkeys(range(3, 7), (1, None, None)),
}  # fmt: skip


@pytest.fixture(scope="module")
def shop(tmp_path_factory) -> Workshop:
    return Workshop(tmp_path_factory.mktemp("spells"))


def write(folder: Path, until: str = "2025-06-30") -> Path:
    """Write what there is up to a day: an order a month, which keeps the dates trustworthy, and the spells begun by then."""
    folder.mkdir(parents=True)
    days = [day for day in [f"2025-{month:02}-{day}" for month in range(1, 7) for day in (15, 28)] + [until] if day <= until]
    orders = [[f"o{number}", "", f"{day} 02:00:00", f"{day} 02:00:00", "paid", "10"] for number, day in enumerate(days)]
    contacts = [
        [staff, external, f"{added} 02:00:00", deleted and f"{deleted} 02:00:00", kind]
        for external, spells in SPELLS.items()
        for staff, added, deleted, kind in spells
        if added <= until
    ]
    for table, header, rows in (
        ("orders", ["order_id", "customer_id", "ordered_at", "paid_at", "status", "order_amount"], orders),
        ("wecom_contacts", COLUMNS, contacts),
    ):
        with (folder / f"{table}.csv").open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([header, *rows])
    return folder


def build(shop: Workshop, raw: Path, **settings: str) -> Build:
    done = shop.build(raw, select="+int_contacts__measured", vars=settings or None)
    assert done.success, done.text[-2000:]
    return done


def held(done: Build, on: str = "true") -> dict[tuple[str, date], tuple]:
    rows = done.rows(f"""
        select people.identifier, as_of_date, wecom_staff_count, cast(last_lost_date as varchar), last_loss_type, cast(wecom_added_date as varchar)
        from intermediate.int_contacts__measured
        join intermediate.int_identity__resolved as people using (customer_id) where {on}""")
    return {(name, day): tuple(values) for name, day, *values in rows}


def test_each_month_end_by_hand(shop, tmp_path):
    """The two rows of one spell are one; no other row of a contact is turned away."""
    done = build(shop, write(tmp_path / "raw"))
    found = {(name, day.month): values[:3] for (name, day), values in held(done, "as_of_date >= date '2025-01-01'").items()}
    assert found == {(name, month): values for name, months in HELD.items() for month, values in months.items()}
    assert done.rows("select verdict from staging.stg_wecom_contacts__checked where verdict is not null") == [("duplicate_key",)]


@pytest.mark.slow
@pytest.mark.parametrize("day", ["2025-03-10", "2025-05-20"])
def test_a_replay_equals_the_data_of_that_day(shop, tmp_path, day):
    """Also on the day a spell begins, with its end to come; the end of a spell may stand in older data only as a later date."""
    replayed = held(build(shop, write(tmp_path / "all"), as_of_date=day))
    assert replayed == held(build(shop, write(tmp_path / "cut", until=day)))
    assert ("lost_and_back", date.fromisoformat(day)) in replayed
