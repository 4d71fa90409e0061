"""The public data sets, from `tagmart import` to a green `dbt build` with every test, and their published totals."""

from __future__ import annotations

import pytest

from tagmart.importers.run import run_import

pytestmark = pytest.mark.slow

USUAL_CLEANING = """
    select count(*), count(distinct o.customer_id), count(distinct i.order_id), round(sum(i.quantity * i.unit_price), 2)
    from staging.stg_order_items i join staging.stg_orders o using (order_id)
    where o.customer_id is not null and o.status <> 'cancelled' and i.quantity > 0 and i.unit_price > 0
"""
CUSTOMERS_AND_MONEY = "select count(*), sum(net_amount) from tags.customer_tags where is_current and orders_count > 0"
EVERYBODY = "select count(*) from tags.customer_tags where is_current"
COVERAGE = "select list_code, sum(wanted_count), sum(usable_count), max(empty_because_en), string_agg(distinct blocked_reason) from activation.activation_coverage group by 1"
NO_CONTACTS = "No contact was lost or is silent; it is made from wecom_contacts."


@pytest.fixture(scope="module")
def build(workshop, shared_data, tmp_path_factory):
    """Import a data set of ../shared/data and build it with all tests; returns the build."""

    def imported_and_built(name: str, source: str, **variables):
        folder = tmp_path_factory.mktemp(name)
        run_import(name, shared_data / source, folder)
        built = workshop.build(folder, name=name, tests=True, vars=variables)
        assert built.success, built.text[-3000:]
        return built

    return imported_and_built


def check_activation(built, *empty: str) -> None:
    """Public data sets have no address of anybody: lists name whom they want and why nobody may be written to; those without input say that."""
    covered = {name: rest for name, *rest in built.rows(COVERAGE)}
    assert len(covered) == 7
    for name, (wanted, usable, why, blocked_reasons) in covered.items():
        listed = built.rows(f"select count(*) from activation.{name}")[0][0]
        assert (wanted, usable) == (listed, 0), name
        assert (listed == 0) == (name in empty) == (why is not None), (name, listed, why)
        assert blocked_reasons == (None if name in empty else "no_address"), (name, blocked_reasons)
    assert covered["lost_contacts"][2] == NO_CONTACTS
    customers = built.rows(EVERYBODY)[0][0]
    assert built.rows("select count(*), sum(cast(is_allowed as integer)) from activation.contact_permissions") == [(9 * customers, 0)]
    for nothing in ("wecom_tag_changes", "wecom_tag_targets"):
        assert built.rows(f"select count(*) from activation.{nothing}") == [(0,)]


def test_online_retail_gives_the_usual_cleaning_totals(build):
    built = build("online_retail", "online_retail/online_retail.parquet")
    lines, customers, invoices, amount = built.rows(USUAL_CLEANING)[0]
    assert (lines, customers, invoices, f"{amount:.2f}") == (397_884, 4_338, 18_532, "8911407.90")
    buyers, net_amount = built.rows(CUSTOMERS_AND_MONEY)[0]
    # One more buyer than the usual cleaning leaves: a customer whose only invoice costs nothing.
    assert (buyers, f"{net_amount:.2f}") == (4_339, "8911407.90")
    check_activation(built, "lost_contacts", "research_pool")


def test_cdnow_has_all_customers_and_dollars(build):
    built = build("cdnow", "cdnow/cdnow_master.parquet", earliest_date="1996-01-01")
    buyers, net_amount = built.rows(CUSTOMERS_AND_MONEY)[0]
    assert (buyers, f"{net_amount:.2f}") == (23_570, "2500315.63")
    check_activation(built, "birthday_and_anniversary", "lost_contacts", "research_pool")


def test_olist_counts_what_was_paid(build):
    built = build("olist", "olist")
    orders, amount = built.rows("select sum(orders_count), sum(net_amount) from tags.customer_tags where is_current")[0]
    direct = built.rows(
        "select count(*), sum(order_amount) from staging.stg_orders where paid_at is not null and status not in ('created', 'cancelled', 'closed')"
    )[0]
    assert (orders, amount) == direct and orders > 25_000
    assert built.rows(EVERYBODY)[0][0] == built.rows("select count(distinct customer_id) from staging.stg_orders")[0][0]
    check_activation(built, "lost_contacts", "research_pool")


def test_taobao_counts_everybody_up_to_the_last_day(build):
    built = build("taobao", "taobao/user_behavior.parquet")
    staged, rejected = built.rows("select sum(staged_rows), sum(rejected_rows) from staging.stg_row_balance where table_name in ('orders', 'touchpoints')")[0]
    # The 35 rows out of the published nine days lie before them, on dates that are plausible: they stay.
    assert (staged, rejected) == (84_475, 0)
    outside = built.rows("select count(*) from staging.stg_touchpoints where occurred_date < date '2017-11-25'")[0][0]
    assert outside == 35
    customers, newest = built.rows("select count(*), cast(max(as_of_date) as varchar) from tags.customer_tags where is_current")[0]
    assert (customers, newest) == (815, "2017-12-03")
    # Nothing has a price, so no action pays.
    check_activation(built, "birthday_and_anniversary", "lost_contacts", "next_best_action", "recall_list", "research_pool", "touch_calendar")
